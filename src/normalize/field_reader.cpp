// The reader of a FieldTable: its paths are followed as an object is read;
// every cell lands in the column that asked for it.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "normalize/cell_readers.h"
#include "normalize/field_plan.h"
#include "normalize/field_table.h"
#include "normalize/text.h"

namespace precision {

namespace {

using raw::CellState;

bool Lists(std::string_view list, std::string_view wanted) {
  while (!list.empty()) {
    if (TakeUntil(list, ',') == wanted) return true;
  }
  return false;
}

// A cell of any type; which one, its column says.
struct Scalar {
  const char* data = nullptr;  // texts and decimals
  std::int64_t number = 0;     // all else
  std::uint32_t size = 0;
  CellState state = CellState::kAbsent;
  bool is_plain = false;

  raw::TextCell text() const { return {data, size, state, is_plain}; }
  raw::IntCell integer() const { return {number, state}; }
  raw::BoolCell flag() const { return {number != 0, state}; }
  raw::DecimalCell decimal() const { return {data, size, state}; }
};

class FieldReader final : public ObjectReader {
 public:
  [[clang::minsize]] explicit FieldReader(const FieldTable& table)
      : table_(table), plan_(table.schema) {
    for (std::size_t i = 0; i < table.schema.columns.size(); ++i) {
      FieldWords words;
      for (const FieldWords& some : table.words) {
        if (some.column == table.schema.columns[i].name) words = some;
      }
      words_.push_back(words);
    }
    older_column_ = table.schema.Find(table.older.column);
    created_ = table.schema.Find("created");
    deleted_ = table.schema.Find("deleted");
    parent_column_ = table.schema.Find(table.parent);
  }

  std::size_t ByteSize() const override {
    return ObjectReader::ByteSize() + cells_.capacity() * sizeof(cells_[0]) +
           elements_.capacity() * sizeof(std::string_view);
  }

 private:
  // What an object is read into: the cells of an element, by a node's names.
  struct Frame {
    FieldReader& reader;
    std::size_t node;
    bool is_first;  // in a list: of several, only sums go on
  };

  void Clear() override {
    cells_.clear();
    elements_.clear();
  }

  void ReadElement(raw::Cursor& at, const raw::Nested& nested) override {
    const char* begin = at.it;
    cells_.resize(cells_.size() + plan_.cells.size());
    if (*begin == '{') {
      ReadObject(0, true, at, nested);
    } else {
      at.SkipValue();
    }
    elements_.emplace_back(begin, at.it);
  }

  void ReadObject(std::size_t node, bool is_first, raw::Cursor& at,
                  const raw::Nested& nested) {
    Frame frame{*this, node, is_first};
    nested.Get().ReadObject(at, {plan_.nodes[node].names, ReadMember}, &frame);
  }

  static void ReadMember(void* shape, std::size_t index, raw::Cursor& at,
                         const raw::Nested& nested) {
    const Frame& frame = *static_cast<Frame*>(shape);
    frame.reader.ReadTarget(frame, index, at, nested);
  }

  void ReadTarget(const Frame& frame, std::size_t index, raw::Cursor& at,
                  const raw::Nested& nested) {
    const FieldTarget target = plan_.nodes[frame.node].targets[index];
    if (*at.it == '{' && target.node != kNoField && !target.is_list) {
      return ReadObject(target.node, frame.is_first, at, nested);
    }
    if (*at.it == '[' && target.is_list) {
      StartSums(target.node);
      bool is_first = true;
      return at.EachElement([&] {
        if (*at.it == '{' && target.node != kNoField) {
          ReadObject(target.node, is_first, at, nested);
        } else {
          ReadCell(target, is_first, at);
        }
        is_first = false;
      });
    }
    ReadCell(target, frame.is_first, at);
  }

  Scalar& CellAt(std::size_t cell) {
    return cells_[cells_.size() - plan_.cells.size() + cell];
  }

