#include "normalize/cursor.h"

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

void Cursor::Check() {
  if (bool(context_.error)) Fail();
}

void Cursor::SkipString() {
  --it;  // glaze looks back for backslashes
  glz::skip_string<kReadOptions>(context_, it, end);
  Check();
}

void Cursor::SkipNumber() {
  glz::skip_number<kReadOptions>(context_, it, end);
  Check();
}

bool Cursor::TakeLiteral(std::string_view literal) {
  if (static_cast<std::size_t>(end - it) < literal.size() ||
      std::memcmp(it, literal.data(), literal.size()) != 0) {
    Fail();
    return false;
  }
  it += literal.size();
  return true;
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
      return SkipString();
    case 'n':
      TakeLiteral("null");
      return;
    case 't':
      TakeLiteral("true");
      return;
    case 'f':
      TakeLiteral("false");
      return;
    default:
      return SkipNumber();
  }
}

void Cursor::SkipObject() {
  if (!Enter() || !SkipSpace()) return;
  if (*it == '}') return Leave();
  while (true) {
    if (*it != '"') return Fail();
    ++it;
    SkipString();
    if (!ok() || !TakeColon()) return;
    SkipValue();
    if (!ok() || !SkipSpace()) return;
    if (*it == '}') return Leave();
    if (*it != ',') return Fail();
    ++it;
    if (!SkipSpace()) return;
  }
}

void Cursor::SkipArray() {
  if (!Enter() || !SkipSpace()) return;
  if (*it == ']') return Leave();
  while (true) {
    SkipValue();
    if (!ok() || !SkipSpace()) return;
    if (*it == ']') return Leave();
    if (*it != ',') return Fail();
    ++it;
    if (!SkipSpace()) return;
  }
}

}  // namespace precision::raw
