// What Stripe's changelog says moved, and rows that are the same before and
// after.

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "unit/normalize/rows.h"

namespace precision {
namespace {

const OldAndNew kCases[] = {
    // https://docs.stripe.com/changelog/2019-02-11
    {"a payment: its status, its list of charges", TableId::kPayments,
     "payment_intent",
     R"({"id":"pi_1","object":"payment_intent","status":"requires_source",
         "charges":{"object":"list","data":[
           {"id":"ch_2","object":"charge","created":2,"status":"failed"},
           {"id":"ch_1","object":"charge","created":1,"status":"failed"}]}})",
     "payment_intent",
     R"({"id":"pi_1","object":"payment_intent",
         "status":"requires_payment_method",
         "latest_charge":{"id":"ch_2","object":"charge","created":2,
                          "status":"failed"}})",
     R"({"id":"pi_1","status":"requires_payment_method","charge":"ch_2",
         "latest_charge":"ch_2"})"},
    {"a payment that the customer has to confirm", TableId::kPayments,
     "payment_intent",
     R"({"id":"pi_1","object":"payment_intent",
         "status":"requires_source_action"})",
     "payment_intent",
     R"({"id":"pi_1","object":"payment_intent","status":"requires_action"})",
     R"({"id":"pi_1","status":"requires_action","latest_charge":null})"},
    // https://docs.stripe.com/changelog/2014-12-17
    {"a charge: how its statement reads", TableId::kCharges, "charge",
     R"({"id":"ch_1","object":"charge","statement_description":"LAMPS"})",
     "charge",
     R"({"id":"ch_1","object":"charge","statement_descriptor":"LAMPS"})",
     R"({"id":"ch_1","statement_descriptor":"LAMPS"})"},
    {"a charge as a payment: how its statement reads", TableId::kPayments,
     "charge",
     R"({"id":"ch_1","object":"charge","statement_description":"LAMPS"})",
     "charge",
     R"({"id":"ch_1","object":"charge","statement_descriptor":"LAMPS"})",
     R"({"id":"ch_1","statement_descriptor":"LAMPS"})"},
    // https://docs.stripe.com/transfer-payout-split, 2017-04-06; and
    // https://docs.stripe.com/changelog/2014-05-19
    {"a payout, when it was a transfer", TableId::kPayouts, "transfer",
     R"({"id":"tr_1","object":"transfer","amount":120,"currency":"usd",
         "date":1400000000,"status":"paid","type":"bank_account",
         "bank_account":{"id":"ba_1","object":"bank_account","last4":"1"},
         "method":"standard","statement_description":"PAYOUT",
         "balance_transaction":"txn_1","created":1399900000})",
     "payout",
     R"({"id":"tr_1","object":"payout","amount":120,"currency":"usd",
         "arrival_date":1400000000,"status":"paid","type":"bank_account",
         "destination":"ba_1","method":"standard",
         "statement_descriptor":"PAYOUT","balance_transaction":"txn_1",
         "created":1399900000})",
     R"({"id":"tr_1","amount":120,"currency":"usd","arrival_date":1400000000,
         "status":"paid","type":"bank_account","destination":"ba_1",
         "method":"standard","statement_descriptor":"PAYOUT",
         "balance_transaction":"txn_1","created":1399900000})"},
    // https://docs.stripe.com/changelog/2019-12-03/standardizes-invoice-line-item-ids
    {"a line of a subscription, whose id it had", TableId::kInvoiceLines,
     "line_item",
     R"({"id":"sub_1","object":"line_item","unique_id":"il_1","amount":5,
         "type":"subscription","subscription":null})",
     "line_item",
     R"({"id":"il_1","object":"line_item","amount":5,"type":"subscription",
         "subscription":"sub_1"})",
     R"({"id":"il_1","amount":5,"type":"subscription","subscription":"sub_1",
         "invoice_item":null})"},
    {"a line of an invoice item, whose id it had", TableId::kInvoiceLines,
     "line_item",
     R"({"id":"ii_1","object":"line_item","unique_id":"il_1","amount":5,
         "type":"invoiceitem","subscription":"sub_2"})",
     "line_item",
     R"({"id":"il_1","object":"line_item","amount":5,"type":"invoiceitem",
         "subscription":"sub_2","invoice_item":"ii_1"})",
     R"({"id":"il_1","amount":5,"type":"invoiceitem","subscription":"sub_2",
         "invoice_item":"ii_1"})"},
    // A plan had no amount_decimal until 2019.
    {"a plan: its amount as a decimal", TableId::kPrices, "plan",
     R"({"id":"gold","object":"plan","amount":1200,"currency":"usd"})", "price",
     R"({"id":"gold","object":"price","unit_amount":1200,"currency":"usd",
         "unit_amount_decimal":"1200"})",
     R"({"id":"gold","unit_amount":1200,"unit_amount_decimal":"1200"})"},
    {"an item of a plan: its amount as a decimal", TableId::kSubscriptionItems,
     "subscription_item",
     R"({"id":"si_1","object":"subscription_item","plan":{"id":"gold",
         "object":"plan","amount":1200}})",
     "subscription_item",
     R"({"id":"si_1","object":"subscription_item","price":{"id":"gold",
         "object":"price","unit_amount":1200,"unit_amount_decimal":"1200"}})",
     R"({"id":"si_1","price":"gold","unit_amount":1200,
         "unit_amount_decimal":"1200"})"},
    {"a line of a plan: its amount as a decimal", TableId::kInvoiceLines,
     "line_item",
     R"({"id":"il_1","object":"line_item","plan":{"id":"gold",
         "object":"plan","amount":1200,"currency":"usd"}})",
     "line_item",
     R"({"id":"il_1","object":"line_item","currency":"usd","pricing":{
         "unit_amount_decimal":"1200","price_details":{"price":"gold"}}})",
     R"({"id":"il_1","price":"gold","currency":"usd",
         "unit_amount_decimal":"1200"})"},
    // https://docs.stripe.com/changelog/2018-07-27/coupons-use-floats-specify-percent-off
    {"a coupon of less than whole percents", TableId::kCoupons, "coupon",
     R"({"id":"THIRD","object":"coupon","percent_off":33,
         "percent_off_precise":33.33})",
     "coupon", R"({"id":"THIRD","object":"coupon","percent_off":33.33})",
     R"({"id":"THIRD","percent_off":"33.33"})"},
    // https://docs.stripe.com/changelog/2013-07-05/customers-include-cards-sublist-default-card-field
    {"a customer's card", TableId::kCustomers, "customer",
     R"({"id":"cus_1","object":"customer","active_card":{"id":"cc_1",
         "object":"card","type":"Visa","last4":"4242"}})",
     "customer",
     R"({"id":"cus_1","object":"customer","default_card":"cc_1","cards":{
         "data":[{"id":"cc_1","object":"card"}]}})",
     R"({"id":"cus_1","default_payment_method":"cc_1"})"},
    // https://docs.stripe.com/changelog/2012-02-23: until then what was null
    // was left out.
    {"a charge without the fields that are null", TableId::kCharges, "charge",
     R"({"id":"ch_1","object":"charge","paid":true,"refunded":false,
         "amount":5})",
     "charge",
     R"({"id":"ch_1","object":"charge","paid":true,"refunded":false,"amount":5,
         "status":"succeeded","customer":null,"invoice":null,
         "failure_message":null,"payment_intent":null,"source":null,
         "payment_method_details":null,"transfer_data":null,"outcome":null,
         "billing_details":null,"application_fee_amount":null})",
     R"({"id":"ch_1","paid":true,"status":"succeeded","customer":null,
         "invoice":null,"card_brand":null})"},
};

