#include "session/audit_run.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace precision {

namespace {

using std::chrono::milliseconds;

// The first few probes, what the pulls need, go alone: when every one of them
// says that the key is dead or nothing can be reached, the others would only
// say it again.
constexpr std::size_t kScouts = 5;
// What is left once the pulls may start, in one wave; SendWindow keeps the
// rate.
constexpr int kMaxInFlight = 64;
// No more than these go beside what a pull waits for, until it could be started
// (a page gathers events for some milliseconds): a browser may have six
// connections, and its first pages would wait behind all that is in flight.
constexpr std::ptrdiff_t kBeside = 6;
constexpr milliseconds kTimeToStartAPull{20};
constexpr int kMaxTries = 3;
constexpr milliseconds kRetryWait[] = {milliseconds{300}, milliseconds{900}};
// A wait that Stripe asks for is honoured up to what a person would wait.
constexpr Duration kLongestWait = std::chrono::seconds{5};

bool WorthAnotherTry(const ProbeAnswer& answer) {
  if (answer.outcome != ProbeOutcome::kUnknown) return false;
  switch (answer.error.code) {
    case ErrorCode::kRateLimited:
    case ErrorCode::kStripeDown:
    case ErrorCode::kStripeUnreadable:
    case ErrorCode::kProxyDown:
    case ErrorCode::kNetworkDown:
    case ErrorCode::kOffline:
    case ErrorCode::kTimedOut:
      return answer.error.should_retry.value_or(true);
    default:
      return false;
  }
}

// True for an answer that is about this permission and not about the key, the
// network or the moment.
bool SpeaksOfPermission(const ProbeAnswer& answer) {
  return answer.outcome == ProbeOutcome::kOpen || answer.error.status == 403 ||
         answer.outcome == ProbeOutcome::kOff;
}

bool IsFirstRow(const Probe& probe) {
  return probe.column == KeyColumn::kAccount;
}

bool IsRead(const Probe& probe) { return probe.kind == ProbeKind::kRead; }

bool IsNotHeld(const Probe& probe) { return !probe.held; }

}  // namespace

AuditRun::AuditRun(AuditRules rules, std::optional<PermissionReport> previous,
                   Instant now)
    : rules_(std::move(rules)), previous_(std::move(previous)) {
  if (previous_) connected_account_ = previous_->connected_account;
  for (Probe& probe :
       PlanAudit(previous_ ? AuditScope::kUnchecked : AuditScope::kEverything,
                 rules_, this->previous())) {
    Add(std::move(probe), now);
  }
}

void AuditRun::Add(Probe probe, Instant now) {
  // A pull may begin once these are answered, the question for Write included.
  entries_.push_back({.not_before = now,
                      .leads = IsForThePulls(probe.permission, probe.column)});
  probes_.push_back(std::move(probe));
}

const PermissionReport* AuditRun::previous() const {
  return previous_ ? &*previous_ : nullptr;
}

std::string_view AuditRun::account(std::size_t index) const {
  return IsFirstRow(probes_[index]) ? std::string_view() : connected_account_;
}

bool AuditRun::MayGo(std::size_t index) const {
  const Probe& probe = probes_[index];
  if (entries_[index].step != Step::kQueued) return false;
  if (probe.held && !held_released_) return false;
  if (!gate_open_ && index >= kScouts) return false;
  if (!GoesAlone(index)) return true;
  for (std::size_t i = 0; i < probes_.size(); ++i) {
    if (entries_[i].step == Step::kInFlight && probes_[i].kind == probe.kind &&
        probes_[i].column == probe.column) {
      return false;
    }
  }
  return true;
}

// Not what leads: that would cost the first rows a round trip, to spare a proxy
// without POSTs four of them.
bool AuditRun::GoesAlone(std::size_t index) const {
  const Probe& probe = probes_[index];
  if (entries_[index].leads) return false;
  return (!IsRead(probe) && !write_answered_) ||
         (!IsFirstRow(probe) && !second_row_answered_);
}

// Whether a first answer is still awaited that a pull waits for.
bool AuditRun::LeadingOpen() const {
  for (std::size_t i = 0; i < probes_.size(); ++i) {
    const Entry& entry = entries_[i];
    const bool waits = entry.step == Step::kQueued && entry.tries == 0 &&
                       (gate_open_ || i < kScouts) &&
                       (held_released_ || !probes_[i].held);
    const bool asked = entry.step == Step::kInFlight && entry.tries == 1;
    if (entry.leads && (waits || asked)) return true;
  }
  return false;
}

bool AuditRun::HasEnoughBeside() const {
  return std::ranges::count_if(entries_, [](const Entry& entry) {
           return entry.step == Step::kInFlight && !entry.leads;
         }) >= kBeside;
}

std::optional<std::size_t> AuditRun::NextProbe(Instant now, bool room) {
  if (in_flight_ >= kMaxInFlight) return std::nullopt;
  const bool calm = HasEnoughBeside() && (now < calm_until_ || LeadingOpen());
  std::optional<std::size_t> next;
  for (std::size_t i = 0; i < probes_.size(); ++i) {
    const Entry& entry = entries_[i];
    if (!entry.leads && (next || calm || !room)) continue;
    if (!MayGo(i) || now < entry.not_before) continue;
    next = i;
    if (entry.leads) break;
  }
  if (!next) return std::nullopt;
  Entry& entry = entries_[*next];
  entry.step = Step::kInFlight;
  ++entry.tries;
  ++in_flight_;
  return next;
}

