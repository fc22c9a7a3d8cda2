#include "precision/permission/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "answers.h"

namespace precision {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(PlanAuditTest, StaysUnderEightyRequests) {
  const std::vector<Probe> probes = PlanAll();
  EXPECT_LT(probes.size(), 80U);
  std::set<std::string_view> seen;
  for (const Probe& probe : probes) {
    EXPECT_TRUE(seen.insert(probe.permission).second);
    EXPECT_EQ(probe.kind, ProbeKind::kRead);
    EXPECT_EQ(probe.path, FindPermission(probe.permission)->probe);
  }
}

TEST(PlanAuditTest, AsksAgainOnlyWhatWasWrongAndOneThatWasOpen) {
  const PermissionReport report = Audit([](const PermissionFacts& facts) {
    if (facts.id == "invoice") return Answer(403, kNoPermission);
    if (facts.id == "webhook") return Answer(200, kList);
    if (facts.id == "payout") return Answer(429, "");
    return AsTheGuideSays(facts);
  });
  const std::vector<Probe> again = PlanAgain(report);
  std::vector<std::string_view> names;
  for (const Probe& probe : again) names.push_back(probe.permission);
  EXPECT_THAT(names, ElementsAre("invoice", "webhook", "payout", "customer"));
}

TEST(PlanAuditTest, AsksEverythingAgainWhenTheKeyWasInQuestion) {
  const PermissionReport report =
      Audit([](const PermissionFacts&) { return Answer(401, kUnknownKey); });
  EXPECT_EQ(PlanAgain(report).size(), PlanAll().size());
  EXPECT_EQ(PlanAudit(AuditScope::kUnchecked, {}, nullptr).size(),
            PlanAll().size());
}

TEST(PlanAuditTest, AsksNothingAgainWhenAllIsRight) {
  const PermissionReport report = Audit(AsTheGuideSays);
  EXPECT_THAT(PlanAgain(report), IsEmpty());
}

TEST(JudgeProbeTest, ReadsOneAnswer) {
  const struct {
    const char* name;
    const char* permission;
    int status;
    std::string_view body;
    ProbeOutcome outcome;
  } cases[] = {
      {"list", "customer", 200, kList, ProbeOutcome::kOpen},
      {"list, 403", "customer", 403, kNoPermission, ProbeOutcome::kClosed},
      {"list, hotel page", "customer", 200, "<html>", ProbeOutcome::kUnknown},
      {"list, 404", "customer", 404, kNoSuchObject, ProbeOutcome::kUnknown},
      {"object, 404", "confirmation_token", 404, kNoSuchObject,
       ProbeOutcome::kOpen},
      {"object, 403", "confirmation_token", 403, kNoPermission,
       ProbeOutcome::kClosed},
      {"object, unknown path", "confirmation_token", 404,
       R"({"error": {"type": "invalid_request_error", "message": )"
       R"("Unrecognized request URL (GET: /v1/confirmation_tokens/x)."}})",
       ProbeOutcome::kUnknown},
      {"object, nginx 404", "confirmation_token", 404, "<html>404</html>",
       ProbeOutcome::kUnknown},
      {"object, empty 404", "confirmation_token", 404, "",
       ProbeOutcome::kUnknown},
      {"object, proxy 404", "confirmation_token", 404,
       R"({"error": {"type": "proxy_error", "code": "path_not_allowed"}})",
       ProbeOutcome::kUnknown},
      {"source, 400", "source", 400, kNoSuchObject, ProbeOutcome::kOpen},
      {"403 for another reason", "customer", 403,
       R"({"error": {"type": "invalid_request_error", "message": "No."}})",
       ProbeOutcome::kUnknown},
      {"product off", "issuing_card", 400,
       R"({"error": {"type": "invalid_request_error", "message": )"
       R"("Your account is not set up to use Issuing."}})",
       ProbeOutcome::kOff},
      {"product off in a 403", "issuing_card", 403,
       R"({"error": {"type": "invalid_request_error", "message": )"
       R"("Issuing is not enabled for your account."}})",
       ProbeOutcome::kOff},
      {"version refused where 400 would prove", "token", 400,
       R"({"error": {"type": "invalid_request_error", "message": )"
       R"("Invalid Stripe API version: x"}})",
       ProbeOutcome::kUnknown},
      {"429", "customer", 429, "", ProbeOutcome::kUnknown},
      {"500", "customer", 500, "", ProbeOutcome::kUnknown},
      {"401", "customer", 401, kUnknownKey, ProbeOutcome::kUnknown},
      {"no such row", "nothing", 200, kList, ProbeOutcome::kUnknown},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    const ProbeAnswer answer = JudgeProbe(
        {.permission = c.permission, .path = {}}, Answer(c.status, c.body));
    EXPECT_EQ(answer.outcome, c.outcome);
  }
}

TEST(ReportTest, FindsNothingWrongWithAKeyMadeByTheGuide) {
  const PermissionReport report = Audit(AsTheGuideSays);
  EXPECT_FALSE(report.whole);
  EXPECT_TRUE(report.complete());
  EXPECT_EQ(report.findings.size(), AllPermissions().size());
  for (const Finding& finding : report.findings) {
    SCOPED_TRACE(finding.permission);
    const PermissionFacts& facts = *FindPermission(finding.permission);
    if (facts.probe.empty()) {
      EXPECT_EQ(finding.verdict, Verdict::kCannotBeShown);
    } else {
      EXPECT_EQ(finding.verdict, GuideWants(facts) == Wanted::kRead
                                     ? Verdict::kRead
                                     : Verdict::kNone);
    }
    EXPECT_EQ(finding.wanted, GuideWants(facts));
  }
}

// Each row wrong by itself: the report names that row and no other.
TEST(ReportTest, NamesExactlyTheRowThatIsWrong) {
  for (const Probe& probe : PlanAll()) {
    SCOPED_TRACE(probe.permission);
    const PermissionReport report = Audit([&](const PermissionFacts& facts) {
      if (facts.id != probe.permission) return AsTheGuideSays(facts);
      return GuideWants(facts) == Wanted::kRead ? Answer(403, kNoPermission)
                                                : Granted(facts);
    });
    const PermissionFacts& wrong = *FindPermission(probe.permission);
    for (const Finding& finding : report.findings) {
      const bool is_it = finding.permission == wrong.id;
      const bool missing = finding.verdict == Verdict::kMissing;
      const bool excess = finding.verdict == Verdict::kExcess;
      EXPECT_EQ(excess, is_it && GuideWants(wrong) == Wanted::kNone);
      EXPECT_EQ(missing, is_it && GuideWants(wrong) == Wanted::kRead &&
                             wrong.sure != Certainty::kUnverified)
          << finding.permission;
      if (missing) EXPECT_EQ(finding.reason, ErrorCode::kPermissionMissing);
    }
  }
}

TEST(ReportTest, AnUnverifiedProbeNeverSaysMissingByItself) {
  for (const PermissionFacts& facts : AllPermissions()) {
    if (facts.probe.empty() || GuideWants(facts) != Wanted::kRead ||
        facts.sure != Certainty::kUnverified) {
      continue;
    }
    SCOPED_TRACE(facts.id);
    const std::string named =
        R"({"error": {"type": "invalid_request_error", "code": )"
        R"("more_permissions_required", "message": "Enabling X Read (')" +
        std::string(facts.id) + R"(_read') permissions"}})";
    const auto verdict = [&](std::string_view body) {
      const PermissionReport report = Audit([&](const PermissionFacts& row) {
        return row.id == facts.id ? Answer(403, body) : AsTheGuideSays(row);
      });
      return FindingFor(report, facts.id).verdict;
    };
    EXPECT_EQ(verdict(kNoPermission), Verdict::kCannotBeShown);
    EXPECT_EQ(verdict(named), Verdict::kMissing);
  }
}

