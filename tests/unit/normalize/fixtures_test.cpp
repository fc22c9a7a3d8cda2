// Stripe's own example objects, where they are at hand, to the matching
// normalizer; all others through the reader that takes anything.

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include "support/repository.h"
#include "unit/normalize/rows.h"

namespace precision {
namespace {

Json ReadFixtures() {
  std::ifstream file(test::RepositoryRoot() /
                     "../shared/data/stripe-openapi-fixtures3.json");
  const std::string text(std::istreambuf_iterator<char>(file), {});
  const Json json = ParseJson(text);
  return json.is_object() ? json["resources"] : Json();
}

TEST(FixturesTest, EveryResourceIsReadOrRefusedWithItsReason) {
  const Json resources = ReadFixtures();
  if (resources.is_null()) GTEST_SKIP() << "Stripe's fixtures are not here";
  const std::map<std::string, TableId> tables = {
      {"customer", TableId::kCustomers},
      {"deleted_customer", TableId::kCustomers},
      {"invoice", TableId::kInvoices},
      {"deleted_invoice", TableId::kInvoices},
      {"payment_intent", TableId::kPayments},
      {"charge", TableId::kPayments},
      {"subscription", TableId::kSubscriptions},
      {"subscription_item", TableId::kSubscriptionItems},
      {"deleted_subscription_item", TableId::kSubscriptionItems},
      {"line_item", TableId::kInvoiceLines},
      {"refund", TableId::kRefunds},
      {"dispute", TableId::kDisputes},
      {"product", TableId::kProducts},
      {"deleted_product", TableId::kProducts},
      {"price", TableId::kPrices},
      {"deleted_price", TableId::kPrices},
      {"plan", TableId::kPrices},
      {"deleted_plan", TableId::kPrices},
      {"coupon", TableId::kCoupons},
      {"deleted_coupon", TableId::kCoupons},
      {"discount", TableId::kDiscounts},
      {"credit_note", TableId::kCreditNotes},
      {"balance_transaction", TableId::kBalanceTransactions},
      {"payout", TableId::kPayouts}};
  std::size_t read_rows = 0;
  for (const auto& [name, resource] : resources.items()) {
    SCOPED_TRACE(name);
    Normalizer normalizer;
    const auto read = normalizer.ReadAny("", resource.dump(2));
    ASSERT_TRUE(read.ok()) << read.error().detail;
    const auto table = tables.find(name);
    if (table == tables.end()) {
      // An event holds an object of its own, a deleted discount has no id in
      // the fixtures; nothing else becomes a row.
      if (name != "event") EXPECT_EQ(read.value().rows_new, 0U);
      continue;
    }
    ++read_rows;
    EXPECT_EQ(read.value().rows_new, 1U);
    const Json row = RowsOf(normalizer, table->second)[0];
    EXPECT_EQ(row["id"], resource["id"]);
    EXPECT_TRUE(normalizer.issues().counts.empty())
        << normalizer.issues().counts[0].column;
    // A field that has a column of its name is in it.
    for (const auto& [column, value] : row.items()) {
      if (resource.contains(column) && resource[column].is_number_integer()) {
        EXPECT_EQ(value, resource[column]) << column;
      }
    }
  }
  EXPECT_EQ(read_rows, tables.size());
}

}  // namespace
}  // namespace precision
