// Stripe's answers to a probe, for a key that holds given permissions.

#ifndef PRECISION_TESTS_UNIT_PERMISSION_ANSWERS_H_
#define PRECISION_TESTS_UNIT_PERMISSION_ANSWERS_H_

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "precision/permission/report.h"

namespace precision {

inline HttpResponse Answer(int status, std::string_view body) {
  HttpResponse response;
  response.status = status;
  response.body = body;
  response.content_type = "application/json";
  return response;
}

inline constexpr std::string_view kList =
    R"({"object": "list", "data": [], "has_more": false})";
inline constexpr std::string_view kNoPermission =
    R"({"error": {"type": "invalid_request_error", "message": )"
    R"("The provided key does not have the required permissions for this )"
    R"(endpoint."}})";
inline constexpr std::string_view kNoSuchObject =
    R"({"error": {"type": "invalid_request_error", "code": )"
    R"("resource_missing", "message": "No such thing: 'nowaythiscanexist'"}})";
inline constexpr std::string_view kUnknownKey =
    R"({"error": {"type": "invalid_request_error", "message": )"
    R"("Invalid API Key provided: rk_****"}})";

// What a key that may read this row is answered.
inline HttpResponse Granted(const PermissionFacts& facts) {
  if (facts.proves.starts_with("404")) return Answer(404, kNoSuchObject);
  if (facts.proves.starts_with("400")) return Answer(400, kNoSuchObject);
  return Answer(200, kList);
}

using Answering = std::function<HttpResponse(const PermissionFacts&)>;

inline std::vector<ProbeAnswer> AskAll(const std::vector<Probe>& probes,
                                       const Answering& answering) {
  std::vector<ProbeAnswer> answers;
  for (const Probe& probe : probes) {
    const PermissionFacts& facts = *FindPermission(probe.permission);
    answers.push_back(JudgeProbe(probe, answering(facts)));
  }
  return answers;
}

inline std::vector<Probe> PlanAll() {
  return PlanAudit(AuditScope::kEverything, {}, nullptr);
}
inline std::vector<Probe> PlanAgain(const PermissionReport& previous) {
  return PlanAudit(AuditScope::kUnchecked, {}, &previous);
}

inline PermissionReport Audit(const Answering& answering) {
  const std::vector<Probe> probes = PlanAll();
  return MakeReport({}, probes, AskAll(probes, answering), nullptr);
}

inline Wanted GuideWants(const PermissionFacts& facts) {
  static const Policy policy = GuidePolicy();
  return policy.WantedOf(facts);
}

// A key set as the guide says.
inline HttpResponse AsTheGuideSays(const PermissionFacts& facts) {
  return GuideWants(facts) == Wanted::kRead ? Granted(facts)
                                            : Answer(403, kNoPermission);
}

inline const Finding& FindingFor(const PermissionReport& report,
                                 std::string_view permission) {
  for (const Finding& finding : report.findings) {
    if (finding.permission == permission) return finding;
  }
  return report.findings.front();
}

}  // namespace precision

#endif  // PRECISION_TESTS_UNIT_PERMISSION_ANSWERS_H_
