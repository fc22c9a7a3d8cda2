#include "precision/session/session.h"

#include <algorithm>
#include <array>
#include <deque>
#include <unordered_map>
#include <utility>

#include "session/audit_run.h"
#include "session/changing.h"
#include "session/pull_run.h"
#include "session/send_window.h"

namespace precision {

namespace {

// Probes answer in well under a second; a list page of large objects can take
// Stripe a few.
constexpr Duration kProbeTimeout = std::chrono::seconds{10};
constexpr Duration kPageTimeout = std::chrono::seconds{60};
// The first page of each of the usual tables: an audit leaves room for them.
constexpr std::size_t kFirstPages = kUsualTableCount;

}  // namespace

struct Session::State {
  // What a request in flight is for.
  struct Ticket {
    bool audit = false;
    std::size_t probe = 0;    // of the audit
    RequestId engine_id = 0;  // of the pull
  };

  explicit State(std::uint64_t session_seed) : seed(session_seed) {}

  std::uint64_t seed;
  std::optional<ApiKey> key;
  bool key_handed_over = false;
  std::string account;
  std::string version{kStripeVersion};
  std::int64_t clock_correction = 0;  // Stripe's clock less the local one

  Policy policy = GuidePolicy();
  bool check_write = false;
  std::optional<AuditRun> audit;
  PermissionReport report;
  // Answers have come since `report` was made: it is made when it is read.
  bool report_stale = false;

  std::optional<PullRun> pull;
  PullProgress progress;
  std::uint64_t memory_limit = 0;
  std::size_t pages_sent = 0;  // of this pull
  Normalizer rows;
  std::array<RowView, kTableCount> views;

  SendWindow window;
  Instant last_probe{-SendWindow::kLength};
  RequestId next_id = 1;
  std::unordered_map<RequestId, Ticket> in_flight;
  std::deque<SessionEvent> events;

  bool live() const { return key && key->mode() == KeyMode::kLive; }
  bool pulling() const { return pull && !progress.settled; }

  void Tell(SessionEvent::Kind kind, TableId table = TableId::kCustomers) {
    const bool told = std::ranges::any_of(events, [&](const SessionEvent& e) {
      return e.kind == kind && e.table == table;
    });
    if (!told) events.push_back({kind, table});
  }

  // When a page may go: what an audit has just sent counts for a pull too.
  Instant PagePlace(Instant now) const {
    const bool shared = audit || now - last_probe < SendWindow::kLength;
    return shared ? window.NextPlace(live()) : Instant{};
  }

  // When a probe may go that no pull waits for: the first pages of one have
  // their places kept.
  Instant RoomyPlace() const {
    return window.NextPlace(live(), pull ? 0 : kFirstPages);
  }

  std::optional<OutgoingRequest> NextProbe(Instant now) {
    if (!audit || now < window.NextPlace(live())) return std::nullopt;
    const std::optional<std::size_t> index =
        audit->NextProbe(now, now >= RoomyPlace());
    if (!index) return std::nullopt;
    last_probe = now;
    const Probe& probe = audit->probe(*index);
    return Send({.path = probe.path,
                 .stripe_version = {},
                 .stripe_account = std::string(audit->account(*index)),
                 .post = probe.kind == ProbeKind::kWrite,
                 .timeout = kProbeTimeout},
                {.audit = true, .probe = *index}, now);
  }

  std::optional<OutgoingRequest> NextPage(Instant now) {
    if (!pulling() || now < PagePlace(now)) return std::nullopt;
    std::optional<OutgoingRequest> next = pull->engine().PollRequest(now);
    if (!next) return std::nullopt;
    ++pages_sent;
    next->request.timeout = kPageTimeout;
    return Send(std::move(next->request), {.engine_id = next->id}, now);
  }

  OutgoingRequest Send(HttpRequest request, Ticket ticket, Instant now) {
    window.Sent(live(), now);
    request.stripe_version = version;
    if (request.stripe_account.empty()) request.stripe_account = account;
    const RequestId id = next_id++;
    in_flight.emplace(id, ticket);
    return {id, std::move(request)};
  }

  void LearnClock(const HttpResponse& response, UnixSeconds wall) {
    if (response.date) clock_correction = response.date->value - wall.value;
  }

  // Stripe refuses the version we name: name none, and the account's own
  // default answers.  True when the request is worth asking again so.
  bool FallBackToDefaultVersion(const ApiError& error) {
    if (error.code != ErrorCode::kVersionRefused) return false;
    version.clear();
    return true;
  }

