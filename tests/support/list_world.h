// A small Stripe for the sync engine alone: lists of ids with times, newest
// first, with a created filter, cursors and has_more; a driver with latency on
// a virtual clock; and the promises that hold after every run.

#ifndef PRECISION_TESTS_SUPPORT_LIST_WORLD_H_
#define PRECISION_TESTS_SUPPORT_LIST_WORLD_H_

#include <gtest/gtest.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "precision/stripe/api_error.h"
#include "precision/sync/sync_engine.h"
#include "support/virtual_clock.h"

namespace precision {

struct FakeObject {
  std::string id;
  std::int64_t created = 0;
};

struct FakeList {
  std::vector<FakeObject> objects;  // in the order the list shows them
  bool shows_created = true;
  bool filters = true;
  enum class GoingUp : std::uint8_t { kServed, kIgnored, kRefused };
  GoingUp going_up = GoingUp::kServed;  // what `ending_before` does

  // Remembers where each was, so that a long list is not searched each time.
  std::vector<FakeObject>::const_iterator Find(std::string_view id) const {
    const auto known = places_.find(id);
    if (known != places_.end() && known->second < objects.size() &&
        objects[known->second].id == id) {
      return objects.begin() + static_cast<std::ptrdiff_t>(known->second);
    }
    if (places_.empty()) {
      for (std::size_t i = 0; i < objects.size(); ++i) {
        places_.emplace(objects[i].id, i);
      }
    }
    return std::ranges::find(objects, id, &FakeObject::id);
  }

 private:
  mutable std::map<std::string, std::size_t, std::less<>> places_;
};

struct FakePage {
  ListPage page;
  std::vector<std::string> ids;
};

// The value of `name` (percent-encoded as written) in a query, or empty.
inline std::string_view QueryValue(std::string_view path,
                                   std::string_view name) {
  for (std::size_t at = path.find(name); at != std::string_view::npos;
       at = path.find(name, at + 1)) {
    const bool starts = at > 0 && (path[at - 1] == '?' || path[at - 1] == '&');
    if (!starts || !path.substr(at + name.size()).starts_with('=')) continue;
    const std::string_view rest = path.substr(at + name.size() + 1);
    return rest.substr(0, rest.find('&'));
  }
  return {};
}

inline std::optional<std::int64_t> QueryNumber(std::string_view path,
                                               std::string_view name) {
  const std::string_view text = QueryValue(path, name);
  std::int64_t value = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{}) return std::nullopt;
  return value;
}

// What the list answers to a request's path; nothing when the cursor is gone.
// https://docs.stripe.com/api/pagination
inline std::optional<FakePage> Serve(const FakeList& list,
                                     std::string_view path) {
  const std::optional<std::int64_t> gte =
      list.filters ? QueryNumber(path, "created%5Bgte%5D") : std::nullopt;
  const std::optional<std::int64_t> lt =
      list.filters ? QueryNumber(path, "created%5Blt%5D") : std::nullopt;
  const std::string_view after = QueryValue(path, "starting_after");
  const std::string_view before = QueryValue(path, "ending_before");
  if (!before.empty() && list.going_up == FakeList::GoingUp::kRefused) {
    return std::nullopt;
  }
  const bool up =
      !before.empty() && list.going_up == FakeList::GoingUp::kServed;
  const auto limit =
      static_cast<std::size_t>(QueryNumber(path, "limit").value_or(10));
  auto at = list.objects.begin();
  if (up || !after.empty()) {
    at = list.Find(up ? before : after);
    if (at == list.objects.end()) return std::nullopt;
  }
  std::vector<const FakeObject*> shown;
  shown.reserve(limit);
  bool has_more = false;
  const auto show = [&](const FakeObject& object) {
    if ((gte && object.created < *gte) || (lt && object.created >= *lt)) return;
    has_more = shown.size() == limit;
    if (!has_more) shown.push_back(&object);
  };
  if (up) {
    while (at != list.objects.begin() && !has_more) show(*--at);
    std::ranges::reverse(shown);
  } else {
    if (!after.empty()) ++at;
    for (; at != list.objects.end() && !has_more; ++at) show(*at);
  }
  FakePage answer;
  ListPage& page = answer.page;
  page.has_more = has_more;
  for (const FakeObject* object : shown) {
    if (page.count == 0) page.first_id = object->id;
    page.last_id = object->id;
    answer.ids.push_back(object->id);
    const UnixSeconds created{object->created};
    if (list.shows_created) {
      // All so far are newer in a list in order.
      if (page.oldest && created > *page.oldest) page.descending = false;
      page.oldest = page.oldest ? std::min(*page.oldest, created) : created;
      page.newest = page.newest ? std::max(*page.newest, created) : created;
    }
    ++page.count;
  }
  if (!list.shows_created) page.descending = false;
  return answer;
}

