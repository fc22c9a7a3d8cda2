// The rows of a table newest first, kept while the table grows.

#ifndef PRECISION_SRC_SESSION_ROW_ORDER_H_
#define PRECISION_SRC_SESSION_ROW_ORDER_H_

#include <cstdint>
#include <span>
#include <vector>

#include "precision/table/table.h"

namespace precision {

class RowOrder {
 public:
  // New rows are sorted and merged in, which is cheap while pages arrive;
  // `exact` sorts everything once more, for when the pull has settled and a
  // row's `created` may have been corrected.
  std::span<const std::uint32_t> NewestFirst(const Table& table, bool exact);

  void Clear();

 private:
  std::vector<std::uint32_t> rows_;
  std::uint64_t revision_ = 0;
  bool exact_ = false;
};

}  // namespace precision

#endif  // PRECISION_SRC_SESSION_ROW_ORDER_H_
