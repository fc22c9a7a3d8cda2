#include "precision/sync/sync_engine.h"

#include <gtest/gtest.h>

#include <chrono>
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
  EXPECT_EQ(request->request.path, "/v1/subscriptions?limit=100&status=all");
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
    EXPECT_LE(world.ExtraRequests(endpoint), 5 + 12);
  }
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
