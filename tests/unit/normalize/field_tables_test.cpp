// The tables that are data.  Old and new shapes of one fact make the same row;
// and a second reader, which follows the schema's paths over nlohmann
// documents, agrees on generated objects of every table.

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "unit/normalize/rows.h"

namespace precision {
namespace {

const OldAndNew kCases[] = {
    {"an invoice line: plan and flags, or parent and pricing",
     TableId::kInvoiceLines, "line_item",
     R"({"id":"il_1","object":"line_item","invoice":"in_1","amount":1200,
         "currency":"usd","description":"3 x Gold","quantity":3,
         "type":"subscription","proration":true,"subscription":"sub_1",
         "subscription_item":"si_1","discountable":true,"livemode":true,
         "plan":{"id":"gold","product":"prod_1","amount_decimal":"400.50"},
         "tax_amounts":[{"amount":100},{"amount":28}],
         "discount_amounts":[{"amount":50}],
         "period":{"start":1600000000,"end":1602592000}})",
     "line_item",
     R"({"id":"il_1","object":"line_item","invoice":"in_1","amount":1200,
         "currency":"usd","description":"3 x Gold","quantity":3,
         "discountable":true,"livemode":true,
         "parent":{"type":"subscription_item_details",
                   "invoice_item_details":null,
                   "subscription_item_details":{"proration":true,
                     "subscription":"sub_1","subscription_item":"si_1"}},
         "pricing":{"type":"price_details","unit_amount_decimal":"400.5",
                    "price_details":{"price":"gold","product":"prod_1"}},
         "taxes":[{"amount":128}],"discount_amounts":[{"amount":50}],
         "period":{"start":1600000000,"end":1602592000}})",
     R"({"id":"il_1","invoice":"in_1","type":"subscription","amount":1200,
         "currency":"usd","quantity":3,"price":"gold","product":"prod_1",
         "unit_amount_decimal":"400.5","tax":128,"discount":50,
         "period_start":1600000000,"period_end":1602592000,"proration":true,
         "subscription":"sub_1","subscription_item":"si_1",
         "discountable":true,"livemode":true})"},
    {"a plan, or the price that took its place", TableId::kPrices, "plan",
     R"({"id":"gold","object":"plan","name":"Gold","active":true,"amount":1200,
         "currency":"usd","interval":"month","interval_count":1,
         "usage_type":"licensed","billing_scheme":"per_unit",
         "product":"prod_1","trial_period_days":7,"created":1500000000})",
     "price",
     R"({"id":"gold","object":"price","nickname":"Gold","active":true,
         "unit_amount":1200,"currency":"usd","type":"recurring",
         "recurring":{"interval":"month","interval_count":1,
                      "usage_type":"licensed","trial_period_days":7},
         "billing_scheme":"per_unit","created":1500000000,
         "product":{"id":"prod_1","object":"product","deleted":true}})",
     R"({"id":"gold","nickname":"Gold","active":true,"unit_amount":1200,
         "currency":"usd","interval":"month","interval_count":1,
         "usage_type":"licensed","billing_scheme":"per_unit",
         "product":"prod_1","trial_period_days":7,"created":1500000000})"},
    {"an item: its plan, or its price", TableId::kSubscriptionItems,
     "subscription_item",
     R"({"id":"si_1","object":"subscription_item","subscription":"sub_1",
         "quantity":2,"created":1500000000,
         "plan":{"id":"gold","amount":500,"currency":"jpy","interval":"year",
                 "interval_count":1,"product":{"id":"prod_1"}}})",
     "subscription_item",
     R"({"id":"si_1","object":"subscription_item","subscription":"sub_1",
         "quantity":2,"created":1500000000,
         "price":{"id":"gold","unit_amount":500,"currency":"jpy",
                  "recurring":{"interval":"year","interval_count":1},
                  "product":"prod_1"}})",
     R"({"id":"si_1","subscription":"sub_1","price":"gold","quantity":2,
         "unit_amount":500,"currency":"jpy","interval":"year",
         "interval_count":1,"product":"prod_1","created":1500000000})"},
    {"a coupon: whole percents, or a decimal", TableId::kCoupons, "coupon",
     R"({"id":"TEN","object":"coupon","percent_off":25,"duration":"once"})",
     "coupon",
     R"({"id":"TEN","object":"coupon","percent_off":25.0,"duration":"once"})",
     R"({"id":"TEN","percent_off":"25","amount_off":null,"duration":"once"})"},
    {"a discount: its coupon, or its source's", TableId::kDiscounts, "discount",
     R"({"id":"di_1","object":"discount","customer":"cus_1","start":1500000000,
         "coupon":{"id":"TEN","object":"coupon","percent_off":10}})",
     "discount",
     R"({"id":"di_1","object":"discount","customer":{"id":"cus_1"},
         "start":1500000000,"source":{"type":"coupon","coupon":"TEN"}})",
     R"({"id":"di_1","coupon":"TEN","customer":"cus_1","start":1500000000})"},
    {"a credit note: one refund, or several", TableId::kCreditNotes,
     "credit_note",
     R"({"id":"cn_1","object":"credit_note","invoice":"in_1","amount":1190,
         "currency":"eur","subtotal":1000,"total":1190,"discount_amount":0,
         "tax_amounts":[{"amount":100},{"amount":90}],"refund":"re_1"})",
     "credit_note",
     R"({"id":"cn_1","object":"credit_note","invoice":{"id":"in_1"},
         "amount":1190,"currency":"eur","subtotal":1000,"total":1190,
         "discount_amount":0,"total_taxes":[{"amount":190}],
         "refunds":[{"amount_refunded":1190,"refund":"re_1"},
                    {"amount_refunded":0,"refund":{"id":"re_2"}}]})",
     R"({"id":"cn_1","invoice":"in_1","amount":1190,"currency":"eur",
         "subtotal":1000,"total":1190,"discount":0,"tax":190,
         "refund":"re_1"})"},
    {"a charge: its card, or its payment method's details", TableId::kCharges,
     "charge",
     R"({"id":"ch_1","object":"charge","amount":500,"currency":"usd",
         "paid":true,"card":{"id":"card_1","object":"card","type":"Visa",
         "last4":"4242","country":"US"},"receipt_email":"a@example.com"})",
     "charge",
     R"({"id":"ch_1","object":"charge","amount":500,"currency":"usd",
         "status":"succeeded","payment_method":"card_1",
         "payment_method_details":{"type":"card","card":{"brand":"visa",
           "last4":"4242","country":"US"}},
         "billing_details":{"email":"a@example.com"}})",
     R"({"id":"ch_1","amount":500,"status":"succeeded","card_brand":"visa",
         "card_last4":"4242","card_country":"US","payment_method":"card_1",
         "payment_method_type":"card","email":"a@example.com"})"},
    {"a dispute: where the evidence is due", TableId::kDisputes, "dispute",
     R"({"id":"dp_1","object":"dispute","charge":"ch_1","amount":5,
         "currency":"usd","status":"won","evidence_due_by":1500000000})",
     "dispute",
     R"({"id":"dp_1","object":"dispute","charge":{"id":"ch_1"},"amount":5,
         "currency":"usd","status":"won",
         "evidence_details":{"due_by":1500000000}})",
     R"({"id":"dp_1","charge":"ch_1","status":"won",
         "evidence_due_by":1500000000})"},
    {"a charge: the dispute itself, or whether there was one",
     TableId::kCharges, "charge",
     R"({"id":"ch_1","object":"charge","amount":500,"currency":"usd",
         "dispute":{"id":"dp_1","object":"dispute","amount":500},
         "destination":"acct_1"})",
     "charge",
     R"({"id":"ch_1","object":"charge","amount":500,"currency":"usd",
         "disputed":true,"transfer_data":{"destination":{"id":"acct_1"}}})",
     R"({"id":"ch_1","amount":500,"currency":"usd","disputed":true,
         "transfer_destination":"acct_1"})"},
    {"a charge: no dispute, or none", TableId::kCharges, "charge",
     R"({"id":"ch_1","object":"charge","dispute":null})", "charge",
     R"({"id":"ch_1","object":"charge","disputed":false})",
     R"({"id":"ch_1","disputed":false})"},
    {"a refund: of a charge, or of a payment intent too", TableId::kRefunds,
     "refund",
     R"({"id":"re_1","object":"refund","charge":{"id":"ch_1","object":"charge",
         "amount":900},"amount":400,"currency":"eur","created":1500000000,
         "status":"succeeded","reason":null,"customer":"cus_1",
         "balance_transaction":{"id":"txn_1","net":-400},
         "receipt_number":null})",
     "refund",
     R"({"id":"re_1","object":"refund","charge":"ch_1","amount":400,
         "currency":"eur","created":1500000000,"status":"succeeded",
         "customer":null,"customer_account":"cus_1",
         "destination_details":{"type":"card","card":{"type":"refund"}},
         "balance_transaction":"txn_1"})",
     R"({"id":"re_1","charge":"ch_1","customer":"cus_1","status":"succeeded",
         "amount":400,"currency":"eur","reason":null,"receipt_number":null,
         "balance_transaction":"txn_1","created":1500000000})"},
    {"a product: its price and tax code as ids, or expanded",
     TableId::kProducts, "product",
     R"({"id":"prod_1","object":"product","name":"Lamp","active":true,
         "type":"good","attributes":["size"],"caption":null,"deactivate_on":[],
         "shippable":true,"url":"https://example.com/lamp","tax_code":"txcd_1",
         "default_price":"price_1","created":1500000000,
         "updated":1500000001,"livemode":true,
         "skus":{"object":"list","data":[{"id":"sku_1"}],"has_more":false}})",
     "product",
     R"({"id":"prod_1","object":"product","name":"Lamp","active":true,
         "type":"good","shippable":true,"url":"https://example.com/lamp",
         "marketing_features":[{"name":"bright"}],
         "tax_code":{"id":"txcd_1","object":"tax_code","name":"Lamps"},
         "default_price":{"id":"price_1","object":"price","unit_amount":5},
         "created":1500000000,"updated":1500000001,"livemode":true})",
     R"({"id":"prod_1","name":"Lamp","active":true,"type":"good",
         "shippable":true,"url":"https://example.com/lamp","tax_code":"txcd_1",
         "default_price":"price_1","created":1500000000,"updated":1500000001,
         "livemode":true,"deleted":false})"},
    {"a balance transaction: its source as an id, or expanded",
     TableId::kBalanceTransactions, "balance_transaction",
     R"({"id":"txn_1","object":"balance_transaction","type":"charge",
         "amount":1000,"fee":59,"net":941,"currency":"eur",
         "exchange_rate":0.85,"source":"ch_1","description":"Order 7",
         "status":"available","available_on":1500100000,
         "created":1500000000,"fee_details":[{"amount":59}],
         "sourced_transfers":{"object":"list","data":[]}})",
     "balance_transaction",
     R"({"id":"txn_1","object":"balance_transaction","type":"charge",
         "reporting_category":"charge","amount":1000,"fee":59,"net":941,
         "currency":"eur","exchange_rate":0.850,"balance_type":"payments",
         "source":{"id":"ch_1","object":"charge","amount":1176},
         "description":"Order 7","status":"available",
         "available_on":1500100000,"created":1500000000})",
     R"({"id":"txn_1","type":"charge","amount":1000,"fee":59,"net":941,
         "currency":"eur","exchange_rate":"0.85","source":"ch_1",
         "description":"Order 7","status":"available",
         "available_on":1500100000,"created":1500000000})"},
    {"a payout: its date, and where it goes", TableId::kPayouts, "payout",
     R"({"id":"po_1","object":"payout","amount":-120,"currency":"chf",
         "date":1500000000,"status":"paid","type":"bank_account",
         "method":"standard","automatic":true,"created":1499900000,
         "balance_transaction":{"id":"txn_1"},
         "destination":{"id":"ba_1","object":"bank_account","last4":"1"},
         "livemode":true})",
     "payout",
     R"({"id":"po_1","object":"payout","amount":-120,"currency":"chf",
         "arrival_date":1500000000,"status":"paid","type":"bank_account",
         "method":"standard","automatic":true,"created":1499900000,
         "balance_transaction":"txn_1","destination":"ba_1",
         "payout_method":null,"reconciliation_status":"completed",
         "trace_id":{"status":"supported","value":"T1"},"livemode":true})",
     R"({"id":"po_1","amount":-120,"currency":"chf","arrival_date":1500000000,
         "status":"paid","type":"bank_account","method":"standard",
         "automatic":true,"balance_transaction":"txn_1","destination":"ba_1",
         "created":1499900000,"livemode":true})"},
};

