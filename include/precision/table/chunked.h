// A growing array in pieces of fixed size: growth neither copies what is there
// nor keeps twice the room, which at a million rows is what memory is made of.

#ifndef PRECISION_TABLE_CHUNKED_H_
#define PRECISION_TABLE_CHUNKED_H_

#include <cassert>
#include <cstddef>
#include <memory>
#include <vector>

namespace precision {

template <typename T>
class Chunked {
 public:
  std::size_t size() const { return size_; }

  // REQUIRES: index < size().
  const T& operator[](std::size_t index) const {
    assert(index < size_);
    return chunks_[index >> kShift][index & kMask];
  }
  T& operator[](std::size_t index) {
    assert(index < size_);
    return chunks_[index >> kShift][index & kMask];
  }

  [[gnu::always_inline]] void PushBack(T value) {
    if ((size_ & kMask) == 0) {
      chunks_.push_back(std::make_unique_for_overwrite<T[]>(kMask + 1));
      next_ = chunks_.back().get();
    }
    *next_++ = value;
    ++size_;
  }

  void Clear() {
    chunks_.clear();
    size_ = 0;
  }

  std::size_t ByteSize() const {
    return chunks_.size() * (kMask + 1) * sizeof(T) +
           chunks_.capacity() * sizeof(chunks_[0]);
  }

 private:
  static constexpr std::size_t kShift = 10;
  static constexpr std::size_t kMask = (std::size_t{1} << kShift) - 1;

  std::vector<std::unique_ptr<T[]>> chunks_;
  T* next_ = nullptr;  // behind the last value, in its chunk
  std::size_t size_ = 0;
};

}  // namespace precision

#endif  // PRECISION_TABLE_CHUNKED_H_
