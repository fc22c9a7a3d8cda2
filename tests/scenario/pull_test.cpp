// Whole pulls over the demo Stripe, in virtual time.  Each ends in: settled
// once, progress never back, no request unanswered, rows equal the account's.

#include <gtest/gtest.h>

#include <chrono>
#include <set>
#include <string>

#include "support/session_world.h"

namespace precision {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

TEST(PullScenario, BringsEveryRowOfAGoodAccount) {
  SessionWorld world("good");
  world.StartPull();
  world.Run();
  world.ExpectEverythingOf("good");
  const demo::Counts counts = world.stripe.CountsOf("good");
  const auto pages = [](std::int64_t rows) {
    return static_cast<std::size_t>(
        std::max<std::int64_t>(1, (rows + 99) / 100));
  };
  const std::size_t fewest = pages(counts.customers) + pages(counts.invoices) +
                             pages(counts.payment_intents) +
                             pages(counts.charges) +
                             pages(counts.subscriptions);
  const auto lines = static_cast<std::size_t>(std::ranges::count_if(
      world.paths,
      [](const std::string& path) { return path.contains("/lines?"); }));
  EXPECT_LE(world.requests, fewest + fewest / 10 + 5 * 3 + lines);
}

// The same ids as a client that walks page after page.
TEST(PullScenario, BringsTheSameObjectsAsASerialWalk) {
  SessionWorld world("good");
  world.StartPull();
  world.Run();
  demo::DemoOptions quiet;
  quiet.rate_limits = false;
  demo::DemoStripe plain(quiet);
  const struct {
    const char* path;
    TableId table;
  } lists[] = {{"/v1/customers", TableId::kCustomers},
               {"/v1/invoices", TableId::kInvoices},
               {"/v1/payment_intents", TableId::kPayments},
               {"/v1/subscriptions?status=all", TableId::kSubscriptions}};
  for (const auto& list : lists) {
    SCOPED_TRACE(list.path);
    std::string after;
    std::size_t walked = 0;
    for (bool more = true; more;) {
      demo::DemoRequest request;
      const std::string path = list.path;
      request.path = path + (path.contains('?') ? "&" : "?") + "limit=100" +
                     (after.empty() ? "" : "&starting_after=" + after);
      request.authorization = "Bearer " + demo::DemoKeyText("good");
      request.stripe_version = kStripeVersion;
      const std::string body =
          plain.Handle(request, {SessionWorld::kToday}, Instant{}).body;
      Normalizer page;
      const auto read =
          page.ReadPage(FactsOf(*FindEndpoint(std::string(path.substr(
                                    4, path.find('?') == std::string::npos
                                           ? std::string::npos
                                           : path.find('?') - 4))))
                            .object,
                        body);
      ASSERT_TRUE(read.ok());
      const Table& rows = page.table(list.table);
      for (std::size_t i = 0; i < rows.row_count(); ++i) {
        EXPECT_TRUE(
            world.session.table(list.table).FindRow(rows.column(0).Text(i)));
      }
      walked += rows.row_count();
      after = read.value().page.last_id;
      more = read.value().page.has_more;
    }
    EXPECT_GT(walked, 100U);
  }
}

TEST(PullScenario, BringsALargeAccountAtTheLimitersSpeed) {
  SessionWorld world("large");
  world.StartPull();
  world.Run();
  world.ExpectEverythingOf("large");
  // 550 pages of payment intents are the longest list, at 20 a second.
  const demo::Counts counts = world.stripe.CountsOf("large");
  const std::int64_t longest =
      std::max({counts.invoices, counts.payment_intents, counts.charges});
  const double bound = static_cast<double>(longest) / 100 / 20;
  const auto seconds_at = [](Instant at) {
    return std::chrono::duration<double>(at.since_start).count();
  };
  const double took = seconds_at(world.last_table_settled);
  const double whole = seconds_at(world.clock.now());
  std::cout << "large account: " << took << " s, " << bound
            << " s at the limit of its longest list, " << whole
            << " s with the long invoices' lines, " << world.requests
            << " requests\n";
  EXPECT_LT(took, bound * 1.15 + 1);
  // The lines of long invoices, asked for beside the lists.
  EXPECT_LT(whole, bound * 1.5 + 1);
}

TEST(PullScenario, CompletesAnEmptyAccount) {
  SessionWorld world("empty");
  world.StartPull();
  world.Run();
  world.ExpectEverythingOf("empty");
  EXPECT_EQ(world.requests, 5U);
}

TEST(PullScenario, PullsInTestModeWithinItsLimit) {
  SessionWorld world("test");
  world.StartPull();
  world.Run();
  world.ExpectEverythingOf("test");
}

TEST(PullScenario, DoesNotMindAWrongLocalClock) {
  for (const std::int64_t error : {-400 * 86400, 90 * 86400}) {
    SessionWorld world("good");
    world.clock_error = error;
    world.StartPull();
    world.Run();
    world.ExpectEverythingOf("good");
  }
}

TEST(PullScenario, SaysWhichTableWasRefusedAndBringsTheOthers) {
  SessionWorld world("no_customers");
  world.StartPull();
  world.Run();
  world.ExpectSettledOnce();
  const demo::Counts counts = world.stripe.CountsOf("good");
  EXPECT_EQ(world.Of(TableId::kCustomers).state, ResourceState::kRefused);
  EXPECT_EQ(world.Of(TableId::kCustomers).error, ErrorCode::kPermissionMissing);
  EXPECT_EQ(world.Rows(TableId::kCustomers), 0);
  EXPECT_EQ(world.Rows(TableId::kInvoices), counts.invoices);
  EXPECT_EQ(world.Rows(TableId::kPayments), counts.payments);
  EXPECT_EQ(world.Rows(TableId::kSubscriptions), counts.subscriptions);
  EXPECT_EQ(world.Of(TableId::kInvoices).state, ResourceState::kComplete);
}

TEST(PullScenario, KeepsWhatCameWhenTheKeyIsRevokedHalfWay) {
  SessionWorld world("revoked_halfway");
  world.StartPull();
  world.Run();
  world.ExpectSettledOnce();
  EXPECT_LT(world.clock.now(), Instant{seconds(20)});
  EXPECT_LT(world.requests, 280U);
  for (const TableProgress& table : world.progress.tables) {
    EXPECT_EQ(table.state, ResourceState::kPartial) << ToString(table.table);
    EXPECT_EQ(table.error, ErrorCode::kKeyExpired);
    EXPECT_GT(table.rows, 0U);
  }
  EXPECT_LT(world.progress.share, 1);
}

TEST(PullScenario, StopsAtOnceWithADeadKey) {
  const struct {
    const char* key;
    ErrorCode code;
  } cases[] = {{"revoked", ErrorCode::kKeyExpired},
               {"unknown", ErrorCode::kKeyUnknown},
               {"ip_refused", ErrorCode::kKeyIpRefused}};
  for (const auto& c : cases) {
    SCOPED_TRACE(c.key);
    SessionWorld world(c.key);
    world.StartPull();
    world.Run();
    world.ExpectSettledOnce();
    EXPECT_EQ(world.requests, 5U);
    for (const TableProgress& table : world.progress.tables) {
      EXPECT_EQ(table.state, ResourceState::kRefused);
      EXPECT_EQ(table.error, c.code);
    }
  }
}

TEST(PullScenario, ComesThroughAStormOf429) {
  SessionWorld world("storm");
  world.StartPull();
  world.Run();
  world.ExpectEverythingOf("good");
}

TEST(PullScenario, ComesThroughErrorsResetsAndTruncatedBodies) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    SessionWorld world("flaky", seed);
    world.StartPull();
    world.Run();
    world.ExpectEverythingOf("good");
  }
}