TEST(FieldTablesTest, OldAndNewGiveTheSameRow) {
  for (const OldAndNew& c : kCases) ExpectTheSameRow(c);
}

TEST(FieldTablesTest, NeitherKeyOrderNorIndentationNorUnknownFieldsMatter) {
  for (const OldAndNew& c : kCases) {
    SCOPED_TRACE(c.name);
    for (const auto& [type, text] :
         {std::pair{c.older_type, c.older}, {c.newer_type, c.newer}}) {
      const Json plain = OnlyRow(type, c.table, {text});
      const Json object = Reversed(ParseJson(text));
      EXPECT_EQ(OnlyRow(type, c.table, {object.dump()}), plain);
      EXPECT_EQ(OnlyRow(type, c.table, {object.dump(2)}), plain);
      EXPECT_EQ(OnlyRow(type, c.table, {object.dump(13, '\t')}), plain);
    }
  }
}

TEST(FieldTablesTest, TakesTheRowsThatOtherObjectsHold) {
  Normalizer normalizer;
  normalizer.Ask(TableId::kInvoiceLines);
  normalizer.Ask(TableId::kSubscriptionItems);
  normalizer.Ask(TableId::kRefunds);
  const auto read = [&](const char* object, const char* json) {
    ASSERT_TRUE(normalizer.ReadPage(object, PageOf({json})).ok());
  };
  read("invoice", R"({"id":"in_1","object":"invoice","lines":{"data":[
      {"id":"il_1","amount":5},{"id":"il_2","amount":6,"invoice":"in_9"}]}})");
  read("subscription", R"({"id":"sub_1","object":"subscription","items":{
      "data":[{"id":"si_1","quantity":4}]}})");
  read("charge", R"({"id":"ch_1","object":"charge","refunds":{"data":[
      {"id":"re_1","object":"refund","amount":7}]}})");

  const Json lines = RowsOf(normalizer, TableId::kInvoiceLines);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0]["invoice"], "in_1");
  EXPECT_EQ(lines[1]["invoice"], "in_9");
  const Json items = RowsOf(normalizer, TableId::kSubscriptionItems);
  ASSERT_EQ(items.size(), 1U);
  EXPECT_EQ(items[0]["subscription"], "sub_1");
  const Json refunds = RowsOf(normalizer, TableId::kRefunds);
  ASSERT_EQ(refunds.size(), 1U);
  EXPECT_EQ(refunds[0]["charge"], "ch_1");
}

