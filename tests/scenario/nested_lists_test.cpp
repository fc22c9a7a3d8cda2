// Lists within objects that are longer than what Stripe sends with them, and
// what is asked for in full: over the demo Stripe, in virtual time.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <string_view>

#include "support/session_world.h"

namespace precision {
namespace {

using std::chrono::milliseconds;

constexpr std::string_view kRefusal =
    R"({"error": {"type": "invalid_request_error", "message": "The provided )"
    R"(key does not have the required permissions for this endpoint."}})";

bool IsNested(std::string_view path) {
  return path.contains("/lines?") || path.contains("/subscription_items?");
}

std::size_t NestedRequests(const SessionWorld& world) {
  return static_cast<std::size_t>(std::ranges::count_if(world.paths, IsNested));
}

std::uint64_t ShortRows(const SessionWorld& world) {
  std::uint64_t rows = 0;
  for (const RowIssues::Count& count : world.session.issues().counts) {
    if (count.code == ErrorCode::kRowShort) rows += count.count;
  }
  return rows;
}

const Column& ColumnOf(const SessionWorld& world, TableId id,
                       std::string_view name) {
  const Table& table = world.session.table(id);
  return table.column(*table.schema().Find(name));
}

std::int64_t SumOf(const SessionWorld& world, TableId id,
                   std::string_view name) {
  const Column& column = ColumnOf(world, id, name);
  std::int64_t sum = 0;
  for (std::int64_t row = 0; row < world.Rows(id); ++row) {
    const auto at = static_cast<std::size_t>(row);
    EXPECT_FALSE(column.IsNull(at)) << name << " of row " << row;
    if (!column.IsNull(at)) sum += column.Int64(at);
  }
  return sum;
}

// How many rows are short before anything more is asked for.
std::uint64_t ShortAtFirst(std::string_view account) {
  SessionWorld world(account);
  world.change = [](const HttpRequest& request, demo::DemoResponse& response) {
    if (!IsNested(request.path)) return;
    response.status = 403;
    response.body = kRefusal;
  };
  world.StartPull();
  world.Run();
  world.ExpectEverythingOf(account);
  return ShortRows(world);
}

TEST(NestedListScenario, CompletesRowsThatCameShort) {
  const std::uint64_t at_first = ShortAtFirst("good");
  ASSERT_GT(at_first, 0U) << "the account has no long invoice";
  SessionWorld world("good");
  world.StartPull();
  world.Run();
  world.ExpectEverythingOf("good");
  EXPECT_EQ(ShortRows(world), 0U);
  // An invoice at the end of a window comes twice, and may be short twice.
  EXPECT_GE(NestedRequests(world), at_first);
  EXPECT_LE(NestedRequests(world), at_first + at_first / 20);
  EXPECT_EQ(world.session.issues().marked_rows, 0U);
  SumOf(world, TableId::kInvoices, "lines_count");
  SumOf(world, TableId::kSubscriptions, "items_count");
}

TEST(NestedListScenario, BringsEveryLineAndItemOfTheirTables) {
  constexpr std::array kTables = {TableId::kInvoices, TableId::kInvoiceLines,
                                  TableId::kSubscriptions,
                                  TableId::kSubscriptionItems};
  SessionWorld world("good");
  world.StartPull(kTables);
  world.Run();
  world.ExpectSettledOnce();
  for (const TableId table : kTables) {
    EXPECT_EQ(world.Of(table).state, ResourceState::kComplete);
    EXPECT_EQ(world.Of(table).share, 1);
  }
  EXPECT_EQ(world.Rows(TableId::kInvoiceLines),
            SumOf(world, TableId::kInvoices, "lines_count"));
  EXPECT_EQ(world.Rows(TableId::kSubscriptionItems),
            SumOf(world, TableId::kSubscriptions, "items_count"));
  EXPECT_EQ(ShortRows(world), 0U);
}

TEST(NestedListScenario, SaysWhatStaysShortWhenTheRestIsRefused) {
  constexpr std::array kTables = {TableId::kInvoices, TableId::kInvoiceLines};
  SessionWorld world("good");
  world.change = [](const HttpRequest& request, demo::DemoResponse& response) {
    if (!IsNested(request.path)) return;
    response.status = 403;
    response.body = kRefusal;
  };
  world.StartPull(kTables);
  world.Run();
  world.ExpectSettledOnce();
  EXPECT_EQ(world.Of(TableId::kInvoices).state, ResourceState::kComplete);
  EXPECT_EQ(world.Of(TableId::kInvoiceLines).state, ResourceState::kPartial);
  EXPECT_EQ(world.Of(TableId::kInvoiceLines).error,
            ErrorCode::kPermissionMissing);
  EXPECT_GT(ShortRows(world), 0U);
}

