#include "precision/metrics/series.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace precision {
namespace {

using enum ColumnType;

constexpr ColumnSchema kColumns[] = {
    {"id", kUtf8, false, "", ""},
    {"status", kDictionary, true, "", ""},
    {"currency", kDictionary, true, "", ""},
    {"customer", kUtf8, true, "", ""},
    {"created", kTimestamp, true, "", ""},
    {"ended_at", kTimestamp, true, "", ""},
    {"due_date", kTimestamp, true, "", ""},
    {"amount", kMoney, true, "currency", ""},
    {"amount_received", kMoney, true, "currency", ""},
    {"amount_refunded", kMoney, true, "currency", ""},
    {"amount_remaining", kMoney, true, "currency", ""},
    {"amount_paid", kMoney, true, "currency", ""},
    {"total", kMoney, true, "currency", ""},
};
constexpr Schema kSchema{"rows", kColumns};

constexpr std::int64_t kDay = 86'400;

constexpr std::int64_t At(int year, unsigned month, unsigned day) {
  const std::chrono::sys_days days{std::chrono::year{year} /
                                   std::chrono::month{month} /
                                   std::chrono::day{day}};
  return days.time_since_epoch().count() * kDay;
}

constexpr UnixSeconds kNow{At(2026, 3, 18) + 3600};  // a Wednesday

struct Cell {
  const char* column;
  std::int64_t number = 0;
  const char* text = nullptr;
};

void AddRow(Table& table, const std::string& id,
            const std::vector<Cell>& cells) {
  const std::size_t row = table.RowFor(id).first;
  for (const Cell& cell : cells) {
    Column& column = table.column(*kSchema.Find(cell.column));
    if (cell.text != nullptr) {
      column.SetText(row, cell.text);
    } else {
      column.SetInt64(row, cell.number);
    }
  }
}

void Pay(Table& table, const char* status, std::int64_t created,
         std::int64_t received, const char* currency,
         std::int64_t refunded = 0) {
  AddRow(table, std::to_string(table.row_count()),
         {{"status", 0, status},
          {"created", created},
          {"amount_received", received},
          {"amount_refunded", refunded},
          {"currency", 0, currency}});
}

// "2026-03-01 usd 5 eur 3", one a figure.
std::vector<std::string> Told(const std::vector<Figure>& figures) {
  std::vector<std::string> lines;
  for (const Figure& figure : figures) {
    const std::chrono::year_month_day day{
        std::chrono::sys_days{std::chrono::days{figure.from / kDay}}};
    EXPECT_EQ(figure.from % kDay, 0);
    std::string line = std::to_string(int{day.year()}) + "-" +
                       std::to_string(unsigned{day.month()}) + "-" +
                       std::to_string(unsigned{day.day()});
    for (const auto& amount : figure.amounts) {
      line += " " + amount.currency + " " + std::to_string(amount.minor);
    }
    if (!figure.is_money) {
      line +=
          " " + std::string(figure.name) + " " + std::to_string(figure.count);
    }
    lines.push_back(line);
  }
  return lines;
}

using Lines = std::vector<std::string>;

TEST(RevenueSeriesTest, SumsMonthsByCurrencyLessRefunds) {
  Table payments(kSchema);
  Pay(payments, "succeeded", At(2026, 1, 1), 1000, "usd");
  Pay(payments, "succeeded", At(2026, 1, 31) + kDay - 1, 500, "usd", 200);
  Pay(payments, "succeeded", At(2026, 3, 1), 7, "eur");
  Pay(payments, "succeeded", At(2026, 3, 2), 9, "jpy");
  Pay(payments, "succeeded", At(2026, 3, 3), 1, "jpy");
  Pay(payments, "failed", At(2026, 2, 1), 99, "usd");
  Pay(payments, "succeeded", kNow.value + 1, 99, "usd");
  const auto figures = RevenueSeries(payments, Period::kMonth, kNow);
  EXPECT_EQ(Told(figures),
            (Lines{"2026-3-1 jpy 10 eur 7", "2026-2-1", "2026-1-1 usd 1300"}));
  EXPECT_EQ(figures[0].name, "revenue");
  EXPECT_TRUE(figures[0].is_money);
}

TEST(RevenueSeriesTest, BeginsWeeksOnMondays) {
  Table payments(kSchema);
  Pay(payments, "succeeded", At(2026, 3, 16), 1, "usd");
  Pay(payments, "succeeded", At(2026, 3, 16) - 1, 2, "usd");
  Pay(payments, "succeeded", At(2026, 3, 9), 4, "usd");
  Pay(payments, "succeeded", At(2026, 3, 9) - 1, 8, "usd");
  EXPECT_EQ(Told(RevenueSeries(payments, Period::kWeek, kNow)),
            (Lines{"2026-3-16 usd 1", "2026-3-9 usd 6", "2026-3-2 usd 8"}));
}

TEST(RevenueSeriesTest, TakesTheAmountWhereNoneWasReceivedAndNoneOfNoCurrency) {
  Table payments(kSchema);
  AddRow(payments, "old",
         {{"status", 0, "succeeded"},
          {"created", At(2026, 3, 1)},
          {"amount", 12},
          {"currency", 0, "usd"}});
  AddRow(payments, "odd",
         {{"status", 0, "succeeded"},
          {"created", At(2026, 3, 1)},
          {"amount_received", 12}});
  EXPECT_EQ(Told(RevenueSeries(payments, Period::kMonth, kNow)),
            (Lines{"2026-3-1 usd 12"}));
}

TEST(RevenueSeriesTest, GoesBackSoFarAndNoFurther) {
  Table payments(kSchema);
  Pay(payments, "succeeded", 0, 1, "usd");
  Pay(payments, "succeeded", kNow.value - 519 * 7 * kDay, 1, "usd");
  EXPECT_EQ(RevenueSeries(payments, Period::kWeek, kNow).size(), 520U);
  Pay(payments, "succeeded", -5, 1, "usd");
  EXPECT_EQ(RevenueSeries(payments, Period::kWeek, kNow).size(), 520U);
}

TEST(RevenueSeriesTest, IsEmptyWithoutPayments) {
  const Table payments(kSchema);
  EXPECT_TRUE(RevenueSeries(payments, Period::kMonth, kNow).empty());
}

TEST(CustomerSeriesTest, LosesOneWhenTheLastSubscriptionHasEnded) {
  Table customers(kSchema);
  for (const char* id : {"stays", "leaves", "returns", "never", "late"}) {
    AddRow(customers, id, {{"created", At(2026, 1, 5)}});
  }
  Table subscriptions(kSchema);
  const auto subscribe = [&](const char* customer, std::int64_t ended) {
    std::vector<Cell> cells = {{"customer", 0, customer}};
    if (ended != 0) cells.push_back({"ended_at", ended});
    AddRow(subscriptions, std::to_string(subscriptions.row_count()), cells);
  };
  subscribe("stays", 0);
  subscribe("leaves", At(2026, 1, 20));
  subscribe("leaves", At(2026, 2, 20));
  subscribe("returns", At(2026, 2, 1));
  subscribe("returns", 0);
  subscribe("returns", At(2026, 2, 2));
  subscribe("late", At(2026, 2, 28));
  subscribe("stranger", At(2026, 2, 1));
  EXPECT_EQ(
      Told(CustomerSeries(customers, subscriptions, Period::kMonth, kNow)),
      (Lines{"2026-3-1 customers_new 0", "2026-3-1 customers_lost 0",
             "2026-2-1 customers_new 0", "2026-2-1 customers_lost 2",
             "2026-1-1 customers_new 5", "2026-1-1 customers_lost 0"}));
}

TEST(InvoiceAgesTest, PutsEachInvoiceInOnePlace) {
  Table invoices(kSchema);
  const auto add = [&](const char* status, std::int64_t late,
                       std::int64_t remaining) {
    AddRow(invoices, std::to_string(invoices.row_count()),
           {{"status", 0, status},
            {"currency", 0, "usd"},
            {"due_date", kNow.value - late},
            {"amount_remaining", remaining},
            {"amount_paid", 1'000'000},
            {"total", 2'000'000}});
  };
  add("open", 0, 1);
  add("open", -kDay, 2);
  AddRow(
      invoices, "charged by itself",
      {{"status", 0, "open"}, {"currency", 0, "usd"}, {"amount_remaining", 4}});
  add("open", 1, 8);
  add("open", 30 * kDay, 16);
  add("open", 30 * kDay + 1, 32);
  add("open", 90 * kDay, 64);
  add("open", 90 * kDay + 1, 128);
  add("open", 900 * kDay, 256);
  add("draft", 0, 512);
  add("uncollectible", 99, 1024);
  add("paid", 99, 0);
  add("void", 99, 0);
  add("of tomorrow", 99, 5);
  const struct {
    std::string_view name;
    std::int64_t minor;
  } expected[] = {
      {"invoices_not_due", 7},          {"invoices_late_30", 24},
      {"invoices_late_60", 32},         {"invoices_late_90", 64},
      {"invoices_late_more", 384},      {"invoices_draft", 512},
      {"invoices_uncollectible", 1024}, {"invoices_paid", 1'000'000},
      {"invoices_void", 2'000'000}};
  const auto figures = InvoiceAges(invoices, kNow);
  ASSERT_EQ(figures.size(), std::size(expected));
  for (std::size_t i = 0; i < figures.size(); ++i) {
    EXPECT_EQ(figures[i].name, expected[i].name);
    ASSERT_EQ(figures[i].amounts.size(), 1U);
    EXPECT_EQ(figures[i].amounts[0].minor, expected[i].minor);
  }
}

}  // namespace
}  // namespace precision