TEST(PullScenario, WaitsForSlowAnswers) {
  SessionWorld world("slow");
  world.StartPull();
  world.Run();
  world.ExpectEverythingOf("good");
  EXPECT_LT(world.clock.now(), Instant{seconds(45)});
}

TEST(PullScenario, TriesAgainWhenABodyWasCutShort) {
  SessionWorld world("good");
  int cut = 0;
  world.change = [&](const HttpRequest&, demo::DemoResponse& response) {
    if (response.status != 200 || ++cut % 4 != 0) return;
    response.body.resize(response.body.size() / 2);
  };
  world.StartPull();
  world.Run();
  world.ExpectEverythingOf("good");
  EXPECT_GT(cut, 4);
}

TEST(PullScenario, SitsOutABurstOf5xx) {
  SessionWorld world("good");
  const Instant from{milliseconds(600)};
  const Instant to{seconds(12)};
  world.change = [&](const HttpRequest&, demo::DemoResponse& response) {
    if (world.clock.now() < from || world.clock.now() >= to) return;
    response.status = 503;
    response.body = R"({"error": {"type": "api_error", "message": "Sorry."}})";
  };
  world.StartPull();
  world.Run(Instant{seconds(6)});
  EXPECT_EQ(world.progress.waiting_for, ErrorCode::kStripeDown);
  world.Run();
  world.ExpectEverythingOf("good");
}

