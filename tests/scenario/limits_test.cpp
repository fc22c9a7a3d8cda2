// Pulls that are held, capped, too large, incremental or of a connected
// account, over the demo Stripe in virtual time; and hundreds of seeds of all
// its faults together.

#include <gtest/gtest.h>

#include <chrono>
#include <random>
#include <string>

#include "demo_stripe/ids.h"
#include "support/list_world.h"
#include "support/session_world.h"

namespace precision {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::string_view_literals::operator""sv;

TEST(LimitsScenario, StopsAtTheCapAndGoesOnFromThere) {
  SessionWorld world("good");
  world.options.max_requests = 54;
  world.StartPull();
  world.Run();
  world.ExpectSettledOnce();
  EXPECT_EQ(world.requests, 54U);
  EXPECT_EQ(world.progress.requests, 54U);
  EXPECT_EQ(world.Of(TableId::kInvoices).state, ResourceState::kPartial);
  EXPECT_EQ(world.Of(TableId::kInvoices).error, ErrorCode::kRequestCap);
  EXPECT_GT(world.Rows(TableId::kInvoices), 0);
  world.ForgetEvents();
  world.Resume();
  world.Run();
  world.ExpectEverythingOf("good");
  EXPECT_LE(world.requests, 108U);
}

TEST(LimitsScenario, TellsWhatAPullWillTakeBeforeGoingOn) {
  SessionWorld world("good");
  world.options.ask_above = 30;
  world.StartPull();
  world.Run();
  EXPECT_TRUE(world.progress.asking);
  EXPECT_TRUE(world.progress.paused);
  EXPECT_FALSE(world.progress.settled);
  EXPECT_LE(world.requests, 40U);
  ASSERT_TRUE(world.progress.requests_expected);
  const std::uint64_t expected = *world.progress.requests_expected;
  world.Resume();
  world.Run();
  world.ExpectEverythingOf("good");
  EXPECT_NEAR(static_cast<double>(expected),
              static_cast<double>(world.requests),
              static_cast<double>(world.requests) / 3);
}

// The account once made many objects in one second: the page that shows it says
// nothing of the months before.
TEST(LimitsScenario, TellsNoMillionsForOneFullSecondAtAnySpeed) {
  for (const int latency_ms : {60, 1500, 8000}) {
    SCOPED_TRACE(latency_ms);
    SessionWorld world("large");
    world.latency = std::chrono::milliseconds(latency_ms);
    world.options.ask_above = 2000;
    world.StartPull();
    world.Run();
    // It takes some 2,600.
    ASSERT_TRUE(world.progress.asking);
    EXPECT_GT(world.progress.requests_expected, 2000U);
    EXPECT_LT(world.progress.requests_expected, 3900U);
  }
}

TEST(LimitsScenario, KeepsAllThatCameWhenTheAccountIsTooLarge) {
  SessionWorld world("good");
  world.options.memory_limit = 1'500'000;
  world.StartPull();
  world.Run();
  world.ExpectSettledOnce();
  std::int64_t rows = 0;
  for (const TableProgress& table : world.progress.tables) {
    rows += world.Rows(table.table);
    if (table.state == ResourceState::kComplete) continue;
    EXPECT_EQ(table.state, ResourceState::kPartial);
    EXPECT_EQ(table.error, ErrorCode::kTooLarge);
  }
  EXPECT_EQ(world.Of(TableId::kInvoices).state, ResourceState::kPartial);
  EXPECT_GT(rows, 200);
}

// Only what is new and what may have changed.
TEST(LimitsScenario, GoesOnFromAnEarlierPullOfTheAccount) {
  SessionWorld first("good");
  first.StartPull();
  first.Run();
  first.ExpectEverythingOf("good");
  const std::string plan = first.session.PlanText();
  for (const char* secret : {"rk_", "cus_", "in_", "sub_", "pi_", "ch_", "@"}) {
    EXPECT_EQ(plan.find(secret), std::string::npos) << plan;
  }

  SessionWorld second("good");
  second.options.since = plan;
  second.options.look_back = 7 * 86400;
  second.StartPull();
  second.Run();
  second.ExpectSettledOnce();
  for (const TableProgress& table : second.progress.tables) {
    EXPECT_EQ(table.state, ResourceState::kComplete) << ToString(table.table);
  }
  EXPECT_LT(second.requests, first.requests * 3 / 4);
  EXPECT_LT(second.Rows(TableId::kPayments),
            first.Rows(TableId::kPayments) / 10);
  const std::int64_t look_back = SessionWorld::kToday - 5 * 86400;
  for (const TableId id : {TableId::kInvoices, TableId::kSubscriptions}) {
    const Table& had = first.session.table(id);
    const Column& status = had.column(*had.schema().Find("status"));
    const Column& created = had.column(*had.schema().Find("created"));
    std::size_t live = 0;
    for (std::size_t row = 0; row < had.row_count(); ++row) {
      const std::string_view text = status.Text(row);
      const bool ended = text == "paid" || text == "void" ||
                         text == "canceled" || text == "incomplete_expired";
      if (ended && created.Int64(row) < look_back) continue;
      ++live;
      EXPECT_TRUE(second.session.table(id).FindRow(had.column(0).Text(row)));
    }
    EXPECT_GT(live, 0U);
  }
}

TEST(LimitsScenario, TakesNoPlanThatIsNone) {
  Session session(1);
  ASSERT_TRUE(session.UseKey(demo::DemoKeyText("good")).ok());
  EXPECT_EQ(session.PlanText(), "");
  const TableId table = TableId::kInvoices;
  PullOptions options;
  options.since = "yesterday";
  const auto started = session.StartPull(std::span(&table, 1), options,
                                         {SessionWorld::kToday}, Instant{});
  ASSERT_FALSE(started.ok());
  EXPECT_EQ(started.error().code, ErrorCode::kNotReady);
}

TEST(LimitsScenario, PullsAConnectedAccountAndThePlatformsOwn) {
  for (const char* account : {"connected", "platform"}) {
    SessionWorld world("platform");
    if (account == "connected"sv) {
      world.session.UseAccount(demo::AccountId("connected"));
    }
    world.StartPull();
    world.Run();
    world.ExpectEverythingOf(account);
    // Sent only where it was chosen: a key without Connect is refused for it.
    for (const HttpRequest& request : world.sent) {
      EXPECT_EQ(request.stripe_account.empty(), account == "platform"sv);
    }
  }
}

TEST(LimitsScenario, ReportsAnObjectThatDoesNotBelongIntoTheList) {
  SessionWorld world("good");
  world.change = [](const HttpRequest& request, demo::DemoResponse& response) {
    if (!request.path.starts_with("/v1/invoices") || response.status != 200) {
      return;
    }
    const std::string own = "\"object\": \"invoice\"";
    const std::size_t at = response.body.find(own);
    if (at == std::string::npos) return;
    response.body.replace(at, own.size(), "\"object\": \"widget\"");
  };
  world.StartPull();
  world.Run();
  world.ExpectSettledOnce();
  EXPECT_EQ(world.Of(TableId::kInvoices).state, ResourceState::kComplete);
  EXPECT_GT(world.session.issues().refused_rows, 5U);
  EXPECT_LT(world.Rows(TableId::kInvoices),
            world.stripe.CountsOf("good").invoices);
}

TEST(LimitsScenario, TriesAgainWhenAPageOfHtmlStandsInForTheAnswer) {
  SessionWorld world("good");
  int answers = 0;
  world.change = [&](const HttpRequest&, demo::DemoResponse& response) {
    if (++answers % 7 != 0) return;
    response.status = 200;
    response.headers = {{"content-type", "text/html"}};
    response.body = "<html><body>Please sign in to the network</body></html>";
  };
  world.StartPull();
  world.Run();
  world.ExpectEverythingOf("good");
}

TEST(LimitsScenario, BringsEveryRowOnceWhateverHappens) {
  for (std::uint64_t seed = 1; seed <= SeedCount(150); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937_64 random(seed);
    SessionWorld world("platform", seed);
    demo::FaultPlan faults;
    faults.error_percent = static_cast<int>(random() % 10);
    faults.reset_percent = static_cast<int>(random() % 10);
    faults.truncate_percent = static_cast<int>(random() % 10);
    faults.storm_every = static_cast<int>(random() % 2 * (3 + random() % 9));
    world.stripe.SetFaults("platform", faults);
    // One of the smaller businesses, so that there may be many.
    world.session.UseAccount(demo::AccountId("connected"));
    world.latency = milliseconds(5 + random() % 900);
    if (random() % 4 == 0) world.options.max_requests = 10 + random() % 30;
    if (random() % 4 == 0) world.options.ask_above = 5 + random() % 20;
    const Instant gone{milliseconds(random() % 4000)};
    const Instant back = gone + Duration(milliseconds(random() % 90'000));
    world.failure = [&](const HttpRequest&) {
      return world.clock.now() > gone && world.clock.now() < back
                 ? std::optional(TransportFailure::kOffline)
                 : std::nullopt;
    };
    world.StartPull();
    for (int go = 0; go < 60; ++go) {
      world.Run(world.clock.now() + Duration(milliseconds(random() % 6000)));
      if (random() % 9 == 0) world.Cancel();
      if (random() % 5 == 0) {
        world.clock.MoveTo(world.clock.now() + Duration(seconds(3600)));
      }
      if (world.progress.settled) {
        EXPECT_EQ(world.pull_done, 1U);
        if (std::ranges::all_of(world.progress.tables,
                                [](const auto& table) {
                                  return table.state ==
                                         ResourceState::kComplete;
                                }) &&
            world.progress.share == 1) {
          break;
        }
      }
      if (world.progress.settled) world.ForgetEvents();
      world.Resume();
    }
    world.Run();
    world.ExpectEverythingOf("connected");
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace precision
