// One place in a text where a key begins, and what can be said of it.

#ifndef PRECISION_KEY_CANDIDATE_H_
#define PRECISION_KEY_CANDIDATE_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "precision/base/error_code.h"
#include "precision/key/api_key.h"

namespace precision {

// "rk_live_" and its like, as it stands in the text.
struct KeyHead {
  std::size_t begin = 0;
  std::size_t end = 0;    // one past the last underscore
  std::string_view kind;  // "rk", "sk", "pk", "ek", "rkcs", "sk_org", "whsec"
  std::optional<KeyMode> mode;
  bool respelled = false;  // not written exactly so: capitals, dashes
  // Set when it only looks like a prefix: the first letter of another alphabet.
  std::optional<std::size_t> foreign;
};

// In the order of the text; they do not overlap.
std::vector<KeyHead> FindHeads(std::u32string_view text);

struct Candidate {
  // kKeyMasked, kKeyTruncated, kKeyBadCharacter, or absent.
  std::optional<ErrorCode> error;
  std::vector<std::pair<std::size_t, std::size_t>> pieces;  // of the body
  std::size_t end = 0;  // where the text goes on
  std::size_t body_length = 0;
  std::size_t bad = 0;           // kKeyBadCharacter: index in the text
  std::size_t bad_position = 0;  // and counted in the repaired key, from 1
  bool rejoined = false;         // more than one piece
};

// Reads the body that follows `head`, up to `limit`, where the next key begins
// or the text ends.
Candidate ReadBody(std::u32string_view text, const KeyHead& head,
                   std::size_t limit);

}  // namespace precision

#endif  // PRECISION_KEY_CANDIDATE_H_
