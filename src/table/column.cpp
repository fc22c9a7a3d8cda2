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

// Nulls for the rows before this one, which is written next.
void Column::FillTo(std::size_t row) {
  while (size_ < row) {
    if (width_ == Width::kWide) {
      wide_.PushBack(0);
      ++size_;
    } else {
      SetWord(size_, IsText() ? kNullAddress : 0);
    }
  }
}

void Column::SetValid(std::size_t row) {
  while (valid_.size() <= row / 64) valid_.PushBack(0);
  valid_[row / 64] |= std::uint64_t{1} << (row % 64);
}

bool Column::IsNull(std::size_t row) const {
  if (row >= size_) return true;
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
  if (IsNull(row)) return;
  if (IsText()) {
    words_[row] = kNullAddress;
  } else if (type_ == ColumnType::kDictionary) {
    SetWord(row, 0);
  } else {
    valid_[row / 64] &= ~(std::uint64_t{1} << (row % 64));
  }
}

void Column::SetInt64(std::size_t row, std::int64_t value) {
  assert(!IsText() && type_ != ColumnType::kDictionary);
  FillTo(row);
  SetValid(row);
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
std::uint32_t Column::CodeOf(const std::string_view& text) {
  const std::uint32_t code = dictionary_index_.FindOrAdd(
      text, [this](std::uint32_t at) { return DictionaryText(at); });
  if (code == dictionary_.size()) {
    dictionary_.PushBack(pool_.Add(text));
  } else {
    ++shared_;
  }
  return code;
}

// As CodeOf(), for texts of which few are in turn: each is found without
// looking for it where it was the last of its size and end.
std::uint32_t Column::RecentCodeOf(const std::string_view& text) {
  if (text.empty()) return CodeOf(text);
  Recent& recent =
      recent_[(text.size() * 3 + static_cast<unsigned char>(text.back())) %
              recent_.size()];
  if (!IsSameText(recent.text, text)) {
    recent.code = CodeOf(text);
    recent.text = DictionaryText(recent.code);
  }
  return recent.code;
}

// Of a text of the pool, which it joins if need be.
std::uint32_t Column::AddressOf(const std::string_view& text) {
  if (!shares_) return pool_.Add(text);
  const std::uint32_t address = dictionary_[CodeOf(text)];
  if (dictionary_.size() == kTrial && shared_ < kTrial / 8) {
    shares_ = false;
    dictionary_.Clear();
    dictionary_index_.Clear();
  }
  return address;
}

void Column::SetText(std::size_t row, const std::string_view& text) {
  FillTo(row);
  if (type_ == ColumnType::kDictionary) {
    SetWord(row, RecentCodeOf(text) + 1);
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

void Column::Update(std::size_t row, const RowDraft& draft,
                    std::size_t column) {
  // The way of most: a value behind the last.
  switch (draft.kind(column)) {
    case RowDraft::Kind::kKeep:
      return;
    case RowDraft::Kind::kNull:
      return SetNull(row);
    case RowDraft::Kind::kInt64: {
      const std::int64_t value = draft.Int64(column);
      if (row != size_ || width_ == Width::kWide || !FitsWord(value)) {
        return SetInt64(row, value);
      }
      SetValid(row);
      if (width_ == Width::kByte) {
        bytes_.PushBack(value != 0 ? 1 : 0);
      } else {
        words_.PushBack(static_cast<std::uint32_t>(value));
      }
      ++size_;
      return;
    }
    case RowDraft::Kind::kText: {
      const std::string_view text = draft.Text(column);
      if (row != size_) return SetText(row, text);
      if (type_ != ColumnType::kDictionary) {
        words_.PushBack(AddressOf(text));
        ++size_;
        return;
      }
      const std::uint32_t word = RecentCodeOf(text) + 1;
      if (width_ != Width::kByte || word > 0xFF) return SetWord(row, word);
      bytes_.PushBack(static_cast<std::uint8_t>(word));
      ++size_;
      return;
    }
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
