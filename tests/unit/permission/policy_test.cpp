#include "precision/permission/policy.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>

#include "answers.h"

namespace precision {
namespace {

const std::set<std::string_view> kNoneGroups = {
    "Provisioning", "Radar",   "Sigma",    "Stripe CLI",
    "Terminal",     "Webhook", "Workflows"};

TEST(GuidePolicyTest, WantsTheNamedGroupsAtNone) {
  const Policy guide = GuidePolicy();
  std::set<std::string_view> seen;
  for (const PermissionFacts& facts : AllPermissions()) {
    if (!kNoneGroups.contains(facts.section)) continue;
    seen.insert(facts.section);
    EXPECT_EQ(guide.WantedOf(facts), Wanted::kNone) << facts.id;
    EXPECT_TRUE(guide.RuleFor(facts)->sentence.contains("Provisioning"));
  }
  EXPECT_EQ(seen, kNoneGroups);
}

TEST(GuidePolicyTest, WantsReadOfEveryOtherRowThatOffersIt) {
  const Policy guide = GuidePolicy();
  for (const PermissionFacts& facts : AllPermissions()) {
    if (kNoneGroups.contains(facts.section)) continue;
    EXPECT_EQ(guide.WantedOf(facts),
              facts.offers_read ? Wanted::kRead : Wanted::kNone)
        << facts.id;
    EXPECT_FALSE(guide.RuleFor(facts)->sentence.empty());
  }
  EXPECT_TRUE(guide.second_row.contains("both rows"));
}

TEST(ReadPolicyTest, TakesTheFirstRuleThatFits) {
  const Result<Policy> read = ReadPolicy(R"({
    "version": 1, "name": "Ours", "key_name": "Our key",
    "rules": [
      {"permissions": ["customer"], "level": "none", "sentence": "No people."},
      {"sections": ["Core"], "level": "read", "sentence": "Core."}
    ]})");
  ASSERT_TRUE(read.ok());
  const Policy& policy = read.value();
  EXPECT_EQ(policy.WantedOf(*FindPermission("customer")), Wanted::kNone);
  EXPECT_EQ(policy.WantedOf(*FindPermission("charge")), Wanted::kRead);
  // Offers no Read, and no other rule speaks of it.
  EXPECT_EQ(policy.WantedOf(*FindPermission("ephemeral_key")), Wanted::kAny);
  EXPECT_EQ(policy.WantedOf(*FindPermission("invoice")), Wanted::kAny);
  const std::string link = CreateKeyUrl(policy, true);
  EXPECT_TRUE(link.contains("?name=Our%20key&")) << link;
  EXPECT_TRUE(link.contains("=rak_charge_read"));
  EXPECT_FALSE(link.contains("rak_customer_read"));
  EXPECT_FALSE(link.contains("rak_invoice_read"));
}

TEST(ReadPolicyTest, DecidesWhatIsAskedAndReported) {
  AuditRules rules;
  rules.policy = ReadPolicy(R"({"version": 1, "rules": [
      {"permissions": ["customer", "webhook"], "level": "read"}]})")
                     .value();
  const std::vector<Probe> probes =
      PlanAudit(AuditScope::kEverything, rules, nullptr);
  ASSERT_EQ(probes.size(), 2U);
  const PermissionReport report = MakeReport(
      rules, probes,
      AskAll(probes,
             [](const PermissionFacts& facts) {
               return facts.id == "webhook" ? Answer(403, kNoPermission)
                                            : Granted(facts);
             }),
      nullptr);
  ASSERT_EQ(report.findings.size(), 2U);
  EXPECT_EQ(FindingFor(report, "customer").verdict, Verdict::kRead);
  EXPECT_EQ(FindingFor(report, "webhook").verdict, Verdict::kMissing);
}

TEST(ReadPolicyTest, RefusesWhatItDoesNotUnderstand) {
  const struct {
    const char* name;
    const char* json;
  } cases[] = {
      {"no JSON", "read everything"},
      {"not an object", "[]"},
      {"no version", R"({"rules": [{"level": "read"}]})"},
      {"a later version", R"({"version": 2, "rules": [{"level": "read"}]})"},
      {"no rules", R"({"version": 1})"},
      {"empty rules", R"({"version": 1, "rules": []})"},
      {"no level", R"({"version": 1, "rules": [{}]})"},
      {"write", R"({"version": 1, "rules": [{"level": "write"}]})"},
      {"unknown section", R"({"version": 1, "rules": [
          {"sections": ["Webhooks"], "level": "none"}]})"},
      {"unknown permission", R"({"version": 1, "rules": [
          {"permissions": ["customers"], "level": "none"}]})"},
      {"no list", R"({"version": 1, "rules": [
          {"permissions": "customer", "level": "none"}]})"},
      {"an empty list, which would fit every row", R"({"version": 1, "rules": [
          {"permissions": [], "level": "none"}]})"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    const Result<Policy> read = ReadPolicy(c.json);
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(read.error().code, ErrorCode::kPolicyUnreadable);
  }
}

}  // namespace
}  // namespace precision
