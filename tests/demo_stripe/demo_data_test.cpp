// The made-up businesses: complete, ordered, consistent, of the right shape.

#include <algorithm>
#include <map>
#include <set>

#include "demo_stripe/test_client.h"

namespace precision::demo {
namespace {

DemoOptions NoLimits() {
  DemoOptions options;
  options.rate_limits = false;
  return options;
}

class DemoDataTest : public testing::Test {
 protected:
  DemoStripe stripe{NoLimits()};
  TestClient client{stripe};
};

std::map<std::string, Json> ById(const std::vector<Json>& objects) {
  std::map<std::string, Json> map;
  for (const Json& object : objects) map[object["id"]] = object;
  return map;
}

TEST_F(DemoDataTest, ListsEveryObjectOnceNewestFirst) {
  const Counts counts = stripe.CountsOf("good");
  const struct {
    const char* path;
    std::int64_t count;
  } lists[] = {
      {"/v1/customers", counts.customers},
      {"/v1/subscriptions?status=all", counts.subscriptions},
      {"/v1/invoices", counts.invoices},
      {"/v1/invoice_payments", counts.invoice_payments},
      {"/v1/payment_intents", counts.payment_intents},
      {"/v1/charges", counts.charges},
      {"/v1/refunds", counts.refunds},
      {"/v1/disputes", counts.disputes},
      {"/v1/credit_notes", counts.credit_notes},
      {"/v1/balance_transactions", counts.balance_transactions},
      {"/v1/payouts", counts.payouts},
      {"/v1/products", counts.products},
      {"/v1/plans", counts.plans},
      {"/v1/coupons", counts.coupons},
      {"/v1/events", counts.events},
  };
  for (const auto& list : lists) {
    SCOPED_TRACE(list.path);
    const std::vector<Json> all = client.Walk(list.path);
    EXPECT_EQ(static_cast<std::int64_t>(all.size()), list.count);
    EXPECT_GT(list.count, 0);
    EXPECT_EQ(ById(all).size(), all.size());
    EXPECT_TRUE(std::is_sorted(all.begin(), all.end(),
                               [](const Json& a, const Json& b) {
                                 return a["created"] > b["created"];
                               }));
  }
  const auto prices = client.Walk("/v1/prices").size() +
                      client.Walk("/v1/prices?active=false").size();
  EXPECT_EQ(static_cast<std::int64_t>(prices), counts.prices);
}

TEST_F(DemoDataTest, CountsPaymentsAsIntentsAndChargesWithoutOne) {
  const Counts counts = stripe.CountsOf("good");
  const std::vector<Json> charges = client.Walk("/v1/charges");
  const auto without = std::count_if(
      charges.begin(), charges.end(),
      [](const Json& charge) { return charge["payment_intent"].is_null(); });
  EXPECT_EQ(without, counts.charges_without_intent);
  EXPECT_EQ(counts.payments, counts.payment_intents + without);
  EXPECT_EQ(counts.invoices, 1500);
  EXPECT_EQ(counts.payments, 1800);
}

TEST_F(DemoDataTest, InvoicesAddUpAndMatchTheirPayments) {
  const auto invoices =
      ById(client.Walk("/v1/invoices?expand[]=data.payments"));
  const auto intents = ById(client.Walk("/v1/payment_intents"));
  std::set<std::string> statuses;
  std::set<std::string> currencies;
  for (const auto& [id, invoice] : invoices) {
    SCOPED_TRACE(id);
    statuses.insert(invoice["status"].get<std::string>());
    currencies.insert(invoice["currency"].get<std::string>());
    std::int64_t sum = 0;
    if (!invoice["lines"]["has_more"].get<bool>()) {
      for (const Json& line : invoice["lines"]["data"]) {
        sum += line["amount"].get<std::int64_t>();
      }
      EXPECT_EQ(sum, invoice["subtotal"]);
    }
    std::int64_t total = invoice["subtotal"];
    for (const Json& discount : invoice["total_discount_amounts"]) {
      total -= discount["amount"].get<std::int64_t>();
    }
    for (const Json& tax : invoice["total_taxes"]) {
      total += tax["amount"].get<std::int64_t>();
    }
    EXPECT_EQ(total, invoice["total"]);
    for (const Json& payment : invoice["payments"]["data"]) {
      const Json& intent =
          intents.at(payment["payment"]["payment_intent"].get<std::string>());
      EXPECT_EQ(intent["amount"], invoice["amount_due"]);
      EXPECT_EQ(intent["customer"], invoice["customer"]);
      EXPECT_EQ(intent["status"] == "succeeded", invoice["status"] == "paid");
    }
  }
  EXPECT_EQ(statuses.size(), 5U);
  EXPECT_EQ(currencies,
            (std::set<std::string>{"usd", "eur", "gbp", "jpy", "kwd"}));
}

TEST_F(DemoDataTest, RefundsAndDisputesBelongToCharges) {
  auto charges = ById(client.Walk("/v1/charges"));
  std::map<std::string, std::int64_t> refunded;
  for (const Json& refund : client.Walk("/v1/refunds")) {
    refunded[refund["charge"].get<std::string>()] +=
        refund["amount"].get<std::int64_t>();
  }
  for (const auto& [id, charge] : charges) {
    EXPECT_EQ(charge["amount_refunded"], refunded[id]) << id;
    EXPECT_LE(charge["amount_refunded"], charge["amount"]) << id;
  }
  for (const Json& dispute : client.Walk("/v1/disputes")) {
    EXPECT_EQ(charges.at(dispute["charge"].get<std::string>())["disputed"],
              true);
  }
}

TEST_F(DemoDataTest, SubscriptionsOfDeletedCustomersAreCanceled) {
  const auto customers = ById(client.Walk("/v1/customers"));
  int deleted = 0;
  for (const Json& s : client.Walk("/v1/subscriptions?status=all")) {
    const std::string customer = s["customer"];
    if (customers.contains(customer)) continue;
    ++deleted;
    EXPECT_EQ(s["status"], "canceled");
    EXPECT_EQ(client.GetJson("/v1/customers/" + customer)["deleted"], true);
  }
  EXPECT_GT(deleted, 0);
  for (const Json& s : client.Walk("/v1/subscriptions")) {
    EXPECT_NE(s["status"], "canceled");
  }
}

// An import put many objects into one second: windows of `created` must not
// lose or repeat any of them.
TEST_F(DemoDataTest, WindowsOfCreatedPartitionALargeAccount) {
  TestClient large(stripe, "large");
  const std::int64_t total = stripe.CountsOf("large").payouts;
  const std::vector<Json> all = large.Walk("/v1/payouts");
  ASSERT_EQ(static_cast<std::int64_t>(all.size()), total);
  std::map<std::int64_t, int> per_second;
  for (const Json& payout : all) ++per_second[payout["created"]];
  EXPECT_TRUE(
      std::any_of(per_second.begin(), per_second.end(),
                  [](const auto& second) { return second.second > 6; }));
  const std::int64_t oldest = all.back()["created"];
  const std::int64_t newest = all.front()["created"];
  std::size_t seen = 0;
  for (int i = 0; i < 7; ++i) {
    const auto at = [&](int n) {
      return std::to_string(oldest + (newest + 1 - oldest) * n / 7);
    };
    seen += large
                .Walk("/v1/payouts?created[gte]=" + at(i) +
                      "&created%5Blt%5D=" + at(i + 1))
                .size();
  }
  EXPECT_EQ(seen, all.size());
}

TEST_F(DemoDataTest, AnswersFromTheEndOfAMillionInvoices) {
  AccountSpec account;
  account.name = "million";
  account.blocks = 50000;
  account.years = 8;
  stripe.AddAccount(account);
  KeySpec key;
  key.name = "million";
  key.prefix = "rk_live_";
  key.account = "million";
  key.permissions = GuidePermissions();
  stripe.AddKey(key);
  EXPECT_EQ(stripe.CountsOf("million").invoices, 1'000'000);
  DemoRequest request;
  request.authorization = "Bearer " + KeyText(key);
  request.path = "/v1/invoices?limit=3&created[lt]=1550000000";
  const DemoResponse response = stripe.Handle(request, {1795132800}, {});
  ASSERT_EQ(response.status, 200);
  EXPECT_EQ(Json::parse(response.body)["data"].size(), 3U);
}

TEST_F(DemoDataTest, ShapesFollowTheVersion) {
  const auto first = [&](const char* version, const char* path) {
    client.version = version;
    return client.GetJson(path)["data"][0];
  };
  const char* subscriptions = "/v1/subscriptions?limit=1";
  EXPECT_FALSE(
      first("2026-10-28.endive", subscriptions).contains("current_period_end"));
  EXPECT_TRUE(
      first("2025-02-24.acacia", subscriptions).contains("current_period_end"));
  const char* invoices = "/v1/invoices?limit=1";
  EXPECT_TRUE(first("2025-03-31.basil", invoices).contains("parent"));
  EXPECT_FALSE(first("2024-06-20", invoices).contains("parent"));
  EXPECT_TRUE(first("2024-06-20", invoices).contains("payment_intent"));
  const char* charges = "/v1/charges?limit=1";
  EXPECT_TRUE(first("2020-08-27", charges).contains("refunds"));
  EXPECT_FALSE(first("2022-11-15", charges).contains("refunds"));
}

TEST_F(DemoDataTest, EmbeddedListsGoOnElsewhere) {
  int longer = 0;
  for (const Json& invoice : client.Walk("/v1/invoices")) {
    if (!invoice["lines"]["has_more"].get<bool>()) continue;
    const std::string id = invoice["id"];
    const auto lines = client.Walk("/v1/invoices/" + id + "/lines", 7);
    EXPECT_GT(lines.size(), invoice["lines"]["data"].size());
    EXPECT_EQ(ById(lines).size(), lines.size());
    if (++longer == 3) break;
  }
  EXPECT_EQ(longer, 3);
  int many = 0;
  for (const Json& s : client.Walk("/v1/subscriptions?status=all")) {
    if (!s["items"]["has_more"].get<bool>()) continue;
    const auto items = client.Walk(
        "/v1/subscription_items?subscription=" + s["id"].get<std::string>(),
        10);
    EXPECT_EQ(items.size(), 25U);
    ++many;
  }
  EXPECT_GT(many, 0);
}

TEST_F(DemoDataTest, SameSeedSameBytes) {
  DemoStripe again{NoLimits()};
  TestClient other(again);
  const std::string path = "/v1/invoices?limit=100";
  EXPECT_EQ(client.Get(path).body, other.Get(path).body);
  DemoOptions options = NoLimits();
  options.seed = 2;
  DemoStripe another{options};
  TestClient stranger(another);
  EXPECT_NE(client.Get(path).body, stranger.Get(path).body);
}

TEST_F(DemoDataTest, APageOfInvoicesIsAsBigAsStripes) {
  const std::size_t size = client.Get("/v1/invoices?limit=100").body.size();
  EXPECT_GT(size, 400'000U);
  EXPECT_LT(size, 900'000U);
}

}  // namespace
}  // namespace precision::demo