  // A list of nothing adds up to nothing, not to no value.
  void StartSums(std::size_t node) {
    if (node == kNoField) return;
    for (const FieldTarget& target : plan_.nodes[node].targets) {
      if (target.cell == kNoField || !plan_.cells[target.cell].is_sum) continue;
      Scalar& sum = CellAt(target.cell);
      sum.number = 0;
      sum.state = CellState::kValue;
    }
  }

  void ReadCell(const FieldTarget& target, bool is_first, raw::Cursor& at) {
    if (target.cell == kNoField) {
      const CellState state = raw::PassOver(at);
      Scalar& blamed = CellAt(target.first);
      if (blamed.state == CellState::kAbsent) blamed.state = state;
      return;
    }
    const FieldCell& plan = plan_.cells[target.cell];
    Scalar read;
    if (plan.is_presence) {
      read.number = *at.it == 'n' ? 0 : 1;
      read.state = CellState::kValue;
      raw::PassOver(at);
    } else {
      ReadScalar(plan.type, read, at);
    }
    Scalar& cell = CellAt(target.cell);
    if (plan.is_sum) {
      AddTo(cell, read);
    } else if (is_first) {
      cell = read;
    }
  }

  static void AddTo(Scalar& sum, const Scalar& one) {
    const raw::IntCell cells[] = {sum.integer(), one.integer()};
    const raw::IntCell total = SumOf(cells);
    sum.number = total.value;
    sum.state = total.state;
  }

  static void ReadScalar(ColumnType type, Scalar& out, raw::Cursor& at) {
    switch (type) {
      case ColumnType::kUtf8:
      case ColumnType::kDictionary: {
        raw::TextCell cell;
        raw::Read(cell, at);
        out = {cell.data, 0, cell.size, cell.state, cell.is_plain};
        return;
      }
      case ColumnType::kInt64:
      case ColumnType::kMoney:
      case ColumnType::kTimestamp: {
        raw::IntCell cell;
        const char* begin = at.it;
        raw::Read(cell, at);
        // As a text too: a column of decimals may have no other.
        out = {begin, cell.value, static_cast<std::uint32_t>(at.it - begin),
               cell.state, false};
        return;
      }
      case ColumnType::kBool: {
        raw::BoolCell cell;
        const char* begin = at.it;
        raw::Read(cell, at);
        // As a text too: FieldWords may have a word for it.
        out = {begin, cell.value ? 1 : 0,
               static_cast<std::uint32_t>(at.it - begin), cell.state, false};
        return;
      }
      case ColumnType::kDecimal: {
        raw::DecimalCell cell;
        raw::Read(cell, at);
        out = {cell.data, 0, cell.size, cell.state, false};
        return;
      }
    }
  }

  // As FirstOf().
  const Scalar& Best(std::size_t element, std::size_t column) const {
    const Scalar* cells = &cells_[element * plan_.cells.size()];
    const Scalar* best = &cells[plan_.columns[column].front().cell];
    for (const FieldWay& way : plan_.columns[column]) {
      if (way.where != kNoField &&
          !cells[way.where].text().escaped().starts_with(way.begins)) {
        continue;
      }
      if (cells[way.cell].state == CellState::kValue) return cells[way.cell];
      if (best->state == CellState::kAbsent) best = &cells[way.cell];
    }
    return *best;
  }

  Facts FactsOf(std::size_t element) const override {
    Facts facts;
    facts.json = elements_[element];
    facts.state = facts.json.starts_with('{') ? CellState::kValue
                                              : CellState::kUnreadable;
    facts.object = cells_[element * plan_.cells.size() + plan_.object].text();
    if (older_column_ && facts.object.escaped() == table_.older.object &&
        !Lists(table_.older.values,
               Best(element, *older_column_).text().escaped())) {
      facts.state = CellState::kUnreadable;
    }
    facts.id = Best(element, 0).text();
    if (created_) facts.created = Best(element, *created_).integer();
    return facts;
  }

