// Overwrites a secret before its memory is given back.

#ifndef PRECISION_BASE_WIPE_H_
#define PRECISION_BASE_WIPE_H_

#include <string>

namespace precision {

// Overwrites the whole capacity, inline buffer included, then empties `text`.
// The compiler may not leave it out.
void Wipe(std::string& text);

}  // namespace precision

#endif  // PRECISION_BASE_WIPE_H_
