// Which rows of a table are looked at and in which order: a filter and a sort,
// kept while the table grows.

#ifndef PRECISION_TABLE_ROW_VIEW_H_
#define PRECISION_TABLE_ROW_VIEW_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "precision/table/table.h"

namespace precision {

struct RowCondition {
  enum class Kind : std::uint8_t {
    kContains,  // the text of one of the columns has `text` in it
    kIsOneOf,   // it is one of the lines of `text`; dictionaries only
    kBetween,   // the number is `low`, `high` or between them
  };
  Kind kind = Kind::kContains;
  std::string columns = {};  // their names, with commas between
  std::string text = {};
  // kContains: `text` in the other case, code point for code point, so that a
  // text fits in either; a code point with no other case stands here too.
  std::string other_case = {};
  std::int64_t low = 0;
  std::int64_t high = 0;

  friend bool operator==(const RowCondition&, const RowCondition&) = default;
};

// A row without a value in the column of a condition does not pass it, and
// neither does one of a table without the column.
struct RowViewSpec {
  std::vector<RowCondition> conditions = {};  // all must hold
  std::string sort = "created";  // a column; as they came without it
  bool descending = true;

  friend bool operator==(const RowViewSpec&, const RowViewSpec&) = default;
};

class RowView {
 public:
  void Set(RowViewSpec spec);

  // Row numbers; valid until the next call.  New rows are filtered, sorted and
  // merged in, which is cheap while pages arrive; `exact` does everything once
  // more, for when the pull has settled and rows may have been corrected.
  std::span<const std::uint32_t> Rows(const Table& table, bool exact);

 private:
  RowViewSpec spec_;
  std::vector<std::uint32_t> rows_;
  std::size_t seen_ = 0;  // rows of the table that were looked at
  std::uint64_t revision_ = 0;
  bool exact_ = false;
};

}  // namespace precision

#endif  // PRECISION_TABLE_ROW_VIEW_H_