  const PermissionReport& Report() {
    if (report_stale) report = audit->Report();
    report_stale = false;
    return report;
  }

  void AfterAudit() {
    report_stale = true;
    Tell(SessionEvent::Kind::kReport);
    if (!audit->done()) return;
    Report();
    audit.reset();
    Tell(SessionEvent::Kind::kAuditDone);
  }

  void HandleProbe(const Ticket& ticket, ProbeAnswer answer, Instant now) {
    if (!audit) return;
    if (!version.empty() && FallBackToDefaultVersion(answer.error)) {
      audit->AskAgain(ticket.probe);
      return;
    }
    if (version.empty() && answer.error.code == ErrorCode::kVersionRefused) {
      answer.outcome = ProbeOutcome::kUnknown;
    }
    audit->HandleAnswer(ticket.probe, std::move(answer), now);
    AfterAudit();
  }

  void HandlePage(const Ticket& ticket, const HttpResponse& response,
                  Instant now) {
    if (!pull) return;
    SyncEngine& engine = pull->engine();
    const std::optional<Endpoint> endpoint =
        engine.EndpointOf(ticket.engine_id);
    if (!endpoint) return;
    if (response.status == 200) {
      const Result<ReadSummary> read =
          pull->Read(ticket.engine_id, response.body, rows);
      if (read.ok()) {
        engine.HandlePage(ticket.engine_id, read.value().page,
                          read.value().objects_new, now);
        if (read.value().page.count > 0) TellRows(*endpoint);
        if (rows.ByteSize() > memory_limit) {
          engine.Stop(ErrorCode::kTooLarge, now);
          DropPullRequests();
        }
      } else {
        ApiError error;
        error.code = ErrorCode::kStripeUnreadable;
        error.status = response.status;
        error.request_id = response.request_id;
        engine.HandleRefusal(ticket.engine_id, error, now);
      }
    } else {
      ApiError error = ReadApiError(response);
      if (!version.empty() && FallBackToDefaultVersion(error)) {
        error.should_retry = true;
      }
      engine.HandleRefusal(ticket.engine_id, error, now);
    }
    AfterPull(now);
  }

  void TellRows(Endpoint endpoint) {
    const auto of =
        std::ranges::find(NestedLists(), endpoint, &NestedList::nested);
    for (const TableId table : pull->tables()) {
      if (std::ranges::contains(EndpointsOf(table), endpoint) ||
          (of != NestedLists().end() && of->table == table)) {
        Tell(SessionEvent::Kind::kRows, table);
      }
    }
  }

  void DropPullRequests() {
    std::erase_if(in_flight,
                  [](const auto& entry) { return !entry.second.audit; });
  }

