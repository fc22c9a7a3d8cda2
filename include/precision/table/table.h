// Named columns of equal length, one row an object, rows unique by id.

#ifndef PRECISION_TABLE_TABLE_H_
#define PRECISION_TABLE_TABLE_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "precision/table/column.h"
#include "precision/table/schema.h"

namespace precision {

class Table {
 public:
  explicit Table(const Schema& schema);

  const Schema& schema() const;
  std::size_t row_count() const;
  const Column& column(std::size_t index) const;
  Column& column(std::size_t index);

  // The row of `id`, made if it is not there yet (then the caller fills every
  // column).  Second is true for a new row.
  std::pair<std::size_t, bool> RowFor(std::string_view id);
  std::optional<std::size_t> FindRow(std::string_view id) const;

  // Grows with every change; lets a reader know that its order is stale.
  std::uint64_t revision() const;
  std::size_t ByteSize() const;
  void Clear();
};

// Row numbers of `table` in the order of `column`, rows without a value last,
// equal rows by row number.
std::vector<std::uint32_t> SortedRows(const Table& table, std::size_t column,
                                      bool descending);

}  // namespace precision

#endif  // PRECISION_TABLE_TABLE_H_
