// Strings as they stand in JSON, made into valid UTF-8.

#ifndef PRECISION_NORMALIZE_TEXT_H_
#define PRECISION_NORMALIZE_TEXT_H_

#include <string>
#include <string_view>

namespace precision {

struct DecodedText {
  std::string_view text;  // of the input, or of `scratch`
  bool repaired = false;  // something in it became U+FFFD
};

// Undoes the escapes of a string whose escapes are well formed, and replaces
// bytes that are no UTF-8 as https://encoding.spec.whatwg.org does.
DecodedText DecodeText(std::string_view escaped, std::string& scratch);

// A copy of `body` in which each \uD800 to \uDFFF escape that is no half of a
// pair is replaced by one that DecodeText() takes for U+FFFD, repaired.
std::string ReplaceLoneSurrogates(std::string_view body);

// Of a text that some shells write: its byte order mark tells.
bool IsUtf16(std::string_view bytes);
// Without the mark; lone surrogates and a byte left over become U+FFFD.
// REQUIRES: IsUtf16().
std::string Utf16ToUtf8(std::string_view bytes);

}  // namespace precision

#endif  // PRECISION_NORMALIZE_TEXT_H_
