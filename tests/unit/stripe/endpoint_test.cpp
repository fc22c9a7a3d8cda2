#include "precision/stripe/endpoint.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace precision {
namespace {

TEST(EndpointTest, TheFourPullsAreThere) {
  for (const std::string_view name : {"customers", "invoices", "subscriptions",
                                      "payment_intents", "charges"}) {
    SCOPED_TRACE(name);
    const auto endpoint = FindEndpoint(name);
    ASSERT_TRUE(endpoint);
    EXPECT_EQ(FactsOf(*endpoint).name, name);
    EXPECT_EQ(FactsOf(*endpoint).endpoint, *endpoint);
  }
  EXPECT_FALSE(FindEndpoint("nothing"));
}

TEST(EndpointTest, NamesAndPathsAreUnique) {
  std::set<std::string> seen;
  for (const EndpointFacts& facts : AllEndpoints()) {
    EXPECT_TRUE(seen.insert(std::string(facts.name)).second);
    EXPECT_TRUE(
        seen.insert(std::string(facts.path) + "?" + std::string(facts.fixed))
            .second);
    EXPECT_TRUE(facts.path.starts_with("/v1/"));
  }
}

TEST(ListPathTest, WritesTheQuery) {
  ListQuery query;
  EXPECT_EQ(ListPath(Endpoint::kCustomers, query), "/v1/customers?limit=100");
  // Without status=all Stripe leaves canceled subscriptions out.
  EXPECT_EQ(ListPath(Endpoint::kSubscriptions, query),
            "/v1/subscriptions?limit=100&status=all");
  query.limit = 7;
  query.created_gte = UnixSeconds{-5};
  query.created_lt = UnixSeconds{1700000000};
  query.starting_after = "in_1MtHbELkdIwHu7ixl4OzzPMv";
  EXPECT_EQ(ListPath(Endpoint::kInvoices, query),
            "/v1/invoices?limit=7&created%5Bgte%5D=-5&created%5Blt%5D="
            "1700000000&starting_after=in_1MtHbELkdIwHu7ixl4OzzPMv");
  query.ending_before = std::exchange(query.starting_after, "");
  EXPECT_EQ(ListPath(Endpoint::kInvoices, query),
            "/v1/invoices?limit=7&created%5Bgte%5D=-5&created%5Blt%5D="
            "1700000000&ending_before=in_1MtHbELkdIwHu7ixl4OzzPMv");
}

TEST(ListPathTest, WritesWhatIsToBeSentInFull) {
  ListQuery query;
  query.expand = true;
  EXPECT_EQ(ListPath(Endpoint::kInvoices, query),
            "/v1/invoices?limit=100&expand%5B%5D=data.payments");
}

TEST(ListPathTest, WritesTheParentOfANestedList) {
  EXPECT_TRUE(FactsOf(Endpoint::kInvoiceLines).is_nested());
  ListQuery query;
  query.parent = "in_1";
  EXPECT_EQ(ListPath(Endpoint::kInvoiceLines, query),
            "/v1/invoices/in_1/lines?limit=100");
  query.parent = "a/../b?c=d";
  EXPECT_EQ(ListPath(Endpoint::kInvoiceLines, query),
            "/v1/invoices/a%2F..%2Fb%3Fc%3Dd/lines?limit=100");
  query.parent = "sub_1";
  query.starting_after = "si_9";
  EXPECT_EQ(ListPath(Endpoint::kSubscriptionItems, query),
            "/v1/subscription_items?subscription=sub_1&limit=100&"
            "starting_after=si_9");
}

TEST(ListPathTest, AnIdCannotAddAParameter) {
  ListQuery query;
  query.limit = 1;
  query.starting_after = "a&b=c#d %/\xC3\xA9";
  EXPECT_EQ(ListPath(Endpoint::kCharges, query),
            "/v1/charges?limit=1&starting_after=a%26b%3Dc%23d%20%25%2F%C3%A9");
}

}  // namespace
}  // namespace precision