TEST(VersionsTest, OldAndNewGiveTheSameRow) {
  for (const OldAndNew& c : kCases) ExpectTheSameRow(c);
}

// https://docs.stripe.com/sources, 2017 to 2019: before payment_method_details.
TEST(VersionsTest, FindsTheMethodOfAChargeWhereverItIs) {
  const std::string card =
      R"({"brand":"American Express","last4":"4242","country":"US"})";
  const struct {
    const char* name;
    std::string charge;
    const char* row;
  } cases[] = {
      {"details",
       R"("payment_method":"pm_1","payment_method_details":{"type":"card",
          "card":{"brand":"amex","last4":"4242","country":"US"}})",
       R"({"payment_method":"pm_1","payment_method_type":"card",
           "card_brand":"amex","card_last4":"4242","card_country":"US"})"},
      {"a terminal",
       R"("payment_method_details":{"type":"card_present","card_present":)" +
           card + "}",
       R"({"payment_method_type":"card_present","card_brand":"amex",
           "card_last4":"4242","card_country":"US"})"},
      {"a Canadian debit card",
       R"("payment_method_details":{"type":"interac_present",
          "interac_present":)" +
           card + "}",
       R"({"payment_method_type":"interac_present","card_brand":"amex",
           "card_last4":"4242","card_country":"US"})"},
      {"a source that is a card",
       R"("source":{"id":"src_1","object":"source","type":"card","card":)" +
           card + "}",
       R"({"payment_method":"src_1","payment_method_type":"card",
           "card_brand":"amex","card_last4":"4242","card_country":"US"})"},
      {"a source with 3D Secure",
       R"("source":{"id":"src_1","object":"source","type":"three_d_secure",
          "three_d_secure":{"card":"src_2","brand":"American Express",
                            "last4":"4242","country":"US"}})",
       R"({"payment_method":"src_1","payment_method_type":"three_d_secure",
           "card_brand":"amex","card_last4":"4242","card_country":"US"})"},
      {"a source that is an account",
       R"("source":{"id":"src_1","object":"source","type":"sepa_debit",
          "sepa_debit":{"last4":"3000","country":"DE","bank_code":"37040044"}})",
       R"({"payment_method":"src_1","payment_method_type":"sepa_debit",
           "card_brand":null,"card_last4":null,"card_country":null})"},
      {"a card", R"("source":{"id":"card_1","object":"card","brand":
          "American Express","last4":"4242","country":"US"})",
       R"({"payment_method":"card_1","payment_method_type":"card",
           "card_brand":"amex","card_last4":"4242","card_country":"US"})"},
      {"a card of before 2015-02-18",
       R"("card":{"id":"card_1","object":"card","type":"American Express",
          "last4":"4242","country":"US"})",
       R"({"payment_method":"card_1","payment_method_type":"card",
           "card_brand":"amex","card_last4":"4242","card_country":"US"})"},
      {"a bank account",
       R"("source":{"id":"ba_1","object":"bank_account","last4":"6789",
          "country":"US","bank_name":"A Bank"})",
       R"({"payment_method":"ba_1","payment_method_type":"ach_debit",
           "card_brand":null,"card_last4":null,"card_country":null})"},
      {"a bank account and its details",
       R"("source":{"id":"ba_1","object":"bank_account","last4":"6789",
          "country":"US"},"payment_method_details":{"type":"ach_debit",
          "ach_debit":{"last4":"6789","country":"US"}})",
       R"({"payment_method":"ba_1","payment_method_type":"ach_debit",
           "card_brand":null,"card_last4":null,"card_country":null})"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    const Json expected = ParseJson(c.row);
    ASSERT_TRUE(expected.is_object());
    const std::string charge =
        R"({"id":"ch_1","object":"charge",)" + c.charge + "}";
    for (const TableId table : {TableId::kPayments, TableId::kCharges}) {
      Normalizer normalizer;
      normalizer.Ask(table);
      ASSERT_TRUE(normalizer.ReadPage("charge", PageOf({charge})).ok());
      EXPECT_EQ(Only(RowsOf(normalizer, table)[0], expected), expected)
          << ToString(table);
      EXPECT_TRUE(normalizer.issues().counts.empty());
    }
  }
}

