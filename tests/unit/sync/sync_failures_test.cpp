// What goes wrong on the way, one story each.

#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "precision/sync/sync_engine.h"
#include "support/list_world.h"

namespace precision {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::int64_t kNow = 1795132800;  // 2026-11-20
constexpr std::int64_t kYear = 365 * 86400;

SyncOptions Options() {
  SyncOptions options;
  options.upper_bound = UnixSeconds{kNow};
  return options;
}

std::map<Endpoint, FakeList> ThreeLists(std::size_t rows) {
  std::mt19937_64 random(7);
  return {{Endpoint::kCustomers,
           MakeList("cus_", rows, kNow - kYear, kNow - 1, random)},
          {Endpoint::kInvoices,
           MakeList("in_", rows, kNow - kYear, kNow - 1, random)},
          {Endpoint::kSubscriptions,
           MakeList("sub_", rows, kNow - kYear, kNow - 1, random)}};
}

TEST(SyncFailuresTest, RefusesTheForbiddenListAndPullsTheOthers) {
  ListWorld world(ThreeLists(1500), Options(), 1);
  world.fault = [](Endpoint endpoint, const HttpRequest&) {
    return endpoint == Endpoint::kInvoices
               ? std::optional(Trouble(ErrorCode::kPermissionMissing, 403))
               : std::nullopt;
  };
  world.Run();
  world.ExpectSettledOnce();
  EXPECT_EQ(world.Of(Endpoint::kInvoices).state, ResourceState::kRefused);
  EXPECT_EQ(world.Of(Endpoint::kInvoices).error, ErrorCode::kPermissionMissing);
  // Once more without what was to be sent in full.
  EXPECT_EQ(world.requests[Endpoint::kInvoices], 2U);
  EXPECT_EQ(world.got[Endpoint::kCustomers].size(), 1500U);
  EXPECT_EQ(world.got[Endpoint::kSubscriptions].size(), 1500U);
}

TEST(SyncFailuresTest, TakesInAListThatMayBeReadByNow) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    ListWorld world(ThreeLists(5000), Options(), seed);
    bool allowed = false;
    world.fault = [&](Endpoint endpoint, const HttpRequest&) {
      return endpoint == Endpoint::kInvoices && !allowed
                 ? std::optional(Trouble(ErrorCode::kPermissionMissing, 403))
                 : std::nullopt;
    };
    world.Run(Instant{milliseconds(1000)});
    ASSERT_EQ(world.Of(Endpoint::kInvoices).state, ResourceState::kRefused);
    world.ForgetEvents();
    // Still refused, and one that is being read: both change nothing.
    world.AddList(Endpoint::kInvoices);
    world.AddList(Endpoint::kCustomers);
    world.Run(Instant{milliseconds(2000)});
    ASSERT_EQ(world.Of(Endpoint::kInvoices).state, ResourceState::kRefused);
    ASSERT_FALSE(world.engine.settled());
    world.ForgetEvents();
    allowed = true;
    world.AddList(Endpoint::kInvoices);
    EXPECT_EQ(world.Of(Endpoint::kInvoices).error, std::nullopt);
    world.Run();
    world.ExpectEverything();
    // Too late: what is over stays so.
    world.AddList(Endpoint::kCharges);
    EXPECT_TRUE(world.engine.settled());
    EXPECT_FALSE(world.engine.PollTimeout().has_value());
  }
}

TEST(SyncFailuresTest, TakesInAListThatWasNotAskedFor) {
  auto lists = ThreeLists(3000);
  std::mt19937_64 random(8);
  ListWorld world(lists, Options(), 1);
  world.lists.emplace(Endpoint::kRefunds,
                      MakeList("re_", 3000, kNow - kYear, kNow - 1, random));
  world.Run(Instant{milliseconds(1000)});
  ASSERT_FALSE(world.engine.settled());
  world.AddList(Endpoint::kRefunds);
  world.Run();
  world.ExpectEverything();
}

