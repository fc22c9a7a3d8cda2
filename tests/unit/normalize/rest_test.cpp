// Rows whose object came with only a part of a list, and the rest of it.

#include <gtest/gtest.h>

#include <string>

#include "unit/normalize/rows.h"

namespace precision {
namespace {

constexpr const char* kShortInvoice =
    R"({"id":"in_1","object":"invoice","total":5,
        "lines":{"has_more":true,"data":[{"id":"il_1","amount":1}]}})";

void ReadShort(Normalizer& normalizer, const char* type, const char* json) {
  ASSERT_TRUE(normalizer.ReadPage(type, PageOf({json})).ok());
}

TEST(RestTest, NamesEachShortRowOnce) {
  Normalizer normalizer;
  EXPECT_TRUE(normalizer.TakeShort().empty());
  ReadShort(normalizer, "invoice", kShortInvoice);
  ReadShort(normalizer, "invoice", kShortInvoice);
  const std::vector<ShortRow> rows = normalizer.TakeShort();
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].table, TableId::kInvoices);
  EXPECT_EQ(rows[0].id, "in_1");
  ReadShort(normalizer, "invoice", kShortInvoice);
  EXPECT_TRUE(normalizer.TakeShort().empty());
  normalizer.AwaitShort();
  ReadShort(normalizer, "invoice", kShortInvoice);
  EXPECT_EQ(normalizer.TakeShort().size(), 1U);
}

TEST(RestTest, ALongListThatIsCountedMattersForItsOwnTableOnly) {
  constexpr const char* kCounted =
      R"({"id":"in_1","object":"invoice","lines":{"has_more":true,
          "total_count":12,"data":[{"id":"il_1"}]}})";
  Normalizer normalizer;
  ReadShort(normalizer, "invoice", kCounted);
  EXPECT_TRUE(normalizer.TakeShort().empty());
  EXPECT_EQ(RowsOf(normalizer, TableId::kInvoices)[0]["lines_count"], 12);
  EXPECT_EQ(normalizer.issues().marked_rows, 0U);
  normalizer.Ask(TableId::kInvoiceLines);
  ReadShort(normalizer, "invoice", kCounted);
  EXPECT_EQ(normalizer.TakeShort().size(), 1U);
  EXPECT_EQ(normalizer.issues().marked_rows, 1U);
}

TEST(RestTest, CompletesAnInvoiceWithItsLastPage) {
  Normalizer normalizer;
  normalizer.Ask(TableId::kInvoiceLines);
  ReadShort(normalizer, "invoice", kShortInvoice);
  const auto first = normalizer.ReadRest(
      {TableId::kInvoices, "in_1"},
      PageOf({R"({"id":"il_1","amount":1})", R"({"id":"il_2","amount":2})"},
             true));
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(first.value().page.count, 2U);
  EXPECT_TRUE(first.value().page.has_more);
  EXPECT_EQ(first.value().page.last_id, "il_2");
  EXPECT_EQ(RowsOf(normalizer, TableId::kInvoices)[0]["lines_count"], nullptr);
  EXPECT_EQ(normalizer.issues().marked_rows, 1U);

  ASSERT_TRUE(normalizer
                  .ReadRest({TableId::kInvoices, "in_1"},
                            PageOf({R"({"id":"il_3","amount":3})"}))
                  .ok());
  const Json row = RowsOf(normalizer, TableId::kInvoices)[0];
  EXPECT_EQ(row["lines_count"], 3);
  EXPECT_EQ(row["total"], 5);
  EXPECT_EQ(normalizer.issues().marked_rows, 0U);
  EXPECT_EQ(CountOf(normalizer, TableId::kInvoices, ErrorCode::kRowShort,
                    "lines_count"),
            0U);
  const Json lines = RowsOf(normalizer, TableId::kInvoiceLines);
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[2]["invoice"], "in_1");
}

