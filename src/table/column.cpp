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

// Once so many texts are distinct, and less than an eighth as many were there
// before, the index takes more room than it saves.
constexpr std::uint32_t kTrial = 1 << 17;

template <typename From, typename To>
void Widen(Chunked<From>& from, Chunked<To>& to) {
  for (std::size_t i = 0; i < from.size(); ++i) {
    to.PushBack(static_cast<To>(from[i]));
  }
  from.Clear();
}

}  // namespace

Column::Column(ColumnType type, bool repeats)
    : type_(type),
      width_(type == ColumnType::kBool || type == ColumnType::kDictionary
                 ? Width::kByte
                 : Width::kWord),
      repeats_(repeats),
      shares_(repeats) {
  assert(!repeats || type == ColumnType::kUtf8);
}

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
  const std::uint32_t code = dictionary_index_.FindOrAdd(
      text, [this](std::uint32_t at) { return DictionaryText(at); });
  if (code == dictionary_.size()) {
    dictionary_.PushBack(pool_.Add(text));
  } else {
    ++shared_;
  }
  return code;
}

// Of a text of the pool, which it joins if need be.
std::uint32_t Column::AddressOf(std::string_view text) {
  if (!shares_) return pool_.Add(text);
  const std::uint32_t address = dictionary_[CodeOf(text)];
  if (dictionary_.size() == kTrial && shared_ < kTrial / 8) {
    shares_ = false;
    dictionary_.Clear();
    dictionary_index_.Clear();
  }
  return address;
}

void Column::SetText(std::size_t row, std::string_view text) {
  assert(row <= size_);
  if (type_ == ColumnType::kDictionary) {
    SetWord(row, CodeOf(text) + 1);
    return;
  }
  assert(IsText());
  if (row == size_ || words_[row] == kNullAddress) {
    SetWord(row, AddressOf(text));
    return;
  }
  if (pool_.At(words_[row]) == text) return;
  pool_.Drop(words_[row]);
  words_[row] = AddressOf(text);
  if (pool_.wasted() > kWorthCompacting &&
      pool_.wasted() * 2 > pool_.ByteSize()) {
    Compact();
  }
}

void Column::Append(const RowDraft& draft, std::size_t column) {
  const RowDraft::Kind kind = draft.kind(column);
  if (IsText()) {
    words_.PushBack(kind == RowDraft::Kind::kText
                        ? AddressOf(draft.Text(column))
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
  const TextPool before = std::exchange(pool_, TextPool());
  dictionary_.Clear();
  dictionary_index_.Clear();
  for (std::size_t row = 0; row < size_; ++row) {
    if (words_[row] != kNullAddress) {
      words_[row] = AddressOf(before.At(words_[row]));
    }
  }
}

std::size_t Column::ByteSize() const {
  return bytes_.ByteSize() + words_.ByteSize() + wide_.ByteSize() +
         valid_.ByteSize() + pool_.ByteSize() + dictionary_.ByteSize() +
         dictionary_index_.ByteSize();
}

void Column::Clear() { *this = Column(type_, repeats_); }

}  // namespace precision