TEST(SyncFailuresTest, KeepsWhatCameWhenAPermissionIsTakenAway) {
  ListWorld world(ThreeLists(5000), Options(), 1);
  world.fault = [&](Endpoint endpoint, const HttpRequest&) {
    return endpoint == Endpoint::kInvoices && world.got[endpoint].size() >= 1000
               ? std::optional(Trouble(ErrorCode::kPermissionMissing, 403))
               : std::nullopt;
  };
  world.Run();
  world.ExpectSettledOnce();
  EXPECT_EQ(world.Of(Endpoint::kInvoices).state, ResourceState::kPartial);
  EXPECT_GE(world.Of(Endpoint::kInvoices).rows, 1000U);
  EXPECT_EQ(world.Of(Endpoint::kInvoices).rows,
            world.got[Endpoint::kInvoices].size());
  EXPECT_EQ(world.Of(Endpoint::kCustomers).state, ResourceState::kComplete);
}

// Whatever the order of the lists and of their answers.
TEST(SyncFailuresTest, TakesA401OfOneListForItsPermission) {
  for (const std::size_t rows : {std::size_t{50}, std::size_t{3000}}) {
    for (const auto& [refused, list] : ThreeLists(0)) {
      for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        SCOPED_TRACE(FactsOf(refused).name);
        ListWorld world(ThreeLists(rows), Options(), seed);
        std::mt19937_64 random(seed);
        world.latency = [&] {
          return Duration(milliseconds(20 + random() % 2000));
        };
        world.fault = [&](Endpoint endpoint, const HttpRequest&) {
          return endpoint == refused
                     ? std::optional(Trouble(ErrorCode::kKeyUnknown, 401))
                     : std::nullopt;
        };
        world.Run();
        world.ExpectSettledOnce();
        EXPECT_EQ(world.Of(refused).state, ResourceState::kRefused);
        EXPECT_EQ(world.Of(refused).error, ErrorCode::kPermissionMissing);
        for (const auto& [endpoint, objects] : world.lists) {
          if (endpoint == refused) continue;
          EXPECT_EQ(world.Of(endpoint).state, ResourceState::kComplete);
        }
      }
    }
  }
}

TEST(SyncFailuresTest, StopsEverythingWhenTheKeyIsUnknown) {
  ListWorld world(ThreeLists(1000), Options(), 1);
  world.fault = [](Endpoint, const HttpRequest&) {
    return std::optional(Trouble(ErrorCode::kKeyUnknown, 401));
  };
  world.Run();
  world.ExpectSettledOnce();
  EXPECT_EQ(world.TotalRequests(), 3U);
  for (const ResourceProgress& list : world.progress.resources) {
    EXPECT_EQ(list.state, ResourceState::kRefused);
    EXPECT_EQ(list.error, ErrorCode::kKeyUnknown);
  }
}

TEST(SyncFailuresTest, StopsEverythingWhenTheKeyIsRevokedHalfWay) {
  for (std::uint64_t seed = 1; seed <= 15; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    ListWorld world(ThreeLists(8000), Options(), seed);
    std::mt19937_64 random(seed);
    world.latency = [&] {
      return Duration(milliseconds(100 + random() % 3000));
    };
    const Instant revoked{seconds(8)};
    world.fault = [&](Endpoint, const HttpRequest&) {
      return world.clock.now() >= revoked
                 ? std::optional(Trouble(ErrorCode::kKeyUnknown, 401))
                 : std::nullopt;
    };
    world.Run();
    world.ExpectSettledOnce();
    EXPECT_LT(world.clock.now(), revoked + Duration(seconds(13)));
    for (const ResourceProgress& list : world.progress.resources) {
      EXPECT_EQ(list.state, ResourceState::kPartial);
      EXPECT_EQ(list.error, ErrorCode::kKeyUnknown);
      EXPECT_EQ(list.rows, world.got[list.endpoint].size());
      EXPECT_GT(list.rows, 0U);
    }
  }
}

TEST(SyncFailuresTest, ComesThroughAStormOf429) {
  ListWorld world(ThreeLists(4000), Options(), 1);
  std::uint64_t refused = 0;
  world.fault = [&](Endpoint, const HttpRequest&) -> std::optional<ApiError> {
    if (world.clock.now() > Instant{seconds(10)}) return std::nullopt;
    ++refused;
    ApiError error = Trouble(ErrorCode::kRateLimited, 429);
    error.rate_limited_reason = "global-rate";
    error.should_retry = false;
    return error;
  };
  world.Run();
  world.ExpectEverything();
  EXPECT_LT(refused, 60U);
}

