#include "precision/permission/report.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "permission/words.h"

namespace precision {

namespace {

const ProbeAnswer* AnswerFor(std::span<const ProbeAnswer> answers,
                             std::string_view permission, KeyColumn column,
                             ProbeKind kind = ProbeKind::kRead) {
  // The last one counts: a probe may have been tried again.
  const ProbeAnswer* found = nullptr;
  for (const ProbeAnswer& answer : answers) {
    if (answer.permission == permission && answer.column == column &&
        answer.kind == kind) {
      found = &answer;
    }
  }
  return found;
}

// Answers that show that Stripe knows the key.
bool ShowsALivingKey(const ProbeAnswer& answer) {
  return answer.outcome != ProbeOutcome::kUnknown;
}

// Codes that end the matter whatever else was answered.
bool IsFinal(ErrorCode code) {
  return code == ErrorCode::kKeyExpired || code == ErrorCode::kKeyIpRefused ||
         code == ErrorCode::kKeyPublishable;
}

// Codes that, when nothing else came, speak of the key or of the way to Stripe;
// what tells the person most comes first.
constexpr std::array kWholeCodes = {
    ErrorCode::kKeyUnknown,         ErrorCode::kKeyWrongMode,
    ErrorCode::kAccountClosed,      ErrorCode::kAccountRefused,
    ErrorCode::kSecondRowEmpty,     ErrorCode::kConnectNotInUse,
    ErrorCode::kForbidden,          ErrorCode::kVersionRefused,
    ErrorCode::kProxyMisconfigured, ErrorCode::kProxyDown,
    ErrorCode::kStripeDown,         ErrorCode::kRateLimited,
    ErrorCode::kStripeUnreadable,   ErrorCode::kOffline,
    ErrorCode::kNetworkDown,        ErrorCode::kTimedOut,
};

std::optional<ErrorCode> WholeReason(std::span<const ProbeAnswer> answers,
                                     bool complete) {
  bool living = false;
  for (const ProbeAnswer& answer : answers) {
    if (answer.outcome == ProbeOutcome::kUnknown &&
        IsFinal(answer.error.code)) {
      return answer.error.code;
    }
    living = living || ShowsALivingKey(answer);
  }
  // While answers are still to come, the next may show that the key lives.
  if (living || answers.empty() || !complete) return std::nullopt;
  for (const ErrorCode code : kWholeCodes) {
    if (std::ranges::contains(answers, code, [](const ProbeAnswer& answer) {
          return answer.error.code;
        })) {
      return code;
    }
  }
  return std::nullopt;
}

const Finding* FindingOf(const PermissionReport* report,
                         std::string_view permission, KeyColumn column) {
  if (report == nullptr || report->whole) return nullptr;
  const auto found =
      std::ranges::find_if(report->findings, [&](const Finding& finding) {
        return finding.permission == permission && finding.column == column;
      });
  return found == report->findings.end() ? nullptr : &*found;
}

// One box after the other.
class FindingMaker {
 public:
  FindingMaker(const AuditRules& rules, std::span<const Probe> asked,
               std::span<const ProbeAnswer> answers,
               const PermissionReport* previous, std::optional<ErrorCode> whole)
      : policy_(rules.policy),
        check_write_(rules.check_write),
        asked_(asked),
        answers_(answers),
        previous_(previous),
        whole_(whole),
        key_lives_(std::ranges::any_of(answers, ShowsALivingKey)) {}

  Finding Make(const PermissionFacts& facts, KeyColumn column) const {
    Finding finding;
    finding.permission = facts.id;
    finding.column = column;
    finding.wanted = policy_.WantedOf(facts);
    if (facts.probe.empty()) {
      finding.verdict = Verdict::kCannotBeShown;
      return finding;
    }
    if (whole_) {
      finding.verdict = Verdict::kUnchecked;
      finding.reason = whole_;
      return finding;
    }
    const ProbeAnswer* read = AnswerFor(answers_, facts.id, column);
    const ProbeAnswer* write =
        AnswerFor(answers_, facts.id, column, ProbeKind::kWrite);
    const Finding* before = FindingOf(previous_, facts.id, column);
    if (read != nullptr) {
      Read(facts, *read, finding);
      // Asked again only whether it can be read: what was shown of Write stays.
      if (write == nullptr && before != nullptr &&
          finding.shown == Shown::kReadOrMore &&
          before->shown >= Shown::kRead) {
        TakeWrite(*before, finding);
      }
    } else if (IsAsked(facts.id, column)) {
      finding.verdict = Verdict::kPending;
    } else if (before != nullptr) {
      finding = *before;
    } else {
      finding.verdict = Verdict::kUnchecked;
    }
    if (write != nullptr && check_write_) Write(*write, finding);
    return finding;
  }

