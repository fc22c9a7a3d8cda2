// Lists of names in one text, as the generated tables hold them.

#ifndef PRECISION_SRC_PERMISSION_WORDS_H_
#define PRECISION_SRC_PERMISSION_WORDS_H_

#include <algorithm>
#include <string_view>
#include <vector>

namespace precision {

// Splits "customers payments".
inline std::vector<std::string_view> Words(std::string_view words) {
  std::vector<std::string_view> list;
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    list.push_back(words.substr(0, end));
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return list;
}

}  // namespace precision

#endif  // PRECISION_SRC_PERMISSION_WORDS_H_
