// The same business fact, in old and new shapes of the API, makes the same row.

#include <gtest/gtest.h>

#include "unit/normalize/rows.h"

namespace precision {
namespace {

struct Case {
  const char* name;
  const char* object;
  TableId table;
  const char* older;
  const char* newer;
  // Columns and values that both give.
  const char* row;
};

const Case kCases[] = {
    {"subscription periods and terms: top level and plan, or items and price",
     "subscription", TableId::kSubscriptions,
     R"({"id":"sub_1","object":"subscription","status":"active",
         "customer":"cus_1","start":1500000000,"created":1500000000,
         "current_period_start":1600000000,"current_period_end":1602592000,
         "quantity":3,"billing":"charge_automatically",
         "plan":{"id":"gold","object":"plan","amount":1200,"currency":"usd",
                 "interval":"month","interval_count":1,"product":"prod_1",
                 "usage_type":"licensed","billing_scheme":"per_unit"},
         "discount":{"object":"discount","coupon":{"id":"TEN"}}})",
     R"({"id":"sub_1","object":"subscription","status":"active",
         "customer":{"id":"cus_1","object":"customer","name":"A"},
         "start_date":1500000000,"created":1500000000,"currency":"usd",
         "collection_method":"charge_automatically",
         "items":{"object":"list","has_more":false,"data":[
           {"id":"si_1","quantity":3,"current_period_start":1600000000,
            "current_period_end":1602592000,
            "price":{"id":"gold","currency":"usd","unit_amount":1200,
                     "unit_amount_decimal":"1200","billing_scheme":"per_unit",
                     "product":{"id":"prod_1","object":"product"},
                     "recurring":{"interval":"month","interval_count":1,
                                  "usage_type":"licensed"}}}]},
         "discounts":[{"id":"di_1","object":"discount",
                       "source":{"type":"coupon","coupon":"TEN"}}]})",
     R"({"id":"sub_1","status":"active","customer":"cus_1",
         "created":1500000000,"start_date":1500000000,
         "current_period_start":1600000000,"current_period_end":1602592000,
         "currency":"usd","quantity":3,"interval":"month","interval_count":1,
         "price":"gold","product":"prod_1","items_count":1,
         "monthly_value":3600,"coupon":"TEN",
         "collection_method":"charge_automatically"})"},
    {"invoice: links, tax, times and status", "invoice", TableId::kInvoices,
     R"({"id":"in_1","object":"invoice","number":"A-1","paid":true,
         "closed":true,"customer":"cus_1","subscription":"sub_1",
         "currency":"eur","subtotal":1000,"tax":190,"total":1190,
         "amount_due":1190,"amount_paid":1190,"date":1550000000,
         "billing":"send_invoice","attempt_count":1,"attempted":true,
         "payment_intent":"pi_1","charge":"ch_1",
         "period_start":1540000000,"period_end":1550000000,
         "finalized_at":1550000100,
         "lines":{"object":"list","has_more":false,"total_count":2,
                  "data":[{"id":"il_1"},{"id":"il_2"}]}})",
     R"({"id":"in_1","object":"invoice","number":"A-1","status":"paid",
         "customer":{"id":"cus_1","object":"customer","deleted":true},
         "parent":{"type":"subscription_details","quote_details":null,
                   "subscription_details":{"subscription":"sub_1",
                                           "metadata":{}}},
         "currency":"eur","subtotal":1000,
         "total_taxes":[{"amount":100},{"amount":90}],"total":1190,
         "amount_due":1190,"amount_paid":1190,"amount_remaining":0,
         "created":1550000000,"collection_method":"send_invoice",
         "attempt_count":1,"attempted":true,
         "payments":{"object":"list","has_more":false,"data":[
           {"id":"inpay_0","is_default":false,
            "payment":{"type":"charge","charge":"ch_0"}},
           {"id":"inpay_1","is_default":true,
            "payment":{"type":"payment_intent","payment_intent":"pi_1",
                       "charge":"ch_1"}}]},
         "period_start":1540000000,"period_end":1550000000,
         "status_transitions":{"finalized_at":1550000100},
         "lines":{"object":"list","has_more":false,
                  "data":[{"id":"il_1"},{"id":"il_2"}]}})",
     R"({"id":"in_1","number":"A-1","status":"paid","customer":"cus_1",
         "subscription":"sub_1","currency":"eur","subtotal":1000,"tax":190,
         "total":1190,"amount_due":1190,"amount_paid":1190,
         "amount_remaining":0,"created":1550000000,
         "period_start":1540000000,"period_end":1550000000,
         "finalized_at":1550000100,"collection_method":"send_invoice",
         "attempt_count":1,"attempted":true,"payment_intent":"pi_1",
         "charge":"ch_1","lines_count":2,"deleted":false})"},
    {"payment intent: charges or latest_charge", "payment_intent",
     TableId::kPayments,
     R"({"id":"pi_1","object":"payment_intent","status":"succeeded",
         "amount":500,"amount_received":500,"currency":"usd","created":100,
         "customer":"cus_1","invoice":null,
         "charges":{"object":"list","has_more":false,"data":[
           {"id":"ch_1","object":"charge","created":101,"captured":true,
            "amount":500,"amount_refunded":20,"refunded":false,
            "dispute":"dp_1","payment_intent":"pi_1",
            "source":{"id":"card_1","object":"card","brand":"Visa",
                      "last4":"4242","country":"US"}}]}})",
     R"({"id":"pi_1","object":"payment_intent","status":"succeeded",
         "amount":500,"amount_received":500,"currency":"usd","created":100,
         "customer":"cus_1",
         "latest_charge":
           {"id":"ch_1","object":"charge","created":101,"captured":true,
            "amount":500,"amount_refunded":20,"refunded":false,
            "disputed":true,"payment_intent":"pi_1",
            "payment_method":"card_1",
            "payment_method_details":{"type":"card","card":{
              "brand":"visa","last4":"4242","country":"US"}}}})",
     R"({"id":"pi_1","object":"payment_intent","status":"succeeded",
         "amount":500,"amount_received":500,"amount_refunded":20,
         "currency":"usd","customer":"cus_1","created":100,"charge":"ch_1",
         "charge_created":101,"captured":true,"refunded":false,
         "disputed":true,"payment_method":"card_1",
         "latest_charge":"ch_1",
         "payment_method_type":"card","card_brand":"visa",
         "card_last4":"4242","card_country":"US"})"},
    {"a charge without an intent, of 2013 and of today", "charge",
     TableId::kPayments,
     R"({"id":"ch_1","object":"charge","paid":true,"amount":700,
         "currency":"gbp","created":9,"captured":true,"amount_refunded":0,
         "refunded":false,"dispute":null,"customer":"cus_1",
         "card":{"id":"card_1","object":"card","type":"Visa",
                 "last4":"0005","country":"GB"}})",
     R"({"id":"ch_1","object":"charge","status":"succeeded","paid":true,
         "amount":700,"amount_captured":700,"currency":"gbp","created":9,
         "captured":true,"amount_refunded":0,"refunded":false,
         "disputed":false,"customer":"cus_1","payment_intent":null,
         "payment_method":"card_1",
         "payment_method_details":{"type":"card","card":{
           "brand":"visa","last4":"0005","country":"GB"}}})",
     R"({"id":"ch_1","object":"charge","status":"succeeded","amount":700,
         "amount_received":700,"amount_refunded":0,"currency":"gbp",
         "created":9,"captured":true,"refunded":false,"disputed":false,
         "customer":"cus_1","payment_method":"card_1","payment_method_type":
         "card","card_brand":"visa","card_last4":"0005","card_country":"GB"})"},
    {"customer: balance, default payment, discount, name", "customer",
     TableId::kCustomers,
     R"({"id":"cus_1","object":"customer","name":"A & Co","created":5,
         "currency":"usd","account_balance":-300,"default_card":"card_1",
         "discount":{"object":"discount","coupon":{"id":"TEN",
                     "percent_off":10}},"livemode":true})",
     R"({"id":"cus_1","object":"customer","name":null,
         "business_name":"A & Co","created":5,"currency":"usd",
         "balance":-300,"default_source":null,
         "invoice_settings":{"default_payment_method":"card_1"},
         "discount":{"id":"di_1","object":"discount",
                     "source":{"type":"coupon","coupon":{"id":"TEN"}}},
         "livemode":true})",
     R"({"id":"cus_1","name":"A & Co","created":5,"currency":"usd",
         "balance":-300,"default_payment_method":"card_1","coupon":"TEN",
         "livemode":true,"deleted":false})"},
};