// `rows` objects in [oldest, newest], newest first; `tie` of 1 in that many
// shares its neighbour's second.
inline FakeList MakeList(std::string_view prefix, std::size_t rows,
                         std::int64_t oldest, std::int64_t newest,
                         std::mt19937_64& random, int tie = 7) {
  std::vector<std::int64_t> times;
  while (times.size() < rows) {
    if (!times.empty() && random() % static_cast<unsigned>(tie) == 0) {
      times.push_back(times.back());
      continue;
    }
    const auto span = static_cast<std::uint64_t>(newest - oldest + 1);
    times.push_back(oldest + static_cast<std::int64_t>(random() % span));
  }
  std::ranges::sort(times, std::greater{});
  FakeList list;
  for (std::size_t i = 0; i < rows; ++i) {
    list.objects.push_back(
        {std::string(prefix) + std::to_string(rows - i), times[i]});
  }
  return list;
}

inline Endpoint EndpointOfPath(std::string_view path) {
  const std::string_view plain = path.substr(0, path.find('?'));
  for (const EndpointFacts& facts : AllEndpoints()) {
    // Two lists may differ in what they ask for alone.
    if (facts.path == plain && path.contains(facts.fixed)) {
      return facts.endpoint;
    }
  }
  ADD_FAILURE() << "no such list: " << plain;
  return Endpoint::kCustomers;
}

inline ApiError Trouble(ErrorCode code, int status = 0) {
  ApiError error;
  error.code = code;
  error.status = status;
  return error;
}

// How many accounts a test makes: PRECISION_SEEDS, or what suits every run.
inline std::uint64_t SeedCount(std::uint64_t usual) {
  const char* wanted = std::getenv("PRECISION_SEEDS");
  return wanted ? std::strtoull(wanted, nullptr, 10) : usual;
}

class ListWorld {
 public:
  ListWorld(std::map<Endpoint, FakeList> stock, const SyncOptions& options,
            std::uint64_t seed)
      : engine(EndpointsIn(stock), options, seed), lists(std::move(stock)) {}

  // Faults: asked for every request when it arrives; takes the list's place.
  std::function<std::optional<ApiError>(Endpoint, const HttpRequest&)> fault;
  // May change what the list shows.
  std::function<void(Endpoint, const HttpRequest&, FakePage&)> change;
  std::function<Duration()> latency = [] {
    return Duration(std::chrono::milliseconds(150));
  };

  VirtualClock clock;
  SyncEngine engine;
  std::map<Endpoint, FakeList> lists;
  std::map<Endpoint, std::set<std::string>> got;
  std::vector<std::pair<Instant, std::string>> log;
  std::map<Endpoint, std::uint64_t> requests;
  std::uint64_t rows_sent = 0;  // with those that came twice
  std::size_t unanswered = 0;
  std::size_t most_unanswered = 0;
  std::map<Endpoint, int> resource_events;
  int settled_events = 0;
  std::size_t events_after_settled = 0;
  SyncProgress progress;

  // Until the engine settles, until `until`, or until nothing can happen.
  void Run(std::optional<Instant> until = std::nullopt) {
    for (;;) {
      Pump();
      std::optional<Instant> next = clock.Next();
      const std::optional<Instant> wake = engine.PollTimeout();
      if (wake && (!next || *wake < *next)) next = wake;
      if (!next || (until && *next > *until)) break;
      ASSERT_LT(++steps_, kMostSteps) << "the engine does not come to an end";
      if (clock.Next() == next) {
        clock.RunNext();
      } else {
        clock.MoveTo(*next);
        engine.HandleTimeout(clock.now());
      }
    }
    if (until) clock.MoveTo(*until);
  }

  void Cancel() { engine.Stop(ErrorCode::kCancelled, clock.now()), Pump(); }
  void AddList(Endpoint endpoint) {
    engine.AddList(endpoint, clock.now()), Pump();
  }
  void Pause() { engine.Pause(clock.now()), Pump(); }
  void Resume() {
    // What was refused counts again.
    if (engine.settled()) progress.share = 0;
    engine.Resume(clock.now()), Pump();
  }

  const ResourceProgress& Of(Endpoint endpoint) const {
    return *std::ranges::find(progress.resources, endpoint,
                              &ResourceProgress::endpoint);
  }

  std::uint64_t TotalRequests() const { return log.size(); }

  // What holds after every run that came to its end.
  void ExpectSettledOnce() const {
    EXPECT_TRUE(engine.settled());
    EXPECT_EQ(settled_events, 1);
    EXPECT_EQ(events_after_settled, 0U);
    for (const auto& [endpoint, list] : lists) {
      EXPECT_EQ(resource_events.at(endpoint), 1) << FactsOf(endpoint).name;
      EXPECT_NE(Of(endpoint).state, ResourceState::kPulling);
      EXPECT_NE(Of(endpoint).state, ResourceState::kWaiting);
    }
    EXPECT_EQ(unanswered, 0U);
    EXPECT_FALSE(engine.PollTimeout().has_value());
  }