std::optional<Instant> AuditRun::WakeUp(Instant place, Instant roomy) const {
  if (in_flight_ >= kMaxInFlight) return std::nullopt;
  const bool enough = HasEnoughBeside();
  if (enough) roomy = std::max(roomy, calm_until_);
  const bool only_leading = enough && LeadingOpen();
  std::optional<Instant> first;
  for (std::size_t i = 0; i < probes_.size(); ++i) {
    const Entry& entry = entries_[i];
    if (!MayGo(i) || (only_leading && !entry.leads)) continue;
    const Instant at = std::max(entry.not_before, entry.leads ? place : roomy);
    if (!first || at < *first) first = at;
  }
  return first;
}

// True when it is to be asked once more.
bool AuditRun::Retry(Entry& entry, const ProbeAnswer& answer, Instant now) {
  if (entry.tries >= kMaxTries || !WorthAnotherTry(answer)) return false;
  Duration wait = kRetryWait[entry.tries - 1];
  if (answer.error.retry_after) {
    wait = std::clamp<Duration>(*answer.error.retry_after, wait, kLongestWait);
  }
  entry.step = Step::kQueued;
  entry.not_before = now + wait;
  return true;
}

void AuditRun::HandleAnswer(std::size_t index, ProbeAnswer answer,
                            Instant now) {
  Entry& entry = entries_[index];
  if (entry.step != Step::kInFlight) return;
  if (LeadingOpen()) calm_until_ = now + kTimeToStartAPull;
  --in_flight_;
  if (Retry(entry, answer, now)) return;
  entry.step = Step::kDone;
  if (SpeaksOfPermission(answer)) gate_open_ = true;
  if (answer.column == KeyColumn::kConnect) second_row_answered_ = true;
  if (answer.kind == ProbeKind::kWrite) write_answered_ = true;
  Follow(answer, now);
  if (answer.error.code == ErrorCode::kSecondRowEmpty) DropUnless(IsFirstRow);
  if (answer.kind == ProbeKind::kWrite &&
      answer.error.code == ErrorCode::kProxyMisconfigured) {
    // The proxy lets no POST through: nothing can be said of Write.
    rules_.check_write = false;
    DropUnless(IsRead);
  }
  answers_.push_back(std::move(answer));
  JudgeGate();
  JudgeHeld();
}

void AuditRun::Follow(const ProbeAnswer& answer, Instant now) {
  if (previous_ && !ShowsAChange(answer, *previous_)) return;
  held_released_ = true;
  if (!answer.connected_account.empty()) {
    connected_account_ = answer.connected_account;
  }
  for (Probe& probe : FollowUps(answer, rules_)) {
    const bool there = std::ranges::any_of(probes_, [&](const Probe& other) {
      return other.permission == probe.permission && other.kind == probe.kind &&
             other.column == probe.column;
    });
    if (!there) Add(std::move(probe), now);
  }
}

void AuditRun::DropUnless(bool (*wanted)(const Probe&)) {
  for (std::size_t i = 0; i < probes_.size(); ++i) {
    if (entries_[i].step == Step::kQueued && !wanted(probes_[i])) {
      entries_[i].step = Step::kDropped;
    }
  }
}

void AuditRun::JudgeGate() {
  if (gate_open_) return;
  const std::size_t scouts = std::min(kScouts, entries_.size());
  for (std::size_t i = 0; i < scouts; ++i) {
    if (entries_[i].step != Step::kDone) return;
  }
  // Every scout failed for a reason that is not a permission's.  One that was
  // only throttled or unlucky opens the gate all the same when they disagree.
  const ErrorCode first = answers_.front().error.code;
  const bool agree = std::ranges::all_of(
      answers_,
      [&](const ProbeAnswer& answer) { return answer.error.code == first; });
  if (agree) {
    DropUnless([](const Probe&) { return false; });
  } else {
    gate_open_ = true;
  }
}

// Nothing has changed since: what is held back would say the same again.
void AuditRun::JudgeHeld() {
  if (held_released_) return;
  for (std::size_t i = 0; i < probes_.size(); ++i) {
    const bool open = entries_[i].step == Step::kQueued ||
                      entries_[i].step == Step::kInFlight;
    if (open && !probes_[i].held) return;
  }
  DropUnless(IsNotHeld);
}

void AuditRun::AskAgain(std::size_t index) {
  Entry& entry = entries_[index];
  if (entry.step != Step::kInFlight) return;
  --in_flight_;
  --entry.tries;
  entry.step = Step::kQueued;
}

void AuditRun::Stop() {
  for (Entry& entry : entries_) {
    if (entry.step != Step::kDone) entry.step = Step::kDropped;
  }
  in_flight_ = 0;
}

bool AuditRun::done() const {
  return std::ranges::all_of(entries_, [](const Entry& entry) {
    return entry.step == Step::kDone || entry.step == Step::kDropped;
  });
}

PermissionReport AuditRun::Report() const {
  std::vector<Probe> asked;
  for (std::size_t i = 0; i < probes_.size(); ++i) {
    const bool waits = probes_[i].held && !held_released_;
    if (entries_[i].step != Step::kDropped && !waits) {
      asked.push_back(probes_[i]);
    }
  }
  return MakeReport(rules_, asked, answers_, previous());
}

}  // namespace precision
