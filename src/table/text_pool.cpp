#include "precision/table/text_pool.h"

#include <cassert>
#include <cstring>
#include <utility>

namespace precision {

namespace {

// Bytes that the length of a text takes.
std::size_t HeaderSize(std::size_t length) {
  std::size_t size = 1;
  for (; length >= 0x80; length >>= 7) ++size;
  return size;
}

// memcpy(), but for a short text without the call that it is where the size is
// not known: in WebAssembly a dear one.
void Copy(char* to, const std::string_view& text) {
  const char* from = text.data();
  const std::size_t size = text.size();
  if (size > 64) {
    std::memcpy(to, from, size);
  } else if (size >= 16) {
    for (std::size_t i = 0; i + 16 < size; i += 16) {
      std::memcpy(to + i, from + i, 16);
    }
    std::memcpy(to + size - 16, from + size - 16, 16);
  } else if (size >= 8) {
    std::memcpy(to, from, 8);
    std::memcpy(to + size - 8, from + size - 8, 8);
  } else if (size >= 4) {
    std::memcpy(to, from, 4);
    std::memcpy(to + size - 4, from + size - 4, 4);
  } else {
    for (std::size_t i = 0; i < size; ++i) to[i] = from[i];
  }
}

[[clang::minsize]] void Write(char* at, const std::string_view& text) {
  std::size_t length = text.size();
  for (; length >= 0x80; length >>= 7) {
    *at++ = static_cast<char>(static_cast<unsigned char>(length | 0x80));
  }
  *at++ = static_cast<char>(length);
  std::memcpy(at, text.data(), text.size());
}

}  // namespace

std::uint32_t TextPool::Add(const std::string_view& text) {
  if (text.size() < 0x80 && text.size() < free_) {
    const auto offset = static_cast<std::uint32_t>(kBlock - free_);
    char* at = last_ + offset;
    *at = static_cast<char>(text.size());
    Copy(at + 1, text);
    free_ -= text.size() + 1;
    return (static_cast<std::uint32_t>(blocks_.size() - 1) << kShift) + offset;
  }
  return AddLarge(text);
}

// What is long, or needs a new block.
[[gnu::noinline, clang::minsize]] std::uint32_t TextPool::AddLarge(
    const std::string_view& text) {
  const std::size_t need = HeaderSize(text.size()) + text.size();
  if (need > free_) {
    const std::size_t run = need <= kBlock ? 1 : (need + kBlock - 1) >> kShift;
    assert(blocks_.size() + run <= (std::size_t{1} << (32 - kShift)));
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(run << kShift));
    char* begin = blocks_.back().get();
    last_ = begin;
    const auto first = static_cast<std::uint32_t>(blocks_.size() - 1);
    blocks_.resize(blocks_.size() + run - 1);
    bytes_ += run << kShift;
    Write(begin, text);
    // What is left of a run is reached through its first block only.
    free_ = run == 1 ? kBlock - need : 0;
    return first << kShift;
  }
  const auto offset = static_cast<std::uint32_t>(kBlock - free_);
  Write(last_ + offset, text);
  free_ -= need;
  return (static_cast<std::uint32_t>(blocks_.size() - 1) << kShift) + offset;
}

void TextPool::Drop(std::uint32_t address) {
  const std::size_t size = At(address).size();
  wasted_ += HeaderSize(size) + size;
}

std::size_t TextPool::ByteSize() const {
  return bytes_ + blocks_.capacity() * sizeof(blocks_[0]);
}

void TextPool::Clear() { *this = TextPool(); }

}  // namespace precision
