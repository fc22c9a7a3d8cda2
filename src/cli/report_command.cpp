#include <iostream>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "commands.h"
#include "precision/json/json_value.h"
#include "precision/permission/report.h"
#include "precision/words/words.h"

namespace precision {

namespace {

// The value of an enumeration that has `name`; absent for a name of tomorrow.
template <typename Enum>
std::optional<Enum> Named(std::optional<std::string_view> name, Enum last) {
  for (int i = 0; i <= static_cast<int>(last); ++i) {
    const auto value = static_cast<Enum>(i);
    if (name == ToString(value)) return value;
  }
  return std::nullopt;
}

// Nothing when it is of no row that is known, or says what is not.
std::optional<Finding> ReadFinding(JsonValue json) {
  const PermissionFacts* facts =
      FindPermission(json["permission"].AsString().value_or(""));
  const auto verdict = Named(json["verdict"].AsString(), Verdict::kPending);
  const auto wanted = Named(json["wanted"].AsString(), Wanted::kAny);
  const auto shown = Named(json["shown"].AsString(), Shown::kWrite);
  if (facts == nullptr || !verdict || !wanted || !shown) return std::nullopt;
  Finding finding;
  finding.permission = facts->id;
  if (json["column"].AsString() == "connect") {
    finding.column = KeyColumn::kConnect;
  }
  finding.verdict = *verdict;
  finding.wanted = *wanted;
  finding.shown = *shown;
  finding.reason = FindErrorCode(json["reason"].AsString().value_or(""));
  finding.implied = json["implied"].AsBool().value_or(false);
  return finding;
}

std::optional<PermissionReport> ReadReport(JsonValue json) {
  const JsonValue findings = json["findings"];
  const auto second_row =
      Named(json["secondRow"].AsString(), SecondRow::kChecked);
  if (json["version"].AsInt() != 1 || !findings.IsArray() || !second_row) {
    return std::nullopt;
  }
  PermissionReport report;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    const std::optional<Finding> finding = ReadFinding(findings.At(i));
    if (!finding) return std::nullopt;
    report.findings.push_back(*finding);
  }
  report.whole = FindErrorCode(json["whole"].AsString().value_or(""));
  report.write_checked = json["writeChecked"].AsBool().value_or(false);
  report.second_row = *second_row;
  return report;
}

}  // namespace

int RunReport(std::span<char*> args) {
  if (!args.empty()) {
    std::cerr << "precision-stripe report: give the report on standard input\n";
    return 2;
  }
  const Result<JsonDocument> document =
      JsonDocument::Parse(ReadStandardInput());
  const std::optional<PermissionReport> report =
      document.ok() ? ReadReport(document.value().root()) : std::nullopt;
  if (!report) {
    std::cerr << "precision-stripe report: this is not a report in the form of "
                 "src/permission/report.schema.json\n";
    return 1;
  }
  std::cout << ReportText(*report, GuidePolicy());
  return 0;
}

}  // namespace precision