TEST(NestedListScenario, LosesOnlyTheRowWhoseObjectIsGone) {
  SessionWorld world("good");
  int asked = 0;
  world.change = [&](const HttpRequest& request, demo::DemoResponse& response) {
    if (!IsNested(request.path) || ++asked > 1) return;
    response.status = 404;
    response.body =
        R"({"error": {"type": "invalid_request_error",
            "code": "resource_missing", "message": "No such invoice"}})";
  };
  world.StartPull();
  world.Run();
  world.ExpectEverythingOf("good");
  EXPECT_GT(asked, 1);
  EXPECT_EQ(ShortRows(world), 1U);
}

TEST(NestedListScenario, GoesOnWithTheRestAfterCancel) {
  SessionWorld world("good");
  world.latency = milliseconds(400);
  world.StartPull();
  for (int i = 0; i < 600 && NestedRequests(world) == 0; ++i) {
    world.RunFor(milliseconds(50));
  }
  ASSERT_GT(NestedRequests(world), 0U);
  world.Cancel();
  EXPECT_TRUE(world.progress.settled);
  EXPECT_GT(ShortRows(world), 0U);
  world.ForgetEvents();
  world.Resume();
  world.Run();
  EXPECT_EQ(ShortRows(world), 0U);
  EXPECT_TRUE(world.progress.settled);
  EXPECT_EQ(world.progress.share, 1);
}

TEST(NestedListScenario, ComesThroughErrorsAndTruncatedBodies) {
  SessionWorld world("flaky");
  world.StartPull();
  world.Run();
  world.ExpectEverythingOf("good");
  EXPECT_EQ(ShortRows(world), 0U);
}

TEST(NestedListScenario, CountsThemIntoTheCapAndStopsThere) {
  SessionWorld whole("good");
  whole.StartPull();
  whole.Run();
  SessionWorld world("good");
  world.options.max_requests = whole.requests - 5;
  world.StartPull();
  world.Run();
  EXPECT_TRUE(world.progress.settled);
  EXPECT_EQ(world.requests, world.options.max_requests);
  EXPECT_GT(ShortRows(world), 0U);
  EXPECT_LE(ShortRows(world), 5U);
}

// Since 2025-03-31 only what is expanded says which payment paid an invoice.
TEST(ExpandScenario, LinksInvoicesToPaymentsWhereThatIsAllowed) {
  SessionWorld world("good");
  world.StartPull();
  world.Run();
  world.ExpectEverythingOf("good");
  const Column& intent = ColumnOf(world, TableId::kInvoices, "payment_intent");
  const Table& payments = world.session.table(TableId::kPayments);
  const Table& invoices = world.session.table(TableId::kInvoices);
  const Column& back = ColumnOf(world, TableId::kPayments, "invoice");
  std::size_t linked = 0;
  for (std::size_t row = 0; row < intent.size(); ++row) {
    if (intent.IsNull(row)) continue;
    ++linked;
    const auto payment = payments.FindRow(intent.Text(row));
    ASSERT_TRUE(payment);
    ASSERT_FALSE(back.IsNull(*payment));
    EXPECT_EQ(back.Text(*payment), invoices.column(0).Text(row));
  }
  EXPECT_GT(linked, intent.size() / 2);
}

TEST(ExpandScenario, LivesWithoutItWhereItIsRefused) {
  for (const int status : {400, 403}) {
    SCOPED_TRACE(status);
    SessionWorld world("good");
    std::size_t refused = 0;
    world.change = [&](const HttpRequest& request,
                       demo::DemoResponse& response) {
      if (!request.path.contains("expand")) return;
      ++refused;
      response.status = status;
      response.body = kRefusal;
    };
    world.StartPull();
    world.Run();
    world.ExpectEverythingOf("good");
    // Once a list.
    EXPECT_EQ(refused, 2U);
    const Column& intent =
        ColumnOf(world, TableId::kInvoices, "payment_intent");
    for (std::size_t row = 0; row < intent.size(); ++row) {
      EXPECT_TRUE(intent.IsNull(row));
    }
  }
}

TEST(ExpandScenario, BringsTheDiscountsOfCustomersAndSubscriptions) {
  constexpr std::array kTables = {TableId::kDiscounts, TableId::kSubscriptions};
  SessionWorld world("good");
  world.StartPull(kTables);
  world.Run();
  world.ExpectSettledOnce();
  EXPECT_EQ(world.Of(TableId::kDiscounts).state, ResourceState::kComplete);
  const Table& discounts = world.session.table(TableId::kDiscounts);
  const Column& of = ColumnOf(world, TableId::kSubscriptions, "discount");
  const Column& coupon = ColumnOf(world, TableId::kSubscriptions, "coupon");
  std::size_t with = 0;
  for (std::size_t row = 0; row < of.size(); ++row) {
    if (of.IsNull(row)) continue;
    ++with;
    EXPECT_TRUE(discounts.FindRow(of.Text(row)));
    EXPECT_FALSE(coupon.IsNull(row));
  }
  EXPECT_GT(with, 0U);
}

}  // namespace
}  // namespace precision