  bool Takes(std::string_view object) const override {
    return Lists(table_.objects, object);
  }

  std::string_view IdOf(std::size_t element, const Facts& facts,
                        std::string& scratch) const override {
    const std::string_view id = ObjectReader::IdOf(element, facts, scratch);
    if (id.empty()) return Joined(element, scratch);
    bool is_shared = false;
    for (std::string_view ids = table_.shared_ids; !ids.empty();) {
      if (id.starts_with(TakeUntil(ids, ','))) is_shared = true;
    }
    if (!is_shared) return id;
    const std::string own(id);
    const raw::TextCell in = Best(element, *parent_column_).text();
    scratch = in.has() ? in.escaped() : parent();
    if (!scratch.empty()) scratch += '/';
    scratch += own;
    return scratch;
  }

  std::string_view Joined(std::size_t element, std::string& scratch) const {
    scratch.clear();
    std::string_view names = table_.identity;
    while (!names.empty()) {
      const std::optional<std::size_t> column =
          table_.schema.Find(TakeUntil(names, ','));
      const raw::TextCell cell = Best(element, *column).text();
      const std::string_view part = cell.has() ? cell.escaped()
                                    : column == parent_column_
                                        ? parent()
                                        : std::string_view();
      if (part.empty()) continue;
      if (!scratch.empty()) scratch += '/';
      scratch += part;
    }
    return scratch;
  }

  Seen Write(std::size_t element, std::string_view id, Sink& sink) override {
    RowWriter row(sink, id);
    const Seen seen{row.is_new(), row.is_new()};
    if (deleted_) {
      const bool deleted = Best(element, *deleted_).flag().is_true();
      row.Value(*deleted_, deleted ? 1 : 0);
      // A stub holds little else; what was known of the object stays.
      if (deleted && !row.is_new()) return seen;
    }
    row.Heal();
    for (std::size_t i = 1; i < plan_.columns.size(); ++i) {
      if (deleted_ != i) WriteCell(i, Best(element, i), row);
    }
    if (parent_column_ && !parent().empty() &&
        Best(element, *parent_column_).state != CellState::kValue) {
      row.Value(*parent_column_, parent());
    }
    return seen;
  }

  void WriteCell(std::size_t column, const Scalar& cell, RowWriter& row) const {
    switch (table_.schema.columns[column].type) {
      case ColumnType::kUtf8:
      case ColumnType::kDictionary:
        return WriteText(column, cell.text(), row);
      case ColumnType::kInt64:
        return row.Int(column, cell.integer());
      case ColumnType::kMoney:
        return row.Money(column, cell.integer());
      case ColumnType::kTimestamp:
        return row.Time(column, cell.integer());
      case ColumnType::kBool:
        return row.Bool(column, cell.flag());
      case ColumnType::kDecimal:
        return row.Decimal(column, cell.decimal());
    }
  }

  void WriteText(std::size_t column, const raw::TextCell& cell,
                 RowWriter& row) const {
    const FieldWords& words = words_[column];
    const std::string_view renamed = NewName(words.renamed, cell.escaped());
    if (!renamed.empty()) return row.Value(column, renamed);
    row.Text(column, cell);
    if (!cell.has()) return;
    if (!words.known.empty() && !Lists(words.known, cell.escaped())) {
      row.Mark(ErrorCode::kFieldUnreadable, column);
    }
  }

  const FieldTable& table_;
  FieldPlan plan_;
  std::vector<FieldWords> words_;  // one a column
  std::optional<std::size_t> older_column_;
  std::optional<std::size_t> created_;
  std::optional<std::size_t> deleted_;
  std::optional<std::size_t> parent_column_;
  std::vector<Scalar> cells_;  // an element's behind those of the one before
  std::vector<std::string_view> elements_;
};

}  // namespace

std::unique_ptr<ObjectReader> MakeFieldReader(const FieldTable& table) {
  return std::make_unique<FieldReader>(table);
}

}  // namespace precision
