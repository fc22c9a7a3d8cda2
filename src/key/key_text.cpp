#include "key_text.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "precision/base/wipe.h"

namespace precision {

namespace {

constexpr char32_t kReplacement = 0xFFFD;

struct Range {
  char32_t first;
  char32_t last;
};

template <std::size_t N>
bool IsIn(const Range (&ranges)[N], char32_t c) {
  return std::ranges::any_of(
      ranges, [c](Range r) { return r.first <= c && c <= r.last; });
}

// Zero-width characters, soft hyphen, direction marks, byte-order mark,
// variation selectors; control characters but for tab and line ends.
constexpr Range kInvisible[] = {
    {0x00, 0x08},     {0x0E, 0x1F},     {0x7F, 0x84},       {0x86, 0x9F},
    {0xAD, 0xAD},     {0x034F, 0x034F}, {0x061C, 0x061C},   {0x180B, 0x180E},
    {0x200B, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x206F},   {0xFE00, 0xFE0F},
    {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFC}, {0xE0000, 0xE0FFF},
};

constexpr Range kOddSpaces[] = {
    {0xA0, 0xA0},     {0x1680, 0x1680}, {0x2000, 0x200A}, {0x202F, 0x202F},
    {0x205F, 0x205F}, {0x2800, 0x2800}, {0x3000, 0x3000}, {0x3164, 0x3164},
};

constexpr Range kLineEnds[] = {{0x0A, 0x0D}, {0x85, 0x85}, {0x2028, 0x2029}};

constexpr Range kOddQuotes[] = {
    {0xAB, 0xAB},     {0xB4, 0xB4},     {0xBB, 0xBB},     {0x2018, 0x201F},
    {0x2032, 0x2033}, {0x2039, 0x203A}, {0x275B, 0x275E}, {0x3008, 0x3011},
    {0x3014, 0x301F}, {0xFF02, 0xFF02}, {0xFF07, 0xFF07}, {0xFF62, 0xFF63},
};

// Stops and colons as East Asian keyboards type them around a key.
struct Pair {
  char32_t from;
  char32_t to;
};
constexpr Pair kPunctuation[] = {
    {0x3001, U','}, {0x3002, U'.'}, {0xFF01, U'!'}, {0xFF08, U'('},
    {0xFF09, U')'}, {0xFF0C, U','}, {0xFF0E, U'.'}, {0xFF1A, U':'},
    {0xFF1B, U';'}, {0xFF1D, U'='}, {0xFF1F, U'?'}, {0xFF61, U'.'},
};

// Letters of other alphabets that look like those of the prefixes.
constexpr Pair kLookAlikes[] = {
    {0x0430, U'a'}, {0x0435, U'e'}, {0x0456, U'i'}, {0x043A, U'k'},
    {0x043E, U'o'}, {0x0440, U'p'}, {0x0433, U'r'}, {0x0455, U's'},
    {0x0442, U't'}, {0x0475, U'v'}, {0x0441, U'c'}, {0x0501, U'd'},
    {0x04CF, U'l'}, {0x03BA, U'k'}, {0x03B9, U'i'}, {0x03BD, U'v'},
    {0x03C1, U'p'}, {0x03C4, U't'}, {0x03B5, U'e'}, {0x03BF, U'o'},
    {0x0131, U'i'}, {0x017F, U's'}, {0x2113, U'l'}, {0x0138, U'k'},
    {0x0280, U'r'}, {0x02CD, U'_'}, {0x2017, U'_'}, {0x203F, U'_'},
};

struct Decoded {
  char32_t c;
  std::size_t bytes;
};

// One character of `text` at `at`; a byte that begins none is U+FFFD.
Decoded DecodeUtf8(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  if (lead < 0x80) return {lead, 1};
  std::size_t extra = 0;
  char32_t c = 0;
  if (lead >= 0xC2 && lead <= 0xDF) {
    extra = 1;
    c = lead & 0x1FU;
  } else if (lead >= 0xE0 && lead <= 0xEF) {
    extra = 2;
    c = lead & 0x0FU;
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    extra = 3;
    c = lead & 0x07U;
  } else {
    return {kReplacement, 1};
  }
  if (at + extra >= text.size()) return {kReplacement, 1};
  for (std::size_t i = 1; i <= extra; ++i) {
    const auto byte = static_cast<unsigned char>(text[at + i]);
    if ((byte & 0xC0U) != 0x80) return {kReplacement, 1};
    c = (c << 6U) | (byte & 0x3FU);
  }
  const bool overlong =
      (extra == 2 && c < 0x800) || (extra == 3 && c < 0x10000);
  const bool surrogate = 0xD800 <= c && c <= 0xDFFF;
  if (overlong || surrogate || c > 0x10FFFF) return {kReplacement, 1};
  return {c, extra + 1};
}

std::optional<unsigned> HexDigit(char c) {
  if ('0' <= c && c <= '9') return static_cast<unsigned>(c - '0');
  if ('a' <= c && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
  if ('A' <= c && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
  return std::nullopt;
}

// Undoes %5F and its like.  A letter or digit is never encoded by anyone, so
// "%41" stays as it is and is reported.  False when there was nothing to undo.
bool PercentDecode(std::string_view text, std::string& out) {
  bool any = false;
  out.clear();
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      const std::optional<unsigned> high = HexDigit(text[i + 1]);
      const std::optional<unsigned> low = HexDigit(text[i + 2]);
      if (high && low) {
        const unsigned byte = (*high << 4U) | *low;
        if (!IsBase62(byte)) {
          out += static_cast<char>(byte);
          i += 2;
          any = true;
          continue;
        }
      }
    }
    out += text[i];
  }
  if (!any) return false;
  for (std::size_t i = 0; i < out.size();) {
    const Decoded decoded = DecodeUtf8(out, i);
    if (decoded.c == kReplacement) return false;
    i += decoded.bytes;
  }
  return true;
}

struct Entity {
  std::string_view name;
  std::string_view text;
};
constexpr Entity kEntities[] = {
    {"&quot;", "\""}, {"&#34;", "\""}, {"&apos;", "'"}, {"&#39;", "'"},
    {"&#x27;", "'"},  {"&lt;", "<"},   {"&gt;", ">"},   {"&amp;", "&"},
    {"&nbsp;", " "},  {"&#160;", " "}, {"&#95;", "_"},  {"&lowbar;", "_"},
    {"&#x5f;", "_"},  {"&#x5F;", "_"},
};

bool EntityDecode(std::string_view text, std::string& out) {
  bool any = false;
  out.clear();
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const auto* entity = std::ranges::find_if(kEntities, [&](const Entity& e) {
      return text.substr(i).starts_with(e.name);
    });
    if (entity != std::end(kEntities)) {
      out += entity->text;
      i += entity->name.size();
      any = true;
    } else {
      out += text[i++];
    }
  }
  return any;
}

}  // namespace

