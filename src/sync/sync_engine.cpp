#include "precision/sync/sync_engine.h"

#include <algorithm>
#include <utility>

#include "precision/sync/retry.h"
#include "sync/sync_state.h"

namespace precision {

std::string_view ToString(ResourceState state) {
  switch (state) {
    case ResourceState::kWaiting:
      return "waiting";
    case ResourceState::kPulling:
      return "pulling";
    case ResourceState::kComplete:
      return "complete";
    case ResourceState::kPartial:
      return "partial";
    case ResourceState::kRefused:
      return "refused";
  }
  return "";
}

SyncEngine::SyncEngine(const std::vector<Endpoint>& resources,
                       SyncOptions options, std::uint64_t seed)
    : state_(std::make_unique<State>(resources, std::move(options), seed)) {}

SyncEngine::~SyncEngine() = default;
SyncEngine::SyncEngine(SyncEngine&&) noexcept = default;
SyncEngine& SyncEngine::operator=(SyncEngine&&) noexcept = default;

void SyncEngine::HandlePage(RequestId id, const ListPage& page,
                            std::size_t new_rows, Instant now) {
  State& s = *state_;
  const std::optional<InFlight> request = s.TakeInFlight(id);
  if (!request) return;
  s.wake = now;
  s.outage.on = false;
  s.doubt = false;
  ++s.successes;
  s.newest_success = std::max(s.newest_success, id);
  s.lists[request->list].rows += new_rows;
  s.row_rate.Add(new_rows, now);
  // It may be gone: another chain has met it or run through its window.
  if (Chain* chain = s.lists[request->list].pull.Find(request->chain)) {
    chain->in_flight = false;
    s.TakePage(*request, *chain, page, new_rows, now);
  }
  s.AfterAnswer(now);
}

void SyncEngine::HandleRefusal(RequestId id, const ApiError& error,
                               Instant now) {
  State& s = *state_;
  const std::optional<InFlight> request = s.TakeInFlight(id);
  if (!request) return;
  s.wake = now;
  List& list = s.lists[request->list];
  Chain* chain = list.pull.Find(request->chain);
  if (!chain) {
    s.AfterAnswer(now);
    return;
  }
  chain->in_flight = false;
  if ((error.status == 400 || error.code == ErrorCode::kNotFound) &&
      list.pull.DropUp(*chain)) {
    s.AfterAnswer(now);
    return;
  }
  if (request->expanded &&
      (error.code == ErrorCode::kPermissionMissing || error.status == 400) &&
      error.code != ErrorCode::kVersionRefused) {
    list.pull.StopExpanding();
    s.AfterAnswer(now);
    return;
  }
  if (error.code == ErrorCode::kNotFound &&
      (list.pull.DropParent(*chain) || list.pull.DropCursor(*chain))) {
    s.SettleAllIfDone(now);
    s.AfterAnswer(now);
    return;
  }
  const bool others = s.OthersSucceed(*request, *chain, error);
  if (DoubtsTheKey(error) && !others && !s.in_flight.empty()) {
    s.doubt = true;
    ++chain->attempts;
    s.Retry(*chain, error.code, now + std::chrono::seconds(1));
    return;
  }
  if (IsOfTheWay(error.code) && !others) {
    s.JoinOutage(*request, *chain, error, now);
    s.AfterAnswer(now);
    return;
  }
  ++chain->attempts;
  const RetryDecision decision =
      DecideRetry(error, static_cast<int>(chain->attempts), others, s.Random());
  if (error.code == ErrorCode::kRateLimited) {
    s.limiter.Limited(request->list, error.rate_limited_reason, request->sent,
                      error.retry_after ? decision.wait : Duration{0}, now);
  }
  switch (decision.action) {
    case RetryAction::kRetry:
      s.Retry(*chain, error.code, now + decision.wait);
      break;
    case RetryAction::kRefuseList:
      if (list.pull.DropUp(*chain)) break;
      // Another list was read with the same key: see OthersSucceed.
      s.Fail(request->list,
             DoubtsTheKey(error) && list.pull.pages() == 0
                 ? ErrorCode::kPermissionMissing
                 : error.code,
             now);
      break;
    case RetryAction::kStopEverything:
      s.FailAll(error.code, now);
      break;
  }
  s.AfterAnswer(now);
}

void SyncEngine::HandleTimeout(Instant now) {
  if (state_->wake && *state_->wake < now) state_->wake = now;
}

void SyncEngine::HandleOnline(Instant now) {
  State& s = *state_;
  if (!s.outage.on || s.outage.code != ErrorCode::kNetworkDown) return;
  s.outage.retry_at = std::min(s.outage.retry_at, now);
  // What was sent into the silence need not be waited for.
  s.outage.first_probe = s.next_id;
  s.wake = now;
}

void SyncEngine::AddNested(Endpoint nested, std::string parent) {
  List* list = state_->FindList(nested);
  if (list != nullptr && list->is_nested()) {
    list->pull.AddParent(std::move(parent));
  }
}

void SyncEngine::AddList(Endpoint resource, Instant now) {
  State& s = *state_;
  if (s.settled) return;
  s.wake = now;
  if (List* list = s.FindList(resource)) {
    if (list->settled() && list->state != ResourceState::kComplete) {
      list->Reopen(now);
    }
  } else {
    s.AddList(resource);
  }
}

void SyncEngine::Stop(ErrorCode why, Instant now) {
  State& s = *state_;
  s.wake = now;
  s.closed = true;
  for (std::size_t i = 0; i < s.lists.size(); ++i) {
    s.EndClosing(i, now);
    s.Settle(i, ResourceState::kPartial, why, now);
  }
  s.UpdateShares();
  if (s.settled) s.wake.reset();
}

void SyncEngine::Pause(Instant) {
  if (!state_->settled) state_->paused = true;
}

void SyncEngine::Resume(Instant now) {
  State& s = *state_;
  s.paused = false;
  s.asking = false;
  s.wake = now;
  s.sent_before = s.sent;
  s.row_rate = {};
  if (!s.settled) return;
  s.asked = true;
  for (List& list : s.lists) {
    // A nested list, being behind the others, gets more of those that go on.
    if (list.state == ResourceState::kComplete &&
        (s.settled || !list.is_nested())) {
      continue;
    }
    list.Reopen(now);
    s.settled = false;
  }
  if (s.settled) {
    s.wake.reset();
    return;
  }
  s.closed = false;
  s.share = std::min(s.share, kMostBeforeDone);
}

std::optional<OutgoingRequest> SyncEngine::PollRequest(Instant now) {
  State& s = *state_;
  if (s.settled || paused()) {
    s.wake.reset();
    return std::nullopt;
  }
  if (s.Held(now)) return std::nullopt;
  if (const std::optional<std::size_t> list = s.PickList(now)) {
    s.wake = now;
    return s.Send(*list, now);
  }
  s.wake = s.NextWake(now);
  return std::nullopt;
}

std::optional<Instant> SyncEngine::PollTimeout() const {
  if (state_->settled || paused()) return std::nullopt;
  return state_->wake;
}

std::optional<SyncEvent> SyncEngine::PollEvent() {
  if (state_->events.empty()) return std::nullopt;
  const SyncEvent event = state_->events.front();
  state_->events.pop_front();
  return event;
}

SyncProgress SyncEngine::progress(Instant now) const {
  const State& s = *state_;
  SyncProgress progress;
  for (const List& list : s.lists) {
    progress.resources.push_back({.endpoint = list.pull.endpoint(),
                                  .state = list.state,
                                  .rows = list.rows,
                                  .requests = list.requests,
                                  .share = list.share,
                                  .error = list.error});
  }
  progress.share = s.share;
  progress.rows_per_second = s.row_rate.PerSecond(now);
  progress.requests = s.sent;
  progress.asking = s.asking;
  if (s.settled) return progress;
  progress.requests_expected = s.RequestsExpected();
  if (paused()) return progress;
  progress.remaining = s.Remaining(now);
  const auto waits = [&](ErrorCode code, Instant until) {
    progress.waiting_for = code;
    progress.waiting = std::max(Duration{0}, until - now);
  };
  if (s.outage.on) {
    waits(s.outage.code, s.outage.retry_at);
    return progress;
  }
  for (std::size_t i = 0; i < s.lists.size(); ++i) {
    const Instant until = s.limiter.BlockedUntil(i);
    if (s.lists[i].open() && until > now) {
      waits(ErrorCode::kRateLimited, until);
    }
  }
  if (progress.waiting_for || !s.in_flight.empty()) return progress;
  Instant first = kNever;
  for (const List& list : s.lists) {
    if (!list.open()) continue;
    for (const Window& window : list.pull.windows()) {
      if (window.not_before >= first) continue;
      first = window.not_before;
      if (window.trouble && first > now) waits(*window.trouble, first);
    }
  }
  if (first <= now) {
    progress.waiting_for.reset();
    progress.waiting.reset();
  }
  return progress;
}

std::optional<Endpoint> SyncEngine::EndpointOf(RequestId id) const {
  const auto found = std::ranges::find(state_->in_flight, id, &InFlight::id);
  if (found == state_->in_flight.end()) return std::nullopt;
  return state_->lists[found->list].pull.endpoint();
}

std::string SyncEngine::ParentOf(RequestId id) const {
  const auto found = std::ranges::find(state_->in_flight, id, &InFlight::id);
  if (found == state_->in_flight.end()) return {};
  const Chain* chain = state_->lists[found->list].pull.Find(found->chain);
  return chain == nullptr ? std::string() : chain->parent;
}

SyncPlan SyncEngine::Plan() const {
  SyncPlan plan;
  for (const List& list : state_->lists) {
    if (auto part = list.pull.Plan()) plan.push_back(*std::move(part));
  }
  return plan;
}

bool SyncEngine::settled() const { return state_->settled; }

bool SyncEngine::paused() const { return state_->paused || state_->asking; }

}  // namespace precision