TEST(FieldTablesTest, ReadsOnlyTheTablesAskedFor) {
  Normalizer normalizer;
  ASSERT_TRUE(normalizer
                  .ReadPage("invoice", PageOf({R"({"id":"in_1",
                      "lines":{"data":[{"id":"il_1"}]}})"}))
                  .ok());
  EXPECT_EQ(normalizer.table(TableId::kInvoiceLines).row_count(), 0U);
  const auto refused =
      normalizer.ReadPage("refund", PageOf({R"({"id":"re_1"})"}));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, ErrorCode::kObjectUnknown);
}

// The rows of an invoice's lines, in their order.
Json LinesOf(const char* invoice) {
  Normalizer normalizer;
  normalizer.Ask(TableId::kInvoiceLines);
  // Read again, they are the same rows.
  for (int i = 0; i < 2; ++i) {
    EXPECT_TRUE(normalizer.ReadPage("invoice", PageOf({invoice})).ok());
  }
  EXPECT_EQ(normalizer.issues().marked_rows, 0U);
  return RowsOf(normalizer, TableId::kInvoiceLines);
}

// https://docs.stripe.com/changelog: before 2019-12-03 the line of a
// subscription had the subscription's id, on every invoice.
TEST(FieldTablesTest, KeepsOldLinesThatShareAnId) {
  Normalizer normalizer;
  normalizer.Ask(TableId::kInvoiceLines);
  for (const char* invoice : {"in_1", "in_2", "in_1"}) {
    const std::string body =
        PageOf({std::string(R"({"object":"invoice","id":")") + invoice +
                R"(","lines":{"data":[{"id":"sub_1","amount":5}]}})"});
    ASSERT_TRUE(normalizer.ReadPage("invoice", body).ok());
  }
  const Json rows = RowsOf(normalizer, TableId::kInvoiceLines);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0]["id"], "in_1/sub_1");
  EXPECT_EQ(rows[1]["id"], "in_2/sub_1");
  EXPECT_EQ(rows[1]["subscription"], "sub_1");
}

