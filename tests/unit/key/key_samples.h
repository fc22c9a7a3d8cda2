// Made-up keys.  Prefix and body are joined here so that no secret scanner
// takes them for real ones.

#ifndef PRECISION_TESTS_UNIT_KEY_KEY_SAMPLES_H_
#define PRECISION_TESTS_UNIT_KEY_KEY_SAMPLES_H_

#include <string>
#include <string_view>

namespace precision {

// `length` characters that look random and are the same every time.
inline std::string Body(std::size_t length, unsigned seed = 1) {
  constexpr std::string_view kAlphabet =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  std::string body = "51";
  unsigned state = seed * 2654435761U + 12345;
  while (body.size() < length) {
    state = state * 1664525U + 1013904223U;
    body += kAlphabet[(state >> 16U) % kAlphabet.size()];
  }
  body.resize(length);
  return body;
}

inline std::string LiveMode(std::string_view body) {
  return std::string("rk_") + "live_" + std::string(body);
}
inline std::string TestMode(std::string_view body) {
  return std::string("rk_") + "test_" + std::string(body);
}

constexpr std::size_t kNewBody = 99;
constexpr std::size_t kOldBody = 24;

inline std::string LiveKey() { return LiveMode(Body(kNewBody)); }

}  // namespace precision

#endif  // PRECISION_TESTS_UNIT_KEY_KEY_SAMPLES_H_
