#include "session/changing.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "precision/table/row_view.h"

namespace precision {

namespace {

// What has one of these states stays as it is, but for refunds and metadata,
// which a look-back finds.
// https://docs.stripe.com/invoicing/overview#invoice-statuses
constexpr std::array<std::string_view, 2> kInvoiceEnds = {"paid", "void"};
// https://docs.stripe.com/billing/subscriptions/overview#subscription-statuses
constexpr std::array<std::string_view, 2> kSubscriptionEnds = {
    "canceled", "incomplete_expired"};

}  // namespace

void AddChanging(const Normalizer& rows, ListPlan& plan) {
  const bool of_invoices = plan.endpoint == Endpoint::kInvoices;
  if (!of_invoices && plan.endpoint != Endpoint::kSubscriptions) return;
  const auto& ends = of_invoices ? kInvoiceEnds : kSubscriptionEnds;
  const Table& table =
      rows.table(of_invoices ? TableId::kInvoices : TableId::kSubscriptions);
  const Column& created = table.column(*table.schema().Find("created"));
  const Column& status = table.column(*table.schema().Find("status"));

  std::vector<TimeSpan> spans;
  std::size_t between = 0;
  RowView newest_first;
  for (const std::uint32_t row : newest_first.Rows(table, true)) {
    if (created.IsNull(row)) continue;
    if (!status.IsNull(row) && std::ranges::contains(ends, status.Text(row))) {
      ++between;
      continue;
    }
    const std::int64_t at = created.Int64(row);
    if (!spans.empty() && between < kMaxPageSize) {
      spans.back().from = {at};
    } else {
      spans.push_back({{at}, {at + 1}});
    }
    between = 0;
  }
  AddSpans(plan, spans);
}

}  // namespace precision
