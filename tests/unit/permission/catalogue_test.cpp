#include "precision/permission/catalogue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include "answers.h"
#include "precision/permission/report.h"
#include "precision/stripe/endpoint.h"

namespace precision {
namespace {

TEST(CatalogueTest, EveryUsualPullHasARowThatIsAskedFirst) {
  constexpr Endpoint kUsual[] = {Endpoint::kCustomers, Endpoint::kInvoices,
                                 Endpoint::kPaymentIntents, Endpoint::kCharges,
                                 Endpoint::kSubscriptions};
  std::set<std::string_view> needed;
  for (const EndpointFacts& endpoint : AllEndpoints()) {
    const PermissionFacts* row = FindPermission(endpoint.permission);
    ASSERT_NE(row, nullptr) << endpoint.name;
    if (!std::ranges::contains(kUsual, endpoint.endpoint)) continue;
    EXPECT_TRUE(row->needed_by_pull) << row->id;
    EXPECT_EQ(row->sure, Certainty::kProven) << row->id;
    needed.insert(row->id);
  }
  const std::vector<Probe> probes = PlanAll();
  ASSERT_GT(probes.size(), needed.size());
  for (std::size_t i = 0; i < needed.size(); ++i) {
    EXPECT_TRUE(needed.contains(probes[i].permission)) << probes[i].permission;
  }
}

TEST(CatalogueTest, ProbesAreSmallReads) {
  for (const PermissionFacts& facts : AllPermissions()) {
    if (facts.probe.empty()) continue;
    SCOPED_TRACE(facts.probe);
    EXPECT_FALSE(facts.probe.contains("/v2/iam"));
    const bool one = facts.probe.contains("limit=1");
    const bool none = facts.probe.contains("nowaythiscanexist");
    const bool single = facts.id == "balance" || facts.id == "tax_settings" ||
                        facts.id == "accounts_kyc_basic";
    EXPECT_EQ(static_cast<int>(one) + static_cast<int>(none) +
                  static_cast<int>(single),
              1);
  }
}

// Nothing that a POST of ours could create or change.
TEST(CatalogueTest, WriteProbesActOnWhatCannotExist) {
  int count = 0;
  for (const PermissionFacts& facts : AllPermissions()) {
    if (facts.write_probe.empty()) continue;
    SCOPED_TRACE(facts.write_probe);
    ++count;
    EXPECT_TRUE(facts.offers_write);
    EXPECT_FALSE(facts.write_probe.contains('?'));
    const std::string_view path = facts.write_probe;
    const std::string_view nobody = "/nowaythiscanexist";
    const std::size_t id = path.find(nobody);
    ASSERT_NE(id, std::string_view::npos);
    const std::string_view rest = path.substr(id + nobody.size());
    EXPECT_TRUE(rest.empty() || rest == "/expire" || rest == "/approve");
  }
  EXPECT_GT(count, 30);
}

TEST(CatalogueTest, FindsByName) {
  EXPECT_EQ(FindPermission("plan")->label, "Prices");
  EXPECT_EQ(FindPermission("nothing"), nullptr);
}

TEST(CreateKeyUrlTest, FillsInTheNameAndTheReadRows) {
  const std::string live = CreateKeyUrl(GuidePolicy(), true);
  EXPECT_TRUE(live.starts_with(
      "https://dashboard.stripe.com/apikeys/create?name=Precision&"));
  EXPECT_TRUE(CreateKeyUrl(GuidePolicy(), false)
                  .starts_with("https://dashboard.stripe.com/test/apikeys/"
                               "create?name=Precision&"));
  for (const std::string_view name :
       {"rak_customer_read", "rak_invoice_read", "rak_subscription_read",
        "rak_payment_intent_read", "rak_charge_read", "rak_plan_read",
        "rak_topup_read", "rak_financial_statement_read"}) {
    EXPECT_TRUE((live + "&").contains("=" + std::string(name) + "&")) << name;
  }
  EXPECT_FALSE(live.contains("_write"));
  for (const std::string_view name :
       {"webhook", "terminal", "review", "provisioning", "price_read"}) {
    EXPECT_FALSE(live.contains(name)) << name;
  }
}

}  // namespace
}  // namespace precision