TEST(ShapesTest, OldAndNewGiveTheSameRow) {
  for (const Case& c : kCases) {
    ExpectTheSameRow(
        {c.name, c.table, c.object, c.older, c.object, c.newer, c.row});
  }
}

TEST(ShapesTest, NeitherKeyOrderNorIndentationNorUnknownFieldsMatter) {
  for (const Case& c : kCases) {
    SCOPED_TRACE(c.name);
    const Json plain = OnlyRow(c.object, c.table, {c.newer});
    const Json object = Reversed(ParseJson(c.newer));
    EXPECT_EQ(OnlyRow(c.object, c.table, {object.dump()}), plain);
    EXPECT_EQ(OnlyRow(c.object, c.table, {object.dump(2)}), plain);
    EXPECT_EQ(OnlyRow(c.object, c.table, {object.dump(13, '\t')}), plain);
  }
}

TEST(ShapesTest, OldInvoicesHaveTheirStatusInThreeFlags) {
  const struct {
    const char* flags;
    const char* status;
  } cases[] = {
      {R"("paid":true,"closed":true,"forgiven":false)", "paid"},
      {R"("paid":false,"closed":false,"forgiven":false)", "open"},
      {R"("paid":false,"closed":true,"forgiven":false)", "void"},
      {R"("paid":false,"closed":true,"forgiven":true)", "uncollectible"},
      // The flag is no word on a status that is there.
      {R"("paid":false,"status":"draft")", "draft"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.flags);
    const Json row = OnlyRow(
        "invoice", TableId::kInvoices,
        {std::string(R"({"id":"in_1","object":"invoice",)") + c.flags + "}"});
    EXPECT_EQ(row["status"], c.status);
  }
}

