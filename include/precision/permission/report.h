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
#include "precision/permission/policy.h"
#include "precision/stripe/api_error.h"
#include "precision/stripe/http.h"

namespace precision {

// The two boxes of a row in the Dashboard's form.
enum class KeyColumn : std::uint8_t {
  kAccount,  // the account's own objects
  kConnect,  // those of its connected accounts, through Stripe-Account
};

enum class ProbeKind : std::uint8_t {
  kRead,   // a GET
  kWrite,  // a POST without a body to what cannot exist
};

// One question of an audit.
struct Probe {
  std::string_view permission;  // PermissionFacts::id
  std::string path;             // for HttpRequest::path
  ProbeKind kind = ProbeKind::kRead;
  KeyColumn column = KeyColumn::kAccount;
  // Of an audit that asks again: to be asked only when one of the others is
  // answered otherwise than before.
  bool held = false;
};

// What one answer has shown.
enum class ProbeOutcome : std::uint8_t {
  kOpen,     // the answer that proves Read (Write, for a POST) or more
  kClosed,   // a 403 (or a lone 401) that is about this permission
  kOff,      // not enabled on this account, or not for restricted keys
  kUnknown,  // throttled, 5xx, network, a 403 for another reason
};

struct ProbeAnswer {
  std::string_view permission;
  ProbeKind kind = ProbeKind::kRead;
  KeyColumn column = KeyColumn::kAccount;
  ProbeOutcome outcome = ProbeOutcome::kUnknown;
  ApiError error;  // when not kOpen
  // The first connected account, where that was the question.
  std::string connected_account;
};

enum class Verdict : std::uint8_t {
  kRead,           // should be Read, and Read or more was shown
  kMissing,        // should be Read, is None: to change
  kExcess,         // more than it should be: to change
  kNone,           // should be None, and no reading was shown
  kOff,            // the product is off; nothing to change
  kCannotBeShown,  // no GET tells; to be looked at by eye
  kUnchecked,      // the probe failed; Check again asks it once more
  kPending,        // not answered yet
};
std::string_view ToString(Verdict verdict);  // "missing", ...

// What was shown of a box.  A GET cannot tell Read from Write.
enum class Shown : std::uint8_t { kNothing, kNone, kRead, kReadOrMore, kWrite };
std::string_view ToString(Shown shown);  // "read_or_more", ...

// What a person should look at first.
enum class Weight : std::uint8_t {
  kBlocks,     // one of the pulls cannot be made without it
  kMissing,    // missing otherwise
  kExcess,     // too much
  kUnchecked,  // the probe failed
  kLook,       // not to be shown from outside
  kRight,      // nothing to do
};
std::string_view ToString(Weight weight);  // "blocks", ...

struct Finding {
  std::string_view permission;
  KeyColumn column = KeyColumn::kAccount;
  Verdict verdict = Verdict::kPending;
  Wanted wanted = Wanted::kRead;
  Shown shown = Shown::kNothing;
  // kUnchecked, kMissing: why, e.g. kRateLimited, kPermissionMissing.
  std::optional<ErrorCode> reason;
  // The verdict may be about another row: that one opens the same door, or it
  // is not proven that the door is this row's.
  bool implied = false;
  // Whether Write was asked for and not answered; Check again asks once more.
  bool write_unchecked = false;
  // Stripe's own hint, scrubbed; empty when none.
  std::string hint;
};

// How far the second row, of a Connect account, was looked at.
enum class SecondRow : std::uint8_t {
  kNotAsked,    // the policy has no rule for it, or one account was chosen
  kNotKnown,    // the key may not ask for connected accounts, or not yet
  kNoAccounts,  // there is no connected account to try it on
  kEmpty,       // every box of it is None
  kChecked,     // tried on one connected account; there are findings for it
};
std::string_view ToString(SecondRow row);  // "no_accounts", ...

struct PermissionReport {
  // In the Dashboard's order; the second row's after those of the first.
  std::vector<Finding> findings;
  // Set when the whole key is in question (kKeyUnknown, kKeyExpired, ...) or
  // nothing could be reached (kNetworkDown, kProxyDown, kStripeDown,
  // kRateLimited): then findings say nothing.
  std::optional<ErrorCode> whole;
  // Answered probes and all probes of this audit.
  std::size_t answered = 0;
  std::size_t asked = 0;
  // Everything about the rows that the default pulls need is answered, and all
  // of them are right: a pull need not wait for the rest.
  bool pulls_may_start = false;
  bool write_checked = false;
  SecondRow second_row = SecondRow::kNotAsked;
  // From a 403's text, if it was there: the key's edit page in the Dashboard,
  // rebuilt from its parts and never copied; otherwise the list of keys.
  std::string edit_url;
  // The account that the second row was tried on.  Not for the page.
  std::string connected_account;

  bool complete() const { return answered == asked; }
};

Weight WeightOf(const Finding& finding);

enum class AuditScope : std::uint8_t {
  kEverything,
  kUnchecked,  // only what the last report left kUnchecked, kMissing, kExcess
};

// What an audit goes by.
struct AuditRules {
  Policy policy = GuidePolicy();
  bool live = true;  // picks the Dashboard's links
  // Whether POSTs may be asked as well: see PermissionFacts::write_probe.
  bool check_write = false;
  // Whether the second row may be looked at: no, when one account was chosen.
  bool second_row = true;
};

// In the order to ask: what the default pulls need first.  `previous` is null
// the first time.  Asking again takes nine requests at most, unless they show
// that something was changed; one of them is a row that was open: if that
// answers 401 as well, the key itself has died.
std::vector<Probe> PlanAudit(AuditScope scope, const AuditRules& rules,
                             const PermissionReport* previous);

// What an answer calls for: the POST for a row that can be read, the second row
// once a connected account is known.
std::vector<Probe> FollowUps(const ProbeAnswer& answer,
                             const AuditRules& rules);

// Whether `answer` shows something else than `previous` had.
bool ShowsAChange(const ProbeAnswer& answer, const PermissionReport& previous);

// Whether a default pull waits for this row.
bool IsForThePulls(std::string_view permission, KeyColumn column);

// One answer by itself: a 401 is kUnknown here, and MakeReport() calls it a
// missing permission when other answers show that the key lives.
ProbeAnswer JudgeProbe(const Probe& probe, const HttpResponse& response);
ProbeAnswer JudgeFailure(const Probe& probe, TransportFailure failure);

// All answers so far, in any order; unanswered ones are kPending.  With a
// previous report, findings that were not asked again are carried over.
PermissionReport MakeReport(const AuditRules& rules,
                            std::span<const Probe> asked,
                            std::span<const ProbeAnswer> answers,
                            const PermissionReport* previous);

// On one line, in the form of src/permission/report.schema.json.
std::string WriteReport(const PermissionReport& report, const Policy& policy);

// Dashboard's key form, filled in with a name and the Read boxes of the policy.
// Undocumented by Stripe, so the written guide stands beside it.
// https://dashboard.stripe.com/apikeys/create
std::string CreateKeyUrl(const Policy& policy, bool live);

}  // namespace precision

#endif  // PRECISION_PERMISSION_REPORT_H_
