#include <array>
#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

#include "precision/normalize/normalizer.h"

namespace precision {

namespace {

void AppendInteger(std::int64_t value, std::string& out) {
  std::array<char, 24> digits{};
  const auto [end, error] =
      std::to_chars(digits.data(), digits.data() + digits.size(), value);
  (void)error;  // 24 characters hold any
  out.append(digits.data(), end);
}

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

std::string RowAsJson(const Table& table, std::size_t row) {
  std::string out = "{";
  const auto& columns = table.schema().columns;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (i > 0) out.push_back(',');
    AppendString(columns[i].name, out);
    out.push_back(':');
    AppendCell(table.column(i), row, out);
  }
  out.push_back('}');
  return out;
}

}  // namespace precision
