#include "sync/sync_state.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "precision/base/sort_few.h"
#include "precision/sync/retry.h"

namespace precision {

namespace {

constexpr std::uint32_t kMaxStalls = 3;

// A first page usually takes a few hundred milliseconds.  Past this the
// account's answers are slow, and a round trip is worth some requests.
constexpr Duration kSlowFirstPage = std::chrono::milliseconds(600);

// A list that was read this long ago needs no closing pass.
constexpr Duration kFreshFor = std::chrono::seconds(3);

// A guess of how many requests a pull takes is worth telling when so many have
// been answered; they count towards the pull.
constexpr std::uint64_t kSample = 100;

// What the end of a pull takes, in round trips, while its windows are long.
constexpr double kMostTailTrips = 0.85;
// A window that expects a page may turn out to have one more; now and then.
constexpr double kSurelyLast = 0.75;

double SecondsOf(Duration d) {
  return std::chrono::duration<double>(d).count();
}

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

SyncEngine::State::State(const std::vector<Endpoint>& resources, SyncOptions o,
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
    const auto plan =
        std::ranges::find(options.plan, endpoint, &ListPlan::endpoint);
    lists.push_back(List(endpoint, options.upper_bound,
                         plan == options.plan.end() ? nullptr : &*plan));
  }
  SettleAllIfDone({});
  if (lists.empty()) share = 1;
}

double SyncEngine::State::Random() {
  // https://prng.di.unimi.it/splitmix64.c
  random_state += 0x9E3779B97F4A7C15;
  std::uint64_t z = random_state;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
  z ^= z >> 31;
  return static_cast<double>(z >> 11) * 0x1.0p-53;
}

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
// fewest in flight; a window is cut only when none waits anywhere; nested lists
// take what is left.
std::optional<std::size_t> SyncEngine::State::PickList(Instant now) {
  const auto may_send = [&](std::size_t i) {
    return MayAsk(i) && limiter.MaySend(i, now);
  };
  for (std::size_t i = 0; i < lists.size(); ++i) {
    if (lists[i].requests == 0 && may_send(i) && !lists[i].is_nested()) {
      return i;
    }
  }
  const auto fairer = [&](std::size_t a, std::optional<std::size_t> b) {
    if (!b) return true;
    return std::pair(limiter.in_flight(a), lists[a].served) <
           std::pair(limiter.in_flight(*b), lists[*b].served);
  };
  const auto ready = [&](bool nested) {
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < lists.size(); ++i) {
      if (lists[i].is_nested() == nested && fairer(i, best) && may_send(i) &&
          lists[i].pull.Ready(now)) {
        best = i;
      }
    }
    return best;
  };
  if (const auto best = ready(false)) return best;
  for (std::size_t i = 0; i < lists.size(); ++i) {
    if (may_send(i) && !lists[i].is_nested() && lists[i].slow_at <= now &&
        lists[i].pull.LookAhead()) {
      return i;
    }
  }
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < lists.size(); ++i) {
    if (may_send(i)) order.push_back(i);
  }
  SortFew(order, fairer);
  for (const std::size_t i : order) {
    if (lists[i].pull.Cut(WindowsWanted(i))) return i;
  }
  return ready(true);
}

// As many as requests fit into a round trip: for the longest list.  Shorter
// ones come to their end with it on fewer, and fewer windows cost less.
double SyncEngine::State::WindowsWanted(std::size_t index) const {
  double longest = 1;
  for (const List& list : lists) {
    if (list.is_nested()) continue;
    longest = std::max(
        longest, list.pull.RequestsToCome(ListPull::Guess::kMost).value_or(1));
  }
  const double part = lists[index]
                          .pull.RequestsToCome(ListPull::Guess::kMost)
                          .value_or(longest) /
                      longest;
  return 1 + part * limiter.PerSecond(index) * SecondsOf(round_trip);
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
  in_flight.push_back(
      {id, index, window.id, now, successes, list.pull.expands()});
  limiter.Sent(index, now);
  row_rate.Add(0, now);
  ++sent;
  if (++list.requests == 1) list.slow_at = now + kSlowFirstPage;
  list.served = id;
  if (!list.closing) list.state = ResourceState::kPulling;
  return {.id = id,
          .request = {.path = ListPath(list.pull.endpoint(),
                                       list.pull.QueryFor(window)),
                      .stripe_version = options.stripe_version,
                      .stripe_account = options.stripe_account}};
}

bool SyncEngine::State::AtCap() const {
  return options.max_requests > 0 && sent - sent_before >= options.max_requests;
}

