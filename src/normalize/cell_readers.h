// How cells are read.  Every reader takes whatever JSON value stands at the
// cursor: one of the wrong type is passed over, fully validated, and marked in
// its cell.  So a bad field costs one cell, and only JSON that is malformed
// fails a page.

#ifndef PRECISION_NORMALIZE_CELL_READERS_H_
#define PRECISION_NORMALIZE_CELL_READERS_H_

#include <cstddef>
#include <utility>

#include "normalize/cells.h"
#include "normalize/cursor.h"

namespace precision::raw {

// Readers.  REQUIRES: the cursor is at the first character of a value.

void Read(TextCell& cell, Cursor& at);
void Read(IntCell& cell, Cursor& at);
void Read(BoolCell& cell, Cursor& at);
void Read(DecimalCell& cell, Cursor& at);
void Read(View& view, Cursor& at);
// Passes a value and says what the cell became: kNull or kUnreadable.
CellState PassOver(Cursor& at);

// Back to absent, at the cost of what was there: a shape is large, and most of
// it is never touched.  An absent part or reference holds a pristine value.
inline void Reset(TextCell& cell) { cell = {}; }
inline void Reset(IntCell& cell) { cell = {}; }
inline void Reset(BoolCell& cell) { cell = {}; }
inline void Reset(DecimalCell& cell) { cell = {}; }
inline void Reset(View& view) { view = {}; }
template <typename Shape>
void Reset(Part<Shape>& part);
template <typename Shape>
void Reset(RefTo<Shape>& reference);
template <typename Item>
void Reset(List<Item>& list) {
  list.count = 0;  // the items are reset when they are read into again
  list.state = CellState::kAbsent;
}

template <typename Shape>
void ResetMembers(Shape& shape) {
  auto members = glz::to_tie(shape);
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (Reset(glz::get<I>(members)), ...);
  }(std::make_index_sequence<glz::reflect<Shape>::size>());
}

template <typename Shape>
void Reset(Part<Shape>& part) {
  if (part.state == CellState::kValue) ResetMembers(part.value);
  part.state = CellState::kAbsent;
}

template <typename Shape>
void Reset(RefTo<Shape>& reference) {
  if (reference.expanded) ResetMembers(reference.value);
  reference.id = {};
  reference.state = CellState::kAbsent;
  reference.expanded = false;
}

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
  Reset(part);
  if (*at.it != '{') {
    part.state = PassOver(at);
    return;
  }
  part.state = CellState::kValue;
  ReadMembers(part.value, at);
}

template <typename Shape>
void Read(RefTo<Shape>& reference, Cursor& at) {
  Reset(reference);
  reference.expanded = *at.it == '{';
  if (!reference.expanded) {
    Read(reference.id, at);
    reference.state = reference.id.state;
    return;
  }
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
      Reset(list.items[list.count]);
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

#endif  // PRECISION_NORMALIZE_CELL_READERS_H_
