#include "session/audit_run.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace precision {

namespace {

using std::chrono::milliseconds;

// The first few probes go alone: when every one of them says that the key is
// dead or nothing can be reached, the others would only say it again.
constexpr std::size_t kScouts = 4;
constexpr int kMaxInFlight = 16;
constexpr int kMaxTries = 3;
constexpr milliseconds kRetryWait[] = {milliseconds{300}, milliseconds{900}};
// A wait that Stripe asks for is honoured up to what a person would wait.
constexpr Duration kLongestWait = std::chrono::seconds{5};

// 80 % of the account's limit, the rest is for its other traffic.
// https://docs.stripe.com/rate-limits
constexpr double kLivePerSecond = 80;
constexpr double kTestPerSecond = 20;
constexpr double kBurst = 16;

bool WorthAnotherTry(const ProbeAnswer& answer) {
  if (answer.outcome != ProbeOutcome::kUnknown) return false;
  switch (answer.error.code) {
    case ErrorCode::kRateLimited:
    case ErrorCode::kStripeDown:
    case ErrorCode::kStripeUnreadable:
    case ErrorCode::kProxyDown:
    case ErrorCode::kNetworkDown:
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

}  // namespace

AuditRun::AuditRun(std::vector<Probe> probes, bool live, Instant now)
    : probes_(std::move(probes)),
      entries_(probes_.size()),
      live_(live),
      tokens_(kBurst),
      refilled_(now) {
  for (Entry& entry : entries_) entry.not_before = now;
}

void AuditRun::Refill(Instant now) {
  const double rate = live_ ? kLivePerSecond : kTestPerSecond;
  const double seconds = std::chrono::duration<double>(now - refilled_).count();
  tokens_ = std::min(kBurst, tokens_ + (rate * seconds));
  refilled_ = now;
}

std::optional<std::size_t> AuditRun::NextProbe(Instant now) {
  if (in_flight_ >= kMaxInFlight) return std::nullopt;
  Refill(now);
  if (tokens_ < 1) return std::nullopt;
  const std::size_t end =
      gate_open_ ? probes_.size() : std::min(kScouts, probes_.size());
  for (std::size_t i = 0; i < end; ++i) {
    Entry& entry = entries_[i];
    if (entry.step != Step::kQueued || now < entry.not_before) continue;
    entry.step = Step::kInFlight;
    ++entry.tries;
    ++in_flight_;
    tokens_ -= 1;
    return i;
  }
  return std::nullopt;
}

std::optional<Instant> AuditRun::WakeUp() const {
  if (in_flight_ >= kMaxInFlight) return std::nullopt;
  const std::size_t end =
      gate_open_ ? probes_.size() : std::min(kScouts, probes_.size());
  std::optional<Instant> at;
  for (std::size_t i = 0; i < end; ++i) {
    if (entries_[i].step != Step::kQueued) continue;
    if (!at || entries_[i].not_before < *at) at = entries_[i].not_before;
  }
  if (at && tokens_ < 1) {
    const double rate = live_ ? kLivePerSecond : kTestPerSecond;
    const auto wait = std::chrono::duration_cast<Duration>(
        std::chrono::duration<double>((1 - tokens_) / rate));
    at = std::max(*at, refilled_ + wait + milliseconds{1});
  }
  return at;
}

void AuditRun::HandleAnswer(std::size_t index, ProbeAnswer answer,
                            Instant now) {
  Entry& entry = entries_[index];
  if (entry.step != Step::kInFlight) return;
  --in_flight_;
  if (entry.tries < kMaxTries && WorthAnotherTry(answer)) {
    Duration wait = kRetryWait[entry.tries - 1];
    if (answer.error.retry_after) {
      wait =
          std::clamp<Duration>(*answer.error.retry_after, wait, kLongestWait);
    }
    entry.step = Step::kQueued;
    entry.not_before = now + wait;
    return;
  }
  entry.step = Step::kDone;
  if (SpeaksOfPermission(answer)) gate_open_ = true;
  answers_.push_back(std::move(answer));
  JudgeGate();
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
  if (!agree) {
    gate_open_ = true;
    return;
  }
  for (Entry& entry : entries_) {
    if (entry.step == Step::kQueued) entry.step = Step::kDropped;
  }
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

PermissionReport AuditRun::Report(const PermissionReport* previous) const {
  std::vector<Probe> asked;
  for (std::size_t i = 0; i < probes_.size(); ++i) {
    if (entries_[i].step != Step::kDropped) asked.push_back(probes_[i]);
  }
  return MakeReport(asked, answers_, previous, live_);
}

}  // namespace precision