// https://docs.stripe.com/changelog/2014-03-28: a list said how many there are
// in `count`, and no has_more.
TEST(ShapesTest, TheLinesOfAnInvoiceAreCountedInEveryShape) {
  const struct {
    const char* lines;
    int count;
    std::size_t is_short;
  } cases[] = {
      {R"({"data":[{"id":"il_1"},{"id":"il_2"}],"has_more":false})", 2, 0},
      {R"({"data":[{"id":"il_1"}],"has_more":true,"total_count":12})", 12, 1},
      {R"({"data":[{"id":"ii_1"},{"id":"su_1"}],"count":2})", 2, 0},
      {R"({"data":[{"id":"ii_1"}],"count":12})", 12, 1},
      {R"({"invoiceitems":[{"id":"ii_1"}],"prorations":[],
           "subscriptions":[{},{}]})",
       3, 0},
      {R"({"invoiceitems":[],"prorations":[],"subscriptions":[]})", 0, 0},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.lines);
    Normalizer normalizer;
    normalizer.Ask(TableId::kInvoiceLines);
    ASSERT_TRUE(normalizer
                    .ReadPage("invoice",
                              PageOf({std::string(R"({"id":"in_1","lines":)") +
                                      c.lines + "}"}))
                    .ok());
    EXPECT_EQ(RowsOf(normalizer, TableId::kInvoices)[0]["lines_count"],
              c.count);
    EXPECT_EQ(normalizer.issues().marked_rows, c.is_short);
    EXPECT_EQ(normalizer.TakeShort().size(), c.is_short);
  }
}

TEST(ShapesTest, AnOldInvoiceWasPaidAsItsFlagSays) {
  const struct {
    const char* members;
    const char* row;
  } cases[] = {
      {R"("amount_due":500,"paid":true)",
       R"({"amount_paid":500,"amount_remaining":0})"},
      {R"("amount_due":500,"paid":false)",
       R"({"amount_paid":0,"amount_remaining":500})"},
      {R"("amount_due":500,"paid":true,"amount_paid":20)",
       R"({"amount_paid":20,"amount_remaining":480})"},
      {R"("amount_due":500)",
       R"({"amount_paid":null,"amount_remaining":null})"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.members);
    const Json row =
        OnlyRow("invoice", TableId::kInvoices,
                {std::string(R"({"id":"in_1",)") + c.members + "}"});
    EXPECT_EQ(Only(row, ParseJson(c.row)), ParseJson(c.row));
  }
}

