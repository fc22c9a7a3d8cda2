// How much has come of the whole, and what is still to come.

#include <algorithm>
#include <chrono>

#include "sync/sync_state.h"

namespace precision {

namespace {

// What the end of a pull takes, in round trips, while its windows are long.
constexpr double kMostTailTrips = 0.85;
// A window that expects a page may turn out to have one more; now and then.
constexpr double kSurelyLast = 0.5;

}  // namespace

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
