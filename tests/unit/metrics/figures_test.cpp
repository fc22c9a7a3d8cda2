#include "precision/metrics/figures.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace precision {
namespace {

using enum ColumnType;

constexpr std::int64_t kNow = 1'800'000'000;
constexpr std::int64_t kDay = 86'400;

// The columns that figures read; the rooms share their names, not their code.
constexpr ColumnSchema kColumns[] = {
    {"id", kUtf8, false, "", ""},
    {"status", kDictionary, true, "", ""},
    {"currency", kDictionary, true, "", ""},
    {"created", kTimestamp, true, "", ""},
    {"delinquent", kBool, true, "", ""},
    {"deleted", kBool, true, "", ""},
    {"ended_at", kTimestamp, true, "", ""},
    {"monthly_value", kMoney, true, "currency", ""},
    {"amount_remaining", kMoney, true, "currency", ""},
    {"amount_paid", kMoney, true, "currency", ""},
    {"due_date", kTimestamp, true, "", ""},
    {"paid_at", kTimestamp, true, "", ""},
    {"amount", kMoney, true, "currency", ""},
    {"amount_received", kMoney, true, "currency", ""},
    {"amount_refunded", kMoney, true, "currency", ""},
    {"failure_code", kDictionary, true, "", ""},
    {"disputed", kBool, true, "", ""},
};
constexpr Schema kSchema{"rows", kColumns};

struct Cell {
  const char* column;
  std::int64_t number = 0;
  const char* text = nullptr;
};

void AddRow(Table& table, const std::vector<Cell>& cells) {
  const std::size_t row = table.RowFor(std::to_string(table.row_count())).first;
  for (const Cell& cell : cells) {
    Column& column = table.column(*kSchema.Find(cell.column));
    if (cell.text != nullptr) {
      column.SetText(row, cell.text);
    } else {
      column.SetInt64(row, cell.number);
    }
  }
}

const Figure& Named(const std::vector<Figure>& figures, std::string_view name) {
  for (const Figure& figure : figures) {
    if (figure.name == name) return figure;
  }
  ADD_FAILURE() << "no figure " << name;
  return figures.front();
}

using Amounts =
    std::vector<std::pair<std::string, std::pair<std::int64_t, std::uint64_t>>>;

Amounts AmountsOf(const Figure& figure) {
  EXPECT_TRUE(figure.is_money);
  Amounts amounts;
  for (const Figure::Amount& amount : figure.amounts) {
    amounts.push_back({amount.currency, {amount.minor, amount.count}});
  }
  return amounts;
}

TEST(FiguresTest, CountsCustomers) {
  Table table(kSchema);
  AddRow(table, {{"created", kNow - kDay}, {"delinquent", 1}});
  AddRow(table, {{"created", kNow - 31 * kDay}, {"delinquent", 0}});
  AddRow(table, {{"created", kNow + kDay}});
  AddRow(table, {{"created", kNow - kDay}, {"deleted", 1}, {"delinquent", 1}});
  AddRow(table, {});
  const auto figures = CustomerFigures(table, {kNow});
  EXPECT_EQ(Named(figures, "customers_total").count, 4U);
  EXPECT_EQ(Named(figures, "customers_new_30_days").count, 1U);
  EXPECT_EQ(Named(figures, "customers_delinquent").count, 1U);
}

TEST(FiguresTest, AddsSubscriptionsByCurrencyNeverAcross) {
  Table table(kSchema);
  const auto add = [&](const char* status, const char* currency,
                       std::int64_t value) {
    AddRow(table, {{"status", 0, status},
                   {"currency", 0, currency},
                   {"monthly_value", value}});
  };
  add("active", "usd", 1000);
  add("active", "eur", 300);
  add("past_due", "eur", 200);
  add("trialing", "usd", 9999);
  add("unpaid", "usd", 9999);
  AddRow(table, {{"status", 0, "active"}, {"currency", 0, "usd"}});
  AddRow(table, {{"status", 0, "canceled"}, {"ended_at", kNow - kDay}});
  AddRow(table, {{"status", 0, "canceled"}, {"ended_at", kNow - 40 * kDay}});
  const auto figures = SubscriptionFigures(table, {kNow});
  EXPECT_EQ(Named(figures, "subscriptions_active").count, 3U);
  EXPECT_EQ(Named(figures, "subscriptions_trialing").count, 1U);
  EXPECT_EQ(Named(figures, "subscriptions_canceled_30_days").count, 1U);
  const Figure& value = Named(figures, "subscriptions_monthly_value");
  EXPECT_EQ(AmountsOf(value), (Amounts{{"eur", {500, 2}}, {"usd", {1000, 1}}}));
  EXPECT_EQ(value.count, 3U);
}

TEST(FiguresTest, TellsInvoicesThatAreOpenLateAndPaid) {
  Table table(kSchema);
  const auto add = [&](const char* status, std::vector<Cell> cells) {
    cells.push_back({"status", 0, status});
    cells.push_back({"currency", 0, "usd"});
    AddRow(table, cells);
  };
  add("open", {{"amount_remaining", 100}, {"due_date", kNow - 1}});
  add("open", {{"amount_remaining", 50}, {"due_date", kNow + 1}});
  add("open", {{"amount_remaining", 7}});
  add("paid", {{"amount_paid", 500}, {"paid_at", kNow - kDay}});
  add("paid", {{"amount_paid", 501},
               {"paid_at", kNow - 31 * kDay},
               {"created", kNow - kDay}});
  add("paid", {{"amount_paid", 502}, {"created", kNow - kDay}});
  add("draft", {{"amount_remaining", 1'000'000}});
  const auto figures = InvoiceFigures(table, {kNow});
  EXPECT_EQ(AmountsOf(Named(figures, "invoices_open")),
            (Amounts{{"usd", {157, 3}}}));
  EXPECT_EQ(AmountsOf(Named(figures, "invoices_past_due")),
            (Amounts{{"usd", {100, 1}}}));
  EXPECT_EQ(AmountsOf(Named(figures, "invoices_paid_30_days")),
            (Amounts{{"usd", {1002, 2}}}));
}

TEST(FiguresTest, TellsPaymentsThatCameFailedAndWentBack) {
  Table table(kSchema);
  const auto add = [&](const char* status, std::vector<Cell> cells) {
    cells.push_back({"status", 0, status});
    cells.push_back({"currency", 0, "jpy"});
    AddRow(table, cells);
  };
  add("succeeded", {{"created", kNow - kDay},
                    {"amount", 900},
                    {"amount_received", 800},
                    {"amount_refunded", 300}});
  add("succeeded", {{"created", kNow - kDay}, {"amount", 50}, {"disputed", 1}});
  add("succeeded",
      {{"created", kNow - 99 * kDay}, {"amount_received", 1}, {"disputed", 1}});
  add("failed", {{"created", kNow - kDay}});
  add("requires_payment_method", {{"created", kNow - kDay}});
  add("requires_payment_method",
      {{"created", kNow - kDay}, {"failure_code", 0, "card_declined"}});
  const auto figures = PaymentFigures(table, {kNow});
  EXPECT_EQ(AmountsOf(Named(figures, "payments_collected_30_days")),
            (Amounts{{"jpy", {850, 2}}}));
  EXPECT_EQ(AmountsOf(Named(figures, "payments_refunded_30_days")),
            (Amounts{{"jpy", {300, 1}}}));
  EXPECT_EQ(Named(figures, "payments_failed_30_days").count, 2U);
  EXPECT_EQ(Named(figures, "payments_disputed").count, 2U);
}

TEST(FiguresTest, AnEmptyTableHasFiguresOfNothing) {
  const Table table(kSchema);
  for (const auto& figures :
       {CustomerFigures(table, {kNow}), SubscriptionFigures(table, {kNow}),
        InvoiceFigures(table, {kNow}), PaymentFigures(table, {kNow})}) {
    EXPECT_FALSE(figures.empty());
    for (const Figure& figure : figures) {
      EXPECT_EQ(figure.count, 0U) << figure.name;
      EXPECT_TRUE(figure.amounts.empty()) << figure.name;
    }
  }
}

}  // namespace
}  // namespace precision
