// The report as JSON, and the names that stand in it.

#include <algorithm>

#include "permission/words.h"
#include "precision/json/json_writer.h"
#include "precision/permission/report.h"

namespace precision {

namespace {

// Raised when a reader of the last one could misunderstand the next.
constexpr std::int64_t kReportVersion = 1;

std::int64_t RuleOf(const Policy& policy, const PermissionFacts& facts) {
  const PolicyRule* rule = policy.RuleFor(facts);
  return rule == nullptr ? -1 : rule - policy.rules.data();
}

void WriteCode(std::string_view name, const std::optional<ErrorCode>& code,
               JsonWriter& json) {
  json.Name(name);
  if (code) {
    json.String(ToString(*code));
  } else {
    json.Null();
  }
}

void WriteFinding(const Finding& finding, const Policy& policy,
                  JsonWriter& json) {
  const PermissionFacts* facts = FindPermission(finding.permission);
  if (facts == nullptr) return;
  const bool second = finding.column == KeyColumn::kConnect;
  json.BeginObject();
  json.Name("permission").String(finding.permission);
  json.Name("column").String(second ? "connect" : "account");
  json.Name("section").String(facts->section);
  json.Name("label").String(facts->label);
  json.Name("wanted").String(ToString(finding.wanted));
  json.Name("verdict").String(ToString(finding.verdict));
  json.Name("shown").String(ToString(finding.shown));
  json.Name("weight").String(ToString(WeightOf(finding)));
  WriteCode("reason", finding.reason, json);
  json.Name("implied").Bool(finding.implied);
  json.Name("writeUnchecked").Bool(finding.write_unchecked);
  json.Name("neededByPull")
      .Bool(IsForThePulls(finding.permission, finding.column));
  json.Name("connectColumn").Bool(facts->connect_column);
  json.Name("offersWrite").Bool(facts->offers_write);
  json.Name("rule").Int(RuleOf(policy, *facts));
  json.Name("tables").BeginArray();
  if (!second) {
    for (const std::string_view table : Words(facts->tables)) {
      json.String(table);
    }
  }
  json.EndArray();
  json.Name("hint").String(finding.hint);
  json.EndObject();
}

}  // namespace

std::string_view ToString(Verdict verdict) {
  switch (verdict) {
    case Verdict::kRead:
      return "read";
    case Verdict::kMissing:
      return "missing";
    case Verdict::kExcess:
      return "excess";
    case Verdict::kNone:
      return "none";
    case Verdict::kOff:
      return "off";
    case Verdict::kCannotBeShown:
      return "cannot_be_shown";
    case Verdict::kUnchecked:
      return "unchecked";
    case Verdict::kPending:
      return "pending";
  }
  return "";
}

std::string_view ToString(Shown shown) {
  switch (shown) {
    case Shown::kNothing:
      return "nothing";
    case Shown::kNone:
      return "none";
    case Shown::kRead:
      return "read";
    case Shown::kReadOrMore:
      return "read_or_more";
    case Shown::kWrite:
      return "write";
  }
  return "";
}

std::string_view ToString(Weight weight) {
  switch (weight) {
    case Weight::kBlocks:
      return "blocks";
    case Weight::kMissing:
      return "missing";
    case Weight::kExcess:
      return "excess";
    case Weight::kUnchecked:
      return "unchecked";
    case Weight::kLook:
      return "look";
    case Weight::kRight:
      return "right";
  }
  return "";
}

std::string_view ToString(SecondRow row) {
  switch (row) {
    case SecondRow::kNotAsked:
      return "not_asked";
    case SecondRow::kNotKnown:
      return "not_known";
    case SecondRow::kNoAccounts:
      return "no_accounts";
    case SecondRow::kEmpty:
      return "empty";
    case SecondRow::kChecked:
      return "checked";
  }
  return "";
}

std::string WriteReport(const PermissionReport& report, const Policy& policy) {
  JsonWriter json;
  json.BeginObject();
  json.Name("version").Int(kReportVersion);
  json.Name("policy").String(policy.name);
  json.Name("sentences").BeginArray();
  for (const PolicyRule& rule : policy.rules) json.String(rule.sentence);
  json.EndArray();
  json.Name("findings").BeginArray();
  for (const Finding& finding : report.findings) {
    WriteFinding(finding, policy, json);
  }
  json.EndArray();
  WriteCode("whole", report.whole, json);
  json.Name("answered").Int(static_cast<std::int64_t>(report.answered));
  json.Name("asked").Int(static_cast<std::int64_t>(report.asked));
  json.Name("complete").Bool(report.complete());
  json.Name("pullsMayStart").Bool(report.pulls_may_start);
  json.Name("writeChecked").Bool(report.write_checked);
  json.Name("secondRow").String(ToString(report.second_row));
  json.Name("editUrl").String(report.edit_url);
  json.EndObject();
  return json.Take();
}

}  // namespace precision
