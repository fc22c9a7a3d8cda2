#include "precision/sync/sync_engine.h"

#include <algorithm>
#include <chrono>
#include <deque>
#include <utility>

#include "precision/sync/retry.h"
#include "sync/list_pull.h"
#include "sync/rate_limiter.h"
#include "sync/rate_meter.h"

namespace precision {

namespace {

constexpr std::uint32_t kMaxStalls = 3;
constexpr double kMostBeforeDone = 0.999;

// Trouble that may lie with the way there rather than with one request.
bool IsOfTheWay(ErrorCode code) {
  return code == ErrorCode::kNetworkDown || code == ErrorCode::kOffline ||
         code == ErrorCode::kProxyDown || code == ErrorCode::kStripeDown ||
         code == ErrorCode::kTimedOut || code == ErrorCode::kStripeUnreadable;
}

bool DoubtsTheKey(const ApiError& error) {
  return error.status == 401 || error.code == ErrorCode::kKeyUnknown;
}

bool IsSettled(ResourceState state) {
  return state == ResourceState::kComplete ||
         state == ResourceState::kPartial || state == ResourceState::kRefused;
}

struct List {
  List(Endpoint endpoint, UnixSeconds upper_bound)
      : pull(endpoint, upper_bound) {}

  ListPull pull;
  ResourceState state = ResourceState::kWaiting;
  std::uint64_t rows = 0;
  std::uint64_t requests = 0;
  double share = 0;
  std::optional<ErrorCode> error;
  std::uint64_t served = 0;  // when it last got a request, in requests

  bool settled() const { return IsSettled(state); }
};

struct InFlight {
  RequestId id;
  std::size_t list;
  WindowId window;
  Instant sent;
  std::uint64_t successes;  // of the whole pull when it was sent
};

// Nobody gets through: one request at a time finds out when it is over.
struct Outage {
  bool on = false;
  ErrorCode code = ErrorCode::kNetworkDown;
  int tries = 0;
  RequestId first_probe = 0;  // requests before it belong to the same trouble
  Instant retry_at;
};

}  // namespace

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

struct SyncEngine::State {
  State(const std::vector<Endpoint>& resources, SyncOptions o,
        std::uint64_t seed)
      : options(std::move(o)),
        limiter(options.live, options.share_of_limit, options.max_in_flight,
                resources.size()),
        random_state(seed) {
    for (const Endpoint endpoint : resources) {
      if (std::ranges::any_of(lists, [&](const List& list) {
            return list.pull.endpoint() == endpoint;
          })) {
        continue;
      }
      lists.push_back(List(endpoint, options.upper_bound));
    }
    SettleAllIfDone();
    if (lists.empty()) share = 1;
  }

  // Uniform in [0, 1).  SplitMix64: the same on every platform.
  double Random() {
    random_state += 0x9E3779B97F4A7C15;
    std::uint64_t z = random_state;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    z ^= z >> 31;
    return static_cast<double>(z >> 11) * 0x1.0p-53;
  }

  std::optional<InFlight> TakeInFlight(RequestId id);
  void DropInFlight(std::size_t list);

  std::optional<std::size_t> PickList(Instant now);
  OutgoingRequest Send(std::size_t index, Instant now);
  std::optional<Instant> NextWake(Instant now) const;
  bool Held(Instant now);

  void Settle(std::size_t index, ResourceState state,
              std::optional<ErrorCode> error);
  void Fail(std::size_t index, ErrorCode code);
  void FailAll(ErrorCode code);
  void SettleAllIfDone();
  void UpdateShares();

  bool OthersSucceed(const InFlight& request, const Window& window,
                     const ApiError& error) const;
  void JoinOutage(const InFlight& request, Window& window,
                  const ApiError& error, Instant now);
  void Retry(Window& window, ErrorCode code, Instant at);

  SyncOptions options;
  std::vector<List> lists;
  RateLimiter limiter;
  RateMeter meter;
  std::uint64_t random_state;

