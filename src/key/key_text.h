// What was pasted, as characters, with everything taken out that no key can
// hold and that nobody can see.  The memory is overwritten at the end.

#ifndef PRECISION_KEY_KEY_TEXT_H_
#define PRECISION_KEY_KEY_TEXT_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "precision/key/api_key.h"

namespace precision {

class KeyText {
 public:
  // Reads at most kMaxBytes of `pasted`.
  static constexpr std::size_t kMaxBytes = 65536;
  explicit KeyText(std::string_view pasted);
  ~KeyText();

  KeyText(const KeyText&) = delete;
  KeyText& operator=(const KeyText&) = delete;

  // Spaces of every kind are ' ', line ends '\n', quotation marks of every
  // alphabet '"' or '\'', and full stops and commas of East Asian type ASCII.
  std::u32string_view chars() const { return chars_; }
  bool cut() const { return cut_; }
  const std::vector<KeyRepair>& repairs() const { return repairs_; }

 private:
  void Append(char32_t c);
  void Repaired(KeyRepair repair);

  std::u32string chars_;
  std::vector<KeyRepair> repairs_;
  bool cut_ = false;
};

// Adds `repair` unless it is there.
void AddRepair(std::vector<KeyRepair>& repairs, KeyRepair repair);

constexpr bool IsDigit(char32_t c) { return U'0' <= c && c <= U'9'; }
constexpr bool IsUpper(char32_t c) { return U'A' <= c && c <= U'Z'; }
constexpr bool IsLower(char32_t c) { return U'a' <= c && c <= U'z'; }
// The characters that a key's body has.
constexpr bool IsBase62(char32_t c) {
  return IsDigit(c) || IsUpper(c) || IsLower(c);
}
constexpr bool IsSpace(char32_t c) { return c == U' ' || c == U'\n'; }
constexpr char32_t LowerCase(char32_t c) {
  return IsUpper(c) ? c - U'A' + U'a' : c;
}
constexpr bool IsQuote(char32_t c) {
  return c == U'"' || c == U'\'' || c == U'`';
}
constexpr bool IsOpening(char32_t c) {
  return c == U'(' || c == U'[' || c == U'{' || c == U'<';
}
constexpr bool IsClosing(char32_t c) {
  return c == U')' || c == U']' || c == U'}' || c == U'>';
}
constexpr bool IsPunctuation(char32_t c) {
  return c == U'.' || c == U',' || c == U';' || c == U':' || c == U'!' ||
         c == U'?';
}
bool IsDash(char32_t c);
// The stars, dots and blocks behind which a page hides a key.
bool IsMask(char32_t c);
// The ASCII letter that `c` looks like, or `c` itself.
char32_t LooksLike(char32_t c);

// ASCII only: for the parts of a text that are known to be so.
std::string ToAscii(std::u32string_view chars);
std::string ToLowerAscii(std::u32string_view chars);

}  // namespace precision

#endif  // PRECISION_KEY_KEY_TEXT_H_