// https://docs.stripe.com/changelog/2012-10-26: until then an invoice's lines
// were in lists of three kinds, and those of a subscription had no id.
TEST(FieldTablesTest, TakesTheLinesOfThreeListsAsOfOne) {
  const Json older = LinesOf(R"({"object":"invoice","id":"in_1","lines":{
      "subscriptions":[{"amount":1000,"quantity":2,
        "plan":{"id":"gold","object":"plan","amount":500,"currency":"usd",
                "interval":"month","name":"Gold"},
        "period":{"start":1340000000,"end":1342592000}}],
      "prorations":[{"id":"ii_1","object":"invoiceitem","amount":-300,
        "currency":"usd","date":1340000100,"description":"Unused time",
        "customer":"cus_1","invoice":"in_1","livemode":true}],
      "invoiceitems":[{"id":"ii_2","object":"invoiceitem","amount":50,
        "currency":"usd","date":1340000200,"description":"Setup",
        "customer":"cus_1","invoice":null,"livemode":true}]}})");
  const Json newer = LinesOf(R"({"object":"invoice","id":"in_1","lines":{
      "object":"list","count":3,"data":[
       {"id":"su_1","object":"line_item","type":"subscription","amount":1000,
        "currency":"usd","quantity":2,"livemode":true,"proration":false,
        "plan":{"id":"gold","object":"plan","amount":500,"currency":"usd",
                "interval":"month","name":"Gold"},
        "period":{"start":1340000000,"end":1342592000}},
       {"id":"ii_1","object":"line_item","type":"invoiceitem","amount":-300,
        "currency":"usd","proration":true,"description":"Unused time",
        "livemode":true,"period":{"start":1340000100,"end":1340000100}},
       {"id":"ii_2","object":"line_item","type":"invoiceitem","amount":50,
        "currency":"usd","description":"Setup","livemode":true,
        "period":{"start":1340000200,"end":1340000200}}]}})");
  ASSERT_EQ(older.size(), 3U);
  ASSERT_EQ(newer.size(), 3U);
  EXPECT_EQ(older[1], newer[1]);
  EXPECT_EQ(older[2], newer[2]);
  EXPECT_EQ(older[1]["type"], "invoiceitem");
  EXPECT_EQ(older[1]["proration"], true);
  // What nothing in the old one says.
  Json as_newer = older[0];
  EXPECT_EQ(older[0]["id"], "in_1/1");
  EXPECT_EQ(newer[0]["id"], "in_1/su_1");
  as_newer["id"] = "in_1/su_1";
  as_newer["subscription"] = "su_1";
  as_newer["livemode"] = true;
  as_newer["proration"] = false;
  EXPECT_EQ(as_newer, newer[0]);
}

