// The paths of a FieldTable, made into a tree: which members lead to which
// cell.

#ifndef PRECISION_SRC_NORMALIZE_FIELD_PLAN_H_
#define PRECISION_SRC_NORMALIZE_FIELD_PLAN_H_

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include "normalize/name_list.h"
#include "precision/table/schema.h"

namespace precision {

inline constexpr std::size_t kNoField = ~std::size_t{0};

struct FieldCell {
  ColumnType type = ColumnType::kUtf8;
  bool is_sum = false;
  bool is_presence = false;
};

// A cell that may be a column's.
struct FieldWay {
  std::size_t cell = kNoField;
  std::size_t where = kNoField;  // counts only where this cell's text
  std::string_view begins;       // begins so
};

// A member on the way to some cell.
struct FieldTarget {
  std::size_t node = kNoField;  // what an object there holds
  std::size_t cell = kNoField;  // what a plain value there is
  std::size_t first =
      kNoField;  // the cell to blame for a value of another type
  bool is_list = false;
};

struct FieldNode {
  std::vector<std::string_view> names;
  std::vector<FieldTarget> targets;

  FieldTarget& At(std::string_view name) {
    const auto found = std::ranges::find(names, name);
    if (found != names.end()) {
      return targets[static_cast<std::size_t>(found - names.begin())];
    }
    names.push_back(name);
    return targets.emplace_back();
  }
};

// What the paths of a table come to.
struct FieldPlan {
  std::vector<FieldNode> nodes = std::vector<FieldNode>(1);
  std::vector<FieldCell> cells;
  std::vector<std::vector<FieldWay>> columns;  // the best first
  std::size_t object = kNoField;               // the cell of the type

  [[clang::minsize]] explicit FieldPlan(const Schema& schema) {
    for (const ColumnSchema& column : schema.columns) {
      std::vector<FieldWay>& ways = columns.emplace_back();
      std::string_view paths = column.from.empty() ? column.name : column.from;
      while (!paths.empty()) {
        std::string_view where = TakeUntil(paths, '|');
        FieldWay& way = ways.emplace_back();
        way.cell = Add(TakeUntil(where, '^'), column.type);
        if (where.empty()) continue;
        way.where = Add(TakeUntil(where, '='), ColumnType::kUtf8);
        way.begins = where;
      }
    }
    object = Add("object", ColumnType::kUtf8);
    Blame(0);
  }

 private:
  // The cell at the end of the path; two columns may share one.
  [[clang::minsize]] std::size_t Add(std::string_view path, ColumnType type) {
    const bool is_sum = path.ends_with('+');
    const bool is_reference = path.ends_with('@');
    const bool is_presence = path.ends_with('?');
    if (is_sum || is_reference || is_presence) path.remove_suffix(1);
    std::size_t node = 0;
    while (true) {
      std::string_view name = TakeUntil(path, '.');
      const bool is_list = name.ends_with("[]");
      if (is_list) name.remove_suffix(2);
      FieldTarget& target = nodes[node].At(name);
      if (is_list) target.is_list = true;
      if (!path.empty()) {
        node = Below(node, name);
        continue;
      }
      if (target.cell == kNoField) {
        target.cell = cells.size();
        cells.push_back({type, is_sum, is_presence});
      }
      const std::size_t cell = target.cell;
      // A flag serves as a text as well (FieldWords), not the other way round.
      if (type == ColumnType::kBool) cells[cell].type = type;
      if (is_reference) nodes[Below(node, name)].At("id").cell = cell;
      return cell;
    }
  }

  [[clang::minsize]] std::size_t Below(std::size_t node,
                                       std::string_view name) {
    if (nodes[node].At(name).node == kNoField) {
      nodes.emplace_back();
      nodes[node].At(name).node = nodes.size() - 1;
    }
    return nodes[node].At(name).node;
  }

  // For each member that leads on only: the first cell that it leads to.
  [[clang::minsize]] std::size_t Blame(std::size_t node) {
    std::size_t first = kNoField;
    for (FieldTarget& target : nodes[node].targets) {
      target.first = target.cell;
      if (target.node != kNoField) {
        target.first = std::min(target.first, Blame(target.node));
      }
      first = std::min(first, target.first);
    }
    return first;
  }
};

}  // namespace precision

#endif  // PRECISION_SRC_NORMALIZE_FIELD_PLAN_H_
