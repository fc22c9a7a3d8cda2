#include "precision/export/table_export.h"

#include <algorithm>
#include <chrono>
#include <string_view>
#include <utility>

#include "export/arrow_body.h"
#include "precision/base/money.h"
#include "precision/table/row_json.h"

namespace precision {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kLineEnd = "\r\n";

// What a spreadsheet may take for the start of a formula, the full-width forms
// of = + - @ among it, spaces before them or not.
// https://owasp.org/www-community/attacks/CSV_Injection
bool LooksLikeFormula(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  if (text.empty()) return false;
  constexpr std::string_view kStarts = "=+-@\t\r\n";
  if (kStarts.contains(text.front())) return true;
  for (const std::string_view wide :
       {"\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"}) {
    if (text.starts_with(wide)) return true;
  }
  return false;
}

void AppendText(std::string_view text, std::string& out) {
  const bool is_formula = LooksLikeFormula(text);
  const bool is_quoted = text.find_first_of("\",\r\n") != text.npos;
  if (is_quoted) out.push_back('"');
  if (is_formula) out.push_back('\'');
  for (const char c : text) {
    if (c == '"') out.push_back(c);
    out.push_back(c);
  }
  if (is_quoted) out.push_back('"');
}

// Exactly `digits` digits.
void AppendPadded(std::uint64_t value, int digits, std::string& out) {
  std::uint64_t unit = 1;
  for (int i = 1; i < digits; ++i) unit *= 10;
  for (; unit > 0; unit /= 10) {
    out.push_back(static_cast<char>('0' + value / unit % 10));
  }
}

void AppendMoney(std::int64_t minor, int digits, std::string& out) {
  std::int64_t unit = 1;
  for (int i = 0; i < digits; ++i) unit *= 10;
  if (minor < 0) out.push_back('-');
  const std::int64_t amount = minor < 0 ? -minor : minor;
  AppendInteger(amount / unit, out);
  if (digits == 0) return;
  out.push_back('.');
  AppendPadded(static_cast<std::uint64_t>(amount % unit), digits, out);
}

void AppendTime(std::int64_t time, std::string& out) {
  using namespace std::chrono;
  const sys_seconds moment{seconds{time}};
  const sys_days day = floor<days>(moment);
  const year_month_day date{day};
  const auto second = static_cast<std::uint64_t>((moment - day).count());
  const auto part = [&](std::uint64_t value, int digits, char behind) {
    AppendPadded(value, digits, out);
    out.push_back(behind);
  };
  part(static_cast<std::uint64_t>(int{date.year()}), 4, '-');
  part(unsigned{date.month()}, 2, '-');
  part(unsigned{date.day()}, 2, 'T');
  part(second / 3600, 2, ':');
  part(second / 60 % 60, 2, ':');
  part(second % 60, 2, 'Z');
}

}  // namespace

TableExport::TableExport(const Table& table, std::vector<std::uint32_t> rows,
                         std::vector<std::size_t> columns, ExportFormat format)
    : table_(&table),
      rows_(std::move(rows)),
      columns_(std::move(columns)),
      format_(format) {}

void TableExport::AppendCsvHead(std::string& out) const {
  out += kByteOrderMark;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (i > 0) out.push_back(',');
    out += table_->schema().columns[columns_[i]].name;
  }
  out += kLineEnd;
}

void TableExport::AppendCsvRow(std::size_t row, std::string& out) const {
  const Schema& schema = table_->schema();
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (i > 0) out.push_back(',');
    const Column& column = table_->column(columns_[i]);
    if (column.IsNull(row)) continue;
    switch (column.type()) {
      case ColumnType::kUtf8:
      case ColumnType::kDictionary:
        AppendText(column.Text(row), out);
        break;
      case ColumnType::kDecimal:
        out += column.Text(row);
        break;
      case ColumnType::kInt64:
        AppendInteger(column.Int64(row), out);
        break;
      case ColumnType::kMoney: {
        const Column& currency = table_->column(
            *schema.Find(schema.columns[columns_[i]].currency_column));
        AppendMoney(column.Int64(row),
                    MinorUnitDigits(currency.IsNull(row) ? std::string_view()
                                                         : currency.Text(row)),
                    out);
        break;
      }
      case ColumnType::kTimestamp:
        AppendTime(column.Int64(row), out);
        break;
      case ColumnType::kBool:
        out += column.Int64(row) != 0 ? "true" : "false";
        break;
    }
  }
  out += kLineEnd;
}

void TableExport::Next(std::size_t count, std::string& out) {
  const std::span<const std::uint32_t> rows =
      std::span(rows_).subspan(done_, std::min(count, rows_.size() - done_));
  done_ += rows.size();
  if (format_ == ExportFormat::kArrow) {
    for (const std::size_t column : columns_) {
      AppendArrowColumn(table_->column(column), rows, out);
    }
    return;
  }
  if (format_ == ExportFormat::kCsv && !std::exchange(begun_, true)) {
    AppendCsvHead(out);
  }
  for (const std::uint32_t row : rows) {
    if (format_ == ExportFormat::kCsv) {
      AppendCsvRow(row, out);
    } else {
      AppendRowAsJson(*table_, row, columns_, out);
      out.push_back('\n');
    }
  }
}

}  // namespace precision
