// What a POST shows, and what is known of a Connect account's second row.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "answers.h"
#include "precision/permission/report.h"

namespace precision {
namespace {

// What a POST to nowaythiscanexist is answered.
ProbeAnswer AskWrite(std::string_view permission, const HttpResponse& answer) {
  Probe probe;
  probe.permission = permission;
  probe.kind = ProbeKind::kWrite;
  return JudgeProbe(probe, answer);
}

AuditRules WithWrite() {
  AuditRules rules;
  rules.check_write = true;
  return rules;
}

// The guide's key, but for what Stripe says of writing to `permission`.
PermissionReport AuditWrite(std::string_view permission,
                            const HttpResponse& answer) {
  std::vector<Probe> probes = PlanAll();
  std::vector<ProbeAnswer> answers = AskAll(probes, AsTheGuideSays);
  Probe probe;
  probe.permission = permission;
  probe.kind = ProbeKind::kWrite;
  probes.push_back(probe);
  answers.push_back(JudgeProbe(probe, answer));
  return MakeReport(WithWrite(), probes, answers, nullptr);
}

TEST(WriteTest, IsToldOnlyByThePermissionOrTheObject) {
  EXPECT_EQ(AskWrite("product", Answer(404, kNoSuchObject)).outcome,
            ProbeOutcome::kOpen);
  EXPECT_EQ(AskWrite("product", Answer(400, kNoSuchObject)).outcome,
            ProbeOutcome::kOpen);
  EXPECT_EQ(AskWrite("product", Answer(403, kNoPermission)).outcome,
            ProbeOutcome::kClosed);
  const struct {
    int status;
    std::string_view body;
  } unknown[] = {
      {404, R"({"error": {"type": "invalid_request_error", "message": )"
            R"("Unrecognized request URL (POST: /v1/x)."}})"},
      {404,
       R"({"error": {"type": "proxy_error", "code": "path_not_allowed"}})"},
      {405,
       R"({"error": {"type": "proxy_error", "code": "method_not_allowed"}})"},
      {400, R"({"error": {"type": "invalid_request_error", "code": )"
            R"("parameter_missing", "message": "Missing required param."}})"},
      {429, ""},
      {503, ""},
  };
  for (const auto& u : unknown) {
    EXPECT_EQ(AskWrite("product", Answer(u.status, u.body)).outcome,
              ProbeOutcome::kUnknown)
        << u.body;
  }
}

TEST(WriteTest, IsTooMuchWhereReadIsAskedFor) {
  const PermissionReport report =
      AuditWrite("product", Answer(404, kNoSuchObject));
  const Finding& finding = FindingFor(report, "product");
  EXPECT_EQ(finding.verdict, Verdict::kExcess);
  EXPECT_EQ(finding.shown, Shown::kWrite);
  EXPECT_EQ(finding.wanted, Wanted::kRead);
  EXPECT_EQ(WeightOf(finding), Weight::kExcess);
  EXPECT_EQ(FindingFor(report, "coupon").shown, Shown::kReadOrMore);
  EXPECT_TRUE(report.write_checked);
}

TEST(WriteTest, ShowsExactlyReadWhenWriteIsRefused) {
  const PermissionReport report =
      AuditWrite("product", Answer(403, kNoPermission));
  EXPECT_EQ(FindingFor(report, "product").verdict, Verdict::kRead);
  EXPECT_EQ(FindingFor(report, "product").shown, Shown::kRead);
  const PermissionReport lone_401 =
      AuditWrite("product", Answer(401, kUnknownKey));
  EXPECT_EQ(FindingFor(lone_401, "product").shown, Shown::kRead);
}

TEST(WriteTest, AnUnknownAnswerClaimsNothing) {
  const PermissionReport report = AuditWrite("product", Answer(429, ""));
  const Finding& finding = FindingFor(report, "product");
  EXPECT_EQ(finding.verdict, Verdict::kRead);
  EXPECT_EQ(finding.shown, Shown::kReadOrMore);
  EXPECT_TRUE(finding.write_unchecked);
  // And it is asked again, with a row that was open beside it.
  const std::vector<Probe> again =
      PlanAudit(AuditScope::kUnchecked, WithWrite(), &report);
  ASSERT_EQ(again.size(), 2U);
  EXPECT_EQ(again[0].kind, ProbeKind::kWrite);
  EXPECT_EQ(again[0].path, FindPermission("product")->write_probe);
  EXPECT_EQ(again[1].kind, ProbeKind::kRead);
}

TEST(WriteTest, CheckAgainSeesThatWriteWasTakenAway) {
  const PermissionReport before =
      AuditWrite("product", Answer(404, kNoSuchObject));
  const std::vector<Probe> again =
      PlanAudit(AuditScope::kUnchecked, WithWrite(), &before);
  ASSERT_EQ(again.size(), 2U);
  const auto asked_with = [&](const HttpResponse& write) {
    const std::vector<ProbeAnswer> answers = {
        JudgeProbe(again[0], write), JudgeProbe(again[1], Answer(200, kList))};
    EXPECT_EQ(ShowsAChange(answers[0], before), write.status == 403);
    EXPECT_FALSE(ShowsAChange(answers[1], before));
    return MakeReport(WithWrite(), again, answers, &before);
  };
  const PermissionReport mended = asked_with(Answer(403, kNoPermission));
  EXPECT_EQ(FindingFor(mended, "product").verdict, Verdict::kRead);
  EXPECT_EQ(FindingFor(mended, "product").shown, Shown::kRead);
  const PermissionReport still = asked_with(Answer(404, kNoSuchObject));
  EXPECT_EQ(FindingFor(still, "product").verdict, Verdict::kExcess);
}

TEST(WriteTest, IsAskedOnlyOfRowsThatCanBeReadAndOnlyWhenAllowed) {
  for (const Probe& probe : PlanAll()) {
    const PermissionFacts& facts = *FindPermission(probe.permission);
    const ProbeAnswer open = JudgeProbe(probe, Granted(facts));
    const ProbeAnswer closed = JudgeProbe(probe, Answer(403, kNoPermission));
    EXPECT_TRUE(FollowUps(open, {}).empty());
    EXPECT_TRUE(FollowUps(closed, WithWrite()).empty());
    const std::vector<Probe> next = FollowUps(open, WithWrite());
    EXPECT_EQ(next.size(), facts.write_probe.empty() ? 0U : 1U);
  }
}

TEST(SecondRowTest, IsAskedOnceAConnectedAccountIsKnown) {
  Probe probe;
  probe.permission = kConnectedAccounts;
  const ProbeAnswer some = JudgeProbe(
      probe,
      Answer(200, R"({"object": "list", "data": [{"id": "acct_1Abc"}]})"));
  EXPECT_EQ(some.connected_account, "acct_1Abc");
  const std::vector<Probe> row = FollowUps(some, {});
  EXPECT_GT(row.size(), 50U);
  EXPECT_LT(row.size(), 80U);
  for (const Probe& one : row) {
    EXPECT_EQ(one.column, KeyColumn::kConnect);
    EXPECT_EQ(one.kind, ProbeKind::kRead);
    EXPECT_TRUE(FindPermission(one.permission)->connect_column);
  }
  AuditRules chosen;
  chosen.second_row = false;
  EXPECT_TRUE(FollowUps(some, chosen).empty());
  for (const char* odd : {R"({"data": [{"id": "cus_1"}]})",
                          R"({"data": [{"id": "acct_1\r\nX: y"}]})",
                          R"({"data": [{}]})", R"({"data": {}})"}) {
    EXPECT_EQ(JudgeProbe(probe, Answer(200, odd)).connected_account, "");
  }
}

TEST(SecondRowTest, SaysHowFarItWasLookedAt) {
  const auto with = [](const HttpResponse& accounts) {
    return Audit([&](const PermissionFacts& facts) {
             return facts.id == kConnectedAccounts ? accounts
                                                   : AsTheGuideSays(facts);
           })
        .second_row;
  };
  EXPECT_EQ(with(Answer(200, kList)), SecondRow::kNoAccounts);
  EXPECT_EQ(with(Answer(403, kNoPermission)), SecondRow::kNotKnown);
  EXPECT_EQ(with(Answer(500, "")), SecondRow::kNotKnown);
  EXPECT_EQ(with(Answer(400, R"({"error": {"type": "x", "message": )"
                             R"("Only Stripe Connect platforms can work )"
                             R"(with other accounts."}})")),
            SecondRow::kNoAccounts);
}

}  // namespace
}  // namespace precision