TEST(ShapesTest, ASubscriptionWithoutAnIdIsKnownByItsCustomer) {
  const Json row =
      OnlyRow("subscription", TableId::kSubscriptions,
              {R"({"object":"subscription","status":"active","customer":"cus_1",
           "start":5,"plan":{"id":"gold","amount":2000,"currency":"usd",
                             "interval":"month","name":"Gold"}})"});
  EXPECT_EQ(row["id"], "cus_1");
  EXPECT_EQ(row["monthly_value"], 2000);
  Normalizer normalizer;
  ASSERT_TRUE(
      normalizer
          .ReadPage(
              "subscription",
              PageOf(
                  {R"({"id":null,"customer":"cus_1","plan":{"id":"gold"}})",
                   R"({"customer":"cus_1"})",
                   R"({"customer":"cus_1","items":{},"plan":{"id":"gold"}})"}))
          .ok());
  EXPECT_EQ(normalizer.issues().refused_rows, 3U);
}

// https://docs.stripe.com/api/prices/object#price_object-transform_quantity
TEST(ShapesTest, APackageIsPaidForWhole) {
  const struct {
    const char* packing;
    int value;
  } cases[] = {
      {R"({"divide_by":10,"round":"up"})", 3000},
      {R"({"divide_by":10,"round":"down"})", 2000},
      {R"({"divide_by":0,"round":"up"})", 25000},
      {"null", 25000},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.packing);
    const Json row =
        OnlyRow("subscription", TableId::kSubscriptions,
                {std::string(R"({"id":"sub_1","items":{"data":[{"quantity":25,
            "price":{"id":"price_1","unit_amount":1000,
                     "recurring":{"interval":"month"},
                     "transform_quantity":)") +
                 c.packing + "}}]}}"});
    EXPECT_EQ(row["monthly_value"], c.value);
    EXPECT_EQ(row["quantity"], 25);
  }
}

TEST(ShapesTest, ADeletedStubKeepsWhatWasKnown) {
  Normalizer normalizer;
  ASSERT_TRUE(
      normalizer
          .ReadPage("customer", PageOf({R"({"id":"cus_1","object":"customer",
                                "name":"A","created":5})",
                                        R"({"id":"cus_1","object":"customer",
                                "deleted":true})",
                                        R"({"id":"cus_2","object":"customer",
                                "deleted":true})"}))
          .ok());
  const Json rows = RowsOf(normalizer, TableId::kCustomers);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0]["name"], "A");
  EXPECT_EQ(rows[0]["deleted"], true);
  EXPECT_EQ(rows[1]["name"], nullptr);
  EXPECT_EQ(rows[1]["deleted"], true);
}

TEST(ShapesTest, ASubscriptionOfSeveralItemsAddsThemUp) {
  const Json row =
      OnlyRow("subscription", TableId::kSubscriptions,
              {R"({"id":"sub_1","object":"subscription","status":"active",
           "currency":"usd","items":{"object":"list","has_more":false,"data":[
        {"id":"si_1","quantity":2,"current_period_start":10,
         "current_period_end":50,"price":{"id":"price_1","unit_amount":1000,
         "recurring":{"interval":"year","interval_count":1}}},
        {"id":"si_2","quantity":1,"current_period_start":20,
         "current_period_end":40,"price":{"id":"price_2","unit_amount":null,
         "unit_amount_decimal":"0.5",
         "recurring":{"interval":"month","interval_count":1}}},
        {"id":"si_3","current_period_start":15,"current_period_end":45,
         "price":{"id":"price_3","unit_amount":9,
         "recurring":{"interval":"month","usage_type":"metered"}}}]}})"});
  const Json expected = ParseJson(
      R"({"items_count":3,"quantity":null,"price":"price_1",
          "interval":"year","current_period_start":20,
          "current_period_end":40,"monthly_value":168})");
  EXPECT_EQ(Only(row, expected), expected);
}

TEST(ShapesTest, AnUnknownPriceGivesNoMonthlyValue) {
  const char* const items[] = {
      R"({"price":"price_1","quantity":1})",
      R"({"price":{"id":"price_1","billing_scheme":"tiered",
          "recurring":{"interval":"month"}},"quantity":1})",
      R"({"price":{"id":"price_1","unit_amount":5,
          "recurring":{"interval":"fortnight"}},"quantity":1})",
      R"({"price":{"id":"price_1","unit_amount":"5",
          "recurring":{"interval":"month"}},"quantity":1})",
  };
  for (const char* item : items) {
    SCOPED_TRACE(item);
    const Json row = OnlyRow("subscription", TableId::kSubscriptions,
                             {std::string(R"({"id":"sub_1","status":"active",
                    "items":{"data":[)") +
                              item + "]}}"});
    EXPECT_EQ(row["monthly_value"], nullptr);
    EXPECT_EQ(row["price"], "price_1");
  }
}

}  // namespace
}  // namespace precision