// The same whether the items came at once or in parts.
TEST(RestTest, AddsUpASubscriptionAsIfItsItemsHadComeAtOnce) {
  const std::string first =
      R"({"id":"si_1","quantity":2,"current_period_start":10,
          "current_period_end":50,"price":{"id":"p_1","unit_amount":100,
          "currency":"usd","recurring":{"interval":"month"}}})";
  const std::string second =
      R"({"id":"si_2","quantity":1,"current_period_start":20,
          "current_period_end":40,"price":{"id":"p_2","unit_amount":50,
          "currency":"usd","recurring":{"interval":"month"}}})";
  const auto subscription = [](const std::string& items, const char* more) {
    return R"({"id":"sub_1","object":"subscription","status":"active",
        "customer":"cus_1","currency":"usd","created":5,"items":{"has_more":)" +
           std::string(more) + R"(,"data":[)" + items + "]}}";
  };
  const Json whole = OnlyRow("subscription", TableId::kSubscriptions,
                             {subscription(first + "," + second, "false")});
  EXPECT_EQ(whole["monthly_value"], 250);

  Normalizer normalizer;
  ReadShort(normalizer, "subscription", subscription(first, "true").c_str());
  const Json before = RowsOf(normalizer, TableId::kSubscriptions)[0];
  EXPECT_EQ(before["monthly_value"], nullptr);
  EXPECT_EQ(normalizer.TakeShort().size(), 1U);
  ASSERT_TRUE(
      normalizer
          .ReadRest({TableId::kSubscriptions, "sub_1"}, PageOf({first, second}))
          .ok());
  EXPECT_EQ(RowsOf(normalizer, TableId::kSubscriptions)[0], whole);
  EXPECT_EQ(normalizer.issues().marked_rows, 0U);
}

TEST(RestTest, KeepsTheOtherMarksOfTheRow) {
  Normalizer normalizer;
  ReadShort(normalizer, "invoice",
            R"({"id":"in_1","object":"invoice","total":"5",
                "lines":{"has_more":true,"data":[]}})");
  ASSERT_TRUE(
      normalizer.ReadRest({TableId::kInvoices, "in_1"}, PageOf({})).ok());
  EXPECT_EQ(normalizer.issues().marked_rows, 1U);
  EXPECT_EQ(CountOf(normalizer, TableId::kInvoices, ErrorCode::kFieldUnreadable,
                    "total"),
            1U);
  EXPECT_EQ(RowsOf(normalizer, TableId::kInvoices)[0]["lines_count"], 0);
}

TEST(RestTest, TakesNothingFromABodyThatIsNoPage) {
  const struct {
    const char* body;
    ErrorCode code;
  } cases[] = {{"", ErrorCode::kJsonMalformed},
               {R"({"data":[{"id":"il_1"})", ErrorCode::kJsonMalformed},
               {R"({"data":[]}x)", ErrorCode::kJsonMalformed},
               {R"({"error":{}})", ErrorCode::kStripeUnreadable},
               {"[]", ErrorCode::kStripeUnreadable}};
  for (const auto& c : cases) {
    SCOPED_TRACE(c.body);
    Normalizer normalizer;
    ReadShort(normalizer, "invoice", kShortInvoice);
    const auto read = normalizer.ReadRest({TableId::kInvoices, "in_1"}, c.body);
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(read.error().code, c.code);
    EXPECT_EQ(normalizer.issues().marked_rows, 1U);
  }
}

TEST(RestTest, MakesNoRowOfItsOwn) {
  Normalizer normalizer;
  ASSERT_TRUE(
      normalizer
          .ReadRest({TableId::kInvoices, "in_9"}, PageOf({R"({"id":"il_1"})"}))
          .ok());
  EXPECT_EQ(normalizer.table(TableId::kInvoices).row_count(), 0U);
}

TEST(RestTest, ReadsHalfAPairInALineAsAnywhere) {
  Normalizer normalizer;
  normalizer.Ask(TableId::kInvoiceLines);
  ReadShort(normalizer, "invoice", kShortInvoice);
  ASSERT_TRUE(
      normalizer
          .ReadRest({TableId::kInvoices, "in_1"},
                    PageOf({R"({"id":"il_2","description":"a\ud83dz"})"}))
          .ok());
  EXPECT_EQ(RowsOf(normalizer, TableId::kInvoiceLines)[1]["description"],
            "a\xEF\xBF\xBDz");
}

// --- What objects hold ------------------------------------------------------