TEST(FieldTablesTest, KeepsEveryLineOfTheThreeListsThatHasNoId) {
  const Json lines = LinesOf(R"({"object":"invoice","id":"in_\"1","lines":{
      "subscriptions":[{"amount":1,"plan":{"id":"gold"}},
                       {"amount":2,"plan":{"id":"gold"}}, 7],
      "prorations":[], "invoiceitems":[{"amount":3}]}})");
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[0]["id"], "in_\"1/1");
  EXPECT_EQ(lines[1]["id"], "in_\"1/2");
  EXPECT_EQ(lines[2]["id"], "in_\"1/4");
  EXPECT_EQ(lines[2]["type"], "invoiceitem");
}

TEST(FieldTablesTest, RefusesWhatIsNoLineOfTheThreeLists) {
  Normalizer normalizer;
  normalizer.Ask(TableId::kInvoiceLines);
  ASSERT_TRUE(normalizer
                  .ReadPage("invoice", PageOf({R"({"id":"in_1","lines":{
                      "subscriptions":[{}, { }, {"amount":1}],
                      "prorations":[null], "invoiceitems":[]}})",
                                               R"({"id":"in_2"})"}))
                  .ok());
  EXPECT_EQ(normalizer.table(TableId::kInvoices).row_count(), 2U);
  EXPECT_EQ(RowsOf(normalizer, TableId::kInvoices)[0]["lines_count"], 4);
  const Json lines = RowsOf(normalizer, TableId::kInvoiceLines);
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0]["id"], "in_1/3");
  EXPECT_EQ(
      CountOf(normalizer, TableId::kInvoiceLines, ErrorCode::kRowWithoutId, ""),
      2U);
  EXPECT_EQ(CountOf(normalizer, TableId::kInvoiceLines,
                    ErrorCode::kObjectUnknown, ""),
            1U);
  EXPECT_EQ(normalizer.issues().counts.size(), 2U);
}

