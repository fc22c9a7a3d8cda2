#include "precision/table/schema.h"

namespace precision {

std::string_view ToString(ColumnType type) {
  switch (type) {
    case ColumnType::kUtf8:
      return "utf8";
    case ColumnType::kDictionary:
      return "dictionary";
    case ColumnType::kInt64:
      return "int64";
    case ColumnType::kMoney:
      return "money";
    case ColumnType::kTimestamp:
      return "timestamp";
    case ColumnType::kBool:
      return "bool";
    case ColumnType::kDecimal:
      return "decimal";
  }
  return "";
}

std::optional<std::size_t> Schema::Find(std::string_view column) const {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].name == column) return i;
  }
  return std::nullopt;
}

}  // namespace precision
