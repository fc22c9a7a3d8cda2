#include "find_key.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "candidate.h"
#include "key_text.h"
#include "other_kinds.h"
#include "precision/base/wipe.h"
#include "surroundings.h"

namespace precision {

namespace {

// Beyond this it is a file, not a key of some newer format.
constexpr std::size_t kMaxLength = 4096;

std::u32string_view Trim(std::u32string_view text) {
  while (!text.empty() && IsSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsSpace(text.back())) text.remove_suffix(1);
  return text;
}

// "-" or "U+0430": a sign that might be taken for another is given by number.
std::string NameOf(char32_t c) {
  if (c > U' ' && c < 0x7F) return {static_cast<char>(c)};
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string digits;
  for (auto value = static_cast<std::uint32_t>(c);
       value != 0 || digits.size() < 4; value >>= 4U) {
    digits.insert(digits.begin(), kHex[value & 15U]);
  }
  return "U+" + digits;
}

ErrorCode CodeOf(const KeyHead& head) {
  if (head.kind == "sk") return ErrorCode::kKeySecret;
  if (head.kind == "pk") return ErrorCode::kKeyPublishable;
  if (head.kind == "ek") return ErrorCode::kKeyEphemeral;
  if (head.kind == "sk_org") return ErrorCode::kKeyOrganization;
  if (head.kind == "rkcs") return ErrorCode::kKeyClaimableSandbox;
  if (head.kind == "whsec") return ErrorCode::kKeyWebhookSecret;
  return ErrorCode::kKeyWithoutMode;  // rk_prod_
}

// A key and its place in the text.
struct Occurrence {
  KeyHead head;
  Candidate candidate;