bool SyncEngine::State::Held(Instant now) {
  if (AtCap()) {
    wake.reset();
    return true;
  }
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
    if (!MayAsk(i)) continue;
    const Instant limit = limiter.ReadyAt(i);
    const Instant window = lists[i].pull.ReadyAt();
    next = std::min(next, std::max(limit, window));
    // With a token to spare a window may be cut.
    if (limit > now) next = std::min(next, limit);
    if (lists[i].pull.pages() == 0 && lists[i].slow_at > now)
      next = std::min(next, lists[i].slow_at);
  }
  if (next == kNever) return std::nullopt;
  return std::max(next, now + Duration{1});
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

bool SyncEngine::State::OthersThrough() const {
  return std::ranges::none_of(
      lists, [](const List& l) { return l.open() && !l.is_nested(); });
}

bool SyncEngine::State::MayAsk(std::size_t index) const {
  if (!lists[index].open()) return false;
  if (!lists[index].is_nested()) return true;
  // Under a cap, rows come before what completes them.
  if (options.max_requests > 0 && !OthersThrough()) return false;
  double wanted = 0;
  for (std::size_t i = 0; i < lists.size(); ++i) {
    if (lists[i].open() && !lists[i].is_nested()) {
      wanted += limiter.PerSecond(i);
    }
  }
  return wanted == 0 ||
         wanted + limiter.PerSecond(index) <= limiter.PerSecond();
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
    if (list.is_nested()) {
      // A request weighs as one for a page.
      const auto pages = static_cast<double>(list.pull.pages());
      come += kMaxPageSize * pages;
      expected += kMaxPageSize * (pages + *list.pull.RequestsToCome());
      continue;
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
  const ListPull& pull = lists[request.list].pull;
  if (pull.pages() == 0) {
    return successes > pull.windows().front().successes_at_first_try;
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
    Fail(request.list, error.code, now);
  } else {
    FailAll(error.code, now);
  }
}

void SyncEngine::State::TakePage(const InFlight& request, Window& window,
                                 const ListPage& page, std::size_t new_rows,
                                 Instant now) {
  List& list = lists[request.list];
  if (list.pull.TakePage(window, page, new_rows) == ListPull::Page::kStalled) {
    if (++window.stalls >= kMaxStalls) {
      Fail(request.list, ErrorCode::kListStalled, now);
      return;
    }
    ApiError unreadable;
    unreadable.code = ErrorCode::kStripeUnreadable;
    Retry(window, ErrorCode::kListStalled,
          now + DecideRetry(unreadable, static_cast<int>(window.stalls), true,
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

std::optional<std::uint64_t> SyncEngine::State::RequestsExpected() const {
  double to_come = 0;
  double come = 0;
  double nested_to_come = 0;
  double nested = 0;
  for (const List& list : lists) {
    const std::optional<double> more =
        list.open() ? list.pull.RequestsToCome() : 0;
    if (!more) return std::nullopt;
    (list.is_nested() ? nested_to_come : to_come) += *more;
    (list.is_nested() ? nested : come) += static_cast<double>(list.requests);
  }
  // What is still to come will hold as many long lists as what has come.
  nested += nested_to_come;
  to_come += nested_to_come + nested * to_come / std::max(1.0, come);
  // Those in flight are in both.
  return sent + static_cast<std::uint64_t>(std::max(
                    0.0, to_come - static_cast<double>(in_flight.size())));
}

// Until all requests are sent, at the speed at which they come now (those in
// flight over a round trip) or the longest list's own limit; then until the
// longest chain, the last answer and the closing pass are through.
std::optional<Duration> SyncEngine::State::Remaining(Instant now) const {
  if (round_trip.count() == 0 || in_flight.empty()) return std::nullopt;
  const double trip = SecondsOf(round_trip);
  double unsent = -static_cast<double>(in_flight.size());
  double longest = 0;
  double chain = 1;
  for (std::size_t i = 0; i < lists.size(); ++i) {
    if (!lists[i].open()) continue;
    const std::optional<double> more = lists[i].pull.RequestsToCome();
    if (!more || !lists[i].pull.IsForeseeable()) return std::nullopt;
    unsent += *more;
    longest = std::max(longest,
                       (*more - limiter.in_flight(i)) / limiter.PerSecond(i));
    chain = std::max(chain, lists[i].pull.LongestChain());
  }
  Instant last;
  for (const InFlight& request : in_flight) last = std::max(last, request.sent);
  const double rate = static_cast<double>(in_flight.size()) / trip;
  // Longer chains will be cut.
  const double trips =
      std::min(kMostTailTrips, chain - kSurelyLast) + (closed ? 0 : 1);
  constexpr double kLongest = 86400;
  return std::chrono::duration_cast<Duration>(std::chrono::duration<double>(
      std::min(kLongest, std::max(unsent / rate, longest) + trips * trip +
                             std::max(0.0, trip - SecondsOf(now - last)))));
}

}  // namespace precision
