// Finds the restricted key in a pasted text, or says why there is none.

#ifndef PRECISION_KEY_FIND_KEY_H_
#define PRECISION_KEY_FIND_KEY_H_

#include <string>
#include <string_view>

#include "precision/key/api_key.h"

namespace precision {

struct FoundKey {
  KeyVerdict verdict;  // `redacted` not yet filled in
  std::string key;     // good keys only; the caller wipes it
};

FoundKey FindKey(std::string_view pasted);

}  // namespace precision

#endif  // PRECISION_KEY_FIND_KEY_H_
