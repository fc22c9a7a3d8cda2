// The questions of an audit, and their order.

#include <algorithm>
#include <string>
#include <utility>

#include "precision/base/sort_few.h"
#include "precision/permission/report.h"

namespace precision {

namespace {

// With the control below nine requests: an account has a monthly allowance of
// reads.  https://docs.stripe.com/rate-limits
constexpr std::size_t kAskedAgain = 8;

Probe ReadProbe(const PermissionFacts& facts, KeyColumn column) {
  Probe probe;
  probe.permission = facts.id;
  probe.path = facts.probe;
  probe.column = column;
  return probe;
}

Probe WriteProbe(const PermissionFacts& facts, KeyColumn column) {
  Probe probe = ReadProbe(facts, column);
  probe.path = facts.write_probe;
  probe.kind = ProbeKind::kWrite;
  return probe;
}

// Rows that the policy speaks of and that a GET can show.
std::vector<const PermissionFacts*> InOrderOfAsking(const Policy& policy,
                                                    KeyColumn column) {
  std::vector<const PermissionFacts*> rows;
  for (const PermissionFacts& facts : AllPermissions()) {
    const bool there = column == KeyColumn::kAccount || facts.connect_column;
    if (there && !facts.probe.empty() &&
        policy.WantedOf(facts) != Wanted::kAny) {
      rows.push_back(&facts);
    }
  }
  SortFew(rows, [](const PermissionFacts* a, const PermissionFacts* b) {
    return a->ask < b->ask;
  });
  return rows;
}

std::vector<Probe> PlanColumn(const Policy& policy, KeyColumn column) {
  std::vector<Probe> probes;
  for (const PermissionFacts* facts : InOrderOfAsking(policy, column)) {
    probes.push_back(ReadProbe(*facts, column));
  }
  return probes;
}

// A finding with the place of its question among those asked again.
struct Again {
  const Finding* finding;
  const PermissionFacts* facts;
};

std::vector<Again> WorthAsking(const PermissionReport& previous) {
  std::vector<Again> list;
  for (const Finding& finding : previous.findings) {
    const PermissionFacts* facts = FindPermission(finding.permission);
    if (facts != nullptr && !facts->probe.empty()) {
      list.push_back({&finding, facts});
    }
  }
  const auto rank = [](const Again& again) {
    return std::pair(WeightOf(*again.finding), again.facts->ask);
  };
  SortFew(list,
          [&](const Again& a, const Again& b) { return rank(a) < rank(b); });
  return list;
}

bool ReadIsToAskAgain(const Finding& finding) {
  switch (finding.verdict) {
    case Verdict::kUnchecked:
    case Verdict::kMissing:
    case Verdict::kPending:
      return true;
    case Verdict::kExcess:
      return finding.wanted == Wanted::kNone;
    case Verdict::kRead:
    case Verdict::kNone:
    case Verdict::kOff:
    case Verdict::kCannotBeShown:
      return false;
  }
  return false;
}

std::vector<Probe> PlanAgain(const AuditRules& rules,
                             const PermissionReport& previous) {
  std::vector<Probe> probes;
  std::optional<Probe> control;
  for (const auto& [finding, facts] : WorthAsking(previous)) {
    if (ReadIsToAskAgain(*finding)) {
      probes.push_back(ReadProbe(*facts, finding->column));
    }
    if (rules.check_write && !facts->write_probe.empty() &&
        (finding->shown == Shown::kWrite || finding->write_unchecked)) {
      probes.push_back(WriteProbe(*facts, finding->column));
    }
    if (!control && finding->verdict == Verdict::kRead &&
        finding->column == KeyColumn::kAccount) {
      control = ReadProbe(*facts, KeyColumn::kAccount);
    }
  }
  if (previous.second_row == SecondRow::kEmpty) {
    std::vector<Probe> row = PlanColumn(rules.policy, KeyColumn::kConnect);
    for (std::size_t i = 1; i < row.size(); ++i) row[i].held = true;
    std::ranges::move(row, std::back_inserter(probes));
  }
  for (std::size_t i = kAskedAgain; i < probes.size(); ++i) {
    probes[i].held = true;
  }
  if (!probes.empty() && control) probes.push_back(*control);
  return probes;
}

const Finding* FindingOf(const PermissionReport& report,
                         std::string_view permission, KeyColumn column) {
  const auto found =
      std::ranges::find_if(report.findings, [&](const Finding& finding) {
        return finding.permission == permission && finding.column == column;
      });
  return found == report.findings.end() ? nullptr : &*found;
}

}  // namespace

std::vector<Probe> PlanAudit(AuditScope scope, const AuditRules& rules,
                             const PermissionReport* previous) {
  // A report that speaks of the whole key says nothing of any row.
  if (scope == AuditScope::kUnchecked && previous != nullptr &&
      !previous->whole) {
    return PlanAgain(rules, *previous);
  }
  return PlanColumn(rules.policy, KeyColumn::kAccount);
}

std::vector<Probe> FollowUps(const ProbeAnswer& answer,
                             const AuditRules& rules) {
  if (answer.outcome != ProbeOutcome::kOpen ||
      answer.kind != ProbeKind::kRead) {
    return {};
  }
  if (!answer.connected_account.empty() &&
      answer.column == KeyColumn::kAccount && rules.second_row &&
      !rules.policy.second_row.empty()) {
    return PlanColumn(rules.policy, KeyColumn::kConnect);
  }
  const PermissionFacts* facts = FindPermission(answer.permission);
  if (!rules.check_write || facts == nullptr || facts->write_probe.empty()) {
    return {};
  }
  return {WriteProbe(*facts, answer.column)};
}

bool ShowsAChange(const ProbeAnswer& answer, const PermissionReport& previous) {
  if (answer.outcome == ProbeOutcome::kUnknown) return false;
  const Finding* before = FindingOf(previous, answer.permission, answer.column);
  if (before == nullptr) {
    return answer.error.code != ErrorCode::kSecondRowEmpty;
  }
  const bool open = answer.outcome == ProbeOutcome::kOpen;
  if (answer.kind == ProbeKind::kWrite) {
    return before->write_unchecked || open != (before->shown == Shown::kWrite);
  }
  const bool was_open = before->shown >= Shown::kRead;
  return before->shown == Shown::kNothing || open != was_open;
}

std::string CreateKeyUrl(const Policy& policy, bool live) {
  std::string url = "https://dashboard.stripe.com/";
  if (!live) url += "test/";
  url += "apikeys/create?name=";
  for (const char c : policy.key_name) {
    const bool plain = ('0' <= c && c <= '9') || ('a' <= c && c <= 'z') ||
                       ('A' <= c && c <= 'Z');
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    if (plain) {
      url += c;
    } else {
      url += {'%', kDigits[byte >> 4U], kDigits[byte & 15U]};
    }
  }
  for (const PermissionFacts& facts : AllPermissions()) {
    if (facts.prefill.empty() || policy.WantedOf(facts) != Wanted::kRead) {
      continue;
    }
    url += "&permissions%5B%5D=";
    url += facts.prefill;
  }
  return url;
}

}  // namespace precision