// https://docs.stripe.com/changelog/2014-06-17: until then a charge's refunds
// were an array, and at first had no ids.
TEST(FieldTablesTest, TakesRefundsFromAnArray) {
  Normalizer normalizer;
  const char* const charge = R"({"id":"ch_1","object":"charge","refunds":[
      {"object":"refund","amount":40,"balance_transaction":"txn_1"},
      {"object":"refund","amount":60,"balance_transaction":{"id":"txn_2"}},
      {"id":"re_3","object":"refund","amount":1}]})";
  ASSERT_TRUE(normalizer.ReadAny("refunds", charge).ok());
  ASSERT_TRUE(normalizer.ReadAny("refunds", charge).ok());
  const Json rows = RowsOf(normalizer, TableId::kRefunds);
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0]["id"], "ch_1/1");
  EXPECT_EQ(rows[1]["id"], "ch_1/2");
  EXPECT_EQ(rows[2]["id"], "re_3");
  EXPECT_EQ(rows[0]["charge"], "ch_1");
  EXPECT_EQ(rows[1]["amount"], 60);
}

TEST(FieldTablesTest, NamesTheMethodOfASource) {
  const Json row = OnlyRow("charge", TableId::kCharges,
                           {R"({"id":"ch_1","source":{"id":"src_1",
                                "object":"source","type":"sepa_debit"}})"});
  EXPECT_EQ(row["payment_method_type"], "sepa_debit");
}

TEST(FieldTablesTest, KnowsAnOldDiscountByWhatItIsOn) {
  const Json row = OnlyRow("discount", TableId::kDiscounts,
                           {R"({"object":"discount","customer":"cus_1",
                                "coupon":{"id":"TEN"},"subscription":null})"});
  EXPECT_EQ(row["id"], "cus_1/TEN");
}

TEST(FieldTablesTest, MarksWhatItCannotRead) {
  const struct {
    TableId table;
    const char* type;
    const char* json;
    const char* column;
    ErrorCode code;
  } cases[] = {
      {TableId::kRefunds, "refund", R"({"id":"re_1","amount":"5"})", "amount",
       ErrorCode::kFieldUnreadable},
      {TableId::kRefunds, "refund", R"({"id":"re_1","amount":1e30})", "amount",
       ErrorCode::kAmountOutOfRange},
      {TableId::kRefunds, "refund",
       R"({"id":"re_1","amount":9007199254740993})", "amount",
       ErrorCode::kAmountOutOfRange},
      {TableId::kRefunds, "refund", R"({"id":"re_1","status":"lost"})",
       "status", ErrorCode::kFieldUnreadable},
      {TableId::kRefunds, "refund", R"({"id":"re_1","charge":5})", "charge",
       ErrorCode::kFieldUnreadable},
      {TableId::kCoupons, "coupon", R"({"id":"A","percent_off":1e99})",
       "percent_off", ErrorCode::kFieldUnreadable},
      {TableId::kCoupons, "coupon", R"({"id":"A","percent_off":"ten"})",
       "percent_off", ErrorCode::kFieldUnreadable},
      {TableId::kPrices, "price", R"({"id":"A","recurring":"monthly"})",
       "interval", ErrorCode::kFieldUnreadable},
      {TableId::kCreditNotes, "credit_note",
       R"({"id":"A","total_taxes":[{"amount":1},{"amount":"x"}]})", "tax",
       ErrorCode::kFieldUnreadable},
      {TableId::kPayouts, "payout", R"({"id":"A","created":-5})", "created",
       ErrorCode::kFieldUnreadable},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.json);
    Normalizer normalizer;
    normalizer.Ask(c.table);
    ASSERT_TRUE(normalizer.ReadPage(c.type, PageOf({c.json})).ok());
    EXPECT_EQ(normalizer.table(c.table).row_count(), 1U);
    EXPECT_EQ(CountOf(normalizer, c.table, c.code, c.column), 1U);
  }
}

TEST(FieldTablesTest, RefusesARowWithoutIdentity) {
  Normalizer normalizer;
  normalizer.Ask(TableId::kRefunds);
  const auto read = normalizer.ReadPage(
      "refund", PageOf({R"({"object":"refund","amount":5})", "7", "null",
                        R"({"id":"ch_1","object":"charge"})",
                        R"({"id":"re_1","object":"refund","amount":5})"}));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read.value().page.count, 5U);
  EXPECT_EQ(read.value().rows_new, 1U);
  EXPECT_EQ(read.value().rows_refused, 4U);
}

