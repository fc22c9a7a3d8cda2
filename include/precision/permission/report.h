// From probe answers to a report that claims no more than was shown.  Holds no
// request in flight: session/ sends the probes that PlanAudit() names and hands
// the answers to JudgeProbe().

#ifndef PRECISION_PERMISSION_REPORT_H_
#define PRECISION_PERMISSION_REPORT_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "precision/base/error_code.h"
#include "precision/permission/catalogue.h"
#include "precision/stripe/api_error.h"
#include "precision/stripe/http.h"

namespace precision {

// What one GET has shown.
enum class ProbeOutcome : std::uint8_t {
  kOpen,     // the answer that proves Read or more
  kClosed,   // a 403 (or a lone 401) that is about this permission
  kOff,      // not enabled on this account, or not for restricted keys
  kUnknown,  // throttled, 5xx, network, a 403 for another reason
};

struct Probe {
  std::string_view permission;  // PermissionFacts::id
  std::string path;             // for HttpRequest::path
};

struct ProbeAnswer {
  std::string_view permission;
  ProbeOutcome outcome = ProbeOutcome::kUnknown;
  ApiError error;  // when not kOpen
};

enum class Verdict : std::uint8_t {
  kRead,           // should be Read, and Read or more was shown
  kMissing,        // should be Read, is None: to change
  kExcess,         // should be None, can be read: to change
  kNone,           // should be None, and no reading was shown
  kOff,            // the product is off; nothing to change
  kCannotBeShown,  // no GET tells; to be looked at by eye
  kUnchecked,      // the probe failed; Check again asks it once more
  kPending,        // not answered yet
};
std::string_view ToString(Verdict verdict);  // "missing", ...

struct Finding {
  std::string_view permission;
  Verdict verdict = Verdict::kPending;
  PolicyRule wanted = PolicyRule::kRead;
  // kUnchecked, kMissing: why, e.g. kRateLimited, kPermissionMissing.
  std::optional<ErrorCode> reason;
  // kMissing may be wrong where another permission opens the same door, and
  // kRead may come from an implied grant; then this is true.
  bool implied = false;
  // Tables that cannot be read without it ("customers").
  std::vector<std::string_view> tables;
  // Stripe's own hint, scrubbed; empty when none.
  std::string hint;
};

struct PermissionReport {
  // In the Dashboard's order.
  std::vector<Finding> findings;
  // Set when the whole key is in question (kKeyUnknown, kKeyExpired, ...) or
  // nothing could be reached (kNetworkDown, kProxyDown, kStripeDown,
  // kRateLimited): then findings say nothing.
  std::optional<ErrorCode> whole;
  // Answered probes and all probes of this audit.
  std::size_t answered = 0;
  std::size_t asked = 0;
  // From a 403's text, if it was there: the key's edit page in the Dashboard,
  // rebuilt from its parts and never copied; otherwise the list of keys.
  std::string edit_url;

  bool complete() const { return answered == asked; }
};

enum class AuditScope : std::uint8_t {
  kEverything,
  kUnchecked,  // only what the last report left kUnchecked, kMissing, kExcess
};

// In the order to ask: what the default pulls need first.  `previous` is null
// the first time.  Asking again adds one row that was open: if that answers 401
// as well, the key itself has died.
std::vector<Probe> PlanAudit(AuditScope scope,
                             const PermissionReport* previous);

// One answer by itself: a 401 is kUnknown here, and MakeReport() calls it a
// missing permission when other answers show that the key lives.
ProbeAnswer JudgeProbe(std::string_view permission,
                       const HttpResponse& response);
ProbeAnswer JudgeFailure(std::string_view permission, TransportFailure failure);

// All answers so far, in any order; unanswered ones are kPending.  With a
// previous report, findings that were not asked again are carried over.
// `live` picks the Dashboard link.
PermissionReport MakeReport(std::span<const Probe> asked,
                            std::span<const ProbeAnswer> answers,
                            const PermissionReport* previous, bool live);

// Dashboard's key form, filled in with a name and the Read boxes of the policy.
// Undocumented by Stripe, so the written guide stands beside it.
// https://dashboard.stripe.com/apikeys/create
std::string CreateKeyUrl(bool live);

}  // namespace precision

#endif  // PRECISION_PERMISSION_REPORT_H_
