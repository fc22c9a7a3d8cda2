#include "precision/session/session.h"

#include <algorithm>
#include <utility>

#include "session/changing.h"
#include "session/session_state.h"

namespace precision {

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

Result<Done> Session::AddToPull(std::span<const TableId> tables, Instant now) {
  State& s = *state_;
  if (!s.pulling()) return Error{ErrorCode::kNotReady, "no pull is running"};
  for (const TableId table : tables) s.rows.Ask(table);
  s.pull->Add(tables, s.Report(), now);
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

void Session::Disconnect() {
  auto fresh = std::make_unique<State>(state_->seed);
  // The host's settings are not the key's.
  fresh->policy = std::move(state_->policy);
  fresh->check_write = state_->check_write;
  state_ = std::move(fresh);
}

}  // namespace precision
