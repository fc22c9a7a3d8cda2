// Which request goes next, and when.

#include "sync/sync_state.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "precision/base/sort_few.h"

namespace precision {

namespace {

// A first page usually takes a few hundred milliseconds.  Past this the
// account's answers are slow, and a round trip is worth some requests.
constexpr Duration kSlowFirstPage = std::chrono::milliseconds(600);

}  // namespace

SyncEngine::State::State(const std::vector<Endpoint>& resources, SyncOptions o,
                         std::uint64_t seed)
    : options(std::move(o)),
      limiter(options.live, options.share_of_limit, options.max_in_flight),
      random_state(seed) {
  for (const Endpoint endpoint : resources) {
    if (FindList(endpoint) == nullptr) AddList(endpoint);
  }
  SettleAllIfDone({});
  if (lists.empty()) share = 1;
}

List* SyncEngine::State::FindList(Endpoint endpoint) {
  for (List& list : lists) {
    if (list.pull.endpoint() == endpoint) return &list;
  }
  return nullptr;
}

void SyncEngine::State::AddList(Endpoint endpoint) {
  const auto plan =
      std::ranges::find(options.plan, endpoint, &ListPlan::endpoint);
  lists.push_back(List(endpoint, options.upper_bound,
                       plan == options.plan.end() ? nullptr : &*plan));
  limiter.AddEndpoint();
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
// fewest in flight; one more chain is begun when none waits anywhere, or in a
// window that would end late; nested lists take what is left.
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
  if (const auto best = ready(false)) {
    lists[*best].pull.Even(ChainsWanted(*best));
    return best;
  }
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
    if (lists[i].pull.Widen(ChainsWanted(i))) return i;
  }
  return ready(true);
}

// As many as requests fit into a round trip: for the longest list.  Shorter
// ones come to their end with it on fewer, and fewer windows cost less.
double SyncEngine::State::ChainsWanted(std::size_t index) const {
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
  Chain& chain = *list.pull.Ready(now);
  const RequestId id = next_id++;
  chain.in_flight = true;
  if (chain.attempts == 0) {
    chain.successes_at_first_try = successes;
    chain.first_try = id;
  }
  in_flight.push_back(
      {id, index, chain.id, now, successes, list.pull.expands()});
  limiter.Sent(index, now);
  row_rate.Add(0, now);
  ++sent;
  if (++list.requests == 1) list.slow_at = now + kSlowFirstPage;
  list.served = id;
  if (!list.closing) list.state = ResourceState::kPulling;
  return {.id = id,
          .request = {
              .path = ListPath(list.pull.endpoint(), list.pull.QueryFor(chain)),
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
    // With a token to spare one more chain may begin.
    if (limit > now) next = std::min(next, limit);
    if (lists[i].pull.pages() == 0 && lists[i].slow_at > now)
      next = std::min(next, lists[i].slow_at);
  }
  if (next == kNever) return std::nullopt;
  return std::max(next, now + Duration{1});
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

}  // namespace precision