TEST(VersionsTest, FindsTheCardInAnExpandedPaymentMethod) {
  const Json row = OnlyRow("payment_intent", TableId::kPayments,
                           {R"({"id":"pi_1","object":"payment_intent",
                                "payment_method":{"id":"pm_1","type":"card",
                                  "card":{"brand":"visa","last4":"4242",
                                          "country":"US"}}})"});
  const Json expected = ParseJson(
      R"({"payment_method":"pm_1","payment_method_type":"card",
          "card_brand":"visa","card_last4":"4242","card_country":"US"})");
  EXPECT_EQ(Only(row, expected), expected);
}

// https://docs.stripe.com/changelog, 2019-02-11: `source` came before
// `payment_method`.
TEST(VersionsTest, FindsTheSourceOfAPaymentIntent) {
  const struct {
    const char* intent;
    const char* row;
  } cases[] = {
      {R"("source":"src_1","payment_method":null)",
       R"({"payment_method":"src_1","payment_method_type":null})"},
      {R"("source":{"id":"card_1","object":"card","last4":"4242"})",
       R"({"payment_method":"card_1","payment_method_type":null})"},
      {R"("source":"src_1","payment_method":"pm_1")",
       R"({"payment_method":"pm_1","payment_method_type":null})"},
      {R"("source":null,"payment_method":null)",
       R"({"payment_method":null,"payment_method_type":null})"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.intent);
    const Json row = OnlyRow("payment_intent", TableId::kPayments,
                             {R"({"id":"pi_1","object":"payment_intent",)" +
                              std::string(c.intent) + "}"});
    const Json expected = ParseJson(c.row);
    EXPECT_EQ(Only(row, expected), expected);
  }
}

