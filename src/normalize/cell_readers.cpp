#include "normalize/cell_readers.h"

#include <charconv>
#include <system_error>

#include "precision/base/money.h"

namespace precision::raw {

namespace {

// So many are always below that.
constexpr std::ptrdiff_t kSafeDigits = 15;

bool GoesOn(char c) {
  return (c >= '0' && c <= '9') || c == '.' || c == 'e' || c == 'E';
}

// What a number with a fraction or an exponent comes to: 16.0 and 1.6e1 are
// whole numbers too.  Exact, as all of it is done in integers.
[[gnu::noinline, clang::minsize]] IntCell WholeValue(const char* at,
                                                     const char* end) {
  constexpr std::int64_t kMostShift = 400;
  const bool negative = *at == '-';
  if (negative) ++at;
  std::int64_t value = 0;
  std::int64_t zeros = 0;  // put off: they may be all that follows
  std::int64_t shift = 0;
  bool in_fraction = false;
  for (; at != end && *at != 'e' && *at != 'E'; ++at) {
    if (*at == '.') {
      in_fraction = true;
      continue;
    }
    if (in_fraction) --shift;
    ++zeros;
    if (*at == '0') continue;
    for (; zeros > 0 && value <= kMaxExact; --zeros) value *= 10;
    if (value > kMaxExact) {
      return {0, in_fraction ? CellState::kUnreadable : CellState::kOutOfRange};
    }
    value += *at - '0';
  }
  shift += zeros;
  if (at != end) {
    const bool down = *++at == '-';
    if (*at == '-' || *at == '+') ++at;
    std::int64_t exponent = 0;
    for (; at != end && exponent < kMostShift; ++at) {
      exponent = exponent * 10 + (*at - '0');
    }
    shift += down ? -exponent : exponent;
  }
  if (value == 0) return {0, CellState::kValue};
  for (; shift > 0 && value <= kMaxExact; --shift) value *= 10;
  for (; shift < 0 && value % 10 == 0; ++shift) value /= 10;
  if (shift < 0) return {0, CellState::kUnreadable};
  if (value > kMaxExact) return {0, CellState::kOutOfRange};
  return {negative ? -value : value, CellState::kValue};
}

// Whatever is not a short whole number.
void ReadOddInt(IntCell& cell, Cursor& at) {
  const char first = *at.it;
  if (first != '-' && (first < '0' || first > '9')) {
    cell.state = PassOver(at);
    return;
  }
  const char* begin = at.it;
  at.SkipNumber();
  if (!at.ok()) return;
  std::int64_t value = 0;
  const auto [stop, error] = std::from_chars(begin, at.it, value);
  if (stop != at.it) {
    cell = WholeValue(begin, at.it);
  } else if (error != std::errc{} || value > kMaxExact || value < -kMaxExact) {
    cell.state = CellState::kOutOfRange;
  } else {
    cell.value = value;
    cell.state = CellState::kValue;
  }
}

}  // namespace

CellState PassOver(Cursor& at) {
  if (*at.it == 'n') {
    at.TakeNull();
    return CellState::kNull;
  }
  at.SkipValue();
  return CellState::kUnreadable;
}

void Read(TextCell& cell, Cursor& at) {
  if (*at.it != '"') {
    cell.state = PassOver(at);
    return;
  }
  const char* begin = ++at.it;
  cell.is_plain = at.SkipString();
  if (!at.ok()) return;
  cell.data = begin;
  cell.size = static_cast<std::uint32_t>(at.it - 1 - begin);
  cell.state = CellState::kValue;
}

void Read(IntCell& cell, Cursor& at) {
  const char* begin = at.it;
  const char* digits = *begin == '-' ? begin + 1 : begin;
  const char* stop = digits;
  std::int64_t value = 0;
  while (stop != at.end && *stop >= '0' && *stop <= '9' &&
         stop - digits < kSafeDigits) {
    value = value * 10 + (*stop++ - '0');
  }
  const bool is_short =
      stop != digits && (*digits != '0' || stop == digits + 1);
  if (is_short && stop != at.end && !GoesOn(*stop)) {
    cell.value = digits == begin ? value : -value;
    cell.state = CellState::kValue;
    at.it = stop;
    return;
  }
  ReadOddInt(cell, at);
}

void Read(BoolCell& cell, Cursor& at) {
  if (*at.it == 't' || *at.it == 'f') {
    cell.value = *at.it == 't';
    if (cell.value ? at.TakeTrue() : at.TakeFalse()) {
      cell.state = CellState::kValue;
    }
    return;
  }
  cell.state = PassOver(at);
}

void Read(DecimalCell& cell, Cursor& at) {
  const char* begin = at.it;
  const bool is_number = *begin == '-' || (*begin >= '0' && *begin <= '9');
  if (is_number) {
    at.SkipNumber();
    if (!at.ok()) return;
    cell.data = begin;
    cell.size = static_cast<std::uint32_t>(at.it - begin);
    cell.state = CellState::kValue;
    return;
  }
  TextCell text;
  Read(text, at);
  cell.data = text.data;
  cell.size = text.size;
  cell.state = text.state;
}

void Read(View& view, Cursor& at) {
  const char* begin = at.it;
  at.SkipValue();
  if (at.ok()) view.json = {begin, static_cast<std::size_t>(at.it - begin)};
}

}  // namespace precision::raw