  bool IsComplete() const {
    return std::ranges::all_of(progress.resources,
                               [](const ResourceProgress& list) {
                                 return list.state == ResourceState::kComplete;
                               });
  }

  void ExpectEverything() const {
    ExpectSettledOnce();
    ExpectAllThere();
  }

  void ExpectAllThere() const {
    for (const auto& [endpoint, list] : lists) {
      SCOPED_TRACE(FactsOf(endpoint).name);
      std::set<std::string> all;
      for (const FakeObject& object : list.objects) all.insert(object.id);
      EXPECT_EQ(Of(endpoint).state, ResourceState::kComplete);
      EXPECT_FALSE(Of(endpoint).error.has_value());
      EXPECT_EQ(Of(endpoint).share, 1);
      EXPECT_EQ(Of(endpoint).rows, all.size());
      const auto here = got.find(endpoint);
      EXPECT_EQ(here == got.end() ? std::set<std::string>() : here->second,
                all);
    }
    EXPECT_EQ(progress.share, 1);
    EXPECT_FALSE(progress.waiting_for.has_value());
  }

  // Requests above the fewest possible.
  std::int64_t ExtraRequests(Endpoint endpoint) const {
    const std::size_t rows = lists.at(endpoint).objects.size();
    const std::size_t fewest = std::max<std::size_t>(1, (rows + 99) / 100);
    return static_cast<std::int64_t>(requests.at(endpoint)) -
           static_cast<std::int64_t>(fewest);
  }

  // After Resume(): events count anew.
  void ForgetEvents() {
    resource_events.clear();
    settled_events = 0;
    events_after_settled = 0;
  }

 private:
  static constexpr std::size_t kMostSteps = 2'000'000;

  static std::vector<Endpoint> EndpointsIn(
      const std::map<Endpoint, FakeList>& stock) {
    std::vector<Endpoint> endpoints;
    for (const auto& [endpoint, list] : stock) endpoints.push_back(endpoint);
    return endpoints;
  }

  void Pump() {
    while (auto request = engine.PollRequest(clock.now())) {
      const Endpoint endpoint = EndpointOfPath(request->request.path);
      EXPECT_EQ(engine.EndpointOf(request->id), endpoint);
      log.emplace_back(clock.now(), request->request.path);
      ++requests[endpoint];
      ++unanswered;
      most_unanswered = std::max(most_unanswered, unanswered);
      clock.In(latency(), [this, endpoint, out = std::move(*request)] {
        Answer(endpoint, out);
      });
    }
    while (const auto event = engine.PollEvent()) {
      if (settled_events > 0) ++events_after_settled;
      if (event->kind == SyncEvent::Kind::kSettled) {
        ++settled_events;
      } else {
        ++resource_events[event->endpoint];
      }
    }
    Observe();
  }

  void Answer(Endpoint endpoint, const OutgoingRequest& out) {
    --unanswered;
    std::optional<ApiError> error;
    if (fault) error = fault(endpoint, out.request);
    std::optional<FakePage> served;
    if (!error) {
      served = Serve(lists.at(endpoint), out.request.path);
      if (!served) error = Trouble(ErrorCode::kNotFound, 400);
    }
    if (error) {
      engine.HandleRefusal(out.id, *error, clock.now());
      return;
    }
    if (change) change(endpoint, out.request, *served);
    // As the caller does: rows of answers nobody waits for are not read.
    if (!engine.EndpointOf(out.id)) return;
    std::size_t fresh = 0;
    for (const std::string& id : served->ids) {
      fresh += got[endpoint].insert(id).second ? 1U : 0U;
    }
    rows_sent += served->ids.size();
    engine.HandlePage(out.id, served->page, fresh, clock.now());
  }

  // Progress never goes back.
  void Observe() {
    SyncProgress next = engine.progress(clock.now());
    EXPECT_GE(next.share, progress.share);
    EXPECT_LE(next.share, 1);
    for (std::size_t i = 0; i < progress.resources.size(); ++i) {
      const ResourceProgress& before = progress.resources[i];
      const ResourceProgress& after = next.resources[i];
      EXPECT_GE(after.rows, before.rows);
      EXPECT_GE(after.share, before.share);
      EXPECT_GE(after.requests, before.requests);
      EXPECT_EQ(after.share == 1, after.state == ResourceState::kComplete);
    }
    if (!engine.settled()) EXPECT_LT(next.share, 1);
    progress = std::move(next);
  }

  std::size_t steps_ = 0;
};

}  // namespace precision

#endif  // PRECISION_TESTS_SUPPORT_LIST_WORLD_H_
