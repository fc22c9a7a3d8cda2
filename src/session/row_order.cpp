#include "session/row_order.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace precision {

std::span<const std::uint32_t> RowOrder::NewestFirst(const Table& table,
                                                     bool exact) {
  const bool stale = revision_ != table.revision() || (exact && !exact_);
  if (!stale) return rows_;
  const std::optional<std::size_t> created = table.schema().Find("created");
  if (!created) {
    rows_.resize(table.row_count());
    std::iota(rows_.begin(), rows_.end(), 0U);
  } else if (exact || rows_.size() > table.row_count()) {
    rows_ = SortedRows(table, *created, /*descending=*/true);
  } else {
    const Column& column = table.column(*created);
    const auto key = [&](std::uint32_t row) {
      return column.IsNull(row) ? std::numeric_limits<std::int64_t>::min()
                                : column.Int64(row);
    };
    const auto newer = [&](std::uint32_t a, std::uint32_t b) {
      return key(a) > key(b);
    };
    const auto known = static_cast<std::ptrdiff_t>(rows_.size());
    rows_.resize(table.row_count());
    std::iota(rows_.begin() + known, rows_.end(),
              static_cast<std::uint32_t>(known));
    std::stable_sort(rows_.begin() + known, rows_.end(), newer);
    std::inplace_merge(rows_.begin(), rows_.begin() + known, rows_.end(),
                       newer);
  }
  revision_ = table.revision();
  exact_ = exact;
  return rows_;
}

void RowOrder::Clear() {
  rows_.clear();
  revision_ = 0;
  exact_ = false;
}

}  // namespace precision
