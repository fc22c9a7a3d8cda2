// Hands every file of the given directories to the fuzz target, so that what
// was found once is tried on every build.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <span>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size);

namespace {

std::vector<std::filesystem::path> FilesOf(const std::filesystem::path& path) {
  std::vector<std::filesystem::path> files;
  if (std::filesystem::is_regular_file(path)) return {path};
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(path)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

void Replay(const std::string& bytes) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()),
                         bytes.size());
}

}  // namespace

int main(int argc, char** argv) {
  std::size_t count = 0;
  Replay("");
  for (const char* argument :
       std::span<char*>(argv, static_cast<std::size_t>(argc)).subspan(1)) {
    if (!std::filesystem::exists(argument)) {
      std::cerr << "replay: no such corpus: " << argument << "\n";
      return 1;
    }
    for (const std::filesystem::path& file : FilesOf(argument)) {
      std::ifstream in(file, std::ios::binary);
      const std::string bytes(std::istreambuf_iterator<char>(in), {});
      Replay(bytes);
      // Cut short at every eighth: an answer may end anywhere.
      for (std::size_t eighth = 1; eighth < 8; ++eighth) {
        Replay(bytes.substr(0, bytes.size() * eighth / 8));
      }
      ++count;
    }
  }
  if (count == 0) {
    std::cerr << "replay: the corpus is empty\n";
    return 1;
  }
  std::cout << "replayed " << count << " files\n";
  return 0;
}
