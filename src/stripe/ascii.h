// Character classes that do not follow the locale, as those of <cctype> do.

#ifndef PRECISION_STRIPE_ASCII_H_
#define PRECISION_STRIPE_ASCII_H_

#include <string>
#include <string_view>

namespace precision {

constexpr bool IsAsciiDigit(char c) { return '0' <= c && c <= '9'; }

constexpr bool IsAsciiAlnum(char c) {
  return IsAsciiDigit(c) || ('A' <= c && c <= 'Z') || ('a' <= c && c <= 'z');
}

constexpr char ToLower(char c) {
  return 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

inline std::string ToLower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = ToLower(c);
  return lower;
}

}  // namespace precision

#endif  // PRECISION_STRIPE_ASCII_H_
