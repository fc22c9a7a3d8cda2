#include "normalize/layout.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <string>

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

std::uint16_t IndexOf(std::string_view name,
                      std::span<const std::string_view> names,
                      std::uint16_t none) {
  const auto found = std::ranges::find(names, name);
  return found == names.end()
             ? none
             : static_cast<std::uint16_t>(found - names.begin());
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

}  // namespace

Layout& Nested::Get() {
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
  std::uint16_t before = kStart;
  while (true) {
    const Step step = Advance(at, before, members);
    if (!at.ok()) return;
    before = step.entry;
    if (step.has_passed_value) continue;
    if (step.member == kEnd) break;
    // There may be more white space than last time.
    if (!at.SkipSpace()) return;
    if (step.member == kUnknown) {
      PassOver(at, step);
    } else if (step.entry != kNone) {
      members.read(shape, step.member, at,
                   {entries_[step.entry].nested, budget_});
    } else {
      std::unique_ptr<Layout> passing;
      members.read(shape, step.member, at, {passing, budget_});
    }
    if (!at.ok()) return;
  }
  at.Rise();
}

Layout::Step Layout::Advance(Cursor& at, std::uint16_t before,
                             const Members& members) {
  if (before == kNone) return Parse(at, false, members);
  Step step;
  const std::uint16_t next = entries_[before].next;
  if (next != kNone && Takes(at, next, step)) return step;
  const std::uint16_t other = entries_[before].other;
  if (other != kNone && Takes(at, other, step)) {
    std::swap(entries_[before].next, entries_[before].other);
    has_changed_ = true;
    return step;
  }
  step = Parse(at, before == kStart, members);
  if (step.entry != kNone) {
    Entry& entry = entries_[before];
    entry.other = std::exchange(entry.next, step.entry);
    has_changed_ = true;
  }
  return step;
}

// Whether the entry, and maybe more of its run, stands at the cursor.
bool Layout::Takes(Cursor& at, std::uint16_t index, Step& step) {
  const Entry& entry = entries_[index];
  const auto left = static_cast<std::size_t>(at.end - at.it);
  if (left < kBlock) return false;
  const std::size_t equal = EqualBytes(at.it, text_.data() + entry.begin,
                                       std::min<std::size_t>(entry.run, left));
  if (equal != entry.run) return TakesPart(at, index, equal, step);
  at.it += equal;
  const Entry& last = entries_[entry.run_end];
  step = {entry.run_end, last.member, last.has_value()};
  return true;
}

bool Layout::TakesPart(Cursor& at, std::uint16_t index, std::size_t equal,
                       Step& step) {
  bool takes = false;
  while (equal >= entries_[index].whole) {
    const Entry& entry = entries_[index];
    equal -= entry.whole;
    at.it += entry.whole;
    step = {index, entry.member, entry.has_value()};
    takes = true;
    if (index == entry.run_end) return true;
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
    has_changed_ = true;
  }
  return true;
}

void Layout::JoinRuns() {
  has_changed_ = false;
  for (std::size_t i = entries_.size(); i-- > 1;) {
    Entry& entry = entries_[i];
    entry.run = entry.whole;
    entry.run_end = static_cast<std::uint16_t>(i);
    if (!entry.has_value() || entry.next != i + 1) continue;
    const Entry& next = entries_[i + 1];
    if (next.begin != entry.begin + entry.whole ||
        entry.whole + next.run > kMaxRun) {
      continue;
    }
    entry.run = static_cast<std::uint16_t>(entry.whole + next.run);
    entry.run_end = next.run_end;
  }
}

Layout::Step Layout::Parse(Cursor& at, bool is_first, const Members& members) {
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
  step.entry =
      Learn({begin, static_cast<std::size_t>(at.it - begin)}, step.member);
  return step;
}

// The entry of these bytes, new if need be; none if there is no more room.
std::uint16_t Layout::Learn(std::string_view prefix, std::uint16_t member) {
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
  entry.run_end = static_cast<std::uint16_t>(entries_.size() - 1);
  entry.born = objects_;
  return entry.run_end;
}

// A value that is not the shape's.
void Layout::PassOver(Cursor& at, const Step& step) {
  if (step.entry == kNone) return at.SkipValue();
  Entry& entry = entries_[step.entry];
  if (entry.varies) return SkipValue(at, {entry.nested, budget_});
  const char* begin = at.it;
  at.SkipValue();
  if (!entry.has_value() && at.ok()) {
    KeepValue(entry, {begin, static_cast<std::size_t>(at.it - begin)});
  }
}

void Layout::KeepValue(Entry& entry, std::string_view value) {
  // A number ends only where something else begins: not told by its bytes.
  const bool has_own_end =
      value[0] != '-' && (value[0] < '0' || value[0] > '9');
  // Where another entry has come since, a page broke off at this one.
  const bool is_last = entry.begin + entry.prefix + kBlock == text_.size();
  if (has_own_end && is_last && value.size() <= kMaxValue && Append(value)) {
    entry.whole = entry.run =
        static_cast<std::uint16_t>(entry.prefix + value.size());
    has_changed_ = true;
  } else {
    entry.varies = true;
  }
}

bool Layout::Append(std::string_view bytes) {
  if (budget_ < bytes.size()) return false;
  budget_ -= bytes.size();
  if (text_.empty()) text_.resize(kBlock);
  text_.insert(text_.end() - kBlock, bytes.begin(), bytes.end());
  return true;
}

void SkipValue(Cursor& at, Nested nested) {
  static constexpr Members kNoMembers{{}, nullptr};
  if (at.it == at.end) return at.Fail();
  if (*at.it == '{') return nested.Get().ReadObject(at, kNoMembers, nullptr);
  if (*at.it != '[') return at.SkipValue();
  at.EachElement([&] {
    if (*at.it == '{') {
      nested.Get().ReadObject(at, kNoMembers, nullptr);
    } else {
      at.SkipValue();
    }
  });
}

}  // namespace precision::raw
