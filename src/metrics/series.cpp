#include "precision/metrics/series.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "metrics/reader.h"

namespace precision {

namespace {

constexpr std::int64_t kDay = 86'400;
// 1970-01-01 was a Thursday.
constexpr std::int64_t kFirstMonday = -3;

std::int64_t DayOf(std::int64_t time) {
  return time / kDay - (time % kDay < 0 ? 1 : 0);
}

// Periods are numbered in a row; which is the first does not matter.
std::int64_t NumberOf(Period period, std::int64_t time) {
  const std::int64_t day = DayOf(time);
  if (period == Period::kWeek) return (day - kFirstMonday) / 7;
  const std::chrono::year_month_day date{
      std::chrono::sys_days{std::chrono::days{day}}};
  return int{date.year()} * 12 + static_cast<int>(unsigned{date.month()}) - 1;
}

std::int64_t StartOf(Period period, std::int64_t number) {
  if (period == Period::kWeek) return (number * 7 + kFirstMonday) * kDay;
  const std::chrono::sys_days day{
      std::chrono::year{static_cast<int>(number / 12)} /
      std::chrono::month{static_cast<unsigned>(number % 12 + 1)} / 1};
  return std::int64_t{day.time_since_epoch().count()} * kDay;
}

class Series {
 public:
  // Each period has a figure like each of `figures`.
  Series(std::span<const Figure> figures, Period period, UnixSeconds now)
      : like_(figures),
        period_(period),
        now_(now.value),
        last_(NumberOf(period, now_)) {}

  // The figure of the period that `time` is in; none for one too long ago or
  // yet to come.
  Figure* At(std::optional<std::int64_t> time, std::size_t which) {
    if (!time || *time < 0 || *time > now_) return nullptr;
    const std::int64_t back = last_ - NumberOf(period_, *time);
    if (back >= kMostPeriods) return nullptr;
    for (; back >= periods_; ++periods_) {
      for (const Figure& figure : like_) {
        figures_.push_back(figure);
        figures_.back().from = StartOf(period_, last_ - periods_);
      }
    }
    return &figures_[static_cast<std::size_t>(back) * like_.size() + which];
  }

  std::vector<Figure> Take() { return Settled(std::move(figures_)); }

 private:
  std::span<const Figure> like_;
  Period period_;
  std::int64_t now_;
  std::int64_t last_;
  std::int64_t periods_ = 0;
  std::vector<Figure> figures_;
};

// Open, with so many seconds past due.
std::size_t AgeOf(std::int64_t late) {
  if (late <= 0) return 0;
  return static_cast<std::size_t>(
      std::min((late - 1) / (30 * kDay) + 1, std::int64_t{4}));
}

}  // namespace

std::vector<Figure> RevenueSeries(const Table& payments, Period period,
                                  UnixSeconds now) {
  const Reader status(payments, "status");
  const Reader currency(payments, "currency");
  const Reader created(payments, "created");
  const Reader amount(payments, "amount");
  const Reader received(payments, "amount_received");
  const Reader refunded(payments, "amount_refunded");
  const Figure revenue = MoneyFigure("revenue");
  Series series({&revenue, 1}, period, now);
  for (std::size_t row = 0; row < payments.row_count(); ++row) {
    if (status.Text(row) != "succeeded") continue;
    Figure* figure = series.At(created.Int(row), 0);
    if (figure == nullptr) continue;
    const auto got = received.Int(row) ? received.Int(row) : amount.Int(row);
    if (!got) continue;
    Add(*figure, currency.Text(row), *got - refunded.Int(row).value_or(0));
  }
  return series.Take();
}

std::vector<Figure> CustomerSeries(const Table& customers,
                                   const Table& subscriptions, Period period,
                                   UnixSeconds now) {
  const Reader created(customers, "created");
  const Figure counts[] = {CountFigure("customers_new"),
                           CountFigure("customers_lost")};
  Series series(counts, period, now);
  for (std::size_t row = 0; row < customers.row_count(); ++row) {
    if (Figure* figure = series.At(created.Int(row), 0)) ++figure->count;
  }

  constexpr std::int64_t kNever = -1;
  constexpr std::int64_t kStays = -2;
  std::vector<std::int64_t> left(customers.row_count(), kNever);
  const Reader customer(subscriptions, "customer");
  const Reader ended(subscriptions, "ended_at");
  for (std::size_t row = 0; row < subscriptions.row_count(); ++row) {
    const auto whose = customers.FindRow(customer.Text(row));
    if (!whose || left[*whose] == kStays) continue;
    left[*whose] = std::max(left[*whose], ended.Int(row).value_or(0));
    if (!ended.Int(row)) left[*whose] = kStays;
  }
  for (const std::int64_t time : left) {
    if (Figure* figure = series.At(time, 1)) ++figure->count;
  }
  return series.Take();
}

std::vector<Figure> InvoiceAges(const Table& invoices, UnixSeconds now) {
  // The open ones first, by age.
  constexpr std::string_view kNames[] = {
      "invoices_not_due",       "invoices_late_30",   "invoices_late_60",
      "invoices_late_90",       "invoices_late_more", "invoices_draft",
      "invoices_uncollectible", "invoices_paid",      "invoices_void"};
  constexpr std::string_view kStates[] = {"draft", "uncollectible", "paid",
                                          "void"};
  constexpr std::size_t kAges = std::size(kNames) - std::size(kStates);
  std::vector<Figure> figures;
  for (const std::string_view name : kNames) {
    figures.push_back(MoneyFigure(name));
  }
  const Reader status(invoices, "status");
  const Reader currency(invoices, "currency");
  const Reader due(invoices, "due_date");
  const Reader remaining(invoices, "amount_remaining");
  const Reader paid(invoices, "amount_paid");
  const Reader total(invoices, "total");
  for (std::size_t row = 0; row < invoices.row_count(); ++row) {
    const std::string_view is = status.Text(row);
    const auto state = std::ranges::find(kStates, is);
    const auto place = static_cast<std::size_t>(state - std::begin(kStates));
    const std::size_t at =
        is == "open" ? AgeOf(now.value - due.Int(row).value_or(now.value))
                     : kAges + place;
    if (at >= figures.size()) continue;
    const Reader& amount = is == "paid"   ? paid
                           : is == "void" ? total
                                          : remaining;
    Add(figures[at], currency.Text(row), amount.Int(row));
  }
  return Settled(std::move(figures));
}

}  // namespace precision