 private:
  // Some accounts were seen to answer 401 where others answer 403.
  ProbeOutcome OutcomeWithTheOthers(const ProbeAnswer& answer) const {
    const bool lone_401 = key_lives_ && answer.error.status == 401 &&
                          answer.error.code == ErrorCode::kKeyUnknown;
    return lone_401 ? ProbeOutcome::kClosed : answer.outcome;
  }

  bool IsAsked(std::string_view permission, KeyColumn column) const {
    return std::ranges::any_of(asked_, [&](const Probe& probe) {
      return probe.permission == permission && probe.column == column &&
             probe.kind == ProbeKind::kRead;
    });
  }

  bool IsOpen(std::string_view permission, KeyColumn column) const {
    if (const auto* answer = AnswerFor(answers_, permission, column)) {
      return answer->outcome == ProbeOutcome::kOpen;
    }
    const Finding* before = FindingOf(previous_, permission, column);
    return before != nullptr && before->shown >= Shown::kRead;
  }

  bool OpenThroughAnother(const PermissionFacts& facts,
                          KeyColumn column) const {
    return std::ranges::any_of(
        Words(facts.implied_by),
        [&](std::string_view other) { return IsOpen(other, column); });
  }

  void Read(const PermissionFacts& facts, const ProbeAnswer& answer,
            Finding& finding) const {
    switch (OutcomeWithTheOthers(answer)) {
      case ProbeOutcome::kOpen:
        finding.verdict =
            finding.wanted == Wanted::kRead ? Verdict::kRead : Verdict::kExcess;
        finding.shown = Shown::kReadOrMore;
        finding.implied = facts.sure == Certainty::kUnverified ||
                          OpenThroughAnother(facts, finding.column);
        return;
      case ProbeOutcome::kClosed:
        Closed(facts, answer, finding);
        break;
      case ProbeOutcome::kOff:
        finding.verdict = Verdict::kOff;
        finding.reason = answer.error.code;
        break;
      case ProbeOutcome::kUnknown:
        Unknown(answer, finding);
        break;
    }
    finding.hint = answer.error.scrubbed_message;
  }

  static void Closed(const PermissionFacts& facts, const ProbeAnswer& answer,
                     Finding& finding) {
    // Where it is not known whether this row opens that door, only Stripe's own
    // words and the catalogue together say which one is shut.
    const bool sure = facts.sure != Certainty::kUnverified;
    const bool named = std::ranges::contains(answer.error.named_permissions,
                                             std::string(facts.id) + "_read");
    finding.implied = !sure;
    if (sure || named) finding.shown = Shown::kNone;
    if (finding.wanted == Wanted::kNone) {
      finding.verdict = Verdict::kNone;
      return;
    }
    finding.reason = ErrorCode::kPermissionMissing;
    finding.verdict =
        sure || named ? Verdict::kMissing : Verdict::kCannotBeShown;
  }

  static void Unknown(const ProbeAnswer& answer, Finding& finding) {
    // Stripe understood who asks and refuses the question: asking again will
    // not help.
    const bool pointless = answer.error.code == ErrorCode::kNotFound ||
                           answer.error.code == ErrorCode::kRequestRefused;
    finding.verdict = pointless ? Verdict::kCannotBeShown : Verdict::kUnchecked;
    finding.reason = answer.error.code;
  }

  static void TakeWrite(const Finding& before, Finding& finding) {
    finding.shown = before.shown;
    finding.write_unchecked = before.write_unchecked;
    if (before.shown == Shown::kWrite) finding.verdict = Verdict::kExcess;
  }

  void Write(const ProbeAnswer& answer, Finding& finding) const {
    finding.write_unchecked = false;
    switch (OutcomeWithTheOthers(answer)) {
      case ProbeOutcome::kOpen:
        finding.verdict = Verdict::kExcess;
        finding.shown = Shown::kWrite;
        break;
      case ProbeOutcome::kClosed:
        if (finding.shown < Shown::kRead) break;
        finding.shown = Shown::kRead;
        if (finding.wanted == Wanted::kRead) finding.verdict = Verdict::kRead;
        break;
      case ProbeOutcome::kOff:
        break;
      case ProbeOutcome::kUnknown:
        finding.write_unchecked = true;
        break;
    }
  }

