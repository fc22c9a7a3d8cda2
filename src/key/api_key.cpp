#include "precision/key/api_key.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "find_key.h"
#include "precision/base/wipe.h"

namespace precision {

namespace {

constexpr std::size_t kPrefixLength = 8;  // "rk_live_"
constexpr std::size_t kShownTail = 4;

// U+2022 four times.
constexpr std::string_view kBullets =
    "\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2";

std::string Redact(std::string_view key) {
  std::string redacted(key.substr(0, kPrefixLength));
  redacted += kBullets;
  redacted += key.substr(key.size() - kShownTail);
  return redacted;
}

}  // namespace

std::string_view ToString(KeyMode mode) {
  switch (mode) {
    case KeyMode::kTest:
      return "test";
    case KeyMode::kLive:
      return "live";
  }
  return "";
}

std::string_view ToString(KeyRepair repair) {
  switch (repair) {
    case KeyRepair::kSpaces:
      return "spaces";
    case KeyRepair::kLineBreaks:
      return "line_breaks";
    case KeyRepair::kInvisible:
      return "invisible";
    case KeyRepair::kQuotes:
      return "quotes";
    case KeyRepair::kBearer:
      return "bearer";
    case KeyRepair::kAssignment:
      return "assignment";
    case KeyRepair::kCurlOption:
      return "curl_option";
    case KeyRepair::kPercentEncoding:
      return "percent_encoding";
    case KeyRepair::kPunctuation:
      return "punctuation";
    case KeyRepair::kPrefix:
      return "prefix";
    case KeyRepair::kRepeated:
      return "repeated";
    case KeyRepair::kWords:
      return "words";
  }
  return "";
}

KeyVerdict CheckKey(std::string_view text) {
  FoundKey found = FindKey(text);
  if (!found.verdict.error) found.verdict.redacted = Redact(found.key);
  Wipe(found.key);
  return std::move(found.verdict);
}

KeyFieldsVerdict CheckKeyFields(std::string_view first,
                                std::string_view second) {
  KeyFieldsVerdict verdict{.first = CheckKey(first),
                           .second = CheckKey(second),
                           .error = {},
                           .ready = false};
  if (verdict.second.error != ErrorCode::kKeyEmpty) {
    verdict.error = verdict.first.error == ErrorCode::kKeyEmpty
                        ? ErrorCode::kKeyInSecondField
                        : ErrorCode::kKeyInBothFields;
  }
  verdict.ready = !verdict.error && !verdict.first.error;
  return verdict;
}

Result<ApiKey> ApiKey::Parse(std::string_view text) {
  FoundKey found = FindKey(text);
  if (found.verdict.error) {
    const ErrorCode code = *found.verdict.error;
    return Error{code, std::string(ToString(code))};
  }
  const KeyMode mode = found.verdict.mode.value_or(KeyMode::kTest);
  ApiKey key(mode, std::move(found.key));
  Wipe(found.key);
  return key;
}

ApiKey::ApiKey(KeyMode mode, std::string text)
    : mode_(mode), text_(std::move(text)) {}

ApiKey::ApiKey(ApiKey&& other) noexcept
    : mode_(other.mode_), text_(std::move(other.text_)) {
  // A short string is copied by a move: the original is still there.
  Wipe(other.text_);
}

ApiKey& ApiKey::operator=(ApiKey&& other) noexcept {
  if (this != &other) {
    Wipe(text_);
    mode_ = other.mode_;
    text_ = std::move(other.text_);
    Wipe(other.text_);
  }
  return *this;
}

ApiKey::~ApiKey() { Wipe(text_); }

std::string ApiKey::Redacted() const {
  return text_.empty() ? std::string() : Redact(text_);
}

std::string ApiKey::AccountHint() const {
  // Seen in today's keys, said nowhere: "5", sixteen characters of the
  // account's id, the secret part.
  constexpr std::size_t kNewLength = 107;
  constexpr std::size_t kIdLength = 16;
  const std::string_view body =
      std::string_view(text_).substr(std::min(kPrefixLength, text_.size()));
  if (text_.size() < kNewLength || !body.starts_with("51")) return {};
  return "acct_" + std::string(body.substr(1, kIdLength));
}

std::string ApiKey::AuthorizationHeader() const {
  constexpr std::string_view kScheme = "Bearer ";
  std::string header;
  // Once, so that no shorter copy is left behind.
  header.reserve(kScheme.size() + text_.size());
  header += kScheme;
  header += text_;
  return header;
}

}  // namespace precision
