// Finds a text's number.  Open addressing over 32-bit slots; the texts
// themselves stay where the caller keeps them, so a million ids cost a few
// bytes each here.

#ifndef PRECISION_TABLE_TEXT_INDEX_H_
#define PRECISION_TABLE_TEXT_INDEX_H_

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace precision {

// Spreads well over all bits; not for adversaries.
[[gnu::noinline]] inline std::uint64_t HashText(const std::string_view& text) {
  constexpr std::uint64_t kMultiplier = 0x9E3779B97F4A7C15;
  const char* at = text.data();
  const std::size_t size = text.size();
  // Copies of a fixed size, overlapping at the end: one of a size that is not
  // known costs a call, in WebAssembly a dear one.
  const auto word = [at](std::size_t i) {
    std::uint64_t value = 0;
    std::memcpy(&value, at + i, 8);
    return value;
  };
  const auto half = [at](std::size_t i) {
    std::uint32_t value = 0;
    std::memcpy(&value, at + i, 4);
    return std::uint64_t{value};
  };
  const auto mix = [](std::uint64_t hash, std::uint64_t value) {
    hash = (hash ^ value) * kMultiplier;
    return hash ^ (hash >> 29);
  };
  std::uint64_t hash = size * kMultiplier;
  if (size >= 8) {
    for (std::size_t i = 0; i + 8 < size; i += 8) hash = mix(hash, word(i));
    hash = mix(hash, word(size - 8));
  } else if (size >= 4) {
    hash = mix(hash, half(0) << 32 | half(size - 4));
  } else {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < size; ++i) {
      value = value << 8 | static_cast<unsigned char>(at[i]);
    }
    hash = mix(hash, value);
  }
  hash *= 0xBF58476D1CE4E5B9;
  return hash ^ (hash >> 32);
}

// As ==, without the call that takes a byte at a time in WebAssembly.
// Here and wherever a row's texts pass, views go by reference: in WebAssembly
// one that goes by value is copied through memory, all eight bytes right after
// they were written as two halves, for which a processor has to wait.
[[gnu::noinline]] inline bool IsSameText(const std::string_view& a,
                                         const std::string_view& b) {
  const std::size_t size = a.size();
  if (size != b.size()) return false;
  const auto differ = [&]<typename Word>(std::size_t i, Word) {
    Word one;
    Word other;
    std::memcpy(&one, a.data() + i, sizeof(Word));
    std::memcpy(&other, b.data() + i, sizeof(Word));
    return one != other;
  };
  if (size >= 8) {
    for (std::size_t i = 0; i + 8 < size; i += 8) {
      if (differ(i, std::uint64_t{})) return false;
    }
    return !differ(size - 8, std::uint64_t{});
  }
  if (size >= 4) {
    return !differ(0, std::uint32_t{}) && !differ(size - 4, std::uint32_t{});
  }
  for (std::size_t i = 0; i < size; ++i) {
    if (a[i] != b[i]) return false;
  }
  return true;
}

class TextIndex {
 public:
  // A slot has room for this many numbers.
  static constexpr std::uint32_t kMaxCount = (std::uint32_t{1} << 26) - 2;
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};

  // `text_of(number)` gives back each text added so far; `hash` is HashText()
  // of the text.
  template <typename TextOf>
  std::uint32_t Find(std::uint64_t hash, const std::string_view& text,
                     const TextOf& text_of) const {
    if (slots_.empty()) return kNone;
    const std::uint32_t tag = TagOf(hash);
    for (std::size_t at = hash & mask_;; at = (at + 1) & mask_) {
      const std::uint32_t slot = slots_[at];
      if (slot == 0) return kNone;
      // The tag spares nearly all looks at other texts.
      if ((slot & kTagMask) != tag) continue;
      const std::uint32_t number = (slot & kNumberMask) - 1;
      if (IsSameText(text_of(number), text)) return number;
    }
  }

  // REQUIRES: the text is not there yet; numbers count up from 0; text_of gives
  // every text before this one.
  template <typename TextOf>
  void Add(std::uint64_t hash, const TextOf& text_of) {
    assert(count_ < kMaxCount);
    if ((count_ + 1) * 10 > slots_.size() * 7) Grow(text_of);
    Place(hash, static_cast<std::uint32_t>(count_));
    ++count_;
  }

  // The text's number, which is count() before when it was not there yet.
  template <typename TextOf>
  std::uint32_t FindOrAdd(const std::string_view& text, const TextOf& text_of) {
    const std::uint64_t hash = HashText(text);
    std::uint32_t number = Find(hash, text, text_of);
    if (number == kNone) {
      number = static_cast<std::uint32_t>(count_);
      Add(hash, text_of);
    }
    return number;
  }

  std::size_t count() const { return count_; }
  std::size_t ByteSize() const { return slots_.capacity() * sizeof(slots_[0]); }
  void Clear() {
    slots_ = std::vector<std::uint32_t>();
    count_ = 0;
    mask_ = 0;
  }

 private:
  static constexpr std::uint32_t kNumberMask = (std::uint32_t{1} << 26) - 1;
  static constexpr std::uint32_t kTagMask = ~kNumberMask;
  static constexpr std::size_t kSmall = 16384;

  static std::uint32_t TagOf(std::uint64_t hash) {
    return static_cast<std::uint32_t>(hash >> 32) & kTagMask;
  }

  void Place(std::uint64_t hash, std::uint32_t number) {
    std::size_t at = hash & mask_;
    while (slots_[at] != 0) at = (at + 1) & mask_;
    slots_[at] = TagOf(hash) | (number + 1);
  }

  template <typename TextOf>
  [[gnu::noinline]] void Grow(const TextOf& text_of) {
    // By more while that is little memory: each text is hashed again.
    const std::size_t size = slots_.empty()           ? 16
                             : slots_.size() < kSmall ? slots_.size() * 4
                                                      : slots_.size() * 2;
    // Given back before the larger one is asked for, which "= {}" does not.
    slots_ = std::vector<std::uint32_t>();
    slots_.resize(size, 0);
    mask_ = size - 1;
    for (std::size_t number = 0; number < count_; ++number) {
      const auto n = static_cast<std::uint32_t>(number);
      Place(HashText(text_of(n)), n);
    }
  }

  std::vector<std::uint32_t> slots_;  // six bits of the hash, number + 1
  std::size_t mask_ = 0;
  std::size_t count_ = 0;
};

}  // namespace precision

#endif  // PRECISION_TABLE_TEXT_INDEX_H_
