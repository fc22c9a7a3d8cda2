// From cells to the columns of one row: the last word on what a field may hold,
// and the place where what is odd gets counted.

#ifndef PRECISION_NORMALIZE_ROW_WRITER_H_
#define PRECISION_NORMALIZE_ROW_WRITER_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "normalize/cells.h"
#include "normalize/issue_log.h"
#include "normalize/name_list.h"
#include "precision/normalize/normalizer.h"
#include "precision/table/table.h"

namespace precision {

// Not constexpr, so that calling it ends the compilation.
void NoSuchColumn();

// Place of a column in a schema, at compile time: a name that is not there does
// not compile.
template <std::size_t N>
consteval std::size_t ColumnAt(const ColumnSchema (&columns)[N],
                               std::string_view name) {
  for (std::size_t i = 0; i < N; ++i) {
    if (columns[i].name == name) return i;
  }
  NoSuchColumn();
  return N;
}

// Takes the objects that others hold, whose rows belong to another table.
class Children {
 public:
  virtual ~Children() = default;
  // The list of objects in `row` was cut short.
  virtual void NoteShort(TableId table, std::size_t row,
                         std::string_view id) = 0;
  virtual bool Wants(TableId table) const = 0;
  // `json` is well formed, `parent` the id of the object that holds it.
  virtual void Add(TableId table, std::string_view json,
                   std::string_view parent) = 0;
};

// What the tables' owner shares with the rules.
struct Sink {
  TableId id;
  Table& table;
  IssueLog& issues;
  Children& children;
  // The objects may hold discounts, and these are asked for.
  bool takes_discounts = false;
  // The same of customers and their subscriptions.
  bool takes_subscriptions = false;
  // The object was found in another one, so that it may be out of date.
  bool is_held = false;
  // The element is not an object but the whole of the list that was cut short
  // in it: the rest of the row stays.
  bool is_rest = false;
  // Texts of the row being written that are not as they stood in the body.
  std::deque<std::string> unescaped;
};

// Gathers a row; the end of its life puts it into the table.  Texts that it is
// given, cells and the id too, must outlive it.
class RowWriter {
 public:
  // The row of `id`, made if need be.  REQUIRES: id is not empty.
  RowWriter(Sink& sink, const std::string_view& id);
  ~RowWriter();
  RowWriter(const RowWriter&) = delete;
  RowWriter& operator=(const RowWriter&) = delete;

  bool is_new() const { return is_new_; }
  std::size_t index() const { return row_; }
  // The row is read anew, as a whole: its earlier issues are void.
  void Heal();

  // Each writes the cell, or no value: null and absent fields are alike.
  void Text(std::size_t column, const raw::TextCell& cell);
  void Int(std::size_t column, const raw::IntCell& cell);
  void Money(std::size_t column, const raw::IntCell& cell);
  void Time(std::size_t column, const raw::IntCell& cell);
  void Bool(std::size_t column, const raw::BoolCell& cell);
  // A plain decimal, without an exponent.
  void Decimal(std::size_t column, const raw::DecimalCell& cell);
  template <typename Shape>
  void Id(std::size_t column, const raw::RefTo<Shape>& reference) {
    if (reference.state == raw::CellState::kUnreadable) {
      Mark(ErrorCode::kFieldUnreadable, column);
    }
    Text(column, reference.id);
  }
  // As Text, under its name of today, and marks a value that is none of
  // `known`.
  void Status(std::size_t column, const raw::TextCell& cell,
              std::span<const std::string_view> known,
              std::span<const Renamed> older = {});

  void Value(std::size_t column, std::int64_t value);
  void Value(std::size_t column, std::string_view text);
  void Null(std::size_t column);

  void Mark(ErrorCode code, std::size_t column);
  // The nested list that the column counts is cut short, or else whole.
  void MarkShort(std::size_t column, bool is_short);
  // A nested object that is of another type.
  void MarkIfUnreadable(raw::CellState state, std::size_t column);

  // The text of a cell, for as long as this lives.
  std::string_view Decoded(const raw::TextCell& cell);

  // What stands in the row now.
  std::string_view TextAt(std::size_t column) const;  // empty for none
  std::optional<std::int64_t> IntAt(std::size_t column) const;

 private:
  bool Take(std::size_t column, raw::CellState state);

  Sink& sink_;
  std::string_view id_;
  std::uint64_t hash_;  // of the id
  std::size_t row_;
  bool is_new_;
  RowDraft draft_;
};

// The first that has a value, or else the first that is there at all.  What is
// given must outlive the result: a temporary, the full expression only.
// NOLINTBEGIN(bugprone-return-const-ref-from-parameter)
template <typename Cell>
const Cell& FirstOf(const Cell& a, const Cell& b) {
  if (a.state == raw::CellState::kValue) return a;
  if (b.state == raw::CellState::kValue) return b;
  return a.state == raw::CellState::kAbsent ? b : a;
}
template <typename Cell, typename... More>
const Cell& FirstOf(const Cell& a, const Cell& b, const More&... more) {
  return FirstOf(FirstOf(a, b), more...);
}
// NOLINTEND(bugprone-return-const-ref-from-parameter)

// Hands the objects of a nested list to their own table.
template <typename Shape>
void AddChildren(Sink& sink, TableId table,
                 const raw::List<raw::Part<Shape>>& list,
                 std::string_view parent) {
  if (!sink.children.Wants(table)) return;
  for (const raw::Part<Shape>& child : list) {
    if (child.has()) {
      sink.children.Add(table, child.json, parent);
    } else {
      sink.issues.Refuse(table, ErrorCode::kObjectUnknown);
    }
  }
}

// The sum of the cells, or kOutOfRange.
raw::IntCell SumOf(std::span<const raw::IntCell> cells);

}  // namespace precision

#endif  // PRECISION_NORMALIZE_ROW_WRITER_H_
