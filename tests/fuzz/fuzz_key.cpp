// Any bytes may be pasted: no crash, no key out of nothing, nothing quoted, and
// what was accepted is accepted again as it stands.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "precision/key/api_key.h"

namespace {

void Require(bool condition) {
  if (!condition) std::abort();
}

bool IsKey(std::string_view key) {
  constexpr std::size_t kPrefix = 8;
  if (!key.starts_with("rk_live_") && !key.starts_with("rk_test_"))
    return false;
  if (key.size() < kPrefix + 10) return false;
  for (const char c : key.substr(kPrefix)) {
    const bool base62 = ('0' <= c && c <= '9') || ('a' <= c && c <= 'z') ||
                        ('A' <= c && c <= 'Z');
    if (!base62) return false;
  }
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const precision::KeyVerdict verdict = precision::CheckKey(text);
  const precision::Result<precision::ApiKey> parsed =
      precision::ApiKey::Parse(text);
  Require(parsed.ok() == !verdict.error);
  if (!parsed.ok()) {
    Require(parsed.error().code == *verdict.error);
    Require(verdict.redacted.empty());
    return 0;
  }
  const std::string header = parsed.value().AuthorizationHeader();
  const std::string key = header.substr(std::string_view("Bearer ").size());
  Require(IsKey(key));
  Require(verdict.length == key.size());
  const precision::KeyVerdict again = precision::CheckKey(key);
  Require(!again.error && again.repairs.empty());
  Require(again.redacted == verdict.redacted);
  return 0;
}
