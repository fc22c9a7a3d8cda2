// Reads fixed pages of one object type into rows, for a profiler that counts
// the instructions of ReadPages() alone.
//
//   count_normalize OBJECT

#include <cstddef>
#include <string>
#include <vector>

#include "bench/pages.h"
#include "precision/normalize/normalizer.h"

namespace {

constexpr std::size_t kPages = 5;

}  // namespace

// Its name is what the profiler is told.
extern "C" [[gnu::noinline]] bool ReadPages(
    const std::string& object, const std::vector<std::string>& bodies);

extern "C" bool ReadPages(const std::string& object,
                          const std::vector<std::string>& bodies) {
  precision::Normalizer normalizer;
  for (const std::string& body : bodies) {
    const auto read = normalizer.ReadPage(object, body);
    if (!read.ok() || read.value().objects_new != 100) return false;
  }
  return normalizer.issues().counts.empty();
}

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const std::string object = argv[1];
  precision::bench::Pages pages(42);
  std::vector<std::string> bodies;
  for (std::size_t i = 0; i < kPages; ++i) bodies.push_back(pages.Page(object));
  return ReadPages(object, bodies) ? 0 : 1;
}
