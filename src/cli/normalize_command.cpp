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

namespace precision {

namespace {

struct Name {
  std::string_view given;
  std::string_view object;  // as Normalizer::ReadAny() takes it
};

constexpr Name kNames[] = {
    {"any", ""},
    {"customer", "customer"},
    {"customers", "customers"},
    {"invoice", "invoice"},
    {"invoices", "invoices"},
    {"payment", "payments"},
    {"payments", "payments"},
    {"payment_intent", "payment_intent"},
    {"payment_intents", "payment_intent"},
    {"charge", "charge"},
    {"charges", "charge"},
    {"subscription", "subscription"},
    {"subscriptions", "subscriptions"},
};

constexpr std::string_view kUsage =
    "usage: precision-stripe normalize "
    "any|customers|invoices|payments|payment_intent|charge|subscriptions\n";

int Refuse(ErrorCode code, std::string_view sentence) {
  std::cerr << "error: " << ToString(code) << ": " << sentence << '\n';
  return 1;
}

void WriteRows(const Normalizer& normalizer) {
  std::string out;
  for (std::size_t i = 0; i < kTableCount; ++i) {
    const Table& table = normalizer.table(static_cast<TableId>(i));
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
  const std::string_view given = args.size() == 1 ? args[0] : "";
  std::optional<std::string_view> object;
  for (const Name& name : kNames) {
    if (name.given == given) object = name.object;
  }
  if (!object) {
    std::cerr << kUsage;
    return 2;
  }
  std::ios::sync_with_stdio(false);
  const std::string text = ReadStandardInput();
  Normalizer normalizer;
  const Result<ReadSummary> read = normalizer.ReadAny(*object, text);
  if (!read.ok()) return Refuse(read.error().code, read.error().detail + ".");

  WriteRows(normalizer);
  WriteIssues(normalizer.issues());
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
