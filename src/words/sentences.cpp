#include "words/sentences.h"

#include <algorithm>
#include <cassert>

#include "precision/words/words.h"

namespace precision {

namespace {

struct CodeWords {
  std::string_view code;
  ErrorWords words;
};
constexpr CodeWords kErrors[] = {
#define PRECISION_ERROR_WORDS(code, ...) {code, {__VA_ARGS__}},
#define PRECISION_SENTENCE(...)
#include "precision/words/words.inc"
#undef PRECISION_ERROR_WORDS
#undef PRECISION_SENTENCE
};

struct Sentence {
  std::string_view name;
  std::string_view one;
  std::string_view other;  // as `one` where nothing is counted
};
constexpr Sentence kSentences[] = {
#define PRECISION_ERROR_WORDS(...)
#define PRECISION_SENTENCE(...) {__VA_ARGS__},
#include "precision/words/words.inc"
#undef PRECISION_ERROR_WORDS
#undef PRECISION_SENTENCE
};

const Sentence& Named(std::string_view name) {
  const auto* found = std::ranges::find(kSentences, name, &Sentence::name);
  assert(found != std::ranges::end(kSentences));
  return *found;
}

std::string Replaced(std::string_view text, std::size_t from, std::size_t size,
                     std::string_view by) {
  std::string out(text);
  return out.replace(from, size, by);
}

}  // namespace

ErrorWords WordsFor(ErrorCode code) {
  const auto* found =
      std::ranges::find(kErrors, ToString(code), &CodeWords::code);
  assert(found != std::ranges::end(kErrors));
  return found->words;
}

std::string Say(std::string_view name) { return std::string(Named(name).one); }

std::string Say(std::string_view name, std::string_view mentioned) {
  const std::string_view text = Named(name).one;
  const std::size_t begin = text.find('{');
  const std::size_t end = text.find('}');
  assert(begin < end && end != std::string_view::npos);
  return Replaced(text, begin, end + 1 - begin, mentioned);
}

std::string Count(std::string_view name, std::size_t count) {
  const Sentence& sentence = Named(name);
  const std::string_view text = count == 1 ? sentence.one : sentence.other;
  return Replaced(text, text.find('#'), 1, std::to_string(count));
}

std::string List(std::span<const std::string> items) {
  std::string list;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const bool last = i + 1 == items.size();
    if (i > 0) list += items.size() > 2 ? ", " : " ";
    if (last && i > 0) list += "and ";
    list += items[i];
  }
  return list;
}

}  // namespace precision
