// What an answer leads to: a list goes on, waits, or settles; and when all
// have.

#include <algorithm>
#include <chrono>

#include "precision/sync/retry.h"
#include "sync/sync_state.h"

namespace precision {

namespace {

constexpr std::uint32_t kMaxStalls = 3;

// A list that was read this long ago needs no closing pass.
constexpr Duration kFreshFor = std::chrono::seconds(3);

// A guess of how many requests a pull takes is worth telling when so many have
// been answered; they count towards the pull.
constexpr std::uint64_t kSample = 100;

}  // namespace

bool IsOfTheWay(ErrorCode code) {
  return code == ErrorCode::kNetworkDown || code == ErrorCode::kOffline ||
         code == ErrorCode::kProxyDown || code == ErrorCode::kStripeDown ||
         code == ErrorCode::kTimedOut || code == ErrorCode::kStripeUnreadable;
}

bool DoubtsTheKey(const ApiError& error) {
  return error.status == 401 || error.code == ErrorCode::kKeyUnknown;
}

bool List::settled() const {
  return state == ResourceState::kComplete ||
         state == ResourceState::kPartial || state == ResourceState::kRefused;
}

void List::Reopen(Instant now) {
  pull.Reopen(now);
  error.reset();
  state = pull.pages() > 0 ? ResourceState::kPulling : ResourceState::kWaiting;
}

void SyncEngine::State::TakePage(const InFlight& request, Chain& chain,
                                 const ListPage& page, std::size_t new_rows,
                                 Instant now) {
  List& list = lists[request.list];
  if (list.pull.TakePage(chain, page, new_rows) == ListPull::Page::kStalled) {
    if (++chain.stalls >= kMaxStalls) {
      Fail(request.list, ErrorCode::kListStalled, now);
      return;
    }
    ApiError unreadable;
    unreadable.code = ErrorCode::kStripeUnreadable;
    Retry(chain, ErrorCode::kListStalled,
          now + DecideRetry(unreadable, static_cast<int>(chain.stalls), true,
                            Random())
                    .wait);
    return;
  }
  const Duration took = now - request.sent;
  round_trip = round_trip.count() == 0 ? took : (7 * round_trip + took) / 8;
  if (!list.as_of) list.as_of = request.sent;
  if (!list.pull.complete()) return;
  if (list.closing) {
    list.as_of = request.sent;
    EndClosing(request.list, now);
  } else if (list.is_nested()) {
    SettleAllIfDone(now);
  } else {
    Settle(request.list, ResourceState::kComplete, std::nullopt, now);
  }
}

void SyncEngine::State::AfterAnswer(Instant now) {
  if (AtCap() && in_flight.empty()) FailAll(ErrorCode::kRequestCap, now);
  if (options.ask_above > 0 && !asked && !settled) {
    const std::optional<std::uint64_t> expected = RequestsExpected();
    asking = sent >= std::min(kSample, options.ask_above) &&
             (sent >= options.ask_above ||
              (expected && *expected > options.ask_above));
    asked = asking;
  }
  UpdateShares();
}

void SyncEngine::State::Settle(std::size_t index, ResourceState state,
                               std::optional<ErrorCode> error, Instant now) {
  List& list = lists[index];
  if (list.settled()) return;
  list.state = state;
  list.error = error;
  if (state == ResourceState::kComplete) list.share = 1;
  DropInFlight(index);
  events.push_back({SyncEvent::Kind::kResourceSettled, list.pull.endpoint()});
  SettleAllIfDone(now);
}

void SyncEngine::State::Fail(std::size_t index, ErrorCode code, Instant now) {
  if (lists[index].closing) {
    EndClosing(index, now);
    return;
  }
  Settle(index,
         lists[index].pull.pages() > 0 ? ResourceState::kPartial
                                       : ResourceState::kRefused,
         code, now);
}

void SyncEngine::State::FailAll(ErrorCode code, Instant now) {
  closed = true;
  for (std::size_t i = 0; i < lists.size(); ++i) Fail(i, code, now);
}

void SyncEngine::State::SettleAllIfDone(Instant now) {
  if (settled || !OthersThrough()) return;
  OpenClosing(now);
  if (!OthersThrough()) return;
  for (std::size_t i = 0; i < lists.size(); ++i) {
    if (lists[i].settled()) continue;
    // Comes back here.
    if (lists[i].pull.complete()) {
      Settle(i, ResourceState::kComplete, std::nullopt, now);
    }
    return;
  }
  settled = true;
  outage.on = false;
  doubt = false;
  paused = false;
  asking = false;
  wake.reset();
  events.push_back({SyncEvent::Kind::kSettled});
}

void SyncEngine::State::OpenClosing(Instant now) {
  if (closed) return;
  closed = true;
  for (List& list : lists) {
    if (list.state != ResourceState::kComplete || !list.as_of ||
        list.is_nested()) {
      continue;
    }
    if (now - *list.as_of < kFreshFor) continue;
    list.pull.OpenClosing();
    list.closing = true;
  }
}

void SyncEngine::State::EndClosing(std::size_t index, Instant now) {
  List& list = lists[index];
  if (!list.closing) return;
  list.closing = false;
  list.pull.DropClosing();
  DropInFlight(index);
  SettleAllIfDone(now);
}

bool SyncEngine::State::OthersSucceed(const InFlight& request,
                                      const Chain& chain,
                                      const ApiError& error) const {
  if (!DoubtsTheKey(error)) return successes > request.successes;
  // A list that never gave a page may lack its permission, and any success
  // proves the key.  One that did is a key revoked meanwhile, unless something
  // sent later succeeds.
  const ListPull& pull = lists[request.list].pull;
  if (pull.pages() == 0) {
    return successes > pull.windows().front().successes_at_first_try;
  }
  return newest_success > chain.first_try;
}

void SyncEngine::State::Retry(Chain& chain, ErrorCode code, Instant at) {
  chain.trouble = code;
  chain.not_before = at;
}

void SyncEngine::State::JoinOutage(const InFlight& request, Chain& chain,
                                   const ApiError& error, Instant now) {
  Retry(chain, error.code, now);
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
    Fail(request.list, error.code, now);
  } else {
    FailAll(error.code, now);
  }
}

}  // namespace precision