TEST(FieldTablesTest, KeepsWhatWasKnownOfADeletedObject) {
  Normalizer normalizer;
  normalizer.Ask(TableId::kProducts);
  for (const char* json :
       {R"({"id":"prod_1","object":"product","name":"Lamp","active":true})",
        R"({"id":"prod_1","object":"product","deleted":true})"}) {
    ASSERT_TRUE(normalizer.ReadPage("product", PageOf({json})).ok());
  }
  const Json rows = RowsOf(normalizer, TableId::kProducts);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0]["name"], "Lamp");
  EXPECT_EQ(rows[0]["deleted"], true);
  // A deleted discount says what it was.
  const Json discount = OnlyRow("discount", TableId::kDiscounts,
                                {R"({"object":"discount","deleted":true,
                                     "customer":"cus_1","coupon":"TEN"})"});
  EXPECT_EQ(discount["coupon"], "TEN");
  EXPECT_EQ(discount["deleted"], true);
}

TEST(FieldTablesTest, PassesOverItemsThatAreNoObjects) {
  const Json row = OnlyRow("credit_note", TableId::kCreditNotes,
                           {R"({"id":"cn_1","total_taxes":[],
                                "refunds":[null,{"refund":"re_2"}]})"});
  EXPECT_EQ(row["tax"], 0);
  EXPECT_EQ(row["refund"], nullptr);
}

// --- The second reader ------------------------------------------------------

std::vector<std::string> Split(std::string_view text, char mark) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == mark) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

struct Way {
  std::vector<std::string> names;
  std::vector<std::string> where;  // counts only where the text there
  std::string begins;              // begins so
  bool is_sum = false;
  bool is_reference = false;
  bool is_presence = false;
};

std::vector<Way> WaysOf(const ColumnSchema& column) {
  std::vector<Way> ways;
  const std::string from(column.from.empty() ? column.name : column.from);
  for (std::string path : Split(from, '|')) {
    Way& way = ways.emplace_back();
    if (const std::size_t mark = path.find('^'); mark != std::string::npos) {
      const std::vector<std::string> where = Split(path.substr(mark + 1), '=');
      way.where = Split(where[0], '.');
      way.begins = where[1];
      path.resize(mark);
    }
    way.is_sum = path.ends_with('+');
    way.is_reference = path.ends_with('@');
    way.is_presence = path.ends_with('?');
    if (way.is_sum || way.is_reference || way.is_presence) path.pop_back();
    way.names = Split(path, '.');
  }
  return ways;
}

// The value that a way leads to; null for none.
Json Follow(const Json& object, const Way& way, std::size_t step = 0) {
  if (step == way.names.size()) {
    if (way.is_presence) return !object.is_null();
    return way.is_reference && object.is_object() ? object.value("id", Json())
                                                  : object;
  }
  if (!object.is_object()) return {};
  std::string name = way.names[step];
  const bool is_list = name.ends_with("[]");
  if (is_list) name.resize(name.size() - 2);
  if (!object.contains(name)) return {};
  const Json& next = object[name];
  if (!is_list) return Follow(next, way, step + 1);
  if (!next.is_array()) return {};
  if (!way.is_sum) {
    return next.empty() ? Json() : Follow(next[0], way, step + 1);
  }
  std::int64_t sum = 0;
  for (const Json& item : next) {
    const Json one = Follow(item, way, step + 1);
    if (one.is_number_integer()) sum += one.get<std::int64_t>();
  }
  return sum;
}

bool Counts(const Json& object, const Way& way) {
  if (way.where.empty()) return true;
  const Json text = Follow(object, {way.where, {}, {}});
  return text.is_string() && text.get<std::string>().starts_with(way.begins);
}

