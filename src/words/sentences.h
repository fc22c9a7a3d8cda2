// Sentences by name, with something filled in.

#ifndef PRECISION_SRC_WORDS_SENTENCES_H_
#define PRECISION_SRC_WORDS_SENTENCES_H_

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace precision {

// REQUIRES: words.en.json has `name` under "report".
std::string Say(std::string_view name);
// "{name} is set to None": with the one thing it mentions.
std::string Say(std::string_view name, std::string_view mentioned);
// "# rows": in the form for the count.
std::string Count(std::string_view name, std::size_t count);
// "a", "a and b", "a, b, and c".
std::string List(std::span<const std::string> items);

}  // namespace precision

#endif  // PRECISION_SRC_WORDS_SENTENCES_H_
