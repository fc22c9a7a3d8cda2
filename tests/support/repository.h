// Where the repository stands, for tests that read a file of it.  __FILE__ does
// not tell: a compiler cache may have made it relative.

#ifndef PRECISION_TESTS_SUPPORT_REPOSITORY_H_
#define PRECISION_TESTS_SUPPORT_REPOSITORY_H_

#include <filesystem>

namespace precision::test {

// The nearest folder above the current one that holds the project; empty when
// the test runs outside.
inline std::filesystem::path RepositoryRoot() {
  std::filesystem::path folder = std::filesystem::current_path();
  while (!std::filesystem::exists(folder / "scripts" / "env.packages")) {
    if (folder == folder.parent_path()) return {};
    folder = folder.parent_path();
  }
  return folder;
}

}  // namespace precision::test

#endif  // PRECISION_TESTS_SUPPORT_REPOSITORY_H_
