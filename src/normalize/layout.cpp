#include "normalize/layout.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <string>

#include "normalize/cell_readers.h"
#include "normalize/cells.h"
#include "normalize/sixteen.h"
#include "normalize/text.h"

namespace precision::raw {

namespace {

constexpr std::size_t kBlock = 16;
constexpr std::size_t kMaxEntries = 128;
constexpr std::size_t kMaxPrefix = 256;
constexpr std::size_t kMaxValue = 512;
constexpr std::size_t kMaxRun = 4096;
// A value that differed so often, and in more than one object of eight, is no
// longer compared.
constexpr std::uint32_t kManyMisses = 6;
constexpr std::uint32_t kRareMiss = 8;

// How many bytes at the front are the same, at most `size`.
// REQUIRES: `size` bytes, and sixteen, may be read from either.
std::size_t EqualBytes(const char* a, const char* b, std::size_t size) {
#ifdef PRECISION_SIXTEEN
  std::size_t i = 0;
  while (true) {
    const std::uint32_t differs = MaskOf(SixteenAt(a + i) != SixteenAt(b + i));
    if (differs != 0) {
      return std::min(size,
                      i + static_cast<std::size_t>(std::countr_zero(differs)));
    }
    i += kBlock;
    if (i >= size) return size;
    // The last block overlaps the one before.
    if (i + kBlock > size) i = size - kBlock;
  }
#else
  return static_cast<std::size_t>(std::mismatch(a, a + size, b).first - a);
#endif
}

// Whether so many bytes are the same.
// REQUIRES: sixteen bytes, and `size`, may be read from either.
bool IsSame(const char* a, const char* b, std::size_t size) {
#ifdef PRECISION_SIXTEEN
  const auto differ = [&](std::size_t i) {
    return SixteenAt(a + i) ^ SixteenAt(b + i);
  };
  if (size < kBlock) {
    return (MaskOf(differ(0) != 0) & ((1U << size) - 1)) == 0;
  }
  const std::size_t last = size - kBlock;
  for (std::size_t i = 0; i < last; i += kBlock) {
    if (!IsZero(differ(i))) return false;
  }
  return IsZero(differ(last));
#else
  return std::memcmp(a, b, size) == 0;
#endif
}

bool IsOfNumber(char c) {
  return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' ||
         c == 'e' || c == 'E';
}

static_assert(std::endian::native == std::endian::little);

// The number that `size` digits are, one to eight; eight bytes may be read.
std::int64_t EightDigits(const char* it, std::size_t size) {
  std::uint64_t digits = 0;
  std::memcpy(&digits, it, 8);
  // The first digit is the lowest byte; those that are not its own become 0.
  digits = (digits - 0x3030303030303030) << (8 * (8 - size));
  digits = digits * 10 + (digits >> 8);
  constexpr std::uint64_t kMask = 0x000000FF000000FF;
  constexpr std::uint64_t kHigh = 100 + (std::uint64_t{1'000'000} << 32);
  constexpr std::uint64_t kLow = 1 + (std::uint64_t{10'000} << 32);
  digits = ((digits & kMask) * kHigh + ((digits >> 16) & kMask) * kLow) >> 32;
  return static_cast<std::int64_t>(digits & 0xFFFFFFFF);
}

std::int64_t IntOf(const char* it, std::size_t size) {
  if (size <= 8) return EightDigits(it, size);
  return EightDigits(it, size - 8) * 100'000'000 +
         EightDigits(it + size - 8, 8);
}

// How much may be read behind a run: nearly every text is shorter.
constexpr std::size_t kMostRead = 192;

// Each gives the size of the value at `it`, or 0 where it is of another kind.
// REQUIRES: kMostRead bytes may be read.

// A text that is not long, ASCII and without escapes, with its quotes.
inline std::size_t PlainTextSize(const char* it) {
#ifdef PRECISION_SIXTEEN
#pragma clang loop unroll(disable)
  for (std::size_t i = 1; i + 2 * kBlock < kMostRead; i += 2 * kBlock) {
    const Bytes first = SixteenAt(it + i);
    const Bytes second = SixteenAt(it + i + kBlock);
    const std::uint32_t special = MaskOf(IsSpecial(first) | Signs(first)) |
                                  MaskOf(IsSpecial(second) | Signs(second))
                                      << kBlock;
    if (special == 0) continue;
    i += static_cast<std::size_t>(std::countr_zero(special));
    return it[i] == '"' ? i + 1 : 0;
  }
#endif
  return 0;
}

// A whole number of at most fifteen digits, without a sign.
inline std::size_t ShortIntSize(const char* it) {
#ifdef PRECISION_SIXTEEN
  const Bytes digits = SixteenAt(it) - static_cast<unsigned char>('0');
  const std::uint32_t others = MaskOf(digits > 9);
  const auto size =
      static_cast<std::size_t>(std::countr_zero(others | 0x10000));
  const bool is_short = size <= 15 && (*it != '0' || size == 1);
  return is_short && !IsOfNumber(it[size]) ? size : 0;
#else
  return 0;
#endif
}

// null, true or false.
inline std::size_t WordSize(const char* it) {
  const auto is = [it](const char* word) {
    return std::memcmp(it, word, 4) == 0;
  };
  if (is("null") || is("true")) return 4;
  return is("fals") && it[4] == 'e' ? 5 : 0;
}

std::uint16_t IndexOf(std::string_view name,
                      std::span<const std::string_view> names,
                      std::uint16_t none) {
  const auto found = std::ranges::find(names, name);
  return found == names.end()
             ? none
             : static_cast<std::uint16_t>(found - names.begin());
}

PlainMember PlainOf(const Members& members, std::uint16_t member) {
  return member < members.plain.size() ? members.plain[member] : PlainMember{};
}

// To a key's opening quote, or to '}'.  REQUIRES: the cursor is at the '{' of
// an object, or behind a value.
bool ToKeyOrEnd(Cursor& at, bool is_first) {
  if (is_first) ++at.it;
  if (!at.SkipSpace()) return false;
  if (*at.it == '}') return true;
  if (!is_first) {
    if (*at.it != ',') {
      at.Fail();
      return false;
    }
    ++at.it;
    if (!at.SkipSpace()) return false;
  }
  if (*at.it == '"') return true;
  at.Fail();
  return false;
}

void SkipObject(Cursor& at, const Nested& nested) {
  static constexpr Members kNoMembers{{}, nullptr};
  nested.Get().ReadObject(at, kNoMembers, nullptr);
}

}  // namespace

// The first bytes of a RefTo<Shape>, whatever the shape, are a Reference, and
// the first of that its id.
static_assert(offsetof(Reference, id) == 0);

Layout& Nested::Get() const {
  if (!layout) layout = std::make_unique<Layout>(budget);
  return *layout;
}

Layout::Layout(std::size_t& budget) : budget_(budget) {
  entries_.front().varies = true;
}

void Layout::ReadObject(Cursor& at, const Members& members, void* shape) {
  if (!at.Deepen()) return;
  ++objects_;
  if (has_changed_) JoinRuns();
  const Reading reading{at, members, shape};
  std::uint16_t before = kStart;
  while (!ReadLikeLast(reading, before)) {
    if (!at.ok()) return;
    const Step step = Advance(reading, before);
    if (!at.ok()) return;
    before = step.entry;
    if (step.has_passed_value) continue;
    if (step.member == kEnd) break;
    ReadValue(reading, step);
    if (!at.ok()) return;
  }
  at.Rise();
}

bool Layout::ReadLikeLast(const Reading& reading, std::uint16_t& before) {
  if (before == kNone) return false;
  Cursor& at = reading.at;
  const char* it = at.it;
  const char* const end = at.end;
  const char* text = text_.data();
  Entry* const entries = entries_.data();
  std::uint16_t next = entries[before].next;
  while (next != kNone) {
    Entry& entry = entries[next];
    if (static_cast<std::size_t>(end - it) < entry.run + kMostRead ||
        !IsSame(it, text + entry.begin, entry.run)) {
      break;
    }
    const char* value = it + entry.run;
    // What more digits follow is another number.
    if (entry.way == Way::kPassed && entries[entry.run_end].is_number &&
        IsOfNumber(*value)) {
      break;
    }
    for (std::uint16_t i = entry.first_known; i != kNone;
         i = entries[i].next_known) {
      Entry& known = entries[i];
      ReadKnown(reading, known,
                it + (known.begin - entry.begin) + known.prefix);
    }
    it = value;
    before = entry.run_end;
    next = entry.then;
    if (entry.way == Way::kPassed) continue;
    if (entry.way == Way::kEnd) {
      at.it = it;
      return true;
    }
    const std::size_t passed =
        entry.way == Way::kOther
            ? 0
            : ReadPlain(it, entry.way,
                        static_cast<char*>(reading.shape) + entry.offset);
    it += passed;
    if (passed != 0) continue;
    if (entry.way == Way::kUnknown && *it == '{') {
      at.it = it;
      SkipObject(at, {entries[before].nested, budget_});
      if (!at.ok()) return false;
      it = at.it;
      continue;
    }
    at.it = it;
    const Entry& last = entries[before];
    ReadValue(reading, {before, last.member, false});
    if (!at.ok()) return false;
    it = at.it;
    text = text_.data();  // which may have grown
  }
  at.it = it;
  return false;
}

// A value as most are, into the cell that the way leads to; its size, or 0
// where it is another.  REQUIRES: kMostRead bytes may be read.
[[gnu::always_inline]] inline std::size_t Layout::ReadPlain(const char* it,
                                                            Way way,
                                                            char* cell) {
  if (*it == '"') {
    const std::size_t size = PlainTextSize(it);
    if (way == Way::kUnknown || size == 0) return size;
    if (way == Way::kReference) {
      auto& reference = *reinterpret_cast<Reference*>(cell);
      if (reference.expanded) return 0;
      reference.state = CellState::kValue;
    } else if (way != Way::kText) {
      return 0;
    }
    // With it a reference begins.
    *reinterpret_cast<TextCell*>(cell) = {
        it + 1, static_cast<std::uint32_t>(size - 2), CellState::kValue, true};
    return size;
  }
  if (*it >= '0' && *it <= '9') {
    const std::size_t size = ShortIntSize(it);
    if (way == Way::kUnknown || size == 0) return size;
    if (way != Way::kInt) return 0;
    *reinterpret_cast<IntCell*>(cell) = {IntOf(it, size), CellState::kValue};
    return size;
  }
  const std::size_t size = WordSize(it);
  if (way == Way::kUnknown || size == 0) return size;
  const bool is_null = *it == 'n';
  if (way == Way::kBool) {
    auto& flag = *reinterpret_cast<BoolCell*>(cell);
    flag.state = is_null ? CellState::kNull : CellState::kValue;
    if (!is_null) flag.value = *it == 't';
    return size;
  }
  if (!is_null) return 0;
  if (way == Way::kInt) {
    reinterpret_cast<IntCell*>(cell)->state = CellState::kNull;
    return size;
  }
  if (way == Way::kReference) {
    auto& reference = *reinterpret_cast<Reference*>(cell);
    if (reference.expanded) return 0;
    reference.state = CellState::kNull;
  }
  reinterpret_cast<TextCell*>(cell)->state = CellState::kNull;
  return size;
}

[[gnu::noinline, clang::minsize]] Layout::Step Layout::Advance(
    const Reading& reading, std::uint16_t before) {
  if (before == kNone) return Parse(reading.at, false, reading.members);
  Step step;
  const std::uint16_t next = entries_[before].next;
  if (next != kNone && Takes(reading, next, step)) return step;
  const std::uint16_t other = entries_[before].other;
  if (other == kNone || !Takes(reading, other, step)) {
    step = Parse(reading.at, before == kStart, reading.members);
    if (step.entry == kNone) return step;
    entries_[before].other = step.entry;
  }
  // Once may be by chance, twice in a row is how it goes on from here.
  Entry& entry = entries_[before];
  if (next == kNone || entry.detour + 1 == objects_) {
    std::swap(entry.next, entry.other);
    has_changed_ = true;
  }
  entry.detour = objects_;
  return step;
}

// Whether the entry, and maybe more of its run, stands at the cursor.
[[gnu::noinline, clang::minsize]] bool Layout::Takes(const Reading& reading,
                                                     std::uint16_t index,
                                                     Step& step) {
  Cursor& at = reading.at;
  const auto left = static_cast<std::size_t>(at.end - at.it);
  if (left < kBlock) return false;
  const std::uint16_t run_end = entries_[index].run_end;
  std::size_t equal =
      EqualBytes(at.it, text_.data() + entries_[index].begin,
                 std::min<std::size_t>(entries_[index].run, left));
  bool takes = false;
  while (true) {
    Entry& entry = entries_[index];
    const char* value = at.it + entry.prefix;
    const char* end = at.it + entry.whole;
    if (equal < entry.whole ||
        (entry.is_number && end != at.end && IsOfNumber(*end))) {
      break;
    }
    if (entry.has_known_value()) ReadKnown(reading, entry, value);
    equal -= entry.whole;
    at.it = end;
    step = {index, entry.member, entry.has_value()};
    takes = true;
    if (index == run_end) return true;
    ++index;
  }
  Entry& entry = entries_[index];
  if (!entry.has_value() || equal < entry.prefix) return takes;
  at.it += entry.prefix;
  step = {index, entry.member, false};
  ++entry.misses;
  if (entry.misses >= kManyMisses &&
      entry.misses > (objects_ - entry.born) / kRareMiss) {
    entry.varies = true;
    entry.whole = entry.prefix;
    entry.is_number = false;
    JoinRuns();
  }
  return true;
}

Layout::Way Layout::WayOf(PlainMember::Kind kind) {
  switch (kind) {
    case PlainMember::Kind::kText:
      return Way::kText;
    case PlainMember::Kind::kInt:
      return Way::kInt;
    case PlainMember::Kind::kBool:
      return Way::kBool;
    case PlainMember::Kind::kReference:
      return Way::kReference;
    case PlainMember::Kind::kNone:
      break;
  }
  return Way::kOther;
}

[[gnu::noinline, clang::minsize]] void Layout::JoinRuns() {
  has_changed_ = false;
  for (std::size_t i = entries_.size(); i-- > 1;) {
    Entry& entry = entries_[i];
    entry.run = entry.whole;
    entry.run_end = static_cast<std::uint16_t>(i);
    entry.then = entry.next;
    entry.next_known = kNone;
    entry.offset = 0;
    if (entry.has_value()) {
      entry.way = Way::kPassed;
    } else if (entry.member == kEnd) {
      entry.way = Way::kEnd;
    } else if (entry.member == kUnknown) {
      entry.way = Way::kUnknown;
    } else {
      entry.offset = entry.plain.offset;
      entry.way = WayOf(entry.plain.kind);
    }
    if (!entry.varies && entry.way != Way::kEnd && !entry.has_value()) {
      entry.way = Way::kOther;  // its first value is still to be kept
    }
    if (entry.has_value() && entry.next == i + 1) {
      const Entry& next = entries_[i + 1];
      if (next.begin == entry.begin + entry.whole &&
          entry.whole + next.run <= kMaxRun) {
        entry.run = static_cast<std::uint16_t>(entry.whole + next.run);
        entry.run_end = next.run_end;
        entry.then = next.then;
        entry.way = next.way;
        entry.offset = next.offset;
        entry.next_known = next.first_known;
      }
    }
    entry.first_known = entry.has_known_value() ? static_cast<std::uint16_t>(i)
                                                : entry.next_known;
  }
}

[[gnu::noinline, clang::minsize]] Layout::Step Layout::Parse(
    Cursor& at, bool is_first, const Members& members) {
  Step step;
  const char* begin = at.it;
  if (!ToKeyOrEnd(at, is_first)) return step;
  if (*at.it == '}') {
    ++at.it;
    step.member = kEnd;
  } else {
    const char* key = ++at.it;
    const bool is_plain = at.SkipString();
    if (!at.ok()) return step;
    std::string_view name(key, static_cast<std::size_t>(at.it - 1 - key));
    if (!at.TakeColon()) return step;
    std::string scratch;
    if (!is_plain) name = DecodeText(name, scratch).text;
    step.member = IndexOf(name, members.names, kUnknown);
  }
  step.entry = Learn({begin, static_cast<std::size_t>(at.it - begin)},
                     step.member, PlainOf(members, step.member));
  return step;
}

// The entry of these bytes, new if need be; none if there is no more room.
[[gnu::noinline, clang::minsize]] std::uint16_t Layout::Learn(
    std::string_view prefix, std::uint16_t member, PlainMember plain) {
  for (std::size_t i = kStart + 1; i < entries_.size(); ++i) {
    const Entry& entry = entries_[i];
    if (entry.prefix == prefix.size() &&
        std::memcmp(text_.data() + entry.begin, prefix.data(), prefix.size()) ==
            0) {
      return static_cast<std::uint16_t>(i);
    }
  }
  if (entries_.size() == kMaxEntries || prefix.size() > kMaxPrefix ||
      budget_ < sizeof(Entry) || !Append(prefix)) {
    return kNone;
  }
  budget_ -= sizeof(Entry);
  Entry& entry = entries_.emplace_back();
  entry.begin =
      static_cast<std::uint32_t>(text_.size() - kBlock - prefix.size());
  entry.prefix = entry.whole = entry.run =
      static_cast<std::uint16_t>(prefix.size());
  entry.member = member;
  entry.plain = plain;
  if (member == kEnd) entry.way = Way::kEnd;
  entry.run_end = static_cast<std::uint16_t>(entries_.size() - 1);
  entry.born = objects_;
  return entry.run_end;
}

void Layout::ReadValue(const Reading& reading, const Step& step) {
  Cursor& at = reading.at;
  // There may be more white space than last time.
  if (!at.SkipSpace()) return;
  if (step.entry == kNone) {
    std::unique_ptr<Layout> passing;
    return step.member == kUnknown
               ? at.SkipValue()
               : ReadMember(reading, step.member, {passing, budget_});
  }
  Entry& entry = entries_[step.entry];
  const char* begin = at.it;
  if (step.member != kUnknown) {
    ReadMember(reading, step.member, {entry.nested, budget_});
  } else if (entry.varies) {
    SkipValue(at, {entry.nested, budget_});
  } else {
    at.SkipValue();
  }
  if (!entry.varies && !entry.has_value() && at.ok()) {
    KeepValue(reading, entry, begin);
  }
}

void Layout::ReadMember(const Reading& reading, std::uint16_t member,
                        const Nested& nested) {
  const PlainMember plain = PlainOf(reading.members, member);
  char* cell = static_cast<char*>(reading.shape) + plain.offset;
  switch (plain.kind) {
    case PlainMember::Kind::kNone:
    case PlainMember::Kind::kReference:
      return reading.members.read(reading.shape, member, reading.at, nested);
    case PlainMember::Kind::kText:
      return Read(*reinterpret_cast<TextCell*>(cell), reading.at);
    case PlainMember::Kind::kInt:
      return Read(*reinterpret_cast<IntCell*>(cell), reading.at);
    case PlainMember::Kind::kBool:
      return Read(*reinterpret_cast<BoolCell*>(cell), reading.at);
  }
}

void Layout::ReadKnown(const Reading& reading, Entry& entry,
                       const char* value) {
  char* cell = static_cast<char*>(reading.shape) + entry.plain.offset;
  const bool is_null = *value == 'n';
  switch (entry.plain.kind) {
    case PlainMember::Kind::kReference: {
      auto& reference = *reinterpret_cast<Reference*>(cell);
      if (reference.expanded) break;  // the key came before
      reference.state = is_null ? CellState::kNull : CellState::kValue;
      [[fallthrough]];  // it begins with its id
    }
    case PlainMember::Kind::kText: {
      auto& text = *reinterpret_cast<TextCell*>(cell);
      text.state = is_null ? CellState::kNull : CellState::kValue;
      if (is_null) return;
      text.data = value + 1;
      text.size = entry.whole - entry.prefix - 2U;
      text.is_plain = entry.is_plain;
      return;
    }
    case PlainMember::Kind::kInt: {
      auto& number = *reinterpret_cast<IntCell*>(cell);
      number.state = is_null ? CellState::kNull : CellState::kValue;
      if (!is_null) number.value = entry.number;
      return;
    }
    case PlainMember::Kind::kBool: {
      auto& flag = *reinterpret_cast<BoolCell*>(cell);
      flag.state = is_null ? CellState::kNull : CellState::kValue;
      if (!is_null) flag.value = *value == 't';
      return;
    }
    case PlainMember::Kind::kNone:
      break;
  }
  const char* here = std::exchange(reading.at.it, value);
  reading.members.read(reading.shape, entry.member, reading.at,
                       {entry.nested, budget_});
  reading.at.it = here;
}

// The value just read, from `begin` to the cursor, is compared from now on.
[[gnu::noinline, clang::minsize]] void Layout::KeepValue(const Reading& reading,
                                                         Entry& entry,
                                                         const char* begin) {
  const std::string_view value(begin,
                               static_cast<std::size_t>(reading.at.it - begin));
  entry.is_number = IsOfNumber(*begin);
  // Where another entry has come since, a page broke off at this one.
  const bool is_last = entry.begin + entry.prefix + kBlock == text_.size();
  if (!is_last || !IsWorthKeeping(reading, entry, value) || !Append(value)) {
    entry.varies = true;
    entry.is_number = false;
    return;
  }
  entry.whole = entry.run =
      static_cast<std::uint16_t>(entry.prefix + value.size());
  entry.way = Way::kPassed;
  if (entry.has_known_value()) {
    entry.first_known = static_cast<std::uint16_t>(&entry - entries_.data());
  }
  has_changed_ = true;
}

// Keeps of it what a cell needs.
bool Layout::IsWorthKeeping(const Reading& reading, Entry& entry,
                            std::string_view value) {
  if (value.size() > kMaxValue) return false;
  if (entry.member == kUnknown) return true;
  const char* cell = static_cast<char*>(reading.shape) + entry.plain.offset;
  const bool is_null = value[0] == 'n';
  switch (entry.plain.kind) {
    case PlainMember::Kind::kNone:
      return is_null || value == "[]";
    case PlainMember::Kind::kReference:
      if (reinterpret_cast<const Reference*>(cell)->expanded) return false;
      [[fallthrough]];
    case PlainMember::Kind::kText: {
      const auto& text = *reinterpret_cast<const TextCell*>(cell);
      entry.is_plain = text.is_plain;
      return is_null || text.state == CellState::kValue;
    }
    case PlainMember::Kind::kInt: {
      const auto& number = *reinterpret_cast<const IntCell*>(cell);
      entry.number = number.value;
      return is_null || number.state == CellState::kValue;
    }
    case PlainMember::Kind::kBool:
      return is_null || reinterpret_cast<const BoolCell*>(cell)->state ==
                            CellState::kValue;
  }
  return false;
}

bool Layout::Append(std::string_view bytes) {
  if (budget_ < bytes.size()) return false;
  budget_ -= bytes.size();
  const std::size_t size = std::max(text_.size(), kBlock);
  text_.resize(size + bytes.size());
  std::memcpy(text_.data() + size - kBlock, bytes.data(), bytes.size());
  return true;
}

void SkipValue(Cursor& at, const Nested& nested) {
  if (at.it == at.end) return at.Fail();
  if (*at.it == '{') return SkipObject(at, nested);
  if (*at.it != '[') return at.SkipValue();
  at.EachElement([&] {
    if (*at.it == '{') {
      SkipObject(at, nested);
    } else {
      at.SkipValue();
    }
  });
}

}  // namespace precision::raw