// As a real limiter would: what is above its limit is refused.  The engine
// finds the speed that passes.
TEST(SyncFailuresTest, FindsALimitLowerThanTheDocumentedOne) {
  ListWorld world(ThreeLists(15'000), Options(), 1);
  double tokens = 8;
  Instant last;
  std::uint64_t refused = 0;
  world.fault = [&](Endpoint, const HttpRequest&) -> std::optional<ApiError> {
    const Instant now = world.clock.now();
    tokens = std::min(
        8.0, tokens + 15 * std::chrono::duration<double>(now - last).count());
    last = now;
    if (tokens >= 1) {
      tokens -= 1;
      return std::nullopt;
    }
    ++refused;
    ApiError error = Trouble(ErrorCode::kRateLimited, 429);
    error.rate_limited_reason = "global-rate";
    return error;
  };
  world.Run();
  world.ExpectEverything();
  const double took =
      std::chrono::duration<double>(world.clock.now().since_start).count();
  EXPECT_LT(took, 450.0 / 15 * 1.6);
  EXPECT_LT(refused, world.TotalRequests() / 4);
}

TEST(SyncFailuresTest, WaitsForTheNetworkWithOneRequestAtATime) {
  ListWorld world(ThreeLists(6000), Options(), 1);
  const Instant gone{seconds(2)};
  const Instant back{minutes(5)};
  std::size_t tried = 0;
  world.fault = [&](Endpoint, const HttpRequest&) -> std::optional<ApiError> {
    const Instant now = world.clock.now();
    if (now < gone || now >= back) return std::nullopt;
    ++tried;
    return Trouble(ErrorCode::kNetworkDown);
  };
  world.Run(Instant{minutes(1)});
  EXPECT_FALSE(world.engine.settled());
  EXPECT_EQ(world.progress.waiting_for, ErrorCode::kNetworkDown);
  ASSERT_TRUE(world.progress.waiting);
  EXPECT_LE(*world.progress.waiting, seconds(10));
  world.Run();
  world.ExpectEverything();
  EXPECT_LT(tried, 120U);
  EXPECT_LT(world.clock.now(), back + Duration(seconds(30)));
}

TEST(SyncFailuresTest, GoesOnAtOnceWhenToldThatTheNetworkIsBack) {
  ListWorld world(ThreeLists(2000), Options(), 1);
  bool away = false;
  world.fault = [&](Endpoint, const HttpRequest&) {
    return away ? std::optional(Trouble(ErrorCode::kNetworkDown))
                : std::nullopt;
  };
  world.Run(Instant{milliseconds(500)});
  away = true;
  world.Run(Instant{minutes(2)});
  EXPECT_EQ(world.progress.waiting_for, ErrorCode::kNetworkDown);
  away = false;
  world.engine.HandleOnline(world.clock.now());
  const std::size_t before = world.got[Endpoint::kInvoices].size();
  world.Run(world.clock.now() + Duration(seconds(1)));
  EXPECT_GT(world.got[Endpoint::kInvoices].size(), before);
  world.Run();
  world.ExpectEverything();
}

TEST(SyncFailuresTest, GivesUpOnAProxyThatStaysAway) {
  ListWorld world(ThreeLists(100), Options(), 1);
  world.fault = [](Endpoint, const HttpRequest&) {
    return std::optional(Trouble(ErrorCode::kProxyDown, 502));
  };
  world.Run();
  world.ExpectSettledOnce();
  EXPECT_LT(world.clock.now(), Instant{minutes(3)});
  for (const ResourceProgress& list : world.progress.resources) {
    EXPECT_EQ(list.state, ResourceState::kRefused);
    EXPECT_EQ(list.error, ErrorCode::kProxyDown);
  }
}

TEST(SyncFailuresTest, GivesUpOnTheOnePageThatNeverComes) {
  ListWorld world(ThreeLists(3000), Options(), 1);
  const std::string poison = world.lists[Endpoint::kInvoices].objects[99].id;
  world.fault = [&](Endpoint, const HttpRequest& request) {
    return QueryValue(request.path, "starting_after") == poison
               ? std::optional(Trouble(ErrorCode::kStripeUnreadable, 200))
               : std::nullopt;
  };
  world.Run();
  world.ExpectSettledOnce();
  EXPECT_EQ(world.Of(Endpoint::kInvoices).state, ResourceState::kPartial);
  EXPECT_EQ(world.Of(Endpoint::kInvoices).error, ErrorCode::kStripeUnreadable);
  EXPECT_EQ(world.Of(Endpoint::kCustomers).state, ResourceState::kComplete);
  EXPECT_EQ(world.Of(Endpoint::kSubscriptions).state, ResourceState::kComplete);
}

// Whatever it is that does not go away, from the first page on or half-way.
TEST(SyncFailuresTest, NamesWhatOneListDiesOfAndKeepsWhatCame) {
  const struct {
    ErrorCode code;
    int status;
  } cases[] = {
      {ErrorCode::kRateLimited, 429},      {ErrorCode::kStripeDown, 503},
      {ErrorCode::kNetworkDown, 0},        {ErrorCode::kTimedOut, 0},
      {ErrorCode::kStripeUnreadable, 200}, {ErrorCode::kProxyDown, 502},
      {ErrorCode::kPermissionMissing, 403}};
  for (const auto& c : cases) {
    for (const std::size_t after : {std::size_t{0}, std::size_t{1000}}) {
      SCOPED_TRACE(std::string(ToString(c.code)) + " after " +
                   std::to_string(after));
      ListWorld world(ThreeLists(12'000), Options(), 1);
      world.fault = [&](Endpoint endpoint, const HttpRequest&) {
        return endpoint == Endpoint::kInvoices &&
                       world.got[endpoint].size() >= after
                   ? std::optional(Trouble(c.code, c.status))
                   : std::nullopt;
      };
      world.Run();
      world.ExpectSettledOnce();
      const ResourceProgress& invoices = world.Of(Endpoint::kInvoices);
      EXPECT_EQ(ToString(invoices.state), after > 0 ? "partial" : "refused");
      EXPECT_EQ(invoices.error, c.code);
      EXPECT_EQ(invoices.rows, world.got[Endpoint::kInvoices].size());
      EXPECT_GE(invoices.rows, after);
      for (const Endpoint other :
           {Endpoint::kCustomers, Endpoint::kSubscriptions}) {
        EXPECT_EQ(ToString(world.Of(other).state), "complete");
        EXPECT_EQ(world.got[other].size(), 12'000U);
      }
    }
  }
}

TEST(SyncFailuresTest, ReportsAListThatGoesInCircles) {
  const struct {
    const char* name;
    std::function<void(FakePage&)> change;
  } cases[] = {
      {"has_more without data",
       [](FakePage& page) {
         page = {};
         page.page.has_more = true;
       }},
      {"one cursor for ever",
       [](FakePage& page) {
         page.page.last_id = "in_stuck";
         page.page.has_more = true;
       }},
      {"two cursors for ever",
       [flip = false](FakePage& page) mutable {
         flip = !flip;
         page.page.last_id = flip ? "in_tick" : "in_tock";
         page.page.has_more = true;
       }},
      {"no id to go on from",
       [](FakePage& page) {
         page.page.last_id.clear();
         page.page.has_more = true;
       }},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    ListWorld world(ThreeLists(1000), Options(), 1);
    // Its own answers are used up by then: any cursor serves the same page.
    world.change = [&](Endpoint endpoint, const HttpRequest&, FakePage& page) {
      if (endpoint == Endpoint::kInvoices) c.change(page);
    };
    world.lists[Endpoint::kInvoices].objects.insert(
        world.lists[Endpoint::kInvoices].objects.end(),
        {{"in_stuck", 5}, {"in_tick", 4}, {"in_tock", 3}});
    world.Run();
    world.ExpectSettledOnce();
    EXPECT_EQ(world.Of(Endpoint::kInvoices).error, ErrorCode::kListStalled);
    EXPECT_LT(world.requests[Endpoint::kInvoices], 45U);
    EXPECT_EQ(world.Of(Endpoint::kCustomers).state, ResourceState::kComplete);
  }
}

// Beyond what a double can tell apart by seconds.
TEST(SyncFailuresTest, ComesToAnEndWhateverTheTimes) {
  for (const std::int64_t longest :
       {std::int64_t{1} << 50, std::int64_t{1} << 55, std::int64_t{1} << 60}) {
    std::mt19937_64 random(9);
    std::map<Endpoint, FakeList> lists = ThreeLists(100);
    lists.at(Endpoint::kInvoices) =
        MakeList("in_", 5000, kNow - longest, kNow - 1, random);
    ListWorld world(std::move(lists), Options(), 1);
    world.Run();
    world.ExpectEverything();
  }
}

TEST(SyncFailuresTest, CancelSettlesAtOnceAndResumeAsksForTheRestOnly) {
  ListWorld world(ThreeLists(6000), Options(), 1);
  world.Run(Instant{milliseconds(1500)});
  const std::uint64_t answered = world.TotalRequests() - world.unanswered;
  const std::size_t dropped = world.unanswered;
  world.Cancel();
  EXPECT_TRUE(world.engine.settled());
  EXPECT_EQ(world.settled_events, 1);
  EXPECT_FALSE(world.engine.PollRequest(world.clock.now()));
  for (const ResourceProgress& list : world.progress.resources) {
    EXPECT_EQ(list.state, ResourceState::kPartial);
    EXPECT_EQ(list.error, ErrorCode::kCancelled);
  }
  world.Run();  // late answers change nothing
  world.ExpectSettledOnce();
  const std::uint64_t rows = world.Of(Endpoint::kInvoices).rows;
  EXPECT_EQ(rows, world.got[Endpoint::kInvoices].size());

  world.ForgetEvents();
  world.Resume();
  world.Run();
  world.ExpectEverything();
  EXPECT_GT(answered, 0U);
  EXPECT_LE(world.TotalRequests(), 180 + dropped + 3 * 8);
}

TEST(SyncFailuresTest, PauseHoldsRequestsBackAndLetsAnswersIn) {
  ListWorld world(ThreeLists(6000), Options(), 1);
  world.Run(Instant{seconds(1)});
  world.Pause();
  EXPECT_TRUE(world.engine.paused());
  const std::uint64_t sent = world.TotalRequests();
  const std::size_t before = world.got[Endpoint::kInvoices].size();
  world.Run(Instant{minutes(10)});
  EXPECT_EQ(world.TotalRequests(), sent);
  EXPECT_GT(world.got[Endpoint::kInvoices].size(), before);
  EXPECT_EQ(world.unanswered, 0U);
  world.Resume();
  world.Run();
  world.ExpectEverything();
}

TEST(SyncFailuresTest, ResumesAfterTheKeyWasRefused) {
  ListWorld world(ThreeLists(3000), Options(), 1);
  bool refuse = true;
  world.fault = [&](Endpoint, const HttpRequest&) {
    return refuse && world.clock.now() > Instant{seconds(1)}
               ? std::optional(Trouble(ErrorCode::kKeyExpired, 401))
               : std::nullopt;
  };
  world.Run();
  world.ExpectSettledOnce();
  refuse = false;
  world.ForgetEvents();
  world.Resume();
  world.Run();
  world.ExpectEverything();
}

TEST(SyncFailuresTest, IgnoresAnswersToRequestsItDoesNotKnow) {
  SyncEngine engine({Endpoint::kCustomers}, Options(), 1);
  const auto request = engine.PollRequest(Instant{});
  ASSERT_TRUE(request);
  ListPage page;
  page.count = 1;
  page.last_id = "cus_1";
  engine.HandlePage(request->id + 1, page, 1, Instant{});
  engine.HandleRefusal(999, Trouble(ErrorCode::kKeyExpired, 401), Instant{});
  EXPECT_FALSE(engine.settled());
  engine.HandlePage(request->id, page, 1, Instant{});
  engine.HandlePage(request->id, page, 1, Instant{});
  EXPECT_TRUE(engine.settled());
  EXPECT_EQ(engine.progress(Instant{}).resources[0].rows, 1U);
}

}  // namespace
}  // namespace precision
