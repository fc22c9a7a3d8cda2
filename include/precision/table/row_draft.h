// The cells of one row before they are in a table, so that each column is
// written once, in turn.

#ifndef PRECISION_TABLE_ROW_DRAFT_H_
#define PRECISION_TABLE_ROW_DRAFT_H_

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace precision {

class RowDraft {
 public:
  static constexpr std::size_t kMaxColumns = 64;

  enum class Kind : std::uint8_t {
    kKeep,  // as it is in the table; null in a new row
    kNull,
    kInt64,
    kText,
  };

  Kind kind(std::size_t column) const { return kinds_[column]; }
  // REQUIRES: kind is kInt64.
  std::int64_t Int64(std::size_t column) const {
    assert(kind(column) == Kind::kInt64);
    return values_[column].number;
  }
  // REQUIRES: kind is kText.
  std::string_view Text(std::size_t column) const {
    assert(kind(column) == Kind::kText);
    return {values_[column].text, sizes_[column]};
  }

  void SetNull(std::size_t column) { kinds_[column] = Kind::kNull; }
  void SetInt64(std::size_t column, std::int64_t value) {
    kinds_[column] = Kind::kInt64;
    values_[column].number = value;
  }
  // The text must outlive the draft.
  void SetText(std::size_t column, std::string_view text) {
    kinds_[column] = Kind::kText;
    values_[column].text = text.data();
    sizes_[column] = static_cast<std::uint32_t>(text.size());
  }

 private:
  union Value {
    std::int64_t number;
    const char* text;
  };

  std::array<Kind, kMaxColumns> kinds_{};
  // Set where the kind says so.
  std::array<Value, kMaxColumns> values_;
  std::array<std::uint32_t, kMaxColumns> sizes_;
};

}  // namespace precision

#endif  // PRECISION_TABLE_ROW_DRAFT_H_
