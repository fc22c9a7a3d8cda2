// The cells of one row before they are in a table, so that each column is
// written once, in turn.

#ifndef PRECISION_TABLE_ROW_DRAFT_H_
#define PRECISION_TABLE_ROW_DRAFT_H_

#include <array>
#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace precision {

class RowDraft {
 public:
  static constexpr std::size_t kMaxColumns = 64;

  enum class Kind : std::uint8_t {
    kKeep = 0,  // as it is in the table; null in a new row
    kNull = 1,
    kInt64 = 2,
    kText = 3,
  };

  Kind kind(std::size_t column) const { return kinds_[column]; }

  // Calls `use(column)` for each column that is not to be kept.
  template <typename Use>
  void EachWritten(const Use& use) const {
    EachOf(0x0303030303030303, use);
  }
  // The same of those that have a value.
  template <typename Use>
  void EachWithValue(const Use& use) const {
    EachOf(0x0202020202020202, use);
  }
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
  static_assert(std::endian::native == std::endian::little);

  // Eight kinds at a time: a table has many columns, and a row few values.
  template <typename Use>
  void EachOf(std::uint64_t wanted, const Use& use) const {
    for (std::size_t first = 0; first < kMaxColumns; first += 8) {
      std::uint64_t kinds = 0;
      std::memcpy(&kinds, kinds_.data() + first, 8);
      for (kinds &= wanted; kinds != 0;) {
        const int at = std::countr_zero(kinds) / 8;
        use(first + static_cast<std::size_t>(at));
        kinds &= ~(std::uint64_t{0xFF} << (at * 8));
      }
    }
  }

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
