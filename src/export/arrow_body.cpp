#include "export/arrow_body.h"

#include <cstddef>

namespace precision {

namespace {

// Arrow's integers are little-endian.
void AppendLittle(std::uint64_t value, std::size_t bytes, std::string& out) {
  for (std::size_t i = 0; i < bytes; ++i) {
    out.push_back(static_cast<char>(value >> (8 * i) & 0xFF));
  }
}

void Pad(std::string& out) { out.resize((out.size() + 7) / 8 * 8); }

template <typename IsSet>
void AppendBits(std::span<const std::uint32_t> rows, std::string& out,
                const IsSet& is_set) {
  const std::size_t begin = out.size();
  out.resize(begin + (rows.size() + 7) / 8);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!is_set(rows[i])) continue;
    char& byte = out[begin + i / 8];
    byte = static_cast<char>(byte | 1 << (i % 8));
  }
  Pad(out);
}

void AppendTexts(const Column& column, std::span<const std::uint32_t> rows,
                 std::string& out) {
  std::uint64_t end = 0;
  AppendLittle(end, 4, out);
  for (const std::uint32_t row : rows) {
    if (!column.IsNull(row)) end += column.Text(row).size();
    AppendLittle(end, 4, out);
  }
  Pad(out);
  for (const std::uint32_t row : rows) {
    if (!column.IsNull(row)) out += column.Text(row);
  }
  Pad(out);
}

}  // namespace

void AppendArrowColumn(const Column& column,
                       std::span<const std::uint32_t> rows, std::string& out) {
  AppendBits(rows, out, [&](std::uint32_t row) { return !column.IsNull(row); });
  switch (column.type()) {
    case ColumnType::kUtf8:
    case ColumnType::kDictionary:
    case ColumnType::kDecimal:
      return AppendTexts(column, rows, out);
    case ColumnType::kBool:
      return AppendBits(rows, out, [&](std::uint32_t row) {
        return !column.IsNull(row) && column.Int64(row) != 0;
      });
    case ColumnType::kInt64:
    case ColumnType::kMoney:
    case ColumnType::kTimestamp:
      break;
  }
  for (const std::uint32_t row : rows) {
    const std::int64_t value = column.IsNull(row) ? 0 : column.Int64(row);
    AppendLittle(static_cast<std::uint64_t>(value), 8, out);
  }
}

}  // namespace precision
