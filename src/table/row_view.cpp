#include "precision/table/row_view.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <optional>
#include <string_view>
#include <utility>

namespace precision {

namespace {

// Bytes of the code point that begins with this one.
std::size_t PointSize(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  if (byte < 0xC0) return 1;
  return byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

// Takes the first code point of the texts off both, if `text` begins with
// either.
bool TakePoint(std::string_view& text, std::string_view& a,
               std::string_view& b) {
  const std::string_view one = a.substr(0, PointSize(a.front()));
  const std::string_view other =
      b.empty() ? one : b.substr(0, PointSize(b.front()));
  const bool is_one = text.starts_with(one);
  if (!is_one && !text.starts_with(other)) return false;
  text.remove_prefix(is_one ? one.size() : other.size());
  a.remove_prefix(one.size());
  if (!b.empty()) b.remove_prefix(other.size());
  return true;
}

// A code point of UTF-8 never begins inside another, so that looking at each
// byte finds whole ones only.
bool Contains(std::string_view text, const RowCondition& wanted) {
  if (wanted.text.empty()) return true;
  const char first = wanted.text.front();
  const char other =
      wanted.other_case.empty() ? first : wanted.other_case.front();
  for (; !text.empty(); text.remove_prefix(1)) {
    if (text.front() != first && text.front() != other) continue;
    std::string_view rest = text;
    std::string_view a = wanted.text;
    std::string_view b = wanted.other_case;
    while (!a.empty() && TakePoint(rest, a, b)) {
    }
    if (a.empty()) return true;
  }
  return false;
}

// Calls `each` with the parts of a text between separators.
template <typename Each>
void Split(std::string_view text, char separator, const Each& each) {
  for (;;) {
    const std::size_t end = text.find(separator);
    each(text.substr(0, end));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

bool Passes(std::string_view text, const RowCondition& condition) {
  if (condition.kind == RowCondition::Kind::kContains) {
    return Contains(text, condition);
  }
  bool found = false;
  Split(condition.text, '\n',
        [&](std::string_view line) { found = found || line == text; });
  return found;
}

// Marks the rows, by their place in `rows`, that pass for one column.
void Mark(const Column& column, const RowCondition& condition,
          std::span<const std::uint32_t> rows,
          std::vector<std::uint8_t>& passes) {
  const bool is_number = column.type() != ColumnType::kUtf8 &&
                         column.type() != ColumnType::kDecimal &&
                         column.type() != ColumnType::kDictionary;
  if (is_number != (condition.kind == RowCondition::Kind::kBetween)) return;
  // A dictionary's few texts are looked at once.
  std::vector<std::uint8_t> of_code;
  if (column.type() == ColumnType::kDictionary) {
    for (std::uint32_t i = 0; i < column.DictionarySize(); ++i) {
      of_code.push_back(Passes(column.DictionaryText(i), condition));
    }
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::uint32_t row = rows[i];
    if (passes[i] || column.IsNull(row)) continue;
    if (is_number) {
      const std::int64_t value = column.Int64(row);
      passes[i] = value >= condition.low && value <= condition.high;
    } else {
      passes[i] = of_code.empty() ? Passes(column.Text(row), condition)
                                  : of_code[column.Code(row)];
    }
  }
}

void Filter(const Table& table, const RowCondition& condition,
            std::vector<std::uint32_t>& rows) {
  std::vector<std::uint8_t> passes(rows.size());
  Split(condition.columns, ',', [&](std::string_view name) {
    if (const auto index = table.schema().Find(name)) {
      Mark(table.column(*index), condition, rows, passes);
    }
  });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (passes[i]) rows[kept++] = rows[i];
  }
  rows.resize(kept);
}

// Both are in order; from the end, so that rows before the first of the new
// ones are not touched.
template <typename Precedes>
void Merge(std::vector<std::uint32_t>& rows,
           std::span<const std::uint32_t> fresh, const Precedes& precedes) {
  std::size_t old = rows.size();
  rows.resize(old + fresh.size());
  for (std::size_t to = rows.size(); !fresh.empty();) {
    if (old > 0 && precedes(fresh.back(), rows[old - 1])) {
      rows[--to] = rows[--old];
    } else {
      rows[--to] = fresh.back();
      fresh = fresh.first(fresh.size() - 1);
    }
  }
}

}  // namespace

void RowView::Set(RowViewSpec spec) {
  if (spec == spec_) return;
  spec_ = std::move(spec);
  rows_.clear();
  seen_ = 0;
  revision_ = ~std::uint64_t{0};
}

std::span<const std::uint32_t> RowView::Rows(const Table& table, bool exact) {
  const bool stale = revision_ != table.revision() || (exact && !exact_);
  if (!stale) return rows_;
  if (exact || seen_ > table.row_count()) {
    rows_.clear();
    seen_ = 0;
  }
  std::vector<std::uint32_t> fresh(table.row_count() - seen_);
  std::iota(fresh.begin(), fresh.end(), static_cast<std::uint32_t>(seen_));
  for (const RowCondition& condition : spec_.conditions) {
    Filter(table, condition, fresh);
  }
  const std::optional<std::size_t> sort = table.schema().Find(spec_.sort);
  if (sort) SortRows(table, *sort, spec_.descending, fresh);
  if (rows_.empty()) {
    rows_ = std::move(fresh);
  } else {
    Merge(rows_, fresh, [&](std::uint32_t a, std::uint32_t b) {
      return sort && Precedes(table.column(*sort), spec_.descending, a, b);
    });
  }
  seen_ = table.row_count();
  revision_ = table.revision();
  exact_ = exact;
  return rows_;
}

}  // namespace precision
