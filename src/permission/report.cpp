#include "precision/permission/report.h"

#include <algorithm>
#include <array>
#include <string>

namespace precision {

namespace {

const ProbeAnswer* AnswerFor(std::span<const ProbeAnswer> answers,
                             std::string_view permission) {
  // The last one counts: a probe may have been tried again.
  const ProbeAnswer* found = nullptr;
  for (const ProbeAnswer& answer : answers) {
    if (answer.permission == permission) found = &answer;
  }
  return found;
}

// Splits "customers payments".
std::vector<std::string_view> Words(std::string_view words) {
  std::vector<std::string_view> list;
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    list.push_back(words.substr(0, end));
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return list;
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
    ErrorCode::kKeyUnknown,     ErrorCode::kKeyWrongMode,
    ErrorCode::kAccountRefused, ErrorCode::kConnectNotInUse,
    ErrorCode::kForbidden,      ErrorCode::kVersionRefused,
    ErrorCode::kProxyDown,      ErrorCode::kStripeDown,
    ErrorCode::kRateLimited,    ErrorCode::kStripeUnreadable,
    ErrorCode::kNetworkDown,    ErrorCode::kTimedOut,
};

std::optional<ErrorCode> WholeReason(std::span<const Probe> asked,
                                     std::span<const ProbeAnswer> answers,
                                     std::size_t answered) {
  bool living = false;
  for (const ProbeAnswer& answer : answers) {
    if (answer.outcome == ProbeOutcome::kUnknown &&
        IsFinal(answer.error.code)) {
      return answer.error.code;
    }
    living = living || ShowsALivingKey(answer);
  }
  // While answers are still to come, the next may show that the key lives.
  if (living || answered == 0 || answered < asked.size()) return std::nullopt;
  for (const ErrorCode code : kWholeCodes) {
    if (std::ranges::any_of(answers, [code](const ProbeAnswer& answer) {
          return answer.error.code == code;
        })) {
      return code;
    }
  }
  return std::nullopt;
}

class FindingMaker {
 public:
  FindingMaker(std::span<const ProbeAnswer> answers,
               const PermissionReport* previous)
      : answers_(answers), previous_(previous) {
    key_lives_ = std::ranges::any_of(answers, ShowsALivingKey);
  }

  Finding Make(const PermissionFacts& facts, const ProbeAnswer& answer) const {
    Finding finding = Blank(facts);
    switch (OutcomeWithTheOthers(answer)) {
      case ProbeOutcome::kOpen:
        Open(facts, finding);
        break;
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
    if (answer.outcome != ProbeOutcome::kOpen) {
      finding.hint = answer.error.scrubbed_message;
    }
    return finding;
  }

  static Finding Blank(const PermissionFacts& facts) {
    Finding finding;
    finding.permission = facts.id;
    finding.wanted = facts.rule;
    finding.tables = Words(facts.tables);
    return finding;
  }

 private:
  // Some accounts were seen to answer 401 where others answer 403.
  ProbeOutcome OutcomeWithTheOthers(const ProbeAnswer& answer) const {
    const bool lone_401 = key_lives_ && answer.error.status == 401 &&
                          answer.error.code == ErrorCode::kKeyUnknown;
    return lone_401 ? ProbeOutcome::kClosed : answer.outcome;
  }

  bool IsOpen(std::string_view permission) const {
    if (const ProbeAnswer* answer = AnswerFor(answers_, permission)) {
      return answer->outcome == ProbeOutcome::kOpen;
    }
    if (previous_ == nullptr) return false;
    const auto found = std::ranges::find(previous_->findings, permission,
                                         &Finding::permission);
    return found != previous_->findings.end() &&
           (found->verdict == Verdict::kRead ||
            found->verdict == Verdict::kExcess);
  }

  bool OpenThroughAnother(const PermissionFacts& facts) const {
    return std::ranges::any_of(
        Words(facts.implied_by),
        [this](std::string_view other) { return IsOpen(other); });
  }

  void Open(const PermissionFacts& facts, Finding& finding) const {
    finding.verdict =
        facts.rule == PolicyRule::kRead ? Verdict::kRead : Verdict::kExcess;
    finding.implied =
        facts.sure == Certainty::kUnverified || OpenThroughAnother(facts);
  }

  static void Closed(const PermissionFacts& facts, const ProbeAnswer& answer,
                     Finding& finding) {
    if (facts.rule == PolicyRule::kNone) {
      finding.verdict = Verdict::kNone;
      return;
    }
    finding.reason = ErrorCode::kPermissionMissing;
    if (facts.sure != Certainty::kUnverified) {
      finding.verdict = Verdict::kMissing;
      return;
    }
    // It is not known whether this row opens that door, unless Stripe's own
    // words and the catalogue agree.
    const std::string read = std::string(facts.id) + "_read";
    const bool named =
        std::ranges::contains(answer.error.named_permissions, read);
    finding.verdict = named ? Verdict::kMissing : Verdict::kCannotBeShown;
    finding.implied = named;
  }

  static void Unknown(const ProbeAnswer& answer, Finding& finding) {
    // Stripe understood who asks and refuses the question: asking again will
    // not help.
    const bool pointless = answer.error.code == ErrorCode::kNotFound ||
                           answer.error.code == ErrorCode::kRequestRefused;
    finding.verdict = pointless ? Verdict::kCannotBeShown : Verdict::kUnchecked;
    finding.reason = answer.error.code;
  }

  std::span<const ProbeAnswer> answers_;
  const PermissionReport* previous_;
  bool key_lives_ = false;
};

const Finding* PreviousFinding(const PermissionReport* previous,
                               std::string_view permission) {
  if (previous == nullptr || previous->whole) return nullptr;
  const auto found =
      std::ranges::find(previous->findings, permission, &Finding::permission);
  return found == previous->findings.end() ? nullptr : &*found;
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

PermissionReport MakeReport(std::span<const Probe> asked,
                            std::span<const ProbeAnswer> answers,
                            const PermissionReport* previous, bool live) {
  PermissionReport report;
  report.asked = asked.size();
  report.answered = static_cast<std::size_t>(
      std::ranges::count_if(asked, [&](const Probe& probe) {
        return AnswerFor(answers, probe.permission) != nullptr;
      }));
  report.whole = WholeReason(asked, answers, report.answered);
  report.edit_url = EditUrl(answers, previous, live);
  const FindingMaker maker(answers, previous);
  for (const PermissionFacts& facts : AllPermissions()) {
    Finding finding = FindingMaker::Blank(facts);
    const bool is_asked =
        std::ranges::contains(asked, facts.id, &Probe::permission);
    const ProbeAnswer* answer = AnswerFor(answers, facts.id);
    const Finding* before = PreviousFinding(previous, facts.id);
    if (facts.probe.empty()) {
      finding.verdict = Verdict::kCannotBeShown;
    } else if (report.whole) {
      finding.verdict = Verdict::kUnchecked;
      finding.reason = report.whole;
    } else if (answer != nullptr) {
      finding = maker.Make(facts, *answer);
    } else if (before != nullptr && !is_asked) {
      finding = *before;
    } else {
      finding.verdict = is_asked ? Verdict::kPending : Verdict::kUnchecked;
    }
    report.findings.push_back(std::move(finding));
  }
  return report;
}

}  // namespace precision
