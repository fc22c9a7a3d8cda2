#include "precision/table/column.h"

#include <cassert>
#include <limits>
#include <utility>

namespace precision {

namespace {

constexpr std::uint32_t kNullAddress = ~std::uint32_t{0};

bool FitsWord(std::int64_t value) {
  return value >= std::numeric_limits<std::int32_t>::min() &&
         value <= std::numeric_limits<std::int32_t>::max();
}

// Once this much is dead, and half of the pool, it is worth the copy.
constexpr std::size_t kWorthCompacting = 1 << 16;

template <typename From, typename To>
void Widen(Chunked<From>& from, Chunked<To>& to) {
  for (std::size_t i = 0; i < from.size(); ++i) {
    to.PushBack(static_cast<To>(from[i]));
  }
  from.Clear();
}

}  // namespace

Column::Column(ColumnType type)
    : type_(type),
      width_(type == ColumnType::kBool || type == ColumnType::kDictionary
                 ? Width::kByte
                 : Width::kWord) {}

std::uint32_t Column::Word(std::size_t row) const {
  return width_ == Width::kByte ? bytes_[row] : words_[row];
}

void Column::SetWord(std::size_t row, std::uint32_t word) {
  if (width_ == Width::kByte) {
    if (word <= 0xFF) {
      if (row == size_) {
        bytes_.PushBack(static_cast<std::uint8_t>(word));
        ++size_;
      } else {
        bytes_[row] = static_cast<std::uint8_t>(word);
      }
      return;
    }
    Widen(bytes_, words_);
    width_ = Width::kWord;
  }
  if (row == size_) {
    words_.PushBack(word);
    ++size_;
  } else {
    words_[row] = word;
  }
}

void Column::SetValid(std::size_t row, bool valid) {
  const std::uint64_t bit = std::uint64_t{1} << (row % 64);
  if (row / 64 == valid_.size()) return valid_.PushBack(valid ? bit : 0);
  if (valid) {
    valid_[row / 64] |= bit;
  } else {
    valid_[row / 64] &= ~bit;
  }
}

bool Column::IsNull(std::size_t row) const {
  assert(row < size_);
  if (IsText()) return words_[row] == kNullAddress;
  if (type_ == ColumnType::kDictionary) return Word(row) == 0;
  return (valid_[row / 64] >> (row % 64) & 1) == 0;
}

std::int64_t Column::Int64(std::size_t row) const {
  assert(!IsNull(row));
  switch (width_) {
    case Width::kByte:
      return bytes_[row];
    case Width::kWord:
      return static_cast<std::int32_t>(words_[row]);
    case Width::kWide:
      return wide_[row];
  }
  return 0;
}

std::string_view Column::Text(std::size_t row) const {
  assert(!IsNull(row));
  if (type_ == ColumnType::kDictionary) return DictionaryText(Code(row));
  return pool_.At(words_[row]);
}

std::size_t Column::DictionarySize() const { return dictionary_.size(); }

std::string_view Column::DictionaryText(std::uint32_t code) const {
  return pool_.At(dictionary_[code]);
}

std::uint32_t Column::Code(std::size_t row) const {
  assert(type_ == ColumnType::kDictionary && !IsNull(row));
  return Word(row) - 1;
}

void Column::SetNull(std::size_t row) {
  assert(row <= size_);
  if (row < size_ && IsNull(row)) return;
  if (IsText()) {
    SetWord(row, kNullAddress);
  } else if (type_ == ColumnType::kDictionary) {
    SetWord(row, 0);
  } else {
    SetValid(row, false);
    if (row != size_) return;
    if (width_ == Width::kWide) {
      wide_.PushBack(0);
      ++size_;
    } else {
      SetWord(row, 0);
    }
  }
}

void Column::SetInt64(std::size_t row, std::int64_t value) {
  assert(row <= size_ && !IsText() && type_ != ColumnType::kDictionary);
  SetValid(row, true);
  if (type_ == ColumnType::kBool) {
    SetWord(row, value != 0 ? 1 : 0);
    return;
  }
  if (width_ == Width::kWord) {
    if (FitsWord(value)) {
      SetWord(row, static_cast<std::uint32_t>(value));
      return;
    }
    for (std::size_t i = 0; i < words_.size(); ++i) {
      wide_.PushBack(static_cast<std::int32_t>(words_[i]));
    }
    words_.Clear();
    width_ = Width::kWide;
  }
  if (row == size_) {
    wide_.PushBack(value);
    ++size_;
  } else {
    wide_[row] = value;
  }
}

// Of a text of the dictionary, which it joins if need be.
std::uint32_t Column::CodeOf(std::string_view text) {
  const auto text_of = [this](std::uint32_t code) {
    return DictionaryText(code);
  };
  std::uint32_t code = dictionary_index_.Find(text, text_of);
  if (code == TextIndex::kNone) {
    code = static_cast<std::uint32_t>(dictionary_.size());
    dictionary_index_.Add(text, text_of);
    dictionary_.PushBack(pool_.Add(text));
  }
  return code;
}

void Column::SetText(std::size_t row, std::string_view text) {
  assert(row <= size_);
  if (type_ == ColumnType::kDictionary) {
    SetWord(row, CodeOf(text) + 1);
    return;
  }
  assert(IsText());
  if (row == size_ || words_[row] == kNullAddress) {
    SetWord(row, pool_.Add(text));
    return;
  }
  words_[row] = pool_.Set(words_[row], text);
  if (pool_.wasted() > kWorthCompacting &&
      pool_.wasted() * 2 > pool_.ByteSize()) {
    Compact();
  }
}

void Column::Append(const RowDraft& draft, std::size_t column) {
  const RowDraft::Kind kind = draft.kind(column);
  if (IsText()) {
    words_.PushBack(kind == RowDraft::Kind::kText
                        ? pool_.Add(draft.Text(column))
                        : kNullAddress);
    ++size_;
  } else if (type_ == ColumnType::kDictionary) {
    SetWord(size_,
            kind == RowDraft::Kind::kText ? CodeOf(draft.Text(column)) + 1 : 0);
  } else if (kind == RowDraft::Kind::kInt64) {
    SetInt64(size_, draft.Int64(column));
  } else {
    SetNull(size_);
  }
}

void Column::Update(std::size_t row, const RowDraft& draft,
                    std::size_t column) {
  switch (draft.kind(column)) {
    case RowDraft::Kind::kKeep:
      return;
    case RowDraft::Kind::kNull:
      return SetNull(row);
    case RowDraft::Kind::kInt64:
      return SetInt64(row, draft.Int64(column));
    case RowDraft::Kind::kText:
      return SetText(row, draft.Text(column));
  }
}

void Column::Compact() {
  TextPool pool;
  for (std::size_t row = 0; row < size_; ++row) {
    if (words_[row] != kNullAddress) {
      words_[row] = pool.Add(pool_.At(words_[row]));
    }
  }
  pool_ = std::move(pool);
}

std::size_t Column::ByteSize() const {
  return bytes_.ByteSize() + words_.ByteSize() + wide_.ByteSize() +
         valid_.ByteSize() + pool_.ByteSize() + dictionary_.ByteSize() +
         dictionary_index_.ByteSize();
}

void Column::Clear() { *this = Column(type_); }

}  // namespace precision
