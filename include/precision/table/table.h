// Named columns of equal length, one row an object, rows unique by id.

#ifndef PRECISION_TABLE_TABLE_H_
#define PRECISION_TABLE_TABLE_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "precision/table/column.h"
#include "precision/table/row_draft.h"
#include "precision/table/schema.h"
#include "precision/table/text_index.h"

namespace precision {

class Table {
 public:
  explicit Table(const Schema& schema);

  const Schema& schema() const;
  std::size_t row_count() const;
  const Column& column(std::size_t index) const;
  Column& column(std::size_t index);

  // The row of `id`, made if it is not there yet, with no value but its id.
  // Second is true for a new row.
  // REQUIRES: the schema's first column is the id, kUtf8.
  std::pair<std::size_t, bool> RowFor(std::string_view id);
  std::optional<std::size_t> FindRow(const std::string_view& id) const;
  // `hash` is HashText(id), for those who need it twice.
  std::optional<std::size_t> FindRow(const std::string_view& id,
                                     std::uint64_t hash) const;
  // A new row of that id.  REQUIRES: there is none yet; the draft's column 0 is
  // to be kept.
  std::size_t Append(const std::string_view& id, std::uint64_t hash,
                     const RowDraft& draft);
  // What the draft sets, in a row that is there.
  void Update(std::size_t row, const RowDraft& draft);

  // Grows with every change; lets a reader know that its order is stale.
  std::uint64_t revision() const;
  std::size_t ByteSize() const;
  void Clear();

 private:
  Schema schema_;
  std::vector<Column> columns_;
  TextIndex ids_;  // the texts are the id column's
  std::uint64_t revision_ = 0;
};

// Puts row numbers of `table` into the order of `column`, rows without a value
// last, equal rows as they were.  Texts are ordered by their bytes, A to Z and
// a to z alike; decimals by their value.
void SortRows(const Table& table, std::size_t column, bool descending,
              std::vector<std::uint32_t>& rows);

// Whether row `a` comes before row `b` in that order.
bool Precedes(const Column& column, bool descending, std::uint32_t a,
              std::uint32_t b);

}  // namespace precision

#endif  // PRECISION_TABLE_TABLE_H_
