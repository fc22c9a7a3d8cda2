// What the figures and the series share: reading by column name, and sums by
// currency.

#ifndef PRECISION_SRC_METRICS_READER_H_
#define PRECISION_SRC_METRICS_READER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "precision/metrics/figures.h"
#include "precision/table/table.h"

namespace precision {

// The column by its name, read with null for no value.  A table without the
// column has no values in it.
class Reader {
 public:
  Reader(const Table& table, std::string_view name) {
    if (const auto index = table.schema().Find(name)) {
      column_ = &table.column(*index);
    }
  }

  std::optional<std::int64_t> Int(std::size_t row) const {
    if (column_ == nullptr || column_->IsNull(row)) return std::nullopt;
    return column_->Int64(row);
  }
  bool IsTrue(std::size_t row) const { return Int(row).value_or(0) != 0; }

  std::string_view Text(std::size_t row) const {
    if (column_ == nullptr || column_->IsNull(row)) return {};
    return column_->Text(row);
  }

 private:
  const Column* column_ = nullptr;
};

Figure CountFigure(std::string_view name, std::uint64_t count = 0);
Figure MoneyFigure(std::string_view name);

// Amounts of rows without a currency are in no sum: nobody could say of what.
void Add(Figure& figure, std::string_view currency,
         std::optional<std::int64_t> minor);

// The most used currency first, then by name.
std::vector<Figure> Settled(std::vector<Figure> figures);

}  // namespace precision

#endif  // PRECISION_SRC_METRICS_READER_H_
