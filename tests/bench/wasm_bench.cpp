// The part of the core that the page benchmark measures, bound alone: bytes of
// a list page in, columns out.  The copy into the heap is the harness's and is
// timed with it, as the page's own Fetch does it.

#include <emscripten/bind.h>
#include <emscripten/val.h>

#include <string>

#include "bench/pages.h"
#include "precision/normalize/normalizer.h"

namespace {

class Bench {
 public:
  emscripten::val Input(std::size_t length) {
    if (input_.size() < length) input_.resize(length);
    length_ = length;
    return emscripten::val(emscripten::typed_memory_view(
        length, reinterpret_cast<unsigned char*>(input_.data())));
  }

  // Rows added or replaced, or -1.
  int ReadPage(const std::string& object) {
    const auto read =
        rows_.ReadPage(object, std::string_view(input_).substr(0, length_));
    if (!read.ok()) return -1;
    return static_cast<int>(read.value().rows_new + read.value().rows_replaced);
  }

  // Reads `pages` made-up pages of 100 of `object`; false when one is refused.
  bool ReadMade(const std::string& object, int pages) {
    for (int i = 0; i < pages; ++i) {
      if (!rows_.ReadPage(object, made_.Page(object)).ok()) return false;
    }
    return true;
  }

  std::size_t ByteSize() const { return rows_.ByteSize(); }
  void Clear() { rows_.Clear(); }

 private:
  std::string input_;
  std::size_t length_ = 0;
  precision::Normalizer rows_;
  precision::bench::Pages made_{7};
};

}  // namespace

EMSCRIPTEN_BINDINGS(precision_bench) {
  emscripten::class_<Bench>("Bench")
      .constructor<>()
      .function("input", &Bench::Input)
      .function("readPage", &Bench::ReadPage)
      .function("readMade", &Bench::ReadMade)
      .function("byteSize", &Bench::ByteSize)
      .function("clear", &Bench::Clear);
}
