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
  std::uint32_t Add(std::string_view text);

  // The view lives until Clear() or the pool's end.
  std::string_view At(std::uint32_t address) const;

  // A row has it no more; it stays, since another row may.
  void Drop(std::uint32_t address);

  // Bytes of dropped texts; one that rows share counts each time.
  std::size_t wasted() const { return wasted_; }
  std::size_t ByteSize() const;
  void Clear();

 private:
  static constexpr std::uint32_t kShift = 14;
  static constexpr std::uint32_t kBlock = std::uint32_t{1} << kShift;

  // A text longer than a block has a run of block numbers of its own; only the
  // first of them holds the memory.
  std::vector<std::unique_ptr<char[]>> blocks_;
  std::size_t free_ = 0;  // bytes left in the last block
  std::size_t bytes_ = 0;
  std::size_t wasted_ = 0;
};

}  // namespace precision

#endif  // PRECISION_TABLE_TEXT_POOL_H_