TEST(ReportTest, SaysWhichTablesAMissingRowKeepsClosed) {
  const PermissionReport report = Audit([](const PermissionFacts& facts) {
    return facts.id == "charge" ? Answer(403, kNoPermission)
                                : AsTheGuideSays(facts);
  });
  const std::string json = WriteReport(report, GuidePolicy());
  EXPECT_EQ(WeightOf(FindingFor(report, "charge")), Weight::kBlocks);
  EXPECT_TRUE(json.contains(R"("tables":["payments"])"));
}

TEST(ReportTest, AdmitsThatAnotherRowMayHaveOpenedTheDoor) {
  const PermissionReport report = Audit(AsTheGuideSays);
  EXPECT_TRUE(FindingFor(report, "product").implied);
  EXPECT_TRUE(FindingFor(report, "balance").implied);
  EXPECT_FALSE(FindingFor(report, "customer").implied);
  const PermissionReport no_checkout = Audit([](const PermissionFacts& facts) {
    return facts.id == "checkout_session" ? Answer(403, kNoPermission)
                                          : AsTheGuideSays(facts);
  });
  EXPECT_FALSE(FindingFor(no_checkout, "payment_intent").implied);
}

// Stripe was seen to name another permission than the one it wanted.
TEST(ReportTest, TrustsTheEndpointAndNotTheNameInTheWords) {
  const PermissionReport report = Audit([](const PermissionFacts& facts) {
    if (facts.id != "file") return AsTheGuideSays(facts);
    return Answer(403,
                  R"({"error": {"type": "invalid_request_error", "message": )"
                  R"("The provided key does not have the required )"
                  R"(permissions for this endpoint. Having the )"
                  R"('rak_dispute_write' permission would allow this."}})");
  });
  EXPECT_EQ(FindingFor(report, "file").verdict, Verdict::kMissing);
  EXPECT_TRUE(FindingFor(report, "file").hint.contains("rak_dispute_write"));
  EXPECT_EQ(FindingFor(report, "dispute").verdict, Verdict::kRead);
}

