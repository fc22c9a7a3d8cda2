// One typed column with validity.  Cells can be overwritten (a newer reading
// of the same object replaces the row).  Storage is as narrow as the values
// allow: codes of one, two or four bytes, integers of four until one needs
// eight, texts behind 32-bit addresses; growth copies nothing.  Where texts
// are said to repeat each is kept once, as long as they do.

#ifndef PRECISION_TABLE_COLUMN_H_
#define PRECISION_TABLE_COLUMN_H_

#include <array>
#include <cstdint>
#include <string_view>

#include "precision/table/chunked.h"
#include "precision/table/row_draft.h"
#include "precision/table/schema.h"
#include "precision/table/text_index.h"
#include "precision/table/text_pool.h"

namespace precision {

class Column {
 public:
  // `repeats`: of kUtf8, as in ColumnSchema.
  explicit Column(ColumnType type, bool repeats = false);

  ColumnType type() const { return type_; }
  // Rows up to the last that was written; what is behind them is null.
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

  // Rows that are passed over are null.
  void SetNull(std::size_t row);
  void SetInt64(std::size_t row, std::int64_t value);
  void SetText(std::size_t row, const std::string_view& text);
  // The same of a draft's cell.
  void Update(std::size_t row, const RowDraft& draft, std::size_t column);

  std::size_t ByteSize() const;
  void Clear();

 private:
  bool IsText() const {
    return type_ == ColumnType::kUtf8 || type_ == ColumnType::kDecimal;
  }
  void SetWord(std::size_t row, std::uint32_t word);
  std::uint32_t Word(std::size_t row) const;
  void SetValid(std::size_t row);
  void FillTo(std::size_t row);
  std::uint32_t CodeOf(const std::string_view& text);
  std::uint32_t RecentCodeOf(const std::string_view& text);
  std::uint32_t AddressOf(const std::string_view& text);
  void Compact();

  ColumnType type_;
  std::size_t size_ = 0;

  // Exactly one of the three holds the cells, by the widest value so far:
  // kBool and kDictionary start in bytes_, all else in words_.
  enum class Width : std::uint8_t { kByte, kWord, kWide };
  Width width_;
  Chunked<std::uint8_t> bytes_;
  Chunked<std::uint32_t> words_;
  Chunked<std::int64_t> wide_;

  // Integers only; a bit a row.  Texts and codes have a value for null.
  Chunked<std::uint64_t> valid_;

  TextPool pool_;  // texts of kUtf8 and kDecimal; dictionary of kDictionary
  // Address of each distinct text: of kDictionary, and where texts repeat.
  Chunked<std::uint32_t> dictionary_;
  TextIndex dictionary_index_;
  struct Recent {
    std::string_view text;  // of the pool
    std::uint32_t code = 0;
  };
  std::array<Recent, 8> recent_;  // of kDictionary
  bool repeats_;
  bool shares_;               // still looks for texts that are there already
  std::uint32_t shared_ = 0;  // texts that were
};

}  // namespace precision

#endif  // PRECISION_TABLE_COLUMN_H_
