// Counts what was odd, by distinct rows.

#ifndef PRECISION_NORMALIZE_ISSUE_LOG_H_
#define PRECISION_NORMALIZE_ISSUE_LOG_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "precision/normalize/normalizer.h"

namespace precision {

// A bit a row.
class RowSet {
 public:
  // True when the row was not in the set.
  bool Insert(std::size_t row);
  // True when the row was in the set.
  bool Erase(std::size_t row);
  bool Contains(std::size_t row) const;
  std::size_t ByteSize() const { return bits_.capacity() * sizeof(bits_[0]); }

 private:
  std::vector<std::uint64_t> bits_;
};

class IssueLog {
 public:
  // `column` must outlive the log: schemas' names do.
  void Mark(TableId table, std::size_t row, std::string_view id, ErrorCode code,
            std::string_view column);
  void Unmark(TableId table, std::size_t row, std::string_view id,
              ErrorCode code, std::string_view column);
  // The row is about to be read anew.
  void Heal(TableId table, std::size_t row, std::string_view id);
  void Refuse(TableId table, ErrorCode code);
  void RefuseUnknown(std::string_view object);

  const RowIssues& issues() const { return issues_; }
  std::size_t ByteSize() const;

 private:
  void Forget(std::size_t count, std::size_t row, std::string_view id);
  void DropEmpty();
  std::size_t CountFor(TableId table, ErrorCode code, std::string_view column);

  RowIssues issues_;
  std::vector<RowSet> rows_;  // for each of issues_.counts
  std::array<RowSet, kTableCount> marked_;
};

}  // namespace precision

#endif  // PRECISION_NORMALIZE_ISSUE_LOG_H_
