// Many short texts, each known by a 32-bit address, in blocks that are never
// moved or copied.  A text is stored as its length (LEB128) and its bytes.

#ifndef PRECISION_TABLE_TEXT_POOL_H_
#define PRECISION_TABLE_TEXT_POOL_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace precision {

class TextPool {
 public:
  // REQUIRES: less than 4 GiB of text in all, far above what a page may hold.
  std::uint32_t Add(const std::string_view& text);

  // The view lives until Clear() or the pool's end.
  std::string_view At(std::uint32_t address) const {
    const char* at =
        blocks_[address >> kShift].get() + (address & (kBlock - 1));
    std::size_t length = static_cast<unsigned char>(*at++);
    if (length < 0x80) return {at, length};
    length &= 0x7F;
    for (unsigned shift = 7;; shift += 7) {
      const auto byte = static_cast<unsigned char>(*at++);
      length |= static_cast<std::size_t>(byte & 0x7F) << shift;
      if (byte < 0x80) return {at, length};
    }
  }

  // A row has it no more; it stays, since another row may.
  void Drop(std::uint32_t address);

  // Bytes of dropped texts; one that rows share counts each time.
  std::size_t wasted() const { return wasted_; }
  std::size_t ByteSize() const;
  void Clear();

 private:
  std::uint32_t AddLarge(const std::string_view& text);

  static constexpr std::uint32_t kShift = 14;
  static constexpr std::uint32_t kBlock = std::uint32_t{1} << kShift;

  // A text longer than a block has a run of block numbers of its own; only the
  // first of them holds the memory.
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* last_ = nullptr;  // the block that is being filled
  std::size_t free_ = 0;  // bytes left in it
  std::size_t bytes_ = 0;
  std::size_t wasted_ = 0;
};

}  // namespace precision

#endif  // PRECISION_TABLE_TEXT_POOL_H_
