// Who may ask what, and what goes wrong on request.

#include "demo_stripe/demo_stripe.h"

#include <filesystem>
#include <fstream>
#include <set>

#include "demo_stripe/endpoints.h"
#include "demo_stripe/query.h"
#include "demo_stripe/test_client.h"
#include "support/repository.h"

namespace precision::demo {
namespace {

class DemoStripeTest : public testing::Test {
 protected:
  DemoStripe stripe;
  TestClient client{stripe};
};

TEST_F(DemoStripeTest, KeysHaveTheFormOfRealOnes) {
  std::set<std::string> seen;
  for (const KeySpec& spec : DemoKeys()) {
    SCOPED_TRACE(spec.name);
    const std::string key = KeyText(spec);
    EXPECT_TRUE(seen.insert(key).second);
    EXPECT_EQ(key.size(), 107U);
    EXPECT_EQ("acct_" + key.substr(9, 16), AccountId(spec.account));
    for (const char c : key.substr(8)) {
      EXPECT_TRUE(('0' <= c && c <= '9') || ('A' <= c && c <= 'Z') ||
                  ('a' <= c && c <= 'z'));
    }
  }
  std::set<std::string> accounts;
  for (const AccountSpec& account : DemoAccounts()) {
    EXPECT_TRUE(accounts.insert(AccountId(account.name)).second);
  }
}

TEST_F(DemoStripeTest, RefusesEachBadKeyInItsOwnWay) {
  const struct {
    const char* key;
    int status;
    const char* type;
    const char* code;
    const char* words;
  } cases[] = {
      {"unknown", 401, "invalid_request_error", "", "Invalid API Key provided"},
      {"revoked", 401, "api_error", "api_key_expired",
       "Expired API Key provided"},
      {"ip_refused", 401, "invalid_request_error", "",
       "does not allow requests from your IP address"},
      {"no_customers", 403, "invalid_request_error",
       "more_permissions_required", "Customers Read ('customer_read')"},
      {"storm", 429, "rate_limit_error", "rate_limit", "rate limit"},
      {"no such key", 401, "invalid_request_error", "",
       "You did not provide an API key"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.key);
    TestClient bad(stripe, c.key);
    const Json error = bad.GetError("/v1/customers?limit=1", c.status);
    EXPECT_EQ(error["type"], c.type);
    EXPECT_EQ(error.value("code", ""), c.code);
    EXPECT_NE(error["message"].get<std::string>().find(c.words),
              std::string::npos)
        << error["message"];
    // Never the whole key.
    const std::string key = DemoKeyText(c.key);
    EXPECT_TRUE(key.empty() || error.dump().find(key) == std::string::npos);
  }
}

TEST_F(DemoStripeTest, SpeaksTheOlderWordsWhenAsked) {
  DemoOptions options;
  options.old_permission_wording = true;
  DemoStripe older(options);
  TestClient bad(older, "no_customers");
  const Json error = bad.GetError("/v1/customers", 403);
  EXPECT_FALSE(error.contains("code"));
  EXPECT_NE(error["message"].get<std::string>().find(
                "Having the 'rak_customer_read' permission would allow"),
            std::string::npos);
}

TEST_F(DemoStripeTest, WebhooksAreClosedToTheGuidesKey) {
  client.GetError("/v1/webhook_endpoints?limit=1", 403);
  client.GetError("/v1/terminal/readers?limit=1", 403);
  client.GetError("/v1/reviews?limit=1", 403);
  TestClient open(stripe, "webhooks_read");
  open.GetJson("/v1/webhook_endpoints?limit=1");
}

TEST_F(DemoStripeTest, ExpandingNeedsThePermissionOfWhatIsExpanded) {
  TestClient bad(stripe, "no_customers");
  bad.GetJson("/v1/invoices?limit=1");
  bad.GetError("/v1/invoices?limit=1&expand[]=data.customer", 403);
}

TEST_F(DemoStripeTest, OneGrantOpensWhatItImplies) {
  stripe.SetPermissions("good", {"payment_intent_read"});
  client.GetJson("/v1/products?limit=1");
  client.GetError("/v1/prices?limit=1", 403);
  stripe.SetPermissions("good", {"plan_write"});
  client.GetJson("/v1/prices?limit=1");
}

TEST_F(DemoStripeTest, EveryProbeOfTheCatalogueIsKnown) {
  const std::filesystem::path file =
      test::RepositoryRoot() / "src/permission/permissions.json";
  std::ifstream stream(file);
  ASSERT_TRUE(stream) << file;
  const Json catalogue = Json::parse(stream, nullptr, false);
  ASSERT_FALSE(catalogue.is_discarded());
  TestClient secret(stripe, "secret");
  int probes = 0;
  for (const Json& permission : catalogue["permissions"]) {
    const std::string probe = permission["probe"];
    if (probe.empty()) continue;
    SCOPED_TRACE(probe);
    ++probes;
    const auto match = FindEndpointRule(ReadQuery(probe).path);
    ASSERT_TRUE(match.has_value());
    EXPECT_EQ(match->rule->permission, permission["id"].get<std::string>());
    EXPECT_NE(permission["proves"].get<std::string>().find(
                  std::to_string(secret.Get(probe).status)),
              std::string::npos);
    stripe.SetPermissions("good", {});
    client.GetError(probe, 403);
  }
  EXPECT_GT(probes, 50);
}

TEST_F(DemoStripeTest, RefusesBadRequests) {
  const struct {
    const char* path;
    int status;
    const char* param;
  } cases[] = {
      {"/v1/invoices?limit=0", 400, "limit"},
      {"/v1/invoices?limit=101", 400, "limit"},
      {"/v1/invoices?limit=ten", 400, "limit"},
      {"/v1/invoices?limit=99999999999999999999", 400, "limit"},
      {"/v1/invoices?starting_after=in_no", 400, "starting_after"},
      {"/v1/invoices?created[gte]=x", 400, "created[gte]"},
      {"/v1/invoices?created[near]=1", 400, "created[near]"},
      {"/v1/invoices?nonsense=1", 400, "nonsense"},
      {"/v1/invoices?expand[]=customer", 400, "expand"},
      {"/v1/subscriptions?status=good", 400, "status"},
      {"/v1/subscription_items?created[gte]=1&subscription=sub_1", 404,
       "subscription"},
      {"/v1/subscription_items", 400, "subscription"},
      {"/v1/customers/cus_nowaythiscanexist", 404, "id"},
      {"/v1/sources/nowaythiscanexist", 400, "id"},
      {"/v1/mandates/nowaythiscanexist", 404, "id"},
      {"/v1/nothing", 404, ""},
      {"/v2/iam/api_keys", 404, ""},
      {"/", 404, ""},
      {"", 404, ""},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.path);
    EXPECT_EQ(client.GetError(c.path, c.status).value("param", ""), c.param);
  }
  client.version = "1999-01-01";
  EXPECT_EQ(client.GetError("/v1/invoices", 400)["message"],
            "Invalid Stripe API version: 1999-01-01");
}

TEST_F(DemoStripeTest, TellsATestKeyThatTheObjectIsLive) {
  const std::string id =
      client.GetJson("/v1/customers?limit=1")["data"][0]["id"];
  TestClient test(stripe, "test_of_live");
  EXPECT_TRUE(test.GetJson("/v1/customers")["data"].empty());
  EXPECT_NE(test.GetError("/v1/customers/" + id, 404)["message"]
                .get<std::string>()
                .find("a similar object exists in live mode"),
            std::string::npos);
}

TEST_F(DemoStripeTest, PagesBackwards) {
  const std::vector<Json> all = client.Walk("/v1/refunds");
  const std::string last = all.back()["id"];
  const Json page = client.GetJson("/v1/refunds?limit=2&ending_before=" + last);
  EXPECT_EQ(page["data"][0]["id"], all[all.size() - 3]["id"]);
  EXPECT_EQ(page["data"][1]["id"], all[all.size() - 2]["id"]);
  EXPECT_EQ(page["has_more"], true);
}

TEST_F(DemoStripeTest, LimitsEachEndpointAndTheAccount) {
  client.step = Duration{0};
  int passed = 0;
  DemoResponse last;
  for (int i = 0; i < 40; ++i) {
    last = client.Get("/v1/coupons");
    if (last.status == 200) ++passed;
  }
  EXPECT_EQ(passed, 25);
  EXPECT_EQ(last.status, 429);
  EXPECT_EQ(last.Header("stripe-rate-limited-reason"), "endpoint-rate");
  EXPECT_EQ(last.Header("retry-after"), "");
  for (const char* path :
       {"/v1/products", "/v1/prices", "/v1/plans", "/v1/disputes"}) {
    for (int i = 0; i < 25; ++i) last = client.Get(path);
  }
  EXPECT_EQ(last.status, 429);
  EXPECT_EQ(last.Header("stripe-rate-limited-reason"), "global-rate");
  client.step = std::chrono::seconds{1};
  EXPECT_EQ(client.Get("/v1/coupons").status, 200);
}

TEST_F(DemoStripeTest, RevokesAKeyHalfWay) {
  TestClient halfway(stripe, "revoked_halfway");
  for (int i = 0; i < 200; ++i) halfway.GetJson("/v1/invoices?limit=1");
  EXPECT_EQ(halfway.GetError("/v1/invoices?limit=1", 401)["code"],
            "api_key_expired");
  // After a pause the story begins again.
  halfway.step = std::chrono::minutes{1};
  halfway.GetJson("/v1/invoices?limit=1");
  stripe.Revoke("good");
  client.GetError("/v1/invoices?limit=1", 401);
}

TEST_F(DemoStripeTest, BreaksBodiesOnRequest) {
  FaultPlan plan;
  plan.truncate_percent = 100;
  stripe.SetFaults("good", plan);
  DemoResponse response = client.Get("/v1/invoices?limit=10");
  EXPECT_EQ(response.fault, Fault::kTruncate);
  EXPECT_GT(response.fault_bytes, 0U);
  EXPECT_LT(response.fault_bytes, response.body.size());
  plan = {};
  plan.body_time = std::chrono::seconds{3};
  plan.delay = std::chrono::seconds{2};
  stripe.SetFaults("good", plan);
  response = client.Get("/v1/invoices?limit=10");
  EXPECT_EQ(response.fault, Fault::kSlowBody);
  EXPECT_GE(response.delay, plan.delay);
}

TEST_F(DemoStripeTest, SwitchesAccountsOnAPlatformOnly) {
  TestClient platform(stripe, "platform");
  const Json accounts = platform.GetJson("/v1/accounts?limit=1")["data"];
  ASSERT_EQ(accounts.size(), 1U);
  const Json ours = platform.GetJson("/v1/customers?limit=1");
  platform.account = accounts[0]["id"];
  EXPECT_NE(platform.GetJson("/v1/customers?limit=1"), ours);
  TestClient half(stripe, "platform_no_connect");
  half.account = platform.account;
  EXPECT_NE(
      half.GetError("/v1/customers", 403)["message"].get<std::string>().find(
          "does not have any Connect permissions"),
      std::string::npos);
  client.account = platform.account;
  EXPECT_EQ(client.GetError("/v1/customers", 403)["code"], "account_invalid");
}

TEST_F(DemoStripeTest, CountsWhatACarelessPostWouldCreate) {
  client.method = "POST";
  client.GetError("/v1/customers/nowaythiscanexist", 403);
  TestClient writer(stripe, "writes");
  writer.method = "POST";
  writer.GetError("/v1/customers/nowaythiscanexist", 404);
  EXPECT_EQ(stripe.side_effects(), 0);
  writer.GetError("/v1/customers", 400);
  EXPECT_EQ(stripe.side_effects(), 1);
  const Json product = writer.FirstOf("/v1/products");
  writer.GetError("/v1/products/" + product["id"].get<std::string>(), 400);
  EXPECT_EQ(stripe.side_effects(), 2);
}

TEST_F(DemoStripeTest, TakesTheKeyByBasicAuthenticationToo) {
  DemoRequest request;
  request.path = "/v1/balance";
  // base64("x:"): no key of ours.
  request.authorization = "Basic eDo=";
  EXPECT_EQ(stripe.Handle(request, {}, {}).status, 401);
}

}  // namespace
}  // namespace precision::demo
