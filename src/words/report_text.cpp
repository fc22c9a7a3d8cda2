#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "precision/words/words.h"
#include "words/sentences.h"

namespace precision {

namespace {

using Lines = std::vector<std::string>;

struct Group {
  std::string name;
  std::vector<const Finding*> findings;
};

const PermissionFacts& FactsOf(const Finding& finding) {
  static constexpr PermissionFacts kUnknown{};
  const PermissionFacts* facts = FindPermission(finding.permission);
  return facts == nullptr ? kUnknown : *facts;
}

std::string LabelOf(const Finding& finding) {
  return std::string(FactsOf(finding).label);
}

std::string SectionOf(const Finding& finding) {
  const std::string_view section = FactsOf(finding).section;
  return finding.column == KeyColumn::kConnect ? Say("second_row_of", section)
                                               : std::string(section);
}

// Both in the order they came.
std::vector<Group> BySection(const std::vector<const Finding*>& findings) {
  std::vector<Group> groups;
  for (const Finding* finding : findings) {
    const std::string name = SectionOf(*finding);
    auto group = std::ranges::find(groups, name, &Group::name);
    if (group == groups.end()) {
      groups.push_back({name, {}});
      group = groups.end() - 1;
    }
    group->findings.push_back(finding);
  }
  return groups;
}

std::vector<const Finding*> Weighing(const PermissionReport& report,
                                     Weight weight) {
  std::vector<const Finding*> findings;
  for (const Finding& finding : report.findings) {
    if (WeightOf(finding) == weight) findings.push_back(&finding);
  }
  return findings;
}

std::vector<const Finding*> ToChange(const PermissionReport& report) {
  std::vector<const Finding*> findings;
  for (const Weight weight :
       {Weight::kBlocks, Weight::kMissing, Weight::kExcess}) {
    std::ranges::copy(Weighing(report, weight), std::back_inserter(findings));
  }
  return findings;
}

std::string ChangeLine(const Finding& finding, const PermissionReport& report) {
  const std::string label = LabelOf(finding);
  const bool writes = finding.shown == Shown::kWrite;
  std::string line = "- ";
  if (finding.verdict == Verdict::kMissing) {
    line += Say("missing_row", label);
  } else if (writes) {
    line += Say(
        finding.wanted == Wanted::kRead ? "write_row_read" : "write_row_none",
        label);
  } else {
    line += Say("excess_row", label);
  }
  if (finding.implied && !writes) line += " " + Say("maybe_other");
  const bool unseen = report.second_row == SecondRow::kNotKnown ||
                      report.second_row == SecondRow::kNotAsked;
  if (FactsOf(finding).connect_column && unseen) {
    line += " " + Say("connect_box");
  }
  return line;
}

std::string VerdictLine(std::size_t changes, std::size_t unclear) {
  if (changes > 0) return Count("change", changes);
  return unclear > 0 ? Count("ask_again", unclear) : Say("all_right");
}

void AddChanges(const PermissionReport& report, Lines& lines) {
  for (const Group& group : BySection(ToChange(report))) {
    lines.insert(lines.end(), {"", group.name});
    for (const Finding* finding : group.findings) {
      lines.push_back(ChangeLine(*finding, report));
    }
  }
  if (report.second_row == SecondRow::kEmpty) {
    lines.insert(lines.end(), {"", Say("connected_accounts"),
                               "- " + Say("second_row_empty")});
  }
}

void AddMissedTables(const PermissionReport& report, Lines& lines) {
  // In the order in which the page shows them.
  static constexpr std::array<std::string_view, 4> kTables = {
      "customers", "invoices", "payments", "subscriptions"};
  Lines missed;
  for (const std::string_view table : kTables) {
    const bool blocked = std::ranges::any_of(
        Weighing(report, Weight::kBlocks), [&](const Finding* finding) {
          return FactsOf(*finding).tables.contains(table);
        });
    if (blocked) missed.emplace_back(table);
  }
  lines.emplace_back();
  lines.push_back(missed.empty() ? Say("miss_nothing")
                                 : Say("miss_out", List(missed)));
}

void AddUnclear(const std::vector<const Finding*>& unclear, Lines& lines) {
  if (unclear.empty()) return;
  lines.insert(lines.end(), {"", Say("unclear")});
  for (const Finding* finding : unclear) {
    std::string line = "- " + LabelOf(*finding);
    if (finding->reason) {
      line.append(": ").append(WordsFor(*finding->reason).title).append(".");
    }
    lines.push_back(std::move(line));
  }
}

// What no row says by itself.
void LookAtTheWhole(const PermissionReport& report, Lines& looks) {
  Lines open;
  for (const Finding& finding : report.findings) {
    if (finding.column == KeyColumn::kAccount &&
        finding.wanted == Wanted::kRead && FactsOf(finding).offers_write &&
        finding.shown == Shown::kReadOrMore) {
      open.push_back(LabelOf(finding));
    }
  }
  if (!open.empty()) {
    const std::string which = report.write_checked
                                  ? Say("look_write_of", List(open))
                                  : Say("look_write_all");
    looks.push_back(Say("look_write") + ". " + which);
  }
  const bool none = report.second_row == SecondRow::kNoAccounts;
  if (none || report.second_row == SecondRow::kNotKnown) {
    looks.push_back(Say("second_row") + ". " +
                    Say(none ? "look_second_row_none" : "look_second_row"));
  }
}

// The rows of one rule are looked at together.
void LookAtRows(const PermissionReport& report, const Policy& policy,
                Lines& looks) {
  std::vector<std::pair<const PolicyRule*, std::vector<const Finding*>>> rules;
  for (const Finding* finding : Weighing(report, Weight::kLook)) {
    const PolicyRule* rule = policy.RuleFor(FactsOf(*finding));
    auto found = std::ranges::find(
        rules, rule, [](const auto& entry) { return entry.first; });
    if (found == rules.end()) {
      rules.push_back({rule, {}});
      found = rules.end() - 1;
    }
    found->second.push_back(finding);
  }
  for (const auto& [rule, findings] : rules) {
    Lines sections;
    for (const Group& group : BySection(findings)) {
      sections.push_back(group.name);
    }
    const bool read = findings.front()->wanted == Wanted::kRead;
    looks.push_back(Count(read ? "look_read" : "look_none", findings.size()) +
                    ". " + Say("look_in", List(sections)));
  }
}

void AddLooks(const PermissionReport& report, const Policy& policy,
              Lines& lines) {
  Lines looks;
  LookAtTheWhole(report, looks);
  LookAtRows(report, policy, looks);
  if (looks.empty()) return;
  lines.insert(lines.end(), {"", Count("look", looks.size())});
  for (const std::string& look : looks) lines.push_back("- " + look);
}

std::string Joined(const Lines& lines) {
  std::string text;
  for (const std::string& line : lines) text.append(line).append("\n");
  return text;
}

}  // namespace

std::string ReportText(const PermissionReport& report, const Policy& policy) {
  if (report.whole) {
    const ErrorWords words = WordsFor(*report.whole);
    return Joined({std::string(words.title) + ".", std::string(words.body)});
  }
  const bool second_row_empty = report.second_row == SecondRow::kEmpty;
  const std::size_t changes =
      ToChange(report).size() + (second_row_empty ? 1 : 0);
  const auto unclear = Weighing(report, Weight::kUnchecked);
  Lines lines = {VerdictLine(changes, unclear.size())};
  AddChanges(report, lines);
  if (changes > 0) AddMissedTables(report, lines);
  AddUnclear(unclear, lines);
  AddLooks(report, policy, lines);
  const std::size_t right = Weighing(report, Weight::kRight).size();
  if (right > 0) {
    lines.insert(lines.end(), {"", Count("right", right) + "."});
    if (!report.write_checked) lines.push_back(Say("write_not_checked"));
  }
  return Joined(lines);
}

}  // namespace precision
