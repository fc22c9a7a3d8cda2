#include "normalize/issue_log.h"

#include <algorithm>
#include <cstddef>
#include <string>

namespace precision {

namespace {

constexpr std::size_t kMaxExamples = 5;
// Names of unknown types come from the data: keep no more than this many.
constexpr std::size_t kMaxUnknownTypes = 50;
constexpr std::size_t kMaxTypeName = 100;

}  // namespace

bool RowSet::Insert(std::size_t row) {
  if (row / 64 >= bits_.size()) bits_.resize(row / 64 + 1, 0);
  const std::uint64_t bit = std::uint64_t{1} << (row % 64);
  const bool fresh = (bits_[row / 64] & bit) == 0;
  bits_[row / 64] |= bit;
  return fresh;
}

bool RowSet::Contains(std::size_t row) const {
  return row / 64 < bits_.size() && (bits_[row / 64] >> (row % 64) & 1) != 0;
}

bool RowSet::Erase(std::size_t row) {
  if (!Contains(row)) return false;
  bits_[row / 64] &= ~(std::uint64_t{1} << (row % 64));
  return true;
}

std::size_t IssueLog::CountFor(TableId table, ErrorCode code,
                               std::string_view column) {
  for (std::size_t i = 0; i < issues_.counts.size(); ++i) {
    const RowIssues::Count& count = issues_.counts[i];
    if (count.table == table && count.code == code && count.column == column) {
      return i;
    }
  }
  issues_.counts.push_back({table, code, column, 0, {}});
  rows_.emplace_back();
  return issues_.counts.size() - 1;
}

void IssueLog::Mark(TableId table, std::size_t row, std::string_view id,
                    ErrorCode code, std::string_view column) {
  const std::size_t at = CountFor(table, code, column);
  if (!rows_[at].Insert(row)) return;
  RowIssues::Count& count = issues_.counts[at];
  ++count.count;
  if (count.example_ids.size() < kMaxExamples) {
    count.example_ids.emplace_back(id);
  }
  if (marked_[static_cast<std::size_t>(table)].Insert(row)) {
    ++issues_.marked_rows;
  }
}

void IssueLog::Heal(TableId table, std::size_t row, std::string_view id) {
  if (!marked_[static_cast<std::size_t>(table)].Erase(row)) return;
  --issues_.marked_rows;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (issues_.counts[i].table == table) Forget(i, row, id);
  }
  DropEmpty();
}

void IssueLog::Unmark(TableId table, std::size_t row, std::string_view id,
                      ErrorCode code, std::string_view column) {
  RowSet& marked = marked_[static_cast<std::size_t>(table)];
  if (!marked.Contains(row)) return;
  bool still = false;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    const RowIssues::Count& count = issues_.counts[i];
    if (count.table != table) continue;
    if (count.code == code && count.column == column) Forget(i, row, id);
    still = still || rows_[i].Contains(row);
  }
  DropEmpty();
  if (still) return;
  marked.Erase(row);
  --issues_.marked_rows;
}

void IssueLog::Forget(std::size_t at, std::size_t row, std::string_view id) {
  if (!rows_[at].Erase(row)) return;
  RowIssues::Count& count = issues_.counts[at];
  --count.count;
  std::erase_if(count.example_ids,
                [id](const std::string& example) { return example == id; });
}

// Nobody is to be told of 0 rows.
void IssueLog::DropEmpty() {
  for (std::size_t i = rows_.size(); i-- > 0;) {
    if (issues_.counts[i].count > 0) continue;
    const auto at = static_cast<std::ptrdiff_t>(i);
    issues_.counts.erase(issues_.counts.begin() + at);
    rows_.erase(rows_.begin() + at);
  }
}

void IssueLog::Refuse(TableId table, ErrorCode code) {
  ++issues_.counts[CountFor(table, code, {})].count;
  ++issues_.refused_rows;
}

void IssueLog::RefuseUnknown(std::string_view object) {
  ++issues_.refused_rows;
  const std::string name(object.substr(0, kMaxTypeName));
  const auto found = issues_.unknown_objects.find(name);
  if (found != issues_.unknown_objects.end()) {
    ++found->second;
  } else if (issues_.unknown_objects.size() < kMaxUnknownTypes) {
    issues_.unknown_objects.emplace(name, 1);
  }
}

std::size_t IssueLog::ByteSize() const {
  std::size_t bytes = 0;
  for (const RowSet& rows : rows_) bytes += rows.ByteSize();
  for (const RowSet& rows : marked_) bytes += rows.ByteSize();
  return bytes;
}

}  // namespace precision