  std::vector<InFlight> in_flight;
  std::deque<SyncEvent> events;
  Outage outage;
  bool doubt = false;  // a 401 waits for what the others in flight bring
  std::uint64_t successes = 0;
  RequestId newest_success = 0;
  RequestId next_id = 1;
  double share = 0;
  bool paused = false;
  bool settled = false;
  std::optional<Instant> wake = Instant{};
};

std::optional<InFlight> SyncEngine::State::TakeInFlight(RequestId id) {
  const auto found = std::ranges::find(in_flight, id, &InFlight::id);
  if (found == in_flight.end()) return std::nullopt;
  const InFlight request = *found;
  *found = in_flight.back();
  in_flight.pop_back();
  limiter.Answered(request.list);
  return request;
}

void SyncEngine::State::DropInFlight(std::size_t list) {
  std::erase_if(in_flight, [&](const InFlight& request) {
    if (request.list != list) return false;
    limiter.Answered(list);
    return true;
  });
}

// First pages first; then, of the lists with a window waiting, the one with
// fewest in flight; a window is cut only when none waits anywhere.
std::optional<std::size_t> SyncEngine::State::PickList(Instant now) {
  const auto may_send = [&](std::size_t i) {
    return !lists[i].settled() && limiter.MaySend(i, now);
  };
  for (std::size_t i = 0; i < lists.size(); ++i) {
    if (lists[i].requests == 0 && may_send(i)) return i;
  }
  const auto fairer = [&](std::size_t a, std::optional<std::size_t> b) {
    if (!b) return true;
    return std::pair(limiter.in_flight(a), lists[a].served) <
           std::pair(limiter.in_flight(*b), lists[*b].served);
  };
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < lists.size(); ++i) {
    if (fairer(i, best) && may_send(i) && lists[i].pull.Ready(now)) best = i;
  }
  if (best) return best;
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < lists.size(); ++i) {
    if (may_send(i)) order.push_back(i);
  }
  std::ranges::sort(order, fairer);
  for (const std::size_t i : order) {
    if (lists[i].pull.Cut()) return i;
  }
  return std::nullopt;
}

OutgoingRequest SyncEngine::State::Send(std::size_t index, Instant now) {
  List& list = lists[index];
  Window& window = *list.pull.Ready(now);
  const RequestId id = next_id++;
  window.in_flight = true;
  if (window.attempts == 0) {
    window.successes_at_first_try = successes;
    window.first_try = id;
  }
  in_flight.push_back({id, index, window.id, now, successes});
  limiter.Sent(index, now);
  meter.Add(0, now);
  ++list.requests;
  list.served = id;
  list.state = ResourceState::kPulling;
  return {.id = id,
          .request = {.path = ListPath(list.pull.endpoint(),
                                       list.pull.QueryFor(window)),
                      .stripe_version = options.stripe_version,
                      .stripe_account = options.stripe_account}};
}

// Whether everything waits for one thing.
bool SyncEngine::State::Held(Instant now) {
  if (doubt && !in_flight.empty()) {
    wake.reset();
    return true;
  }
  if (!outage.on) return false;
  if (now < outage.retry_at) {
    wake = outage.retry_at;
    return true;
  }
  if (std::ranges::any_of(in_flight, [&](const InFlight& request) {
        return request.id >= outage.first_probe;
      })) {
    wake.reset();
    return true;
  }
  return false;
}

std::optional<Instant> SyncEngine::State::NextWake(Instant now) const {
  Instant next = kNever;
  for (std::size_t i = 0; i < lists.size(); ++i) {
    if (lists[i].settled()) continue;
    const Instant limit = limiter.ReadyAt(i);
    const Instant window = lists[i].pull.ReadyAt();
    next = std::min(next, std::max(limit, window));
    // With a token to spare a window may be cut.
    if (limit > now) next = std::min(next, limit);
  }
  if (next == kNever) return std::nullopt;
  return std::max(next, now + Duration{1});
}

void SyncEngine::State::Settle(std::size_t index, ResourceState state,
                               std::optional<ErrorCode> error) {
  List& list = lists[index];
  if (list.settled()) return;
  list.state = state;
  list.error = error;
  if (state == ResourceState::kComplete) list.share = 1;
  DropInFlight(index);
  events.push_back({SyncEvent::Kind::kResourceSettled, list.pull.endpoint()});
  SettleAllIfDone();
}

