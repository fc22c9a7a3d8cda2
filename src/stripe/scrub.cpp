// Takes out of Stripe's sentences what must not be shown or kept.  Errs on the
// side of taking too much.

#include <algorithm>
#include <string>
#include <string_view>

#include "ascii.h"
#include "precision/stripe/api_error.h"

namespace precision {

namespace {

constexpr std::string_view kRemoved = "[removed]";

// Prefixes of keys, secrets and of the ids that name an account or a key.
constexpr std::string_view kSecretPrefixes[] = {
    "rk_",    "sk_",   "pk_", "ek_", "mk_", "rkcs_",
    "whsec_", "acct_", "ca_", "ac_", "uk_", "org_",
};

// What may stand in an id, a masked key, an e-mail address, an IP address.
bool IsTokenByte(char c) {
  return IsAsciiAlnum(c) || static_cast<unsigned char>(c) >= 0x80 ||
         std::string_view("_*.-@+%:/?=&#~$!").contains(c);
}

bool IsTrailingPunctuation(char c) {
  return std::string_view(".:?!").contains(c);
}

bool HoldsSecretPrefix(std::string_view token) {
  const std::string lower = ToLower(token);
  for (const std::string_view prefix : kSecretPrefixes) {
    std::size_t at = lower.find(prefix);
    for (; at != std::string::npos; at = lower.find(prefix, at + 1)) {
      if (at == 0 || !IsAsciiAlnum(lower[at - 1])) return true;
    }
  }
  return false;
}

// "in_1MtHbELkdIwHu7ixl4OzzPMv": words and permission names have no digits or
// capitals in so long a last part.
bool LooksLikeId(std::string_view token) {
  constexpr std::size_t kMinIdLength = 10;
  constexpr std::size_t kMinOpaqueLength = 20;
  std::size_t run = 0;
  bool mixed = false;
  bool after_underscore = false;
  bool run_after_underscore = false;
  for (const char c : token) {
    if (!IsAsciiAlnum(c)) {
      after_underscore = c == '_';
      run = 0;
      mixed = false;
      continue;
    }
    if (run == 0) run_after_underscore = after_underscore;
    ++run;
    mixed = mixed || IsAsciiDigit(c) || ('A' <= c && c <= 'Z' && run > 1);
    if (mixed &&
        run >= (run_after_underscore ? kMinIdLength : kMinOpaqueLength))
      return true;
  }
  return false;
}

bool LooksLikeIpAddress(std::string_view token) {
  const bool only_digits_and_dots = std::ranges::all_of(
      token, [](char c) { return IsAsciiDigit(c) || c == '.'; });
  if (only_digits_and_dots) return std::ranges::count(token, '.') == 3;
  const bool hexadecimal = std::ranges::all_of(token, [](char c) {
    return IsAsciiDigit(c) || c == ':' ||
           ('a' <= ToLower(c) && ToLower(c) <= 'f');
  });
  return hexadecimal && std::ranges::count(token, ':') >= 2;
}

std::string ScrubToken(std::string_view token) {
  // A link may carry ids in its path and in its query: only its host stays.
  const std::size_t scheme = token.find("://");
  if (scheme != std::string_view::npos) {
    const std::size_t end = token.find_first_of("/?#", scheme + 3);
    const std::string_view host = token.substr(0, end);
    if (host.contains('@')) return std::string(kRemoved);
    return std::string(host) + (end == std::string_view::npos ? "" : "/...");
  }
  if (HoldsSecretPrefix(token) || token.contains("**") ||
      token.contains("\xE2\x80\xA2")) {
    return std::string(kRemoved);
  }
  if (token.contains('@')) return "[e-mail]";
  if (LooksLikeIpAddress(token)) return "[address]";
  if (LooksLikeId(token)) return "[id]";
  return std::string(token);
}

bool EndsWithWord(std::string_view text, std::string_view word) {
  return ToLower(text).ends_with(word);
}

std::string ScrubTokens(std::string_view text) {
  std::string out;
  std::size_t i = 0;
  while (i < text.size()) {
    if (!IsTokenByte(text[i])) {
      out += text[i++];
      continue;
    }
    std::size_t end = i;
    while (end < text.size() && IsTokenByte(text[end])) ++end;
    std::size_t core = end;
    while (core > i && IsTrailingPunctuation(text[core - 1])) --core;
    const bool is_credential =
        EndsWithWord(out, "bearer ") || EndsWithWord(out, "basic ");
    out += is_credential ? std::string(kRemoved)
                         : ScrubToken(text.substr(i, core - i));
    out += text.substr(core, end - core);
    i = end;
  }
  return out;
}

}  // namespace

std::string Scrub(std::string_view text) {
  // Stripe repeats what it was given as a key, whatever that was: a password
  // with spaces in it, say.  Nothing after these words is kept.
  constexpr std::string_view kEchoes[] = {"api key provided", "key provided:"};
  const std::string lower = ToLower(text);
  std::size_t cut = text.size();
  for (const std::string_view echo : kEchoes) {
    const std::size_t at = lower.find(echo);
    if (at != std::string::npos) cut = std::min(cut, at + echo.size());
  }
  std::string kept(text.substr(0, cut));
  const bool echoed = cut < text.size();

  // "The provided key 'anything' does not have ...".
  constexpr std::string_view kQuotedKey = "provided key '";
  const std::size_t quoted = ToLower(kept).find(kQuotedKey);
  if (quoted != std::string::npos) {
    const std::size_t begin = quoted + kQuotedKey.size();
    // Up to the words that follow a key: what was pasted may hold quotes.
    std::size_t end = kept.find("' does not", begin);
    if (end == std::string::npos) end = kept.size();
    kept.replace(begin, end - begin, kRemoved);
  }
  std::string scrubbed = ScrubTokens(kept);
  if (echoed) {
    if (!scrubbed.ends_with(':')) scrubbed += ':';
    scrubbed += ' ';
    scrubbed += kRemoved;
  }
  constexpr std::size_t kMaxLength = 600;
  if (scrubbed.size() > kMaxLength) {
    scrubbed.resize(kMaxLength);
    // Not inside a character.
    while (!scrubbed.empty() &&
           static_cast<unsigned char>(scrubbed.back()) >= 0x80)
      scrubbed.pop_back();
  }
  return scrubbed;
}

}  // namespace precision
