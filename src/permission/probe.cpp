// What one answer to a probe shows.

#include <algorithm>
#include <string>
#include <utility>

#include "permission/words.h"
#include "precision/json/json_value.h"
#include "precision/permission/report.h"

namespace precision {

namespace {

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

bool Proves(const PermissionFacts& facts, ProbeKind kind,
            const ApiError& error) {
  if (!SpeaksOfTheObject(error)) return false;
  // Permission is looked at before the object, and the object before anything
  // else that could be wrong with a POST.
  if (kind == ProbeKind::kWrite) return error.code == ErrorCode::kNotFound;
  return std::ranges::contains(Words(facts.proves),
                               std::to_string(error.status));
}

ProbeOutcome OutcomeOf(const ApiError& error) {
  switch (error.code) {
    case ErrorCode::kPermissionMissing:
    case ErrorCode::kSecondRowEmpty:
      return ProbeOutcome::kClosed;
    case ErrorCode::kProductNotEnabled:
    case ErrorCode::kPermissionNotGrantable:
    case ErrorCode::kConnectNotInUse:
      return ProbeOutcome::kOff;
    default:
      return ProbeOutcome::kUnknown;
  }
}

// https://docs.stripe.com/api/accounts/list
std::string FirstAccount(std::string_view body) {
  const Result<JsonDocument> page = JsonDocument::Parse(body);
  if (!page.ok()) return {};
  const std::string_view id =
      page.value().root()["data"].At(0)["id"].AsString().value_or("");
  const bool plain = std::ranges::all_of(id, [](char c) {
    return ('0' <= c && c <= '9') || ('a' <= c && c <= 'z') ||
           ('A' <= c && c <= 'Z') || c == '_';
  });
  return plain && id.starts_with("acct_") ? std::string(id) : std::string();
}

ProbeAnswer Blank(const Probe& probe) {
  ProbeAnswer answer;
  answer.permission = probe.permission;
  answer.kind = probe.kind;
  answer.column = probe.column;
  return answer;
}

}  // namespace

ProbeAnswer JudgeProbe(const Probe& probe, const HttpResponse& response) {
  ProbeAnswer answer = Blank(probe);
  const PermissionFacts* facts = FindPermission(probe.permission);
  if (facts == nullptr) return answer;
  if (response.status == 200 && LooksLikeJson(response.body)) {
    answer.outcome = ProbeOutcome::kOpen;
    if (probe.permission == kConnectedAccounts) {
      answer.connected_account = FirstAccount(response.body);
    }
    return answer;
  }
  answer.error = ReadApiError(response);
  answer.outcome = Proves(*facts, probe.kind, answer.error)
                       ? ProbeOutcome::kOpen
                       : OutcomeOf(answer.error);
  return answer;
}

ProbeAnswer JudgeFailure(const Probe& probe, TransportFailure failure) {
  ProbeAnswer answer = Blank(probe);
  answer.error = FromTransportFailure(failure);
  return answer;
}

}  // namespace precision
