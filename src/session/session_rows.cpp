// What is asked of the rows that have come.

#include <array>

#include "session/session_state.h"

namespace precision {

const Table& Session::table(TableId table) const {
  return state_->rows.table(table);
}

void Session::SetView(TableId table, RowViewSpec spec) {
  state_->views[static_cast<std::size_t>(table)].Set(std::move(spec));
}

std::span<const std::uint32_t> Session::View(TableId table) {
  const bool exact = !state_->pull || state_->progress.settled;
  return state_->views[static_cast<std::size_t>(table)].Rows(
      state_->rows.table(table), exact);
}

std::vector<Figure> Session::Figures(TableId table, UnixSeconds wall) const {
  const UnixSeconds now{wall.value + state_->clock_correction};
  const Table& rows = state_->rows.table(table);
  constexpr std::vector<Figure> (*kFigures[])(const Table&, UnixSeconds) = {
      CustomerFigures, InvoiceFigures, PaymentFigures, SubscriptionFigures};
  static_assert(std::size(kFigures) == kUsualTableCount);
  const auto index = static_cast<std::size_t>(table);
  if (index >= kUsualTableCount) return {};
  return kFigures[index](rows, now);
}

std::vector<Figure> Session::Chart(std::string_view chart,
                                   UnixSeconds wall) const {
  const UnixSeconds now{wall.value + state_->clock_correction};
  const Normalizer& rows = state_->rows;
  const Period period =
      chart.ends_with("week") ? Period::kWeek : Period::kMonth;
  if (chart.starts_with("revenue")) {
    return RevenueSeries(rows.table(TableId::kPayments), period, now);
  }
  if (chart.starts_with("customers")) {
    return CustomerSeries(rows.table(TableId::kCustomers),
                          rows.table(TableId::kSubscriptions), period, now);
  }
  return InvoiceAges(rows.table(TableId::kInvoices), now);
}

const RowIssues& Session::issues() const { return state_->rows.issues(); }

}  // namespace precision