  bool IsBarePrefix() const {
    return candidate.error == ErrorCode::kKeyTruncated &&
           candidate.body_length == 0;
  }
};

std::string Assemble(std::u32string_view text, const Occurrence& found) {
  std::string key;
  key.reserve(found.head.kind.size() + 8 + found.candidate.body_length);
  key += found.head.kind;
  key += '_';
  if (found.head.mode) {
    key += ToString(*found.head.mode);
    key += '_';
  }
  for (const auto& [begin, end] : found.candidate.pieces) {
    for (const char32_t c : text.substr(begin, end - begin)) {
      key += static_cast<char>(c);
    }
  }
  return key;
}

std::size_t CountDistinct(std::u32string_view text,
                          const std::vector<Occurrence>& found) {
  std::vector<std::string> keys;
  keys.reserve(found.size());
  for (const Occurrence& one : found) keys.push_back(Assemble(text, one));
  // A paste may hold many; a heap takes a fraction of std::sort()'s code.
  std::ranges::make_heap(keys);
  std::ranges::sort_heap(keys);
  std::size_t count = 0;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (i == 0 || keys[i] != keys[i - 1]) ++count;
  }
  for (std::string& key : keys) Wipe(key);
  return count;
}

void Describe(std::u32string_view text, const Occurrence& first,
              const Occurrence& last, KeyVerdict& verdict) {
  const Candidate& candidate = first.candidate;
  if (candidate.rejoined) AddRepair(verdict.repairs, KeyRepair::kLineBreaks);
  if (first.head.respelled) AddRepair(verdict.repairs, KeyRepair::kPrefix);
  DescribeSurroundings(text.substr(0, first.head.begin),
                       text.substr(last.candidate.end), verdict.repairs);
}

// REQUIRES: `found` is not empty and holds one key, perhaps repeatedly.
FoundKey OneKey(std::u32string_view text, const std::vector<Occurrence>& found,
                bool cut, std::vector<KeyRepair> repairs) {
  const Occurrence& first = found.front();
  const KeyHead& head = first.head;
  const Candidate& candidate = first.candidate;
  FoundKey result;
  KeyVerdict& verdict = result.verdict;
  verdict.mode = head.mode;
  verdict.repairs = std::move(repairs);
  if (head.kind == "rkcs") verdict.mode = KeyMode::kTest;
  if (head.foreign) {
    verdict.error = ErrorCode::kKeyBadCharacter;
    verdict.bad_character = NameOf(text[*head.foreign]);
    verdict.bad_position = *head.foreign - head.begin + 1;
    return result;
  }
  if (head.kind != "rk" || !head.mode) {
    verdict.error = CodeOf(head);
    return result;
  }
  if (found.size() > 1) AddRepair(verdict.repairs, KeyRepair::kRepeated);
  Describe(text, first, found.back(), verdict);
  constexpr std::size_t kPrefixLength = 8;  // "rk_live_"
  verdict.length = kPrefixLength + candidate.body_length;
  verdict.error = candidate.error;
  if (candidate.error == ErrorCode::kKeyBadCharacter) {
    verdict.bad_character = NameOf(text[candidate.bad]);
    verdict.bad_position = candidate.bad_position;
  }
  const bool runs_on = cut && found.back().candidate.end == text.size();
  if (!verdict.error && (verdict.length > kMaxLength || runs_on)) {
    verdict.error = ErrorCode::kKeyTooLong;
  }
  if (verdict.error) return result;
  constexpr std::size_t kOldBody = 24;
  constexpr std::size_t kShortestNewBody = 90;
  verdict.length_unusual = candidate.body_length != kOldBody &&
                           candidate.body_length < kShortestNewBody;
  result.key = Assemble(text, first);
  return result;
}

std::vector<Occurrence> Occurrences(std::u32string_view text) {
  const std::vector<KeyHead> heads = FindHeads(text);
  std::vector<Occurrence> found;
  for (std::size_t i = 0; i < heads.size(); ++i) {
    const std::size_t limit =
        i + 1 < heads.size() ? heads[i + 1].begin : text.size();
    found.push_back({heads[i], ReadBody(text, heads[i], limit)});
  }
  // "Keys begin with rk_live_": a mention, when there is a key as well.
  const bool any_key = std::ranges::any_of(
      found, [](const Occurrence& one) { return !one.IsBarePrefix(); });
  if (any_key) {
    std::erase_if(found,
                  [](const Occurrence& one) { return one.IsBarePrefix(); });
  }
  return found;
}

// The part of a key that is left when its beginning was not copied.
bool IsHeadless(std::u32string_view text, std::optional<KeyMode>& mode) {
  constexpr std::size_t kMinBody = 10;
  constexpr std::size_t kCertainBody = 60;
  const auto is_body = [](std::u32string_view body, std::size_t min) {
    return body.size() >= min && std::ranges::all_of(body, IsBase62);
  };
  std::u32string_view rest = text;
  if (rest.starts_with(U'k')) rest.remove_prefix(1);
  if (rest.starts_with(U'_')) rest.remove_prefix(1);
  for (const KeyMode each : {KeyMode::kLive, KeyMode::kTest}) {
    const std::u32string_view name =
        each == KeyMode::kLive ? U"live_" : U"test_";
    if (rest.starts_with(name) && is_body(rest.substr(name.size()), kMinBody)) {
      mode = each;
      return true;
    }
  }
  // Today's bodies begin with "51" and an account's id.
  return text.starts_with(U"51") && is_body(text, kCertainBody);
}

// "rk_l": not yet typed to the end, or not copied.
bool IsBeginning(std::u32string_view text, std::optional<KeyMode>& mode) {
  const std::string lower = ToLowerAscii(text);
  const bool live = std::string_view("rk_live_").starts_with(lower);
  const bool test = std::string_view("rk_test_").starts_with(lower);
  if (live != test) mode = live ? KeyMode::kLive : KeyMode::kTest;
  return live || test;
}

bool IsMaskedWithoutHead(std::u32string_view text) {
  constexpr std::ptrdiff_t kMinMasks = 3;
  const bool begins = IsMask(text.front()) || text.starts_with(U"..") ||
                      ToLowerAscii(text.substr(0, 2)) == "rk";
  const bool only_masks_and_key = std::ranges::all_of(text, [](char32_t c) {
    return IsMask(c) || IsBase62(c) || IsSpace(c) || c == U'_' || c == U'.';
  });
  const bool masks = std::ranges::count_if(text, IsMask) >= kMinMasks ||
                     text.contains(U'\u2026') || text.contains(U"..");
  return begins && only_masks_and_key && masks;
}

FoundKey NoKey(std::u32string_view text, std::vector<KeyRepair> repairs) {
  FoundKey result;
  KeyVerdict& verdict = result.verdict;
  verdict.repairs = std::move(repairs);
  verdict.error = ErrorCode::kKeyUnrecognized;
  if (IsBeginning(text, verdict.mode) || IsHeadless(text, verdict.mode)) {
    verdict.error = ErrorCode::kKeyTruncated;
  } else if (const auto other = FindOtherKind(text)) {
    verdict.error = other->code;
    verdict.mode = other->mode;
    verdict.object_kind = other->object_kind;
  } else if (IsMaskedWithoutHead(text)) {
    verdict.error = ErrorCode::kKeyMasked;
  }
  return result;
}

// A wrap may have fallen inside the prefix: then nothing but the whole text
// without its white space may be the key.
FoundKey WithoutSpaces(std::u32string_view text, bool cut,
                       const std::vector<KeyRepair>& repairs) {
  std::u32string squeezed;
  squeezed.reserve(text.size());
  for (const char32_t c : text) {
    if (!IsSpace(c)) squeezed += c;
  }
  FoundKey result;
  result.verdict.error = ErrorCode::kKeyUnrecognized;
  const std::vector<Occurrence> found = Occurrences(squeezed);
  if (found.size() == 1 && found[0].head.begin == 0 &&
      found[0].candidate.end == squeezed.size()) {
    result = OneKey(squeezed, found, cut, repairs);
    AddRepair(result.verdict.repairs, KeyRepair::kLineBreaks);
  }
  volatile char32_t* c = squeezed.data();
  for (std::size_t i = 0; i < squeezed.size(); ++i) c[i] = 0;
  return result;
}

}  // namespace

FoundKey FindKey(std::string_view pasted) {
  const KeyText cleaned(pasted);
  const std::u32string_view text = Trim(cleaned.chars());
  if (text.empty()) {
    FoundKey empty;
    empty.verdict.error = ErrorCode::kKeyEmpty;
    return empty;
  }
  std::vector<KeyRepair> repairs = cleaned.repairs();
  if (text.size() != cleaned.chars().size()) {
    AddRepair(repairs, KeyRepair::kSpaces);
  }
  const std::vector<Occurrence> found = Occurrences(text);
  if (found.empty()) {
    if (std::ranges::any_of(text, IsSpace)) {
      FoundKey joined = WithoutSpaces(text, cleaned.cut(), repairs);
      if (!joined.verdict.error) return joined;
    }
    return NoKey(text, std::move(repairs));
  }
  const std::size_t distinct = CountDistinct(text, found);
  if (distinct > 1) {
    FoundKey several;
    several.verdict.error = ErrorCode::kKeySeveral;
    several.verdict.keys_found = distinct;
    several.verdict.repairs = std::move(repairs);
    return several;
  }
  return OneKey(text, found, cleaned.cut(), std::move(repairs));
}

}  // namespace precision
