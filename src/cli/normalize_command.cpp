// normalize OBJECT: any Stripe data on standard input, rows as JSON lines on
// standard output, what was odd on standard error.

#include <array>
#include <cstddef>
#include <iostream>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "commands.h"
#include "precision/normalize/normalizer.h"
#include "precision/table/row_json.h"

namespace precision {

namespace {

// As Normalizer::ReadAny() takes it, and the table whose rows are printed; all
// tables for "any".
struct Wanted {
  std::string object;
  std::optional<TableId> table;
};

// A table, one of it, or a type of object that has a table under another name.
std::optional<Wanted> WantedBy(std::string_view given) {
  if (given == "any") return Wanted{};
  for (const std::string_view ending : {"", "s"}) {
    const std::string name = std::string(given).append(ending);
    if (const std::optional<TableId> table = FindTable(name)) {
      return Wanted{name, table};
    }
  }
  if (given.ends_with('s')) given.remove_suffix(1);
  if (given == "payment_intent") {
    return Wanted{std::string(given), TableId::kPayments};
  }
  if (given == "plan") return Wanted{std::string(given), TableId::kPrices};
  if (given == "line_item") return WantedBy("invoice_lines");
  return std::nullopt;
}

int RefuseUsage() {
  std::cerr << "usage: precision-stripe normalize OBJECT, one of any";
  for (std::size_t i = 0; i < kTableCount; ++i) {
    std::cerr << ' ' << ToString(static_cast<TableId>(i));
  }
  std::cerr << " payment_intents plans\n";
  return 2;
}

int Refuse(ErrorCode code, std::string_view sentence) {
  std::cerr << "error: " << ToString(code) << ": " << sentence << '\n';
  return 1;
}

void WriteRows(const Normalizer& normalizer, std::optional<TableId> only) {
  std::string out;
  for (std::size_t i = 0; i < kTableCount; ++i) {
    const auto id = static_cast<TableId>(i);
    if (only && id != *only) continue;
    const Table& table = normalizer.table(id);
    for (std::size_t row = 0; row < table.row_count(); ++row) {
      out += RowAsJson(table, row);
      out.push_back('\n');
      if (out.size() > 1 << 16) {
        std::cout.write(out.data(), static_cast<std::streamsize>(out.size()));
        out.clear();
      }
    }
  }
  std::cout.write(out.data(), static_cast<std::streamsize>(out.size()));
  std::cout.flush();
}

void WriteIssues(const RowIssues& issues) {
  for (const RowIssues::Count& count : issues.counts) {
    if (count.count == 0) continue;
    std::cerr << "note: " << ToString(count.code) << ": " << count.count << ' '
              << ToString(count.table) << (count.count == 1 ? " row" : " rows");
    if (!count.column.empty()) std::cerr << ", column " << count.column;
    for (std::size_t i = 0; i < count.example_ids.size(); ++i) {
      std::cerr << (i == 0 ? ": " : ", ") << count.example_ids[i];
    }
    std::cerr << '\n';
  }
  for (const auto& [object, count] : issues.unknown_objects) {
    std::cerr << "note: object_unknown: " << count << " of "
              << (object.empty() ? std::string_view("no type")
                                 : std::string_view(object))
              << '\n';
  }
}

}  // namespace

int RunNormalize(std::span<char*> args) {
  const std::optional<Wanted> wanted =
      WantedBy(args.size() == 1 ? args[0] : std::string_view());
  if (!wanted) return RefuseUsage();
  std::ios::sync_with_stdio(false);
  const std::string text = ReadStandardInput();
  Normalizer normalizer;
  const Result<ReadSummary> read = normalizer.ReadAny(wanted->object, text);
  if (!read.ok()) return Refuse(read.error().code, read.error().detail + ".");

  WriteRows(normalizer, wanted->table);
  WriteIssues(normalizer.issues());
  if (const std::size_t line = read.value().malformed_line; line != 0) {
    return Refuse(ErrorCode::kJsonMalformed,
                  "no JSON on line " + std::to_string(line) + ".");
  }
  const std::size_t kept = read.value().rows_new + read.value().rows_replaced;
  if (kept > 0 || read.value().page.count == 0) return 0;
  // Everything was refused: say so in one line, by the first reason there is.
  const RowIssues& issues = normalizer.issues();
  const ErrorCode code =
      issues.counts.empty() ? ErrorCode::kObjectUnknown : issues.counts[0].code;
  return Refuse(code, "none of the " + std::to_string(read.value().page.count) +
                          " objects could be read.");
}

}  // namespace precision
