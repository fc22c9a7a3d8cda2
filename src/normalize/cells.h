// What one field of a Stripe object can turn out to be, and how it is read.
// Every reader here takes whatever JSON value stands at the cursor: one of the
// wrong type is passed over, fully validated, and marked in its cell.  So a bad
// field costs one cell, and only JSON that is malformed fails a page.
//
// Cells borrow from the body; nothing is unescaped or copied here.

#ifndef PRECISION_NORMALIZE_CELLS_H_
#define PRECISION_NORMALIZE_CELLS_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "normalize/cursor.h"

namespace precision::raw {

enum class CellState : std::uint8_t {
  kAbsent,
  kNull,
  kValue,
  kUnreadable,  // there, but of another type
  kOutOfRange,  // a whole number that a double could not hold exactly
};

// A string; `escaped` is its text between the quotes, as it stands.
struct TextCell {
  const char* data = nullptr;
  std::uint32_t size = 0;
  CellState state = CellState::kAbsent;

  std::string_view escaped() const { return {data, size}; }
  bool has() const { return state == CellState::kValue; }
};

// A whole number of at most 2^53 - 1 either way.
struct IntCell {
  std::int64_t value = 0;
  CellState state = CellState::kAbsent;

  bool has() const { return state == CellState::kValue; }
};

struct BoolCell {
  bool value = false;
  CellState state = CellState::kAbsent;

  bool has() const { return state == CellState::kValue; }
  bool is_true() const { return has() && value; }
};

// A decimal in a string, or a number as old versions have it; the text as it
// stands.
struct DecimalCell {
  const char* data = nullptr;
  std::uint32_t size = 0;
  CellState state = CellState::kAbsent;

  std::string_view text() const { return {data, size}; }
  bool has() const { return state == CellState::kValue; }
};

// Any value, by its extent.
struct View {
  std::string_view json;

  bool is_object() const { return json.starts_with('{'); }
  bool is_array() const { return json.starts_with('['); }
};

// A nested object whose fields are of use.
template <typename Shape>
struct Part {
  Shape value;
  CellState state = CellState::kAbsent;

  bool has() const { return state == CellState::kValue; }
};

// A reference: an id, an expanded object, a deleted stub, or null.
template <typename Shape>
struct RefTo {
  TextCell id;
  Shape value;  // holds the object's own id too
  CellState state = CellState::kAbsent;
  bool expanded = false;
};

struct Stub {
  TextCell id;
};
using RefCell = RefTo<Stub>;

// A JSON array.  The first `count` of `items` are its elements; the vector only
// grows, so that the memory serves the next page.
template <typename Item>
struct List {
  std::vector<Item> items;
  std::size_t count = 0;
  CellState state = CellState::kAbsent;

  bool has() const { return state == CellState::kValue; }
  auto begin() const { return items.begin(); }
  auto end() const {
    return items.begin() + static_cast<std::ptrdiff_t>(count);
  }
};

// A list object inside another: ten elements at most, has_more tells.
template <typename Item>
struct SubListShape {
  List<Item> data;
  BoolCell has_more;
  IntCell total_count;
};
template <typename Item>
using SubList = Part<SubListShape<Item>>;

// Readers.  REQUIRES: the cursor is at the first character of a value.

void Read(TextCell& cell, Cursor& at);
void Read(IntCell& cell, Cursor& at);
void Read(BoolCell& cell, Cursor& at);
void Read(DecimalCell& cell, Cursor& at);
void Read(View& view, Cursor& at);
// Passes a value and says what the cell became: kNull or kUnreadable.
CellState PassOver(Cursor& at);

template <typename Shape>
void Read(Part<Shape>& part, Cursor& at);
template <typename Shape>
void Read(RefTo<Shape>& reference, Cursor& at);
template <typename Item>
void Read(List<Item>& list, Cursor& at);

// Fills `shape` from the object at the cursor, by the names of its members.
// Of a key that comes twice the last one holds, as in JSON.parse.
// REQUIRES: the cursor is at '{'.
template <typename Shape>
void ReadMembers(Shape& shape, Cursor& at) {
  constexpr auto kCount = glz::reflect<Shape>::size;
  if (!at.Enter()) return;
  if (at.SkipSpace() && *at.it == '}') {
    at.Leave();
    return;
  }
  while (at.ok()) {
    if (*at.it != '"') return at.Fail();
    ++at.it;
    if (at.it == at.end) return at.Fail();
    bool known = false;
    const std::size_t index = at.template KeyIndex<Shape>();
    if (index < kCount) {
      glz::visit<kCount>(
          [&]<std::size_t I>() {
            if (!at.template TakeKey<Shape, I>()) return;
            known = true;
            if (at.TakeColon()) Read(glz::get<I>(glz::to_tie(shape)), at);
          },
          index);
    }
    if (!known && at.ok()) {
      at.SkipString();
      if (at.ok() && at.TakeColon()) at.SkipValue();
    }
    if (!at.ok() || !at.SkipSpace()) return at.Fail();
    if (*at.it == '}') {
      at.Leave();
      return;
    }
    if (*at.it != ',') return at.Fail();
    ++at.it;
    if (!at.SkipSpace()) return;
  }
}

template <typename Shape>
void Read(Part<Shape>& part, Cursor& at) {
  if (*at.it != '{') {
    part.state = PassOver(at);
    return;
  }
  if (part.state != CellState::kAbsent) part.value = Shape{};
  part.state = CellState::kValue;
  ReadMembers(part.value, at);
}

template <typename Shape>
void Read(RefTo<Shape>& reference, Cursor& at) {
  reference.expanded = *at.it == '{';
  if (!reference.expanded) {
    Read(reference.id, at);
    reference.state = reference.id.state;
    return;
  }
  reference.value = Shape{};
  ReadMembers(reference.value, at);
  reference.id = reference.value.id;
  reference.state =
      reference.id.has() ? CellState::kValue : CellState::kUnreadable;
}

template <typename Item>
void Read(List<Item>& list, Cursor& at) {
  list.count = 0;
  if (*at.it != '[') {
    list.state = PassOver(at);
    return;
  }
  list.state = CellState::kValue;
  if (!at.Enter()) return;
  if (at.SkipSpace() && *at.it == ']') {
    at.Leave();
    return;
  }
  while (at.ok()) {
    if (list.count == list.items.size()) {
      list.items.emplace_back();
    } else {
      list.items[list.count] = Item{};
    }
    Read(list.items[list.count], at);
    ++list.count;
    if (!at.ok() || !at.SkipSpace()) return at.Fail();
    if (*at.it == ']') {
      at.Leave();
      return;
    }
    if (*at.it != ',') return at.Fail();
    ++at.it;
    if (!at.SkipSpace()) return;
  }
}

}  // namespace precision::raw

#endif  // PRECISION_NORMALIZE_CELLS_H_