class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  std::size_t Below(std::size_t bound) { return random_() % bound; }

  Json Value(ColumnType type) {
    switch (type) {
      case ColumnType::kUtf8:
      case ColumnType::kDictionary: {
        const char* texts[] = {"a", "usd", "Zo\xC3\xAB \"x\"\n", "",
                               "a text that is longer than sixteen bytes"};
        return texts[Below(std::size(texts))];
      }
      case ColumnType::kBool:
        return Below(2) == 0;
      case ColumnType::kDecimal: {
        const char* texts[] = {"1", "0.5", "12345678901234567890.123456789012"};
        return texts[Below(std::size(texts))];
      }
      default:
        return static_cast<std::int64_t>(Below(2'000'000'000));
    }
  }

  void Put(Json& object, const Way& way, std::size_t step, const Json& value) {
    if (step == way.names.size()) {
      if (object.is_object()) return;  // another way leads through here
      object = way.is_reference && Below(3) == 0
                   ? Json{{"object", "thing"}, {"id", value}}
                   : value;
      return;
    }
    if (!object.is_null() && !object.is_object()) return;
    std::string name = way.names[step];
    if (!name.ends_with("[]")) return Put(object[name], way, step + 1, value);
    name.resize(name.size() - 2);
    if (!object[name].is_null()) return;
    object[name] = Json::array();
    for (std::size_t items = 1 + Below(3); items > 0; --items) {
      Json item = Json::object();
      item["unknown"] = {{"deep", {1, 2, {{"x", nullptr}}}}};
      Put(item, way, step + 1, value);
      object[name].push_back(item);
    }
  }

 private:
  std::mt19937 random_;
};

TEST(FieldTablesTest, AgreesWithThePathsFollowedPlainly) {
  const struct {
    TableId table;
    const char* type;
  } tables[] = {
      {TableId::kSubscriptionItems, "subscription_item"},
      {TableId::kInvoiceLines, "line_item"},
      {TableId::kCharges, "charge"},
      {TableId::kRefunds, "refund"},
      {TableId::kDisputes, "dispute"},
      {TableId::kProducts, "product"},
      {TableId::kPrices, "price"},
      {TableId::kCoupons, "coupon"},
      {TableId::kDiscounts, "discount"},
      {TableId::kCreditNotes, "credit_note"},
      {TableId::kBalanceTransactions, "balance_transaction"},
      {TableId::kPayouts, "payout"},
  };
  // Ids as they are chosen below, and two that say more.
  const char* const prefixes[] = {"x_", "ii_", "card_"};
  for (const auto& t : tables) {
    SCOPED_TRACE(t.type);
    const Schema& schema = SchemaOf(t.table);
    Generator generator(static_cast<unsigned>(t.table));
    Normalizer normalizer;
    normalizer.Ask(t.table);
    for (int round = 0; round < 150; ++round) {
      Json object = {{"object", t.type}};
      for (std::size_t i = 1; i < schema.columns.size(); ++i) {
        const ColumnSchema& column = schema.columns[i];
        if (column.name == "deleted" || column.name == "object") continue;
        for (const Way& way : WaysOf(column)) {
          if (generator.Below(3) == 0) continue;
          // The flag that `status` may come from is put by its own column, and
          // so are whole amounts.
          if (column.name == "status" && way.names[0] != "status") continue;
          if (column.type == ColumnType::kDecimal &&
              way.names.back().ends_with("amount")) {
            continue;
          }
          generator.Put(object, way, 0, generator.Value(column.type));
        }
      }
      object["id"] = prefixes[round % 3] + std::to_string(round);
      if (object["source"].is_object() && round % 2 == 0) {
        object["source"]["object"] = "card";
      }
      object.erase("unique_id");
      ASSERT_TRUE(
          normalizer
              .ReadPage(t.type,
                        PageOf({object.dump(generator.Below(2) == 0 ? 2 : -1)}))
              .ok());
      const Json rows = RowsOf(normalizer, t.table);
      const Json& row = rows[rows.size() - 1];
      for (std::size_t i = 1; i < schema.columns.size(); ++i) {
        const ColumnSchema& column = schema.columns[i];
        if (column.name == "deleted") continue;
        // From a flag it is told in words.
        if (column.name == "status" && !object.contains("status")) continue;
        Json expected;
        for (const Way& way : WaysOf(column)) {
          if (!Counts(object, way)) continue;
          expected = Follow(object, way);
          if (!expected.is_null()) break;
        }
        if (expected.is_object()) expected = Json();  // of another type
        if (column.type == ColumnType::kDecimal && expected.is_number()) {
          expected = expected.dump();
        }
        EXPECT_EQ(row[std::string(column.name)], expected)
            << column.name << " of " << object.dump();
      }
    }
  }
}

}  // namespace
}  // namespace precision
