// The questions of an audit, and what one answer to one of them shows.

#include <algorithm>
#include <string>

#include "precision/permission/report.h"

namespace precision {

namespace {

bool HasWord(std::string_view words, std::string_view word) {
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    if (words.substr(0, end) == word) return true;
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return false;
}

// A captive portal or a page of the host answers 200 as well.
bool LooksLikeJson(std::string_view body) {
  const std::size_t first = body.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && body[first] == '{';
}

// A 404 or 400 that proves Read is about the object asked for: Stripe looked it
// up.  An unknown path is refused before any permission is looked at.
bool SpeaksOfTheObject(const ApiError& error) {
  if (error.scrubbed_message.contains("Unrecognized request URL")) return false;
  return (error.code == ErrorCode::kNotFound ||
          error.code == ErrorCode::kRequestRefused) &&
         !error.stripe_type.empty();
}

ProbeOutcome OutcomeOf(const ApiError& error) {
  switch (error.code) {
    case ErrorCode::kPermissionMissing:
      return ProbeOutcome::kClosed;
    case ErrorCode::kProductNotEnabled:
    case ErrorCode::kPermissionNotGrantable:
      return ProbeOutcome::kOff;
    default:
      return ProbeOutcome::kUnknown;
  }
}

bool IsToAskAgain(Verdict verdict) {
  return verdict == Verdict::kUnchecked || verdict == Verdict::kMissing ||
         verdict == Verdict::kExcess || verdict == Verdict::kPending;
}

const Finding* FindingOf(const PermissionReport& report, std::string_view id) {
  const auto found =
      std::ranges::find(report.findings, id, &Finding::permission);
  return found == report.findings.end() ? nullptr : &*found;
}

std::vector<const PermissionFacts*> InOrderOfAsking() {
  std::vector<const PermissionFacts*> rows;
  for (const PermissionFacts& facts : AllPermissions()) {
    if (!facts.probe.empty()) rows.push_back(&facts);
  }
  std::ranges::stable_sort(rows, {}, &PermissionFacts::ask);
  return rows;
}

}  // namespace

std::vector<Probe> PlanAudit(AuditScope scope,
                             const PermissionReport* previous) {
  // A report that speaks of the whole key says nothing of any row.
  const bool everything = scope == AuditScope::kEverything ||
                          previous == nullptr || previous->whole.has_value();
  std::vector<Probe> probes;
  const PermissionFacts* control = nullptr;
  for (const PermissionFacts* facts : InOrderOfAsking()) {
    const Finding* finding =
        everything ? nullptr : FindingOf(*previous, facts->id);
    if (finding == nullptr || IsToAskAgain(finding->verdict)) {
      probes.push_back({facts->id, std::string(facts->probe)});
    } else if (control == nullptr && finding->verdict == Verdict::kRead) {
      control = facts;
    }
  }
  if (!everything && !probes.empty() && control != nullptr) {
    probes.push_back({control->id, std::string(control->probe)});
  }
  return probes;
}

ProbeAnswer JudgeProbe(std::string_view permission,
                       const HttpResponse& response) {
  ProbeAnswer answer{
      .permission = permission, .outcome = ProbeOutcome::kUnknown, .error = {}};
  const PermissionFacts* facts = FindPermission(permission);
  if (facts == nullptr) return answer;
  if (response.status == 200 && LooksLikeJson(response.body)) {
    answer.outcome = ProbeOutcome::kOpen;
    return answer;
  }
  answer.error = ReadApiError(response);
  const bool proves = HasWord(facts->proves, std::to_string(response.status)) &&
                      SpeaksOfTheObject(answer.error);
  answer.outcome = proves ? ProbeOutcome::kOpen : OutcomeOf(answer.error);
  return answer;
}

ProbeAnswer JudgeFailure(std::string_view permission,
                         TransportFailure failure) {
  return {.permission = permission,
          .outcome = ProbeOutcome::kUnknown,
          .error = FromTransportFailure(failure)};
}

std::string CreateKeyUrl(bool live) {
  std::string url = "https://dashboard.stripe.com/";
  if (!live) url += "test/";
  url += "apikeys/create?name=Precision";
  for (const PermissionFacts& facts : AllPermissions()) {
    if (facts.prefill.empty()) continue;
    url += "&permissions%5B%5D=";
    url += facts.prefill;
  }
  return url;
}

}  // namespace precision