TEST(ReportTest, DoesNotNeedTheAccountToBeReadable) {
  const PermissionReport report = Audit([](const PermissionFacts& facts) {
    return facts.probe == "/v1/account" ? Answer(500, "")
                                        : AsTheGuideSays(facts);
  });
  EXPECT_FALSE(report.whole);
  EXPECT_TRUE(report.complete());
  EXPECT_EQ(FindingFor(report, "accounts_kyc_basic").verdict,
            Verdict::kUnchecked);
  for (const Finding& finding : report.findings) {
    EXPECT_NE(WeightOf(finding), Weight::kBlocks);
  }
}

// Throttled, broken or offline: unknown, and never a missing permission.
TEST(ReportTest, WhatWasNotAnsweredIsNotMissing) {
  for (const int status : {408, 429, 500, 502, 503, 504}) {
    const PermissionReport report = Audit([&](const PermissionFacts& facts) {
      return facts.id == "invoice" || facts.id == "webhook"
                 ? Answer(status, "")
                 : AsTheGuideSays(facts);
    });
    for (const char* id : {"invoice", "webhook"}) {
      EXPECT_EQ(FindingFor(report, id).verdict, Verdict::kUnchecked) << status;
      EXPECT_EQ(FindingFor(report, id).shown, Shown::kNothing);
    }
  }
}

TEST(ReportTest, ALone401IsAPermission) {
  const PermissionReport report = Audit([](const PermissionFacts& facts) {
    return facts.id == "invoice" ? Answer(401, kUnknownKey)
                                 : AsTheGuideSays(facts);
  });
  EXPECT_FALSE(report.whole);
  EXPECT_EQ(FindingFor(report, "invoice").verdict, Verdict::kMissing);
}

TEST(ReportTest, PutsTheWholeKeyInQuestion) {
  const struct {
    const char* name;
    int status;
    std::string_view body;
    ErrorCode whole;
  } cases[] = {
      {"unknown", 401, kUnknownKey, ErrorCode::kKeyUnknown},
      {"expired", 401,
       R"({"error": {"type": "api_error", "code": "api_key_expired"}})",
       ErrorCode::kKeyExpired},
      {"address", 401,
       R"({"error": {"type": "x", "message": "The API key provided does not )"
       R"(allow requests from your IP address."}})",
       ErrorCode::kKeyIpRefused},
      {"closed account", 403,
       R"({"error": {"type": "x", "message": "Your account has been closed."}})",
       ErrorCode::kAccountClosed},
      {"nginx", 502, "<html>", ErrorCode::kProxyDown},
      {"stripe", 503, "", ErrorCode::kStripeDown},
      {"throttled", 429, "", ErrorCode::kRateLimited},
      {"hotel", 200, "<html>", ErrorCode::kStripeUnreadable},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    const PermissionReport report =
        Audit([&](const PermissionFacts&) { return Answer(c.status, c.body); });
    EXPECT_EQ(report.whole, c.whole);
    for (const Finding& finding : report.findings) {
      EXPECT_TRUE(finding.verdict == Verdict::kUnchecked ||
                  finding.verdict == Verdict::kCannotBeShown);
    }
  }
}

TEST(ReportTest, AnExpiredKeyEndsItHalfWay) {
  int asked = 0;
  const PermissionReport report = Audit([&](const PermissionFacts& facts) {
    return ++asked > 10
               ? Answer(401, R"({"error": {"code": "api_key_expired"}})")
               : AsTheGuideSays(facts);
  });
  EXPECT_EQ(report.whole, ErrorCode::kKeyExpired);
}

TEST(ReportTest, ANetworkThatFailsForAllIsNoPermission) {
  const std::vector<Probe> probes = PlanAll();
  std::vector<ProbeAnswer> answers;
  for (const Probe& probe : probes) {
    answers.push_back(JudgeFailure(probe, TransportFailure::kNetwork));
  }
  EXPECT_EQ(MakeReport({}, probes, answers, nullptr).whole,
            ErrorCode::kNetworkDown);
  // For one only, that row could not be checked.
  answers = AskAll(probes, AsTheGuideSays);
  answers[3] = JudgeFailure(probes[3], TransportFailure::kTimeout);
  const PermissionReport report = MakeReport({}, probes, answers, nullptr);
  EXPECT_FALSE(report.whole);
  const Finding& finding = FindingFor(report, probes[3].permission);
  EXPECT_EQ(finding.verdict, Verdict::kUnchecked);
  EXPECT_EQ(finding.reason, ErrorCode::kTimedOut);
}

