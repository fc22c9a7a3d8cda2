// What the objects at one place of a page have looked like so far.
//
// Stripe writes every object of a list with the same members in the same order
// and the same white space, and most members never change.  So an object is
// read by comparing its bytes with those of the ones before, sixteen at a time:
// what is equal to bytes that were validated at this very place needs no second
// look.  Where they differ, the ordinary reading takes over and the layout
// learns.  It changes only how fast a page is read, never what is read.

#ifndef PRECISION_SRC_NORMALIZE_LAYOUT_H_
#define PRECISION_SRC_NORMALIZE_LAYOUT_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "normalize/cursor.h"

namespace precision::raw {

class Layout;

// The layout of what a member holds, made when it first holds an object.
// `budget` bounds what a whole tree of layouts may learn, in bytes.
struct Nested {
  std::unique_ptr<Layout>& layout;
  std::size_t& budget;

  Layout& Get();
};

// A shape's members: their names, and what reads one of them.
struct Members {
  std::span<const std::string_view> names;
  void (*read)(void* shape, std::size_t index, Cursor& at, Nested nested);
};

class Layout {
 public:
  // The budget must outlive the layout.
  explicit Layout(std::size_t& budget);

  // Fills `shape` from the object at the cursor; a null `shape` passes over
  // all of it.  Of a key that comes twice the last one holds, as in JSON.parse.
  // REQUIRES: the cursor is at '{', always at the same depth.
  void ReadObject(Cursor& at, const Members& members, void* shape);

 private:
  static constexpr std::uint16_t kNone = 0xFFFF;
  // Members that are none of the shape's.
  static constexpr std::uint16_t kUnknown = 0xFFFF;
  static constexpr std::uint16_t kEnd = 0xFFFE;

  // A key as it stands, with all that is between it and the value before.
  struct Entry {
    std::uint32_t begin = 0;   // of its bytes in text_
    std::uint16_t prefix = 0;  // how many of them lead to the value
    std::uint16_t whole = 0;   // and with the value, where that stays the same
    // The entries up to `run_end` stand behind each other, in text_ as in the
    // object: `run` bytes in all, compared at once.
    std::uint16_t run = 0;
    std::uint16_t run_end = 0;
    std::uint16_t member = 0;     // index in the shape, kUnknown or kEnd
    std::uint16_t next = kNone;   // what came behind it
    std::uint16_t other = kNone;  // or what did before that
    bool varies = false;          // the value is not worth comparing
    std::uint32_t misses = 0;
    std::uint32_t born = 0;  // how many objects there were before
    std::unique_ptr<Layout> nested;

    bool has_value() const { return whole != prefix; }
  };
  struct Step {
    std::uint16_t entry = kNone;  // none where the layout is full
    std::uint16_t member = kUnknown;
    bool has_passed_value = false;
  };

  // To the next member's value, or behind the object's end.  `before` is the
  // entry that was last: the start's, or none if that was not learned.
  Step Advance(Cursor& at, std::uint16_t before, const Members& members);
  bool Takes(Cursor& at, std::uint16_t entry, Step& step);
  bool TakesPart(Cursor& at, std::uint16_t entry, std::size_t equal,
                 Step& step);
  Step Parse(Cursor& at, bool is_first, const Members& members);
  std::uint16_t Learn(std::string_view prefix, std::uint16_t member);
  void PassOver(Cursor& at, const Step& step);
  void KeepValue(Entry& entry, std::string_view value);
  void JoinRuns();
  bool Append(std::string_view bytes);

  // The first entry stands for the start of an object.
  static constexpr std::uint16_t kStart = 0;

  std::size_t& budget_;
  std::uint32_t objects_ = 0;
  bool has_changed_ = false;  // since JoinRuns()
  std::vector<Entry> entries_ = std::vector<Entry>(1);
  std::vector<char> text_;  // ends in sixteen bytes that mean nothing
};

// The layouts of all that one reader reads in one place.
class LayoutTree {
 public:
  Nested root() { return {root_, *budget_}; }
  // What the layouts hold, about.
  std::size_t ByteSize() const { return kBudget - *budget_; }

 private:
  static constexpr std::size_t kBudget = std::size_t{1} << 20;

  std::unique_ptr<std::size_t> budget_ = std::make_unique<std::size_t>(kBudget);
  std::unique_ptr<Layout> root_;
};

// Passes over the value at the cursor, fully validated.
void SkipValue(Cursor& at, Nested nested);

}  // namespace precision::raw

#endif  // PRECISION_SRC_NORMALIZE_LAYOUT_H_
