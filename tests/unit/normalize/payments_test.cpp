// Payments are one row a payment, whatever comes first.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "unit/normalize/rows.h"

namespace precision {
namespace {

struct Arrival {
  const char* object;
  const char* json;
};

const Arrival kArrivals[] = {
    {"payment_intent",
     R"({"id":"pi_1","object":"payment_intent","status":"succeeded",
         "amount":900,"amount_received":900,"currency":"usd","created":50,
         "customer":"cus_1","description":null,"latest_charge":"ch_b",
         "payment_method":"pm_1","receipt_email":"intent@example.com",
         "livemode":false,"last_payment_error":null})"},
    // The first try failed, the second went through.
    {"charge",
     R"({"id":"ch_a","object":"charge","status":"failed","amount":900,
         "amount_captured":0,"amount_refunded":0,"currency":"usd",
         "created":51,"payment_intent":"pi_1","failure_code":"card_declined",
         "failure_message":"No.","description":"first","captured":false,
         "refunded":false,"disputed":false,
         "payment_method_details":{"type":"card","card":{"brand":"amex",
         "last4":"1111"}},"receipt_email":"a@example.com"})"},
    {"charge",
     R"({"id":"ch_b","object":"charge","status":"succeeded","amount":900,
         "amount_captured":900,"amount_refunded":100,"currency":"usd",
         "created":52,"payment_intent":{"id":"pi_1",
         "object":"payment_intent"},"description":"second","captured":true,
         "refunded":false,"disputed":true,
         "payment_method_details":{"type":"card","card":{"brand":"visa",
         "last4":"2222"}},"billing_details":{"email":"b@example.com"}})"},
    {"charge",
     R"({"id":"ch_c","object":"charge","status":"pending","amount":5,
         "currency":"eur","created":7,"captured":true,
         "payment_intent":null})"},
};

TEST(PaymentsTest, TheOrderOfArrivalMakesNoDifference) {
  std::vector<std::size_t> order = {0, 1, 2, 3};
  Json first;
  do {
    Normalizer normalizer;
    std::size_t new_objects = 0;
    for (const std::size_t i : order) {
      const auto read =
          normalizer.ReadPage(kArrivals[i].object, PageOf({kArrivals[i].json}));
      ASSERT_TRUE(read.ok());
      new_objects += read.value().objects_new;
    }
    EXPECT_EQ(new_objects, 4U);
    Json rows = RowsOf(normalizer, TableId::kPayments);
    ASSERT_EQ(rows.size(), 2U) << "each payment counts once";
    if (rows[0]["id"] != "pi_1") std::swap(rows[0], rows[1]);
    if (first.is_null()) first = rows;
    EXPECT_EQ(rows, first) << order[0] << order[1] << order[2] << order[3];
  } while (std::ranges::next_permutation(order).found);

  const Json expected = ParseJson(
      R"({"id":"pi_1","object":"payment_intent","status":"succeeded",
          "amount":900,"amount_received":900,"amount_refunded":100,
          "customer":"cus_1","description":null,"created":50,
          "latest_charge":"ch_b","charge":"ch_b","charge_created":52,
          "captured":true,"disputed":true,"failure_code":null,
          "card_brand":"visa","card_last4":"2222",
          "email":"b@example.com"})");
  EXPECT_EQ(Only(first[0], expected), expected);
  EXPECT_EQ(first[1]["id"], "ch_c");
}

TEST(PaymentsTest, WithoutItsIntentAPaymentIsItsLatestCharge) {
  for (const bool reversed : {false, true}) {
    Normalizer normalizer;
    const auto page = reversed ? PageOf({kArrivals[2].json, kArrivals[1].json})
                               : PageOf({kArrivals[1].json, kArrivals[2].json});
    ASSERT_TRUE(normalizer.ReadPage("charge", page).ok());
    const Json rows = RowsOf(normalizer, TableId::kPayments);
    ASSERT_EQ(rows.size(), 1U);
    const Json expected = ParseJson(
        R"({"id":"pi_1","object":"charge","status":"succeeded","amount":900,
            "amount_received":900,"amount_refunded":100,"created":52,
            "description":"second","charge":"ch_b","failure_code":null})");
    EXPECT_EQ(Only(rows[0], expected), expected);
  }
}