TEST(VersionsTest, AnActiveCardNeedHaveNoId) {
  Normalizer normalizer;
  ASSERT_TRUE(
      normalizer
          .ReadPage("customer", PageOf({R"({"id":"cus_1","object":"customer",
                                "active_card":{"object":"card","type":"Visa"}})"}))
          .ok());
  EXPECT_EQ(
      RowsOf(normalizer, TableId::kCustomers)[0]["default_payment_method"],
      nullptr);
  EXPECT_TRUE(normalizer.issues().counts.empty());
}

// Between two accounts of Stripe's no payout is made.
TEST(VersionsTest, RefusesATransferThatIsNoPayout) {
  for (const char* transfer :
       {R"({"id":"tr_1","object":"transfer","destination":"acct_1"})",
        R"({"id":"tr_1","object":"transfer","status":"paid",
            "type":"stripe_account","destination":"acct_1"})"}) {
    SCOPED_TRACE(transfer);
    Normalizer normalizer;
    const auto read = normalizer.ReadAny("payouts", transfer);
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(read.value().rows_refused, 1U);
    EXPECT_EQ(
        CountOf(normalizer, TableId::kPayouts, ErrorCode::kObjectUnknown, ""),
        1U);
  }
}

// An old dispute had no id, and stood in its charge.
TEST(VersionsTest, KnowsAnOldDisputeByItsCharge) {
  const std::pair<const char*, const char*> cases[] = {
      {"charge", R"({"id":"ch_1","object":"charge","dispute":{
           "object":"dispute","charge":"ch_1","amount":5,"status":"lost"}})"},
      {"charge", R"({"id":"ch_1","object":"charge","dispute":{
           "object":"dispute","amount":5,"status":"lost"}})"},
      {"dispute",
       R"({"object":"dispute","charge":"ch_1","amount":5,"status":"lost"})"},
  };
  for (const auto& [type, json] : cases) {
    SCOPED_TRACE(json);
    Normalizer normalizer;
    normalizer.Ask(TableId::kDisputes);
    ASSERT_TRUE(normalizer.ReadPage(type, PageOf({json})).ok());
    const Json rows = RowsOf(normalizer, TableId::kDisputes);
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0]["id"], "ch_1");
    EXPECT_EQ(rows[0]["charge"], "ch_1");
    EXPECT_EQ(rows[0]["amount"], 5);
    const Json payments = RowsOf(normalizer, TableId::kPayments);
    if (!payments.empty()) EXPECT_EQ(payments[0]["disputed"], true);
    Normalizer any;
    ASSERT_TRUE(any.ReadAny("disputes", json).ok());
    EXPECT_EQ(any.table(TableId::kDisputes).row_count(), 1U);
  }
}

