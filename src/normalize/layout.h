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

  Layout& Get() const;
};

// A member that is a plain cell, which is read without a call for each.
struct PlainMember {
  enum class Kind : std::uint8_t { kNone, kText, kInt, kBool, kReference };

  Kind kind = Kind::kNone;
  std::uint16_t offset = 0;  // of the cell in the shape, in bytes
};

// A shape's members: their names, and what reads one of them.
struct Members {
  std::span<const std::string_view> names;
  void (*read)(void* shape, std::size_t index, Cursor& at,
               const Nested& nested);
  // As many as names, or none.  What is of some kind is never given to `read`.
  std::span<const PlainMember> plain = {};
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

  // What the value behind a run is to be read as.
  enum class Way : std::uint8_t {
    kPassed,
    kEnd,
    kUnknown,
    kOther,
    kText,
    kInt,
    kBool,
    kReference
  };

  static Way WayOf(PlainMember::Kind kind);

  // A key as it stands, with all that is between it and the value before.
  struct Entry {
    std::uint32_t begin = 0;  // of its bytes in text_
    // The entries up to `run_end` stand behind each other, in text_ as in the
    // object: `run` bytes in all, compared at once.
    std::uint16_t run = 0;
    std::uint16_t run_end = 0;
    std::uint16_t then = kNone;  // what came behind the run
    Way way = Way::kOther;       // of the value there
    bool varies = false;         // the value is not worth comparing
    std::uint16_t offset = 0;    // of the cell there, where it is a plain one
    // The first of the run, and the first behind this one, whose value is the
    // shape's.
    std::uint16_t first_known = kNone;
    std::uint16_t next_known = kNone;
    std::uint16_t prefix = 0;  // how many bytes lead to the value
    std::uint16_t whole = 0;   // and with the value, where it stays the same
    std::uint16_t member = 0;  // index in the shape, kUnknown or kEnd
    PlainMember plain;
    std::uint16_t next = kNone;   // what comes behind it
    std::uint16_t other = kNone;  // or did last where that does not
    bool is_number = false;       // so that more digits may follow
    bool is_plain = false;        // of a text: as Cursor::SkipString says
    std::uint32_t misses = 0;
    std::uint32_t born = 0;    // how many objects there were before
    std::uint32_t detour = 0;  // the last that did not go on to `next`
    std::int64_t number = 0;
    std::unique_ptr<Layout> nested;

    bool has_value() const { return whole != prefix; }
    bool has_known_value() const { return has_value() && member < kEnd; }
  };
  struct Step {
    std::uint16_t entry = kNone;  // none where the layout is full
    std::uint16_t member = kUnknown;
    bool has_passed_value = false;
  };
  // The object that is being read.
  struct Reading {
    Cursor& at;
    const Members& members;
    void* shape;
  };

  // On the way of most: all that was there last time is there again.  To where
  // it is not, and which entry was last; true at the object's end.
  bool ReadLikeLast(const Reading& reading, std::uint16_t& before);
  static std::size_t ReadPlain(const char* it, Way way, char* cell);
  // To the next member's value, or behind the object's end.  `before` is the
  // entry that was last: the start's, or none if that was not learned.
  Step Advance(const Reading& reading, std::uint16_t before);
  bool Takes(const Reading& reading, std::uint16_t entry, Step& step);
  Step Parse(Cursor& at, bool is_first, const Members& members);
  std::uint16_t Learn(std::string_view prefix, std::uint16_t member,
                      PlainMember plain);
  void ReadValue(const Reading& reading, const Step& step);
  void ReadMember(const Reading& reading, std::uint16_t member,
                  const Nested& nested);
  // The value, which was compared and stands at `value`.
  void ReadKnown(const Reading& reading, Entry& entry, const char* value);
  void KeepValue(const Reading& reading, Entry& entry, const char* begin);
  bool IsWorthKeeping(const Reading& reading, Entry& entry,
                      std::string_view value);
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
void SkipValue(Cursor& at, const Nested& nested);

}  // namespace precision::raw

#endif  // PRECISION_SRC_NORMALIZE_LAYOUT_H_