TEST(PaymentsTest, AChargeReadAgainReplacesItself) {
  Normalizer normalizer;
  const std::string before = kArrivals[2].json;
  std::string after = before;
  after.replace(after.find("\"amount_refunded\":100"), 21,
                "\"amount_refunded\":900");
  ASSERT_TRUE(normalizer.ReadPage("charge", PageOf({before})).ok());
  const auto again = normalizer.ReadPage("charge", PageOf({after}));
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again.value().objects_new, 0U);
  EXPECT_EQ(again.value().rows_replaced, 1U);
  const Json rows = RowsOf(normalizer, TableId::kPayments);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0]["amount_refunded"], 900);
}

TEST(PaymentsTest, AnAuthorizedChargeHasReceivedNothing) {
  const Json row = OnlyRow("charge", TableId::kPayments,
                           {R"({"id":"ch_1","object":"charge","paid":true,
                                "status":"succeeded","captured":false,
                                "amount":500,"currency":"usd"})"});
  EXPECT_EQ(row["amount_received"], 0);
  EXPECT_EQ(row["amount_refunded"], nullptr);
}

TEST(PaymentsTest, AFailedTryIsToldByItsReason) {
  const Json row =
      OnlyRow("payment_intent", TableId::kPayments,
              {R"({"id":"pi_1","object":"payment_intent","amount":500,
           "status":"requires_payment_method","last_payment_error":
           {"code":"card_declined","decline_code":"insufficient_funds",
            "message":"Your card has insufficient funds."}})"});
  EXPECT_EQ(row["failure_code"], "insufficient_funds");
  EXPECT_EQ(row["failure_message"], "Your card has insufficient funds.");
}

// https://docs.stripe.com/changelog/basil/2025-03-31: the link is in the
// invoice alone.
constexpr const char* kPaidInvoice =
    R"({"id":"in_1","object":"invoice","payments":{"data":[{"is_default":true,
        "payment":{"type":"payment_intent","payment_intent":"pi_1"}}]}})";
constexpr const char* kChargedInvoice =
    R"({"id":"in_2","object":"invoice","payments":{"data":[
        {"payment":{"type":"charge","charge":"ch_2"}}]}})";
constexpr const char* kPayment = R"({"id":"pi_1","object":"payment_intent"})";

TEST(LinkPaymentsTest, NamesTheInvoiceWhicheverCameFirst) {
  const std::pair<const char*, std::string> pages[] = {
      {"invoice", PageOf({kPaidInvoice, kChargedInvoice})},
      {"payment_intent", PageOf({kPayment})},
      {"charge", PageOf({R"({"id":"ch_2","object":"charge"})"})},
  };
  std::vector<int> order = {0, 1, 2};
  do {
    Normalizer normalizer;
    for (const int page : order) {
      ASSERT_TRUE(
          normalizer.ReadPage(pages[page].first, pages[page].second).ok());
    }
    normalizer.LinkPayments();
    const Json rows = RowsOf(normalizer, TableId::kPayments);
    ASSERT_EQ(rows.size(), 2U);
    for (const Json& row : rows) {
      EXPECT_EQ(row["invoice"], row["id"] == "pi_1" ? "in_1" : "in_2");
    }
    // Read again, it says nothing of the invoice as before.
    ASSERT_TRUE(normalizer.ReadPage("payment_intent", pages[1].second).ok());
    normalizer.LinkPayments();
    EXPECT_EQ(RowsOf(normalizer, TableId::kPayments), rows);
  } while (std::ranges::next_permutation(order).found);
}

TEST(LinkPaymentsTest, APaymentKnowsItsOwnInvoiceBest) {
  const char* const own =
      R"({"id":"pi_1","object":"payment_intent","invoice":"in_9"})";
  for (const auto& [first, second] :
       {std::pair{kPaidInvoice, own}, {own, kPaidInvoice}}) {
    Normalizer normalizer;
    ASSERT_TRUE(normalizer.ReadAny("", first).ok());
    ASSERT_TRUE(normalizer.ReadAny("", second).ok());
    EXPECT_EQ(RowsOf(normalizer, TableId::kPayments)[0]["invoice"], "in_9");
  }
}

}  // namespace
}  // namespace precision
