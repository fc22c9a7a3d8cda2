#include "precision/table/row_json.h"

#include <array>
#include <charconv>
#include <numeric>
#include <string_view>
#include <vector>

namespace precision {

namespace {

void AppendString(std::string_view text, std::string& out) {
  constexpr std::string_view kHex = "0123456789abcdef";
  out.push_back('"');
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out.push_back('\\');
      out.push_back(c);
    } else if (c == '\n') {
      out += "\\n";
    } else if (byte < 0x20) {
      out += "\\u00";
      out.push_back(kHex[byte >> 4]);
      out.push_back(kHex[byte & 15]);
    } else {
      out.push_back(c);
    }
  }
  out.push_back('"');
}

void AppendCell(const Column& column, std::size_t row, std::string& out) {
  if (column.IsNull(row)) {
    out += "null";
    return;
  }
  switch (column.type()) {
    case ColumnType::kUtf8:
    case ColumnType::kDictionary:
    case ColumnType::kDecimal:
      AppendString(column.Text(row), out);
      break;
    case ColumnType::kInt64:
    case ColumnType::kMoney:
    case ColumnType::kTimestamp:
      AppendInteger(column.Int64(row), out);
      break;
    case ColumnType::kBool:
      out += column.Int64(row) != 0 ? "true" : "false";
      break;
  }
}

}  // namespace

void AppendInteger(std::int64_t value, std::string& out) {
  std::array<char, 24> digits{};
  const auto [end, error] =
      std::to_chars(digits.data(), digits.data() + digits.size(), value);
  (void)error;  // 24 characters hold any
  out.append(digits.data(), end);
}

void AppendRowAsJson(const Table& table, std::size_t row,
                     std::span<const std::size_t> columns, std::string& out) {
  char before = '{';
  for (const std::size_t column : columns) {
    out.push_back(before);
    before = ',';
    AppendString(table.schema().columns[column].name, out);
    out.push_back(':');
    AppendCell(table.column(column), row, out);
  }
  out.push_back('}');
}

std::string RowAsJson(const Table& table, std::size_t row) {
  std::vector<std::size_t> columns(table.schema().columns.size());
  std::iota(columns.begin(), columns.end(), std::size_t{0});
  std::string out;
  AppendRowAsJson(table, row, columns, out);
  return out;
}

}  // namespace precision
