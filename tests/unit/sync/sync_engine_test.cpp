#include "precision/sync/sync_engine.h"

#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <ranges>
#include <set>
#include <string>

#include "support/list_world.h"

namespace precision {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::int64_t kNow = 1795132800;  // 2026-11-20
constexpr std::int64_t kDay = 86400;

SyncOptions Options() {
  SyncOptions options;
  options.upper_bound = UnixSeconds{kNow};
  options.stripe_version = std::string(kStripeVersion);
  return options;
}

FakeList RandomList(std::string_view prefix, std::size_t rows, int days,
                    std::uint64_t seed) {
  std::mt19937_64 random(seed);
  return MakeList(prefix, rows, kNow - days * kDay, kNow - 1, random);
}

std::map<Endpoint, FakeList> FourLists(std::size_t rows, int days) {
  return {{Endpoint::kCustomers, RandomList("cus_", rows, days, 1)},
          {Endpoint::kInvoices, RandomList("in_", rows, days, 2)},
          {Endpoint::kCharges, RandomList("ch_", rows, days, 3)},
          {Endpoint::kSubscriptions, RandomList("sub_", rows, days, 4)}};
}

TEST(SyncEngineTest, AsksForOnePageOfASmallList) {
  ListWorld world(FourLists(99, 900), Options(), 1);
  world.Run();
  world.ExpectEverything();
  EXPECT_EQ(world.TotalRequests(), 4U);
}

TEST(SyncEngineTest, SettlesWithNothingToPull) {
  ListWorld world({}, Options(), 1);
  world.Run();
  world.ExpectSettledOnce();
}

TEST(SyncEngineTest, CompletesEmptyLists) {
  ListWorld world(FourLists(0, 1), Options(), 1);
  world.Run();
  world.ExpectEverything();
  EXPECT_EQ(world.TotalRequests(), 4U);
}

TEST(SyncEngineTest, AsksForEveryFirstPageBeforeAnythingElse) {
  SyncOptions options = Options();
  options.max_in_flight = 1;
  ListWorld world(FourLists(5000, 900), options, 1);
  world.Run(Instant{seconds(3)});
  ASSERT_GE(world.log.size(), 5U);
  std::set<Endpoint> first;
  for (std::size_t i = 0; i < 4; ++i) {
    first.insert(EndpointOfPath(world.log[i].second));
  }
  EXPECT_EQ(first.size(), 4U);
}

TEST(SyncEngineTest, SendsVersionAndAccountWithEveryRequest) {
  SyncOptions options = Options();
  options.stripe_account = "acct_demo";
  SyncEngine engine({Endpoint::kSubscriptions}, options, 1);
  const auto request = engine.PollRequest(Instant{});
  ASSERT_TRUE(request);
  EXPECT_EQ(request->request.stripe_version, kStripeVersion);
  EXPECT_EQ(request->request.stripe_account, "acct_demo");
  EXPECT_EQ(
      request->request.path,
      "/v1/subscriptions?limit=100&status=all&expand%5B%5D=data.discounts");
}

TEST(SyncEngineTest, PullsALargeListAtTheLimitersSpeed) {
  std::map<Endpoint, FakeList> lists;
  lists[Endpoint::kInvoices] = RandomList("in_", 100'000, 1500, 5);
  ListWorld world(std::move(lists), Options(), 1);
  world.Run();
  world.ExpectEverything();
  const double took =
      std::chrono::duration<double>(world.clock.now().since_start).count();
  const double bound = 1000 / (25 * 0.8);
  RecordProperty("virtual_seconds", std::to_string(took));
  std::cout << "100000 rows at 150 ms: " << took << " s, " << bound
            << " s at the limit, 150 s one page after another; "
            << world.TotalRequests() << " requests, "
            << world.rows_sent - 100'000 << " rows twice\n";
  EXPECT_LT(took, bound * 1.05);
  EXPECT_LE(world.ExtraRequests(Endpoint::kInvoices), 50);
}

// 25 pages of each list are asked for in the time that one takes to come.
TEST(SyncEngineTest, FillsALongRoundTripWithRequests) {
  SyncOptions options = Options();
  options.max_in_flight = 240;
  ListWorld world(FourLists(12'500, 1500), options, 1);
  world.latency = [] { return Duration(milliseconds(2500)); };
  world.Run();
  world.ExpectEverything();
  const double took =
      std::chrono::duration<double>(world.clock.now().since_start).count();
  std::cout << "4 x 12500 rows at 2.5 s: " << took << " s, " << 500 / 80.0
            << " s at the limit, " << 125 * 2.5 << " s one page after another; "
            << world.TotalRequests() << " requests, " << world.most_unanswered
            << " in flight\n";
  EXPECT_LT(took, 40);
  for (const auto& [endpoint, list] : world.lists) {
    EXPECT_LE(world.ExtraRequests(endpoint), 32);
  }
}

// The upper end is fixed at the start; what is created while the pull runs is
// neither in the way nor missing at its end.
TEST(SyncEngineTest, PicksUpWhatWasCreatedMeanwhile) {
  ListWorld world(FourLists(6000, 900), Options(), 1);
  int fresh = 0;
  world.fault = [&](Endpoint, const HttpRequest&) -> std::optional<ApiError> {
    if (world.engine.progress(world.clock.now()).share > 0.9) {
      return std::nullopt;
    }
    for (auto& [endpoint, list] : world.lists) {
      list.objects.insert(list.objects.begin(),
                          {"new_" + std::to_string(++fresh), kNow + fresh});
    }
    return std::nullopt;
  };
  world.Run();
  world.ExpectEverything();
  EXPECT_GT(fresh, 400);
}

// Stripe can answer an empty page to a cursor under another filter, and rows
// are skipped: https://github.com/stripe/sync-engine-fork/pull/378
TEST(SyncEngineTest, NeverTakesACursorIntoAnotherWindow) {
  ListWorld world(FourLists(10'000, 900), Options(), 1);
  // Of the pages that gave a cursor.
  std::map<std::string, std::set<std::string>> filters;
  std::size_t followed = 0;
  std::set<std::string> windows;
  world.change = [&](Endpoint, const HttpRequest& request, FakePage& answer) {
    std::string filter(QueryValue(request.path, "created%5Bgte%5D"));
    filter.append("-").append(QueryValue(request.path, "created%5Blt%5D"));
    const std::string after(QueryValue(request.path, "starting_after"));
    if (!after.empty()) {
      ++followed;
      EXPECT_TRUE(filters[after].contains(filter)) << request.path;
    }
    filters[answer.page.last_id].insert(filter);
    windows.insert(filter);
  };
  world.Run();
  world.ExpectEverything();
  EXPECT_GT(followed, 100U);
  EXPECT_GT(windows.size(), 20U);
}

// A first page that is slow to come is overtaken by those of older windows.
TEST(SyncEngineTest, AsksOnlyForWhatIsNewWhicheverPageCameFirst) {
  ListWorld world(FourLists(6000, 900), Options(), 1);
  world.latency = [&] {
    return Duration(milliseconds(world.log.size() <= 4 ? 3500 : 2000));
  };
  world.Run();
  world.ExpectEverything();
  const auto& objects = world.lists[Endpoint::kInvoices].objects;
  for (const auto& [sent, path] : world.log | std::views::reverse) {
    if (EndpointOfPath(path) != Endpoint::kInvoices) continue;
    EXPECT_EQ(QueryNumber(path, "created%5Bgte%5D"), objects.front().created);
    break;
  }
}

TEST(SyncEngineTest, AsksTheBoundarySecondAgain) {
  auto lists = FourLists(3000, 900);
  const std::int64_t newest =
      lists[Endpoint::kInvoices].objects.front().created;
  ListWorld world(std::move(lists), Options(), 1);
  bool added = false;
  world.fault = [&](Endpoint, const HttpRequest&) -> std::optional<ApiError> {
    if (added || world.clock.now() < Instant{seconds(2)}) return std::nullopt;
    added = true;
    // In the very second of what was newest, before and behind it.
    auto& objects = world.lists[Endpoint::kInvoices].objects;
    objects.insert(objects.begin() + 1, {"in_behind", newest});
    objects.insert(objects.begin(), {"in_before", newest});
    return std::nullopt;
  };
  world.latency = [] { return Duration(milliseconds(700)); };
  world.Run();
  EXPECT_TRUE(added);
  world.ExpectEverything();
}

TEST(SyncEngineTest, StopsAtTheCapAndGoesOnFromThere) {
  SyncOptions options = Options();
  options.max_requests = 50;
  ListWorld world(FourLists(4000, 900), options, 1);
  for (std::uint64_t go = 1; go <= 4; ++go) {
    world.ForgetEvents();
    if (go > 1) world.Resume();
    world.Run();
    EXPECT_LE(world.TotalRequests(), go * 50);
    if (go == 4) break;
    EXPECT_EQ(world.TotalRequests(), go * 50);
    EXPECT_TRUE(world.engine.settled());
    EXPECT_EQ(world.settled_events, 1);
    EXPECT_EQ(world.Of(Endpoint::kInvoices).state, ResourceState::kPartial);
    EXPECT_EQ(world.Of(Endpoint::kInvoices).error, ErrorCode::kRequestCap);
  }
  world.ForgetEvents();
  world.Resume();
  world.Run();
  for (const auto& [endpoint, list] : world.lists) {
    EXPECT_EQ(world.got[endpoint].size(), list.objects.size());
  }
  EXPECT_LE(world.TotalRequests(), 160 + 4 * 12U);
}

TEST(SyncEngineTest, AsksOnceBeforeALongPull) {
  SyncOptions options = Options();
  options.ask_above = 300;
  ListWorld world(FourLists(20'000, 900), options, 1);
  world.Run();
  EXPECT_TRUE(world.progress.asking);
  EXPECT_TRUE(world.engine.paused());
  EXPECT_EQ(world.unanswered, 0U);
  EXPECT_LT(world.TotalRequests(), 130U);
  ASSERT_TRUE(world.progress.requests_expected);
  EXPECT_GT(*world.progress.requests_expected, 800 * 2 / 3U);
  EXPECT_LT(*world.progress.requests_expected, 800 * 4 / 3U);
  world.Resume();
  world.Run();
  world.ExpectEverything();
}

// Who stopped it and wants the rest has been asked enough.
TEST(SyncEngineTest, DoesNotAskWhoeverHasStoppedAndWantsTheRest) {
  SyncOptions options = Options();
  options.ask_above = 300;
  ListWorld world(FourLists(20'000, 900), options, 1);
  world.Run(Instant{std::chrono::milliseconds{300}});
  ASSERT_FALSE(world.progress.asking);
  world.Cancel();
  world.ForgetEvents();
  world.Resume();
  world.Run();
  world.ExpectEverything();
}

TEST(SyncEngineTest, DoesNotAskBeforeAShortPull) {
  SyncOptions options = Options();
  options.ask_above = 2000;
  ListWorld world(FourLists(20'000, 900), options, 1);
  world.Run();
  world.ExpectEverything();
}

TEST(SyncEngineTest, GoesOnFromAPlan) {
  SyncEngine nothing({Endpoint::kInvoices}, Options(), 1);
  EXPECT_TRUE(nothing.Plan().empty());

  ListWorld first(FourLists(8000, 900), Options(), 1);
  first.Run(Instant{seconds(2)});
  first.Cancel();
  const SyncPlan plan = first.engine.Plan();
  ASSERT_EQ(plan.size(), 4U);

  // Another engine, another day: only what was open, and what is new.
  auto lists = first.lists;
  for (auto& [endpoint, list] : lists) {
    for (int i = 1; i <= 150; ++i) {
      list.objects.insert(list.objects.begin(),
                          {"new_" + std::to_string(i), kNow + i * 60});
    }
  }
  SyncOptions options = Options();
  options.upper_bound = UnixSeconds{kNow + kDay};
  options.plan = *ReadPlan(PlanText(plan));
  EXPECT_EQ(options.plan, plan);
  ListWorld second(std::move(lists), options, 2);
  second.Run();
  second.ExpectSettledOnce();
  std::size_t had = 0;
  for (const auto& [endpoint, list] : second.lists) {
    std::set<std::string> all = first.got[endpoint];
    had += all.size();
    all.merge(second.got[endpoint]);
    EXPECT_EQ(all.size(), list.objects.size()) << FactsOf(endpoint).name;
  }
  EXPECT_GT(had, 1000U);
  EXPECT_LT(second.TotalRequests(), 320 - had / 100 + 4 * 16);
}

TEST(SyncEngineTest, ReadsNoPlanFromOtherText) {
  for (const char* text :
       {"", "precision-plan 2\n", "precision-plan 1\nwidgets 5\n",
        "precision-plan 1\ninvoices x\n", "precision-plan 1\ninvoices 9 5-5\n",
        "precision-plan 1\ninvoices 9 1-20\n",
        "precision-plan 1\ninvoices 99 1-20 15-30\n",
        "precision-plan 1\ninvoices 99999999999999 1-2\n"}) {
    EXPECT_FALSE(ReadPlan(text)) << text;
  }
  ListPlan plan{.endpoint = Endpoint::kInvoices,
                .since = UnixSeconds{100},
                .spans = {{{80}, {90}}, {{10}, {20}}}};
  AddSpans(plan, {{{85}, {110}}, {{15}, {30}}, {{1}, {2}}});
  EXPECT_EQ(PlanText({plan}),
            "precision-plan 1\ninvoices 100 80-100 10-30 1-2\n");
  LookBack(plan, 15);
  EXPECT_EQ(PlanText({plan}),
            "precision-plan 1\ninvoices 85 80-85 10-30 1-2\n");
}

TEST(SyncEngineTest, RepeatsItselfExactly) {
  const auto run = [] {
    ListWorld world(FourLists(3000, 500), Options(), 42);
    std::mt19937_64 random(9);
    world.fault = [&](Endpoint, const HttpRequest&) {
      return random() % 5 == 0
                 ? std::optional(Trouble(ErrorCode::kStripeDown, 500))
                 : std::nullopt;
    };
    world.Run();
    return world.log;
  };
  EXPECT_EQ(run(), run());
}

}  // namespace
}  // namespace precision