  void AfterPull(Instant now) {
    if (!pull) return;
    const auto settled = pull->Update(rows, now);
    if (std::ranges::contains(settled, TableId::kInvoices) ||
        std::ranges::contains(settled, TableId::kPayments)) {
      rows.LinkPayments();
    }
    for (const TableId table : settled) {
      Tell(SessionEvent::Kind::kTableSettled, table);
    }
    while (pull->engine().PollEvent()) {
      // Update() has read the same from the engine's progress.
    }
    const bool was_settled = progress.settled;
    progress = pull->progress();
    Tell(SessionEvent::Kind::kProgress);
    if (progress.settled && !was_settled) {
      Tell(SessionEvent::Kind::kPullDone);
    }
  }
};

Session::Session(std::uint64_t seed) : state_(std::make_unique<State>(seed)) {}
Session::~Session() = default;
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;

Result<KeyVerdict> Session::UseKey(std::string_view text) {
  if (state_->key) return Error{ErrorCode::kNotReady, "there is a key already"};
  Result<ApiKey> key = ApiKey::Parse(text);
  if (!key.ok()) return key.error();
  state_->key.emplace(std::move(key).value());
  return CheckKey(text);
}

bool Session::has_key() const { return state_->key.has_value(); }

std::optional<KeyMode> Session::mode() const {
  if (!state_->key) return std::nullopt;
  return state_->key->mode();
}

std::string Session::AuthorizationHeader() const {
  return state_->key ? state_->key->AuthorizationHeader() : std::string();
}

std::string Session::HandOverKey() {
  if (!state_->key || std::exchange(state_->key_handed_over, true)) return {};
  return AuthorizationHeader();
}

void Session::UseAccount(std::string account) {
  state_->account = std::move(account);
}

Result<Done> Session::UsePolicy(std::string_view json) {
  Result<Policy> policy = ReadPolicy(json);
  if (!policy.ok()) return policy.error();
  state_->policy = std::move(policy).value();
  return Done{};
}

const Policy& Session::policy() const { return state_->policy; }

void Session::CheckWrite(bool check) { state_->check_write = check; }

Result<Done> Session::StartAudit(AuditScope scope, Instant now) {
  State& s = *state_;
  if (!s.key) return Error{ErrorCode::kNotReady, "no key"};
  if (s.audit) return Error{ErrorCode::kNotReady, "an audit is running"};
  const bool again = scope == AuditScope::kUnchecked &&
                     !s.report.findings.empty() && !s.report.whole;
  AuditRules rules{.policy = s.policy,
                   .live = s.live(),
                   .check_write = s.check_write,
                   .second_row = s.account.empty()};
  s.audit.emplace(std::move(rules),
                  again ? std::optional(s.report) : std::nullopt, now);
  s.AfterAudit();
  return Done{};
}

const PermissionReport& Session::report() const { return state_->Report(); }

Result<Done> Session::StartPull(std::span<const TableId> tables,
                                const PullOptions& wanted, UnixSeconds wall,
                                Instant now) {
  State& s = *state_;
  if (!s.key) return Error{ErrorCode::kNotReady, "no key"};
  if (s.pulling()) return Error{ErrorCode::kNotReady, "a pull is running"};
  SyncOptions options;
  options.live = s.live();
  options.share_of_limit = wanted.share_of_limit;
  options.max_in_flight = wanted.max_in_flight;
  options.max_requests = wanted.max_requests;
  options.ask_above = wanted.ask_above;
  options.upper_bound = {wall.value + s.clock_correction};
  if (!wanted.since.empty()) {
    std::optional<SyncPlan> plan = ReadPlan(wanted.since);
    if (!plan) return Error{ErrorCode::kNotReady, "`since` is no plan"};
    options.plan = *std::move(plan);
    for (ListPlan& list : options.plan) LookBack(list, wanted.look_back);
  }
  s.memory_limit = wanted.memory_limit;
  s.progress = {};
  s.pages_sent = 0;
  for (const TableId table : tables) s.rows.Ask(table);
  s.rows.AwaitShort();
  s.pull.emplace(std::vector<TableId>(tables.begin(), tables.end()), s.Report(),
                 std::move(options), s.seed);
  s.AfterPull(now);
  return Done{};
}

void Session::Pause(Instant now) {
  if (!state_->pull) return;
  state_->pull->engine().Pause(now);
  state_->AfterPull(now);
}

void Session::Resume(Instant now) {
  if (!state_->pull) return;
  if (state_->progress.settled) {
    state_->pull->Reopen();
    state_->progress.settled = false;
  }
  state_->pull->engine().Resume(now);
  state_->AfterPull(now);
}

void Session::Cancel(Instant now) {
  State& s = *state_;
  if (s.pulling()) {
    s.pull->engine().Stop(ErrorCode::kCancelled, now);
    s.DropPullRequests();
    s.AfterPull(now);
  } else if (s.audit) {
    s.audit->Stop();
    std::erase_if(s.in_flight,
                  [](const auto& entry) { return entry.second.audit; });
    s.AfterAudit();
  }
}

void Session::HandleOnline(Instant now) {
  if (!state_->pull) return;
  state_->pull->engine().HandleOnline(now);
  state_->AfterPull(now);
}

std::string Session::PlanText() const {
  if (!state_->pull) return {};
  SyncPlan plan = state_->pull->engine().Plan();
  for (ListPlan& list : plan) AddChanging(state_->rows, list);
  return precision::PlanText(plan);
}

PullProgress Session::progress(Instant now) const {
  PullProgress progress = state_->progress;
  if (state_->pull && !progress.settled) {
    // What moves with the clock alone.
    const SyncProgress lists = state_->pull->engine().progress(now);
    progress.rows_per_second = lists.rows_per_second;
    progress.remaining = lists.remaining;
    progress.waiting_for = lists.waiting_for;
    progress.waiting = lists.waiting;
    progress.requests = lists.requests;
  }
  return progress;
}

void Session::HandleResponse(RequestId id, const HttpResponse& response,
                             UnixSeconds wall, Instant now) {
  State& s = *state_;
  const auto found = s.in_flight.find(id);
  if (found == s.in_flight.end()) return;
  const State::Ticket ticket = found->second;
  s.in_flight.erase(found);
  s.LearnClock(response, wall);
  if (!ticket.audit) {
    s.HandlePage(ticket, response, now);
  } else if (s.audit) {
    s.HandleProbe(ticket, JudgeProbe(s.audit->probe(ticket.probe), response),
                  now);
  }
}

void Session::HandleFailure(RequestId id, TransportFailure failure,
                            Instant now) {
  State& s = *state_;
  const auto found = s.in_flight.find(id);
  if (found == s.in_flight.end()) return;
  const State::Ticket ticket = found->second;
  s.in_flight.erase(found);
  if (ticket.audit) {
    if (!s.audit) return;
    s.HandleProbe(ticket, JudgeFailure(s.audit->probe(ticket.probe), failure),
                  now);
  } else if (s.pull) {
    s.pull->engine().HandleRefusal(ticket.engine_id,
                                   FromTransportFailure(failure), now);
    s.AfterPull(now);
  }
}

void Session::HandleTimeout(Instant now) {
  if (!state_->pulling()) return;
  state_->pull->engine().HandleTimeout(now);
  state_->AfterPull(now);
}

// The first page of every table is what a person waits for; what is left of an
// audit is short.
std::optional<OutgoingRequest> Session::PollRequest(Instant now) {
  State& s = *state_;
  if (s.pulling() && s.pages_sent < s.progress.tables.size()) {
    if (auto page = s.NextPage(now)) return page;
  }
  if (auto probe = s.NextProbe(now)) return probe;
  return s.NextPage(now);
}

std::optional<Instant> Session::PollTimeout() const {
  const State& s = *state_;
  std::optional<Instant> first;
  if (s.audit) {
    first = s.audit->WakeUp(s.window.NextPlace(s.live()), s.RoomyPlace());
  }
  if (!s.pulling()) return first;
  std::optional<Instant> page = s.pull->engine().PollTimeout();
  if (page) page = std::max(*page, s.PagePlace(*page));
  return page && (!first || *page < *first) ? page : first;
}

std::optional<SessionEvent> Session::PollEvent() {
  State& s = *state_;
  if (s.events.empty()) return std::nullopt;
  const SessionEvent event = s.events.front();
  s.events.pop_front();
  return event;
}

bool Session::wants(RequestId id) const {
  return state_->in_flight.contains(id);
}

const Table& Session::table(TableId table) const {
  return state_->rows.table(table);
}

void Session::SetView(TableId table, RowViewSpec spec) {
  state_->views[static_cast<std::size_t>(table)].Set(std::move(spec));
}

std::span<const std::uint32_t> Session::View(TableId table) {
  const bool exact = !state_->pull || state_->progress.settled;
  return state_->views[static_cast<std::size_t>(table)].Rows(
      state_->rows.table(table), exact);
}

std::vector<Figure> Session::Figures(TableId table, UnixSeconds wall) const {
  const UnixSeconds now{wall.value + state_->clock_correction};
  const Table& rows = state_->rows.table(table);
  constexpr std::vector<Figure> (*kFigures[])(const Table&, UnixSeconds) = {
      CustomerFigures, InvoiceFigures, PaymentFigures, SubscriptionFigures};
  static_assert(std::size(kFigures) == kUsualTableCount);
  const auto index = static_cast<std::size_t>(table);
  if (index >= kUsualTableCount) return {};
  return kFigures[index](rows, now);
}

std::vector<Figure> Session::Chart(std::string_view chart,
                                   UnixSeconds wall) const {
  const UnixSeconds now{wall.value + state_->clock_correction};
  const Normalizer& rows = state_->rows;
  const Period period =
      chart.ends_with("week") ? Period::kWeek : Period::kMonth;
  if (chart.starts_with("revenue")) {
    return RevenueSeries(rows.table(TableId::kPayments), period, now);
  }
  if (chart.starts_with("customers")) {
    return CustomerSeries(rows.table(TableId::kCustomers),
                          rows.table(TableId::kSubscriptions), period, now);
  }
  return InvoiceAges(rows.table(TableId::kInvoices), now);
}

const RowIssues& Session::issues() const { return state_->rows.issues(); }

void Session::Disconnect() {
  auto fresh = std::make_unique<State>(state_->seed);
  // The host's settings are not the key's.
  fresh->policy = std::move(state_->policy);
  fresh->check_write = state_->check_write;
  state_ = std::move(fresh);
}

}  // namespace precision