TEST(PullScenario, SaysThatTheProxyIsDownAndGivesUpInTheEnd) {
  SessionWorld world("good");
  world.change = [&](const HttpRequest&, demo::DemoResponse& response) {
    response.status = 502;
    response.headers = {{"content-type", "text/html"}};
    response.body = "<html><center>502 Bad Gateway</center></html>";
  };
  world.StartPull();
  world.Run(Instant{seconds(5)});
  EXPECT_FALSE(world.progress.settled);
  EXPECT_EQ(world.progress.waiting_for, ErrorCode::kProxyDown);
  world.Run();
  world.ExpectSettledOnce();
  EXPECT_LT(world.clock.now(), Instant{minutes(3)});
  for (const TableProgress& table : world.progress.tables) {
    EXPECT_EQ(table.state, ResourceState::kRefused);
    EXPECT_EQ(table.error, ErrorCode::kProxyDown);
  }
  // Back again, the person presses Resume.
  world.change = nullptr;
  world.ForgetEvents();
  world.Resume();
  world.Run();
  world.ExpectEverythingOf("good");
}

TEST(PullScenario, GoesOnWhenTheNetworkComesBack) {
  SessionWorld world("good");
  world.failure = [&](const HttpRequest&) {
    const Instant now = world.clock.now();
    return now > Instant{milliseconds(500)} && now < Instant{minutes(4)}
               ? std::optional(TransportFailure::kOffline)
               : std::nullopt;
  };
  world.StartPull();
  world.Run(Instant{minutes(2)});
  EXPECT_EQ(world.progress.waiting_for, ErrorCode::kOffline);
  world.Run();
  world.ExpectEverythingOf("good");
  EXPECT_LT(world.requests, 250U);
}

TEST(PullScenario, CancelKeepsWhatCameAndResumeBringsTheRest) {
  SessionWorld world("good");
  world.StartPull();
  world.RunFor(milliseconds(400));
  world.Cancel();
  EXPECT_TRUE(world.progress.settled);
  EXPECT_EQ(world.pull_done, 1U);
  const std::int64_t kept = world.Rows(TableId::kInvoices);
  EXPECT_GT(kept, 0);
  EXPECT_EQ(world.Of(TableId::kInvoices).state, ResourceState::kPartial);
  EXPECT_EQ(world.Of(TableId::kInvoices).error, ErrorCode::kCancelled);
  const std::size_t sent = world.requests;
  world.Run();
  world.ExpectSettledOnce();
  EXPECT_EQ(world.requests, sent);
  EXPECT_EQ(world.Rows(TableId::kInvoices), kept);

  world.ForgetEvents();
  world.Resume();
  world.Run();
  world.ExpectEverythingOf("good");
}

TEST(PullScenario, PausesAndResumes) {
  SessionWorld world("good");
  world.StartPull();
  world.RunFor(milliseconds(400));
  world.Pause();
  const std::size_t sent = world.requests;
  world.RunFor(minutes(60));
  EXPECT_EQ(world.requests, sent);
  EXPECT_EQ(world.unanswered, 0U);
  EXPECT_TRUE(world.progress.paused);
  EXPECT_FALSE(world.progress.settled);
  world.Resume();
  world.Run();
  world.ExpectEverythingOf("good");
}

TEST(PullScenario, DoesNotMindALaptopAsleep) {
  SessionWorld world("good");
  world.StartPull();
  world.RunFor(milliseconds(400));
  // What was in flight dies with the connection, an hour later.
  world.failure = [&](const HttpRequest&) {
    return world.clock.now() < Instant{minutes(61)}
               ? std::optional(TransportFailure::kNetwork)
               : std::nullopt;
  };
  world.clock.MoveTo(Instant{minutes(60)});
  world.Run();
  world.ExpectEverythingOf("good");
}

// A second pull starts over and leaves no row twice.
TEST(PullScenario, PullsAgainIntoTheSameTables) {
  SessionWorld world("good");
  world.StartPull();
  world.Run();
  world.ExpectEverythingOf("good");
  world.ForgetEvents();
  world.StartPull();
  world.Run();
  world.ExpectEverythingOf("good");
}

}  // namespace
}  // namespace precision
