// What stood around a key and was left out.

#ifndef PRECISION_KEY_SURROUNDINGS_H_
#define PRECISION_KEY_SURROUNDINGS_H_

#include <string_view>
#include <vector>

#include "precision/key/api_key.h"

namespace precision {

// `before` and `after` reach to the key on their inner side.
void DescribeSurroundings(std::u32string_view before, std::u32string_view after,
                          std::vector<KeyRepair>& repairs);

}  // namespace precision

#endif  // PRECISION_KEY_SURROUNDINGS_H_