TEST(ReportTest, DoesNotJudgeTheKeyBeforeAllHaveAnswered) {
  const std::vector<Probe> probes = PlanAll();
  const std::vector<ProbeAnswer> first = {
      JudgeProbe(probes[0], Answer(401, kUnknownKey))};
  const PermissionReport report = MakeReport({}, probes, first, nullptr);
  EXPECT_FALSE(report.whole);
  EXPECT_FALSE(report.complete());
  EXPECT_EQ(report.answered, 1U);
  EXPECT_EQ(FindingFor(report, probes[0].permission).verdict,
            Verdict::kUnchecked);
  EXPECT_EQ(FindingFor(report, probes[1].permission).verdict,
            Verdict::kPending);
}

TEST(ReportTest, TheOrderOfAnswersDoesNotMatter) {
  const std::vector<Probe> probes = PlanAll();
  std::vector<ProbeAnswer> answers =
      AskAll(probes, [](const PermissionFacts& facts) {
        if (facts.id == "invoice") return Answer(401, kUnknownKey);
        return AsTheGuideSays(facts);
      });
  const PermissionReport forth = MakeReport({}, probes, answers, nullptr);
  std::ranges::reverse(answers);
  const PermissionReport back = MakeReport({}, probes, answers, nullptr);
  ASSERT_EQ(forth.findings.size(), back.findings.size());
  for (std::size_t i = 0; i < forth.findings.size(); ++i) {
    EXPECT_EQ(forth.findings[i].verdict, back.findings[i].verdict);
    EXPECT_EQ(forth.findings[i].implied, back.findings[i].implied);
  }
}

TEST(ReportTest, CheckAgainKeepsWhatWasNotAskedAgain) {
  const PermissionReport before = Audit([](const PermissionFacts& facts) {
    return facts.id == "invoice" ? Answer(403, kNoPermission)
                                 : AsTheGuideSays(facts);
  });
  const std::vector<Probe> again = PlanAgain(before);
  const PermissionReport after =
      MakeReport({}, again, AskAll(again, AsTheGuideSays), &before);
  EXPECT_TRUE(after.complete());
  EXPECT_EQ(FindingFor(after, "invoice").verdict, Verdict::kRead);
  EXPECT_EQ(FindingFor(after, "coupon").verdict, Verdict::kRead);
  EXPECT_EQ(FindingFor(after, "webhook").verdict, Verdict::kNone);
  // While the question is out, its row waits.
  const PermissionReport during = MakeReport({}, again, {}, &before);
  EXPECT_EQ(FindingFor(during, "invoice").verdict, Verdict::kPending);
}

TEST(ReportTest, CheckAgainNoticesThatTheKeyHasDied) {
  const PermissionReport before = Audit([](const PermissionFacts& facts) {
    return facts.id == "invoice" ? Answer(403, kNoPermission)
                                 : AsTheGuideSays(facts);
  });
  const std::vector<Probe> again = PlanAgain(before);
  const PermissionReport after = MakeReport(
      {}, again,
      AskAll(again,
             [](const PermissionFacts&) { return Answer(401, kUnknownKey); }),
      &before);
  EXPECT_EQ(after.whole, ErrorCode::kKeyUnknown);
}

TEST(ReportTest, LinksToTheKeysPageOrTheList) {
  EXPECT_EQ(Audit(AsTheGuideSays).edit_url,
            "https://dashboard.stripe.com/apikeys");
  const std::vector<Probe> none;
  EXPECT_EQ(MakeReport({.live = false}, none, {}, nullptr).edit_url,
            "https://dashboard.stripe.com/test/apikeys");
  const PermissionReport linked = Audit([](const PermissionFacts& facts) {
    if (facts.id != "invoice") return AsTheGuideSays(facts);
    return Answer(
        403, R"({"error": {"type": "x", "code": "more_permissions_required",)"
             R"( "message": "edit at https://dashboard.stripe.com/b/acct_1?)"
             R"(destination=%2Fapikeys%2Fmk_1%2Fedit"}})");
  });
  EXPECT_EQ(linked.edit_url,
            "https://dashboard.stripe.com/b/acct_1?destination=%2Fapikeys%2F"
            "mk_1%2Fedit");
  EXPECT_FALSE(FindingFor(linked, "invoice").hint.contains("mk_1"));
}

}  // namespace
}  // namespace precision