KeyText::KeyText(std::string_view pasted) {
  cut_ = pasted.size() > kMaxBytes;
  std::string_view text = pasted.substr(0, kMaxBytes);
  std::string first;
  std::string second;
  if (text.contains('&') && EntityDecode(text, first)) {
    Repaired(KeyRepair::kPercentEncoding);
    text = first;
  }
  // Twice: a link inside a link.
  if (text.contains('%') && PercentDecode(text, second)) {
    Repaired(KeyRepair::kPercentEncoding);
    text = second;
    if (text.contains('%') && PercentDecode(second, first)) text = first;
  }
  // Never grown, so that no copy is left behind.
  chars_.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const Decoded decoded = DecodeUtf8(text, i);
    Append(decoded.c);
    i += decoded.bytes;
  }
  Wipe(first);
  Wipe(second);
}

KeyText::~KeyText() {
  chars_.resize(chars_.capacity());
  // volatile: a plain store to memory that is freed next may be dropped.
  volatile char32_t* c = chars_.data();
  for (std::size_t i = 0; i < chars_.size(); ++i) c[i] = 0;
}

void KeyText::Append(char32_t c) {
  if (IsIn(kInvisible, c)) {
    Repaired(KeyRepair::kInvisible);
  } else if (IsIn(kOddSpaces, c)) {
    Repaired(KeyRepair::kInvisible);
    chars_ += U' ';
  } else if (IsIn(kLineEnds, c)) {
    chars_ += U'\n';
  } else if (c == U'\t') {
    chars_ += U' ';
  } else if (IsIn(kOddQuotes, c)) {
    chars_ += U'"';
  } else {
    const auto* pair = std::ranges::find(kPunctuation, c, &Pair::from);
    chars_ += pair == std::end(kPunctuation) ? c : pair->to;
  }
}

void KeyText::Repaired(KeyRepair repair) { AddRepair(repairs_, repair); }

void AddRepair(std::vector<KeyRepair>& repairs, KeyRepair repair) {
  if (std::ranges::find(repairs, repair) == repairs.end()) {
    repairs.push_back(repair);
  }
}

bool IsDash(char32_t c) {
  constexpr Range kDashes[] = {{U'-', U'-'},     {0x2010, 0x2015},
                               {0x2212, 0x2212}, {0xFE58, 0xFE58},
                               {0xFE63, 0xFE63}, {0xFF0D, 0xFF0D}};
  return IsIn(kDashes, c);
}

bool IsMask(char32_t c) {
  constexpr Range kMasks[] = {
      {U'*', U'*'},     {0xB7, 0xB7},     {0x2022, 0x2022}, {0x2023, 0x2027},
      {0x204E, 0x204E}, {0x2217, 0x2219}, {0x22C5, 0x22C5}, {0x22EF, 0x22EF},
      {0x2588, 0x2588}, {0x25A0, 0x25A1}, {0x25AA, 0x25AB}, {0x25CB, 0x25CF},
      {0x25E6, 0x25E6}, {0x26AA, 0x26AB}, {0x2B1B, 0x2B1C}, {0x2B24, 0x2B24},
      {0x30FB, 0x30FB}, {0xFF0A, 0xFF0A}, {0xFF65, 0xFF65}};
  return IsIn(kMasks, c);
}

char32_t LooksLike(char32_t c) {
  // The full-width forms of ASCII.
  if (0xFF01 <= c && c <= 0xFF5E) return c - 0xFEE0;
  const auto* pair = std::ranges::find(kLookAlikes, c, &Pair::from);
  return pair == std::end(kLookAlikes) ? c : pair->to;
}

std::string ToAscii(std::u32string_view chars) {
  std::string text;
  text.reserve(chars.size());
  for (const char32_t c : chars) text += c < 0x80 ? static_cast<char>(c) : '?';
  return text;
}

std::string ToLowerAscii(std::u32string_view chars) {
  std::string text = ToAscii(chars);
  for (char& c : text) {
    c = static_cast<char>(LowerCase(static_cast<unsigned char>(c)));
  }
  return text;
}

}  // namespace precision