TEST(HeldTest, DiscountsComeOutOfTheObjectsThatHoldThem) {
  const struct {
    const char* type;
    const char* json;
    const char* row;
  } cases[] = {
      {"customer",
       R"({"id":"cus_1","object":"customer","discount":{"id":"di_1",
           "object":"discount","customer":"cus_1","start":5,"end":null,
           "source":{"type":"coupon","coupon":"TEN"}}})",
       R"({"id":"di_1","customer":"cus_1","coupon":"TEN","start":5})"},
      {"customer",
       R"({"id":"cus_1","object":"customer","discount":{"object":"discount",
           "customer":"cus_1","coupon":{"id":"TEN","object":"coupon"}}})",
       R"({"id":"cus_1/TEN","customer":"cus_1","coupon":"TEN"})"},
      {"subscription",
       R"({"id":"sub_1","object":"subscription","status":"active","discount":
           {"id":"di_1","object":"discount","subscription":"sub_1",
            "coupon":{"id":"TEN"}}})",
       R"({"id":"di_1","subscription":"sub_1","coupon":"TEN"})"},
      {"subscription",
       R"({"id":"sub_1","object":"subscription","status":"active","discounts":
           ["di_0",{"id":"di_1","object":"discount","subscription":"sub_1",
            "source":{"coupon":{"id":"TEN"}}}]})",
       R"({"id":"di_1","subscription":"sub_1","coupon":"TEN"})"},
      {"invoice",
       R"({"id":"in_1","object":"invoice","discount":{"id":"di_1",
           "object":"discount","invoice":"in_1","coupon":{"id":"TEN"}}})",
       R"({"id":"di_1","invoice":"in_1","coupon":"TEN"})"},
      {"invoice",
       R"({"id":"in_1","object":"invoice","discounts":[{"id":"di_1",
           "object":"discount","invoice":"in_1","source":{"coupon":"TEN"}}]})",
       R"({"id":"di_1","invoice":"in_1","coupon":"TEN"})"},
      {"invoice",
       R"({"id":"in_1","object":"invoice","discounts":["di_0"],"lines":{
           "data":[{"id":"il_1","discounts":["di_0"],"discount_amounts":[
             {"amount":5,"discount":"di_0"},
             {"amount":6,"discount":{"id":"di_1","object":"discount",
              "invoice_item":"ii_1","coupon":{"id":"TEN"}}}]}]}})",
       R"({"id":"di_1","invoice_item":"ii_1","coupon":"TEN"})"},
      {"line_item",
       R"({"id":"il_1","object":"line_item","metadata":{"discount":"x"},
           "discounts":[{"id":"di_1","object":"discount",
             "source":{"coupon":{"id":"TEN"},"type":"coupon"}}]})",
       R"({"id":"di_1","coupon":"TEN","deleted":false})"},
      {"credit_note",
       R"({"id":"cn_1","object":"credit_note","discount_amounts":[
             {"amount":5,"discount":{"id":"di_1","object":"discount",
              "deleted":true,"coupon":{"id":"TEN"}}},
             {"amount":6,"discount":null}]})",
       R"({"id":"di_1","coupon":"TEN","deleted":true})"},
      {"subscription_item",
       R"({"id":"si_1","object":"subscription_item","discounts":[
             {"id":"di_1","object":"discount","coupon":{"id":"TEN"}}]})",
       R"({"id":"di_1","coupon":"TEN"})"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.json);
    Normalizer normalizer;
    normalizer.Ask(TableId::kDiscounts);
    const std::optional<TableId> holder =
        FindTable(std::string(c.type).append("s"));
    normalizer.Ask(holder.value_or(TableId::kInvoiceLines));
    ASSERT_TRUE(normalizer.ReadPage(c.type, PageOf({c.json})).ok());
    const Json rows = RowsOf(normalizer, TableId::kDiscounts);
    ASSERT_EQ(rows.size(), 1U);
    const Json expected = ParseJson(c.row);
    EXPECT_EQ(Only(rows[0], expected), expected);
    EXPECT_TRUE(normalizer.issues().counts.empty());
    // Asked for by name, too.
    Normalizer any;
    ASSERT_TRUE(any.ReadAny("discounts", c.json).ok());
    EXPECT_EQ(any.table(TableId::kDiscounts).row_count(), 1U);
  }
}

TEST(HeldTest, SaysWhenAChargeHoldsOnlyTheFirstOfItsRefunds) {
  Normalizer normalizer;
  ASSERT_TRUE(normalizer
                  .ReadAny("refunds",
                           R"({"id":"ch_1","object":"charge","refunds":{
                               "has_more":true,"data":[{"id":"re_1"}]}})")
                  .ok());
  EXPECT_EQ(normalizer.table(TableId::kRefunds).row_count(), 1U);
  EXPECT_EQ(CountOf(normalizer, TableId::kPayments, ErrorCode::kRowShort,
                    "amount_refunded"),
            1U);
}

}  // namespace
}  // namespace precision