void SyncEngine::State::Fail(std::size_t index, ErrorCode code) {
  Settle(index,
         lists[index].pull.pages() > 0 ? ResourceState::kPartial
                                       : ResourceState::kRefused,
         code);
}

void SyncEngine::State::FailAll(ErrorCode code) {
  for (std::size_t i = 0; i < lists.size(); ++i) Fail(i, code);
}

void SyncEngine::State::SettleAllIfDone() {
  if (settled || !std::ranges::all_of(lists, &List::settled)) return;
  settled = true;
  outage.on = false;
  doubt = false;
  paused = false;
  wake.reset();
  events.push_back({SyncEvent::Kind::kSettled});
}

// Lists weigh by the rows they are expected to have: a short one that is done
// says little about the whole.
void SyncEngine::State::UpdateShares() {
  double come = 0;
  double expected = 0;
  bool all_known = true;
  bool done = true;
  for (List& list : lists) {
    if (list.state == ResourceState::kRefused) continue;
    if (list.state != ResourceState::kComplete) {
      list.share =
          std::max(list.share, std::min(kMostBeforeDone, list.pull.Share()));
      done = false;
    }
    if (list.pull.pages() == 0) all_known = false;
    const double rows = static_cast<double>(list.rows) + 1;
    come += rows;
    expected += rows / std::max(list.share, 1e-6);
  }
  if (expected <= 0) return;
  if (done) {
    share = settled ? 1 : kMostBeforeDone;
  } else if (all_known) {
    share = std::max(share, std::min(kMostBeforeDone, come / expected));
  }
}

bool SyncEngine::State::OthersSucceed(const InFlight& request,
                                      const Window& window,
                                      const ApiError& error) const {
  if (!DoubtsTheKey(error)) return successes > request.successes;
  // A list that never gave a page may lack its permission, and any success
  // proves the key.  One that did is a key revoked meanwhile, unless something
  // sent later succeeds.
  if (lists[request.list].pull.pages() == 0) {
    return successes > window.successes_at_first_try;
  }
  return newest_success > window.first_try;
}

void SyncEngine::State::Retry(Window& window, ErrorCode code, Instant at) {
  window.trouble = code;
  window.not_before = at;
}

void SyncEngine::State::JoinOutage(const InFlight& request, Window& window,
                                   const ApiError& error, Instant now) {
  Retry(window, error.code, now);
  if (!outage.on) {
    outage.on = true;
    outage.tries = 0;
  } else if (request.id < outage.first_probe) {
    return;
  }
  ++outage.tries;
  outage.code = error.code;
  outage.first_probe = next_id;
  const RetryDecision decision =
      DecideRetry(error, outage.tries, false, Random());
  if (decision.action == RetryAction::kRetry) {
    outage.retry_at = now + decision.wait;
    return;
  }
  outage.on = false;
  if (error.should_retry == false) {
    Fail(request.list, error.code);
  } else {
    FailAll(error.code);
  }
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
  List& list = s.lists[request->list];
  list.rows += new_rows;
  s.meter.Add(new_rows, now);
  // The window may be gone: another one's chain ran through it.
  if (Window* window = list.pull.Find(request->window)) {
    window->in_flight = false;
    if (list.pull.TakePage(*window, page) == ListPull::Page::kStalled) {
      if (++window->stalls >= kMaxStalls) {
        s.Fail(request->list, ErrorCode::kListStalled);
      } else {
        ApiError unreadable;
        unreadable.code = ErrorCode::kStripeUnreadable;
        s.Retry(*window, ErrorCode::kListStalled,
                now + DecideRetry(unreadable, static_cast<int>(window->stalls),
                                  true, s.Random())
                          .wait);
      }
    } else if (list.pull.complete()) {
      s.Settle(request->list, ResourceState::kComplete, std::nullopt);
    }
  }
  s.UpdateShares();
}

