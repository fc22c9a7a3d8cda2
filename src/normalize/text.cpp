#include "normalize/text.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>

namespace precision {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// U+FFFD in a spelling that nobody writes: tells a repair from a character
// that was there.
constexpr std::string_view kRepairMark = "FfFd";

std::optional<std::uint32_t> Hex4(std::string_view text) {
  if (text.size() < 4) return std::nullopt;
  std::uint32_t value = 0;
  for (const char c : text.substr(0, 4)) {
    std::uint32_t digit = 0;
    if (c >= '0' && c <= '9') {
      digit = static_cast<std::uint32_t>(c - '0');
    } else if (c >= 'a' && c <= 'f') {
      digit = static_cast<std::uint32_t>(c - 'a' + 10);
    } else if (c >= 'A' && c <= 'F') {
      digit = static_cast<std::uint32_t>(c - 'A' + 10);
    } else {
      return std::nullopt;
    }
    value = value << 4 | digit;
  }
  return value;
}

bool IsHigh(std::uint32_t code) { return code >= 0xD800 && code <= 0xDBFF; }
bool IsLow(std::uint32_t code) { return code >= 0xDC00 && code <= 0xDFFF; }

std::uint32_t JoinHalves(std::uint32_t high, std::uint32_t low) {
  return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
}

// The low half that an escape at the front of `text` spells.
std::optional<std::uint32_t> LowHalf(std::string_view text) {
  if (!text.starts_with("\\u")) return std::nullopt;
  const std::optional<std::uint32_t> code = Hex4(text.substr(2));
  if (!code || !IsLow(*code)) return std::nullopt;
  return code;
}

void AppendUtf8(std::uint32_t code, std::string& out) {
  const auto put = [&](std::uint32_t byte) {
    out.push_back(static_cast<char>(static_cast<unsigned char>(byte)));
  };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | code >> 6);
    put(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    put(0xE0 | code >> 12);
    put(0x80 | (code >> 6 & 0x3F));
    put(0x80 | (code & 0x3F));
  } else {
    put(0xF0 | code >> 18);
    put(0x80 | (code >> 12 & 0x3F));
    put(0x80 | (code >> 6 & 0x3F));
    put(0x80 | (code & 0x3F));
  }
}

struct Sequence {
  std::size_t size;  // bytes of the character, or of what is to be replaced
  bool valid;
};

// The character at the front of `text`, whose first byte is not ASCII.
// https://www.unicode.org/versions/latest/, table 3-7.
Sequence SequenceAt(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return static_cast<unsigned char>(text[i]);
  };
  const unsigned char lead = byte(0);
  std::size_t size = 0;
  unsigned char low = 0x80;
  unsigned char high = 0xBF;
  if (lead >= 0xC2 && lead <= 0xDF) {
    size = 2;
  } else if (lead >= 0xE0 && lead <= 0xEF) {
    size = 3;
    if (lead == 0xE0) low = 0xA0;
    if (lead == 0xED) high = 0x9F;
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    size = 4;
    if (lead == 0xF0) low = 0x90;
    if (lead == 0xF4) high = 0x8F;
  } else {
    return {1, false};
  }
  for (std::size_t i = 1; i < size; ++i) {
    if (i == text.size() || byte(i) < low || byte(i) > high) return {i, false};
    low = 0x80;
    high = 0xBF;
  }
  return {size, true};
}

// How much of the front of `text` is ASCII without escapes.
std::size_t PlainPrefix(std::string_view text) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080;
  constexpr std::uint64_t kOnes = 0x0101010101010101;
  constexpr std::uint64_t kBackslashes = kOnes * '\\';
  std::size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + i, 8);
    const std::uint64_t other = word ^ kBackslashes;
    if (((word | ((other - kOnes) & ~other)) & kHighBits) != 0) break;
  }
  while (i < text.size() && text[i] != '\\' &&
         static_cast<unsigned char>(text[i]) < 0x80) {
    ++i;
  }
  return i;
}

