#include "precision/base/wipe.h"

namespace precision {

void Wipe(std::string& text) {
  text.resize(text.capacity());
  // volatile: a plain store to memory that is freed next may be dropped.
  volatile char* byte = text.data();
  for (std::size_t i = 0; i < text.size(); ++i) byte[i] = 0;
  text.clear();
}

}  // namespace precision
