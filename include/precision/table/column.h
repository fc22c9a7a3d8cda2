// One typed column with validity.  Cells can be overwritten (a newer reading
// of the same object replaces the row); text of an overwritten cell stays in
// the byte buffer until Compact().

#ifndef PRECISION_TABLE_COLUMN_H_
#define PRECISION_TABLE_COLUMN_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "precision/table/schema.h"

namespace precision {

class Column {
 public:
  explicit Column(ColumnType type) : type_(type) {}

  ColumnType type() const { return type_; }
  std::size_t size() const { return size_; }

  bool IsNull(std::size_t row) const;
  // REQUIRES: type is kInt64, kMoney, kTimestamp or kBool; not null.
  std::int64_t Int64(std::size_t row) const;
  // REQUIRES: type is kUtf8, kDecimal or kDictionary; not null.  The view
  // dies with the next change of the column.
  std::string_view Text(std::size_t row) const;

  // kDictionary: the distinct strings, and each row's index into them.
  std::size_t DictionarySize() const;
  std::string_view DictionaryText(std::uint32_t code) const;
  std::uint32_t Code(std::size_t row) const;

  // Write at `row`, or append when row == size().  REQUIRES: row <= size().
  void SetNull(std::size_t row);
  void SetInt64(std::size_t row, std::int64_t value);
  void SetText(std::size_t row, std::string_view text);

  std::size_t ByteSize() const;
};

}  // namespace precision

#endif  // PRECISION_TABLE_COLUMN_H_
