// What one field of a Stripe object can turn out to be.
//
// Cells borrow from the body; nothing is unescaped or copied here.

#ifndef PRECISION_NORMALIZE_CELLS_H_
#define PRECISION_NORMALIZE_CELLS_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

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
  bool is_plain = false;  // surely nothing to undo in it

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
  std::string_view json;  // all of it; where it is an object
  CellState state = CellState::kAbsent;

  bool has() const { return state == CellState::kValue; }
};

// A reference: an id, an expanded object, a deleted stub, or null.
struct Reference {
  TextCell id;
  CellState state = CellState::kAbsent;
  bool expanded = false;
};
template <typename Shape>
struct RefTo : Reference {
  Shape value;  // holds the object's own id too
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
  // One more, to be read into: reading resets it.
  Item& Next() {
    if (count == items.size()) items.emplace_back();
    return items[count++];
  }
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

}  // namespace precision::raw

#endif  // PRECISION_NORMALIZE_CELLS_H_