void SyncEngine::HandleRefusal(RequestId id, const ApiError& error,
                               Instant now) {
  State& s = *state_;
  const std::optional<InFlight> request = s.TakeInFlight(id);
  if (!request) return;
  s.wake = now;
  List& list = s.lists[request->list];
  Window* window = list.pull.Find(request->window);
  if (!window) return;
  window->in_flight = false;
  if (error.code == ErrorCode::kNotFound && list.pull.DropCursor(*window)) {
    return;
  }
  const bool others = s.OthersSucceed(*request, *window, error);
  if (DoubtsTheKey(error) && !others && !s.in_flight.empty()) {
    s.doubt = true;
    ++window->attempts;
    s.Retry(*window, error.code, now + std::chrono::seconds(1));
    return;
  }
  if (IsOfTheWay(error.code) && !others) {
    s.JoinOutage(*request, *window, error, now);
    s.UpdateShares();
    return;
  }
  ++window->attempts;
  const RetryDecision decision = DecideRetry(
      error, static_cast<int>(window->attempts), others, s.Random());
  if (error.code == ErrorCode::kRateLimited) {
    s.limiter.Limited(request->list, error.rate_limited_reason, request->sent,
                      error.retry_after ? decision.wait : Duration{0}, now);
  }
  switch (decision.action) {
    case RetryAction::kRetry:
      s.Retry(*window, error.code, now + decision.wait);
      break;
    case RetryAction::kRefuseList:
      // Another list was read with the same key: see OthersSucceed.
      s.Fail(request->list, DoubtsTheKey(error) && list.pull.pages() == 0
                                ? ErrorCode::kPermissionMissing
                                : error.code);
      break;
    case RetryAction::kStopEverything:
      s.FailAll(error.code);
      break;
  }
  s.UpdateShares();
}

void SyncEngine::HandleTimeout(Instant now) {
  if (state_->wake && *state_->wake < now) state_->wake = now;
}

void SyncEngine::Cancel(Instant now) {
  State& s = *state_;
  s.wake = now;
  for (std::size_t i = 0; i < s.lists.size(); ++i) {
    s.Settle(i, ResourceState::kPartial, ErrorCode::kCancelled);
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
  s.wake = now;
  if (!s.settled) return;
  for (List& list : s.lists) {
    if (list.state == ResourceState::kComplete) continue;
    list.pull.Reopen(now);
    list.error.reset();
    list.state = list.pull.pages() > 0 ? ResourceState::kPulling
                                       : ResourceState::kWaiting;
    s.settled = false;
  }
  if (s.settled) {
    s.wake.reset();
    return;
  }
  s.share = std::min(s.share, kMostBeforeDone);
}

std::optional<OutgoingRequest> SyncEngine::PollRequest(Instant now) {
  State& s = *state_;
  if (s.settled || s.paused) {
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
  if (state_->settled || state_->paused) return std::nullopt;
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
  double to_come = 0;
  bool known = true;
  for (const List& list : s.lists) {
    progress.resources.push_back({.endpoint = list.pull.endpoint(),
                                  .state = list.state,
                                  .rows = list.rows,
                                  .requests = list.requests,
                                  .share = list.share,
                                  .error = list.error});
    if (list.settled()) continue;
    const std::optional<double> rows = list.pull.RowsToCome();
    known = known && rows;
    to_come += rows.value_or(0);
  }
  progress.share = s.share;
  progress.rows_per_second = s.meter.PerSecond(now);
  if (s.settled || s.paused) return progress;

  const std::optional<double> rate = s.meter.Steady(now);
  if (known && rate && *rate > 0) {
    constexpr double kLongest = 86400;
    progress.remaining = std::chrono::duration_cast<Duration>(
        std::chrono::duration<double>(std::min(kLongest, to_come / *rate)));
  }
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
    if (!s.lists[i].settled() && until > now) {
      waits(ErrorCode::kRateLimited, until);
    }
  }
  if (progress.waiting_for || !s.in_flight.empty()) return progress;
  Instant first = kNever;
  for (const List& list : s.lists) {
    if (list.settled()) continue;
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

bool SyncEngine::settled() const { return state_->settled; }

bool SyncEngine::paused() const { return state_->paused; }

}  // namespace precision