// Whether there is nothing to undo and nothing to replace.
bool IsClean(std::string_view text) {
  while (true) {
    text.remove_prefix(PlainPrefix(text));
    if (text.empty()) return true;
    if (text[0] == '\\') return false;
    const Sequence sequence = SequenceAt(text);
    if (!sequence.valid) return false;
    text.remove_prefix(sequence.size);
  }
}

char Unescaped(char c) {
  switch (c) {
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return c;  // '"', '\\', '/'
  }
}

// Undoes the escape at the front of `text`; returns its length.
std::size_t AppendEscape(std::string_view text, std::string& out,
                         bool& repaired) {
  if (text.size() < 2) return text.size();
  if (text[1] != 'u') {
    out.push_back(Unescaped(text[1]));
    return 2;
  }
  const std::optional<std::uint32_t> code = Hex4(text.substr(2));
  if (!code) return 2;
  if (IsHigh(*code)) {
    if (const auto low = LowHalf(text.substr(6))) {
      AppendUtf8(JoinHalves(*code, *low), out);
      return 12;
    }
  }
  if (IsHigh(*code) || IsLow(*code) || text.substr(2, 4) == kRepairMark) {
    repaired = true;
    out += kReplacement;
  } else {
    AppendUtf8(*code, out);
  }
  return 6;
}

}  // namespace

DecodedText DecodeText(std::string_view escaped, std::string& scratch) {
  if (IsClean(escaped)) return {escaped};
  scratch.clear();
  bool repaired = false;
  std::string_view rest = escaped;
  while (!rest.empty()) {
    std::size_t taken = 1;
    if (rest[0] == '\\') {
      taken = AppendEscape(rest, scratch, repaired);
    } else if (static_cast<unsigned char>(rest[0]) < 0x80) {
      scratch.push_back(rest[0]);
    } else {
      const Sequence sequence = SequenceAt(rest);
      taken = sequence.size;
      if (sequence.valid) {
        scratch += rest.substr(0, taken);
      } else {
        scratch += kReplacement;
        repaired = true;
      }
    }
    rest.remove_prefix(taken);
  }
  return {scratch, repaired};
}

std::string ReplaceLoneSurrogates(std::string_view body) {
  std::string out(body);
  for (std::size_t i = 0; i + 1 < out.size(); ++i) {
    if (out[i] != '\\') continue;
    if (out[i + 1] != 'u') {
      ++i;  // whatever is escaped, a backslash among them, is not looked at
      continue;
    }
    const std::string_view rest = std::string_view(out).substr(i);
    const std::optional<std::uint32_t> code = Hex4(rest.substr(2));
    if (!code) continue;
    if (IsHigh(*code) && LowHalf(rest.substr(6))) {
      i += 11;
    } else if (IsHigh(*code) || IsLow(*code)) {
      out.replace(i + 2, 4, kRepairMark);
      i += 5;
    } else {
      i += 5;
    }
  }
  return out;
}

bool IsUtf16(std::string_view bytes) {
  return bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
}

std::string Utf16ToUtf8(std::string_view bytes) {
  const std::size_t low = bytes.starts_with('\xFF') ? 0 : 1;
  const auto unit = [&](std::size_t i) {
    const auto byte = [&](std::size_t at) {
      return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at]));
    };
    return byte(i + 1 - low) << 8 | byte(i + low);
  };
  std::string out;
  out.reserve(bytes.size() / 2);
  std::size_t i = 2;
  for (; i + 2 <= bytes.size(); i += 2) {
    const std::uint32_t code = unit(i);
    if (IsHigh(code) && i + 4 <= bytes.size() && IsLow(unit(i + 2))) {
      i += 2;
      AppendUtf8(JoinHalves(code, unit(i)), out);
    } else if (IsHigh(code) || IsLow(code)) {
      out += kReplacement;
    } else {
      AppendUtf8(code, out);
    }
  }
  if (i < bytes.size()) out += kReplacement;
  return out;
}

}  // namespace precision