  const Policy& policy_;
  bool check_write_;
  std::span<const Probe> asked_;
  std::span<const ProbeAnswer> answers_;
  const PermissionReport* previous_;
  std::optional<ErrorCode> whole_;
  bool key_lives_;
};

SecondRow SecondRowOf(const AuditRules& rules, std::span<const Probe> asked,
                      std::span<const ProbeAnswer> answers,
                      const PermissionReport* previous) {
  if (!rules.second_row || rules.policy.second_row.empty()) {
    return SecondRow::kNotAsked;
  }
  const SecondRow before =
      previous == nullptr ? SecondRow::kNotKnown : previous->second_row;
  bool told = false;
  for (const ProbeAnswer& answer : answers) {
    if (answer.column != KeyColumn::kConnect) continue;
    if (answer.error.code == ErrorCode::kSecondRowEmpty) {
      return SecondRow::kEmpty;
    }
    told = told || answer.outcome != ProbeOutcome::kUnknown;
  }
  if (before == SecondRow::kEmpty && !told) return before;
  if (before == SecondRow::kChecked ||
      std::ranges::contains(asked, KeyColumn::kConnect, &Probe::column)) {
    return SecondRow::kChecked;
  }
  const ProbeAnswer* accounts =
      AnswerFor(answers, kConnectedAccounts, KeyColumn::kAccount);
  if (accounts == nullptr) return before;
  const bool none = accounts->outcome == ProbeOutcome::kOpen ||
                    accounts->error.code == ErrorCode::kConnectNotInUse;
  return none ? SecondRow::kNoAccounts : SecondRow::kNotKnown;
}

std::string EditUrl(std::span<const ProbeAnswer> answers,
                    const PermissionReport* previous, bool live) {
  for (const ProbeAnswer& answer : answers) {
    if (!answer.error.key_edit_url.empty()) return answer.error.key_edit_url;
  }
  if (previous != nullptr && !previous->edit_url.empty()) {
    return previous->edit_url;
  }
  return live ? "https://dashboard.stripe.com/apikeys"
              : "https://dashboard.stripe.com/test/apikeys";
}

std::string ConnectedAccount(std::span<const ProbeAnswer> answers,
                             const PermissionReport* previous) {
  for (const ProbeAnswer& answer : answers) {
    if (!answer.connected_account.empty()) return answer.connected_account;
  }
  return previous == nullptr ? std::string() : previous->connected_account;
}

bool IsAnswered(const Probe& probe, std::span<const ProbeAnswer> answers) {
  return AnswerFor(answers, probe.permission, probe.column, probe.kind) !=
         nullptr;
}

bool PullsMayStart(const PermissionReport& report, std::span<const Probe> asked,
                   std::span<const ProbeAnswer> answers) {
  if (report.whole || report.answered == 0) return false;
  bool any = false;
  for (const Finding& finding : report.findings) {
    if (!IsForThePulls(finding.permission, finding.column)) continue;
    if (finding.verdict != Verdict::kRead) return false;
    any = true;
  }
  return any && std::ranges::all_of(asked, [&](const Probe& probe) {
           return !IsForThePulls(probe.permission, probe.column) ||
                  IsAnswered(probe, answers);
         });
}

}  // namespace

bool IsForThePulls(std::string_view permission, KeyColumn column) {
  const PermissionFacts* facts = FindPermission(permission);
  return column == KeyColumn::kAccount && facts != nullptr &&
         facts->needed_by_pull;
}

Weight WeightOf(const Finding& finding) {
  switch (finding.verdict) {
    case Verdict::kMissing:
      return IsForThePulls(finding.permission, finding.column)
                 ? Weight::kBlocks
                 : Weight::kMissing;
    case Verdict::kExcess:
      return Weight::kExcess;
    case Verdict::kUnchecked:
    case Verdict::kPending:
      return Weight::kUnchecked;
    case Verdict::kCannotBeShown:
      return Weight::kLook;
    case Verdict::kRead:
    case Verdict::kNone:
    case Verdict::kOff:
      return Weight::kRight;
  }
  return Weight::kRight;
}

PermissionReport MakeReport(const AuditRules& rules,
                            std::span<const Probe> asked,
                            std::span<const ProbeAnswer> answers,
                            const PermissionReport* previous) {
  PermissionReport report;
  report.asked = asked.size();
  report.answered = static_cast<std::size_t>(std::ranges::count_if(
      asked, [&](const Probe& probe) { return IsAnswered(probe, answers); }));
  report.whole = WholeReason(answers, report.complete());
  report.write_checked = rules.check_write;
  report.second_row = SecondRowOf(rules, asked, answers, previous);
  report.edit_url = EditUrl(answers, previous, rules.live);
  report.connected_account = ConnectedAccount(answers, previous);
  const FindingMaker maker(rules, asked, answers, previous, report.whole);
  for (const KeyColumn column : {KeyColumn::kAccount, KeyColumn::kConnect}) {
    const bool second = column == KeyColumn::kConnect;
    if (second && report.second_row != SecondRow::kChecked) break;
    for (const PermissionFacts& facts : AllPermissions()) {
      if (rules.policy.WantedOf(facts) == Wanted::kAny) continue;
      // What cannot be shown stands on the list once, with both its boxes.
      if (second && (!facts.connect_column || facts.probe.empty())) continue;
      report.findings.push_back(maker.Make(facts, column));
    }
  }
  report.pulls_may_start = PullsMayStart(report, asked, answers);
  return report;
}

}  // namespace precision