// --- Subscriptions that customers hold ---------------------------------------

constexpr const char* kHolder =
    R"({"id":"cus_1","object":"customer","subscriptions":{"object":"list",
        "data":[{"id":"sub_1","object":"subscription","status":"trialing",
                 "customer":"cus_1"}],"has_more":false}})";
constexpr const char* kHeld =
    R"({"id":"sub_1","object":"subscription","status":"active",
        "customer":"cus_1"})";

// https://docs.stripe.com/changelog/2014-01-31/customers-support-multiple-subscriptions
TEST(VersionsTest, SubscriptionsComeOutOfCustomers) {
  const std::pair<const char*, const char*> cases[] = {
      {kHolder, R"({"id":"sub_1","status":"trialing","customer":"cus_1"})"},
      {R"({"id":"cus_1","object":"customer","subscription":{"status":"active",
           "object":"subscription","customer":"cus_1","start":5,"quantity":2,
           "plan":{"id":"gold","amount":100,"currency":"usd",
                   "interval":"month"}}})",
       R"({"id":"cus_1","status":"active","monthly_value":200})"},
  };
  for (const auto& [json, row] : cases) {
    SCOPED_TRACE(json);
    for (const char* object : {"subscriptions", ""}) {
      Normalizer normalizer;
      ASSERT_TRUE(normalizer.ReadAny(object, json).ok());
      const Json rows = RowsOf(normalizer, TableId::kSubscriptions);
      ASSERT_EQ(rows.size(), 1U);
      EXPECT_EQ(Only(rows[0], ParseJson(row)), ParseJson(row));
      EXPECT_TRUE(normalizer.issues().counts.empty());
    }
    // In a pull they come by their own list.
    Normalizer pull;
    ASSERT_TRUE(pull.ReadPage("customer", PageOf({json})).ok());
    EXPECT_EQ(pull.table(TableId::kSubscriptions).row_count(), 0U);
    Normalizer customers;
    ASSERT_TRUE(customers.ReadAny("customers", json).ok());
    EXPECT_EQ(customers.table(TableId::kSubscriptions).row_count(), 0U);
  }
}

TEST(VersionsTest, WhatACustomerHoldsGivesWayToTheSubscriptionItself) {
  const std::string holder = kHolder;
  const std::string held = kHeld;
  for (const std::string& text :
       {holder + held, held + holder, holder + held + holder}) {
    SCOPED_TRACE(text);
    Normalizer normalizer;
    ASSERT_TRUE(normalizer.ReadAny("subscriptions", text).ok());
    const Json rows = RowsOf(normalizer, TableId::kSubscriptions);
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0]["status"], "active");
  }
  // Of two customers, the later counts.
  std::string later = holder;
  later.replace(later.find("trialing"), 8, "past_due");
  Normalizer normalizer;
  ASSERT_TRUE(normalizer.ReadAny("subscriptions", holder + later).ok());
  EXPECT_EQ(RowsOf(normalizer, TableId::kSubscriptions)[0]["status"],
            "past_due");
}

TEST(VersionsTest, SaysWhenACustomerHoldsOnlyTheFirstOfItsSubscriptions) {
  Normalizer normalizer;
  ASSERT_TRUE(normalizer
                  .ReadAny("subscriptions",
                           R"({"id":"cus_1","object":"customer",
                               "subscriptions":{"has_more":true,"data":[
                                 {"id":"sub_1","status":"active"},7]}})")
                  .ok());
  EXPECT_EQ(normalizer.table(TableId::kSubscriptions).row_count(), 1U);
  EXPECT_EQ(
      CountOf(normalizer, TableId::kCustomers, ErrorCode::kRowShort, "id"), 1U);
  EXPECT_EQ(CountOf(normalizer, TableId::kSubscriptions,
                    ErrorCode::kObjectUnknown, ""),
            1U);
}

}  // namespace
}  // namespace precision
