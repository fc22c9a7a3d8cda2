#include "normalize/cursor.h"

#include <bit>
#include <cstdint>
// Here alone: it takes seconds to compile.
#include <glaze/json/read.hpp>

#include "normalize/sixteen.h"

namespace precision::raw {

namespace {

struct ReadOptions : glz::opts {
  bool validate_skipped = true;
  // Repaired where a text is used (text.h), rather than refused.
  bool validate_utf8 = false;
};
constexpr ReadOptions kReadOptions{
    {glz::opts{.null_terminated = false, .error_on_unknown_keys = false}}};

}  // namespace

bool Cursor::SkipSomeSpace() {
#ifdef PRECISION_SIXTEEN
  while (end - it >= 16) {
    const Bytes bytes = SixteenAt(it);
    const std::uint32_t text = MaskOf((bytes == ' ') | (bytes == '\n') |
                                      (bytes == '\r') | (bytes == '\t')) ^
                               0xFFFF;
    if (text == 0) {
      it += 16;
      continue;
    }
    it += std::countr_zero(text);
    if (static_cast<unsigned char>(*it) > ' ') return true;
    Fail();
    return false;
  }
#endif
  while (it != end) {
    if (static_cast<unsigned char>(*it) > ' ') return true;
    if (*it != ' ' && *it != '\n' && *it != '\r' && *it != '\t') break;
    ++it;
  }
  Fail();
  return false;
}

bool Cursor::SkipString() {
  const char* begin = it;
#ifdef PRECISION_SIXTEEN
  std::uint32_t high = 0;
  while (end - it >= 16) {
    const Bytes bytes = SixteenAt(it);
    const std::uint32_t special = MaskOf(IsSpecial(bytes));
    const std::uint32_t not_ascii = MaskOf(Signs(bytes));
    if (special == 0) {
      high |= not_ascii;
      it += 16;
      continue;
    }
    const int stop = std::countr_zero(special);
    high |= not_ascii & ((1U << stop) - 1);
    it += stop;
    if (*it != '"') break;  // an escape, or a control character
    ++it;
    return high == 0;
  }
#endif
  it = begin - 1;  // glaze looks back for backslashes
  glz::context context;
  glz::skip_string<kReadOptions>(context, it, end);
  if (bool(context.error)) Fail();
  bad_escape_ =
      context.error == glz::error_code::unicode_escape_conversion_failure;
  return false;
}

void Cursor::SkipNumber() {
  // Most are whole, and no number begins with a zero but 0 itself.
  if (*it >= '1' && *it <= '9') {
    const char* at = it + 1;
    while (at != end && *at >= '0' && *at <= '9') ++at;
    if (at != end && *at != '.' && *at != 'e' && *at != 'E') {
      it = at;
      return;
    }
  }
  glz::context context;
  glz::skip_number<kReadOptions>(context, it, end);
  if (bool(context.error)) Fail();
}

void Cursor::SkipValue() {
  if (it == end) return Fail();
  switch (*it) {
    case '{':
      return SkipObject();
    case '[':
      return SkipArray();
    case '"':
      ++it;
      SkipString();
      return;
    case 'n':
      TakeNull();
      return;
    case 't':
      TakeTrue();
      return;
    case 'f':
      TakeFalse();
      return;
    default:
      return SkipNumber();
  }
}

void Cursor::SkipObject() {
  EachMember([this](std::string_view) { SkipValue(); });
}

void Cursor::SkipArray() {
  EachElement([this] { SkipValue(); });
}

}  // namespace precision::raw
