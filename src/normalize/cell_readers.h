// How cells are read.  Every reader takes whatever JSON value stands at the
// cursor: one of the wrong type is passed over, fully validated, and marked in
// its cell.  So a bad field costs one cell, and only JSON that is malformed
// fails a page.

#ifndef PRECISION_NORMALIZE_CELL_READERS_H_
#define PRECISION_NORMALIZE_CELL_READERS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <glaze/reflection/get_name.hpp>
#include <glaze/reflection/to_tuple.hpp>
#include <glaze/util/for_each.hpp>
#include <type_traits>
#include <utility>

#include "normalize/cells.h"
#include "normalize/cursor.h"
#include "normalize/layout.h"

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
  }(std::make_index_sequence<glz::detail::count_members<Shape>>());
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
void Read(Part<Shape>& part, Cursor& at, const Nested& nested);
template <typename Shape>
void Read(RefTo<Shape>& reference, Cursor& at, const Nested& nested);
template <typename Item>
void Read(List<Item>& list, Cursor& at, const Nested& nested);

template <typename Cell>
constexpr PlainMember::Kind kPlainKind = PlainMember::Kind::kNone;
template <>
inline constexpr PlainMember::Kind kPlainKind<TextCell> =
    PlainMember::Kind::kText;
template <>
inline constexpr PlainMember::Kind kPlainKind<IntCell> =
    PlainMember::Kind::kInt;
template <>
inline constexpr PlainMember::Kind kPlainKind<BoolCell> =
    PlainMember::Kind::kBool;
template <typename Shape>
constexpr PlainMember::Kind kPlainKind<RefTo<Shape>> =
    PlainMember::Kind::kReference;

// Not constexpr, so that calling it ends the compilation.
void NotAPlainStruct();

// A shape's members, by reflection.
template <typename Shape>
class MembersOf {
  static constexpr std::size_t kCount = glz::detail::count_members<Shape>;
  template <std::size_t I>
  using Cell = std::remove_cvref_t<decltype(glz::get<I>(
      glz::to_tie(std::declval<Shape&>())))>;

  // Where each member stands in the shape, which is a plain struct.
  static consteval std::array<PlainMember, kCount> FindPlain() {
    std::array<PlainMember, kCount> plain{};
    std::size_t end = 0;
    const auto add = [&]<std::size_t I>() {
      const std::size_t align = alignof(Cell<I>);
      end = (end + align - 1) / align * align;
      plain[I] = {kPlainKind<Cell<I>>, static_cast<std::uint16_t>(end)};
      end += sizeof(Cell<I>);
    };
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (add.template operator()<I>(), ...);
    }(std::make_index_sequence<kCount>());
    if (end > sizeof(Shape) || end + alignof(Shape) <= sizeof(Shape) ||
        sizeof(Shape) > 0xFFFF) {
      NotAPlainStruct();
    }
    return plain;
  }

  static void Read(void* shape, std::size_t index, Cursor& at,
                   const Nested& nested) {
    glz::visit<kCount>(
        [&]<std::size_t I>() {
          auto& cell = glz::get<I>(glz::to_tie(*static_cast<Shape*>(shape)));
          if constexpr (requires { raw::Read(cell, at, nested); }) {
            raw::Read(cell, at, nested);
          } else if constexpr (kPlainKind<Cell<I>> ==
                               PlainMember::Kind::kNone) {
            raw::Read(cell, at);
          }
        },
        index);
  }

  static constexpr std::array<PlainMember, kCount> kPlain = FindPlain();

 public:
  static constexpr Members kMembers{glz::member_names<Shape>, Read, kPlain};
};

// REQUIRES: the cursor is at '{', for one layout always at the same depth.
template <typename Shape>
void ReadMembers(Shape& shape, Cursor& at, Layout& layout) {
  layout.ReadObject(at, MembersOf<Shape>::kMembers, &shape);
}

template <typename Shape>
void Read(Part<Shape>& part, Cursor& at, const Nested& nested) {
  Reset(part);
  if (*at.it != '{') {
    part.state = PassOver(at);
    return;
  }
  part.state = CellState::kValue;
  const char* begin = at.it;
  ReadMembers(part.value, at, nested.Get());
  part.json = {begin, static_cast<std::size_t>(at.it - begin)};
}

template <typename Shape>
void Read(RefTo<Shape>& reference, Cursor& at, const Nested& nested) {
  Reset(reference);
  reference.expanded = *at.it == '{';
  if (!reference.expanded) {
    Read(reference.id, at);
    reference.state = reference.id.state;
    return;
  }
  ReadMembers(reference.value, at, nested.Get());
  reference.id = reference.value.id;
  reference.state =
      reference.id.has() ? CellState::kValue : CellState::kUnreadable;
}

template <typename Item>
void Read(List<Item>& list, Cursor& at, const Nested& nested) {
  list.count = 0;
  if (*at.it != '[') {
    list.state = PassOver(at);
    return;
  }
  list.state = CellState::kValue;
  at.EachElement([&] { Read(list.Next(), at, nested); });
}

}  // namespace precision::raw

#endif  // PRECISION_NORMALIZE_CELL_READERS_H_
