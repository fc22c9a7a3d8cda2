// What is odd costs a cell or a row, never the page, and is counted.

#include <gtest/gtest.h>

#include <string>

#include "unit/normalize/rows.h"

namespace precision {
namespace {

TEST(OddRowsTest, KeepsWhatCouldBeReadAndCountsTheRest) {
  const struct {
    const char* name;
    const char* object;
    TableId table;
    const char* json;
    ErrorCode code;
    const char* column;
    const char* value;  // JSON, of that column
  } cases[] = {
      {"a number for a text", "customer", TableId::kCustomers,
       R"({"id":"x","name":12,"email":"a@example.com"})",
       ErrorCode::kFieldUnreadable, "name", "null"},
      {"an object for a text", "customer", TableId::kCustomers,
       R"({"id":"x","name":{"first":["A"]}})", ErrorCode::kFieldUnreadable,
       "name", "null"},
      {"a text for an object", "customer", TableId::kCustomers,
       R"({"id":"x","address":"Main St"})", ErrorCode::kFieldUnreadable,
       "country", "null"},
      {"a text for a number", "invoice", TableId::kInvoices,
       R"({"id":"x","total":"1000"})", ErrorCode::kFieldUnreadable, "total",
       "null"},
      {"a fraction of a cent", "invoice", TableId::kInvoices,
       R"({"id":"x","total":10.5})", ErrorCode::kFieldUnreadable, "total",
       "null"},
      {"a fraction by its exponent", "invoice", TableId::kInvoices,
       R"({"id":"x","total":15e-1})", ErrorCode::kFieldUnreadable, "total",
       "null"},
      {"an exponent beyond 2^53", "invoice", TableId::kInvoices,
       R"({"id":"x","total":1e16})", ErrorCode::kAmountOutOfRange, "total",
       "null"},
      {"lines without a list", "invoice", TableId::kInvoices,
       R"({"id":"x","lines":{"object":"list","data":null}})",
       ErrorCode::kFieldUnreadable, "lines_count", "null"},
      {"beyond 2^53", "invoice", TableId::kInvoices,
       R"({"id":"x","total":9007199254740992})", ErrorCode::kAmountOutOfRange,
       "total", "null"},
      {"far beyond", "invoice", TableId::kInvoices,
       R"({"id":"x","total":-123456789012345678901234567890})",
       ErrorCode::kAmountOutOfRange, "total", "null"},
      {"a sum beyond 2^53", "invoice", TableId::kInvoices,
       R"({"id":"x","total_taxes":[{"amount":9007199254740991},
           {"amount":1}]})",
       ErrorCode::kAmountOutOfRange, "tax", "null"},
      {"a negative time", "invoice", TableId::kInvoices,
       R"({"id":"x","created":-1})", ErrorCode::kFieldUnreadable, "created",
       "null"},
      {"a time as a text", "invoice", TableId::kInvoices,
       R"({"id":"x","created":"2024-01-01T00:00:00Z"})",
       ErrorCode::kFieldUnreadable, "created", "null"},
      {"a time in fractions", "invoice", TableId::kInvoices,
       R"({"id":"x","created":1700000000.5})", ErrorCode::kFieldUnreadable,
       "created", "null"},
      {"a status of tomorrow", "invoice", TableId::kInvoices,
       R"({"id":"x","status":"half_paid"})", ErrorCode::kFieldUnreadable,
       "status", R"("half_paid")"},
      {"a number for a flag", "customer", TableId::kCustomers,
       R"({"id":"x","livemode":1})", ErrorCode::kFieldUnreadable, "livemode",
       "null"},
      {"a reference to nobody", "invoice", TableId::kInvoices,
       R"({"id":"x","customer":{"object":"customer"}})",
       ErrorCode::kFieldUnreadable, "customer", "null"},
      {"a nested list cut short", "invoice", TableId::kInvoices,
       R"({"id":"x","lines":{"data":[{"id":"il_1"}],"has_more":true}})",
       ErrorCode::kRowShort, "lines_count", "null"},
      {"items cut short", "subscription", TableId::kSubscriptions,
       R"({"id":"x","status":"active","items":{"has_more":true,"data":[
           {"price":{"id":"p","unit_amount":1,
            "recurring":{"interval":"month"}}}]}})",
       ErrorCode::kRowShort, "items_count", "null"},
      {"half of a surrogate pair", "customer", TableId::kCustomers,
       R"({"id":"x","name":"a\ud83dz"})", ErrorCode::kTextRepaired, "name",
       "\"a\xEF\xBF\xBDz\""},
      {"halves the wrong way round", "customer", TableId::kCustomers,
       R"({"id":"x","name":"\udc00\ud800"})", ErrorCode::kTextRepaired, "name",
       "\"\xEF\xBF\xBD\xEF\xBF\xBD\""},
      {"a byte that is no UTF-8", "customer", TableId::kCustomers,
       "{\"id\":\"x\",\"name\":\"a\xFFz\"}", ErrorCode::kTextRepaired, "name",
       "\"a\xEF\xBF\xBDz\""},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    Normalizer normalizer;
    // A good row before and after it.
    const auto read = normalizer.ReadPage(
        c.object, PageOf({R"({"id":"before"})", c.json, R"({"id":"after"})"}));
    ASSERT_TRUE(read.ok()) << read.error().detail;
    EXPECT_EQ(read.value().rows_new, 3U);
    const Json rows = RowsOf(normalizer, c.table);
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[1]["id"], "x");
    EXPECT_EQ(rows[1][c.column].dump(), c.value);
    EXPECT_EQ(CountOf(normalizer, c.table, c.code, c.column), 1U);
    EXPECT_EQ(normalizer.issues().counts.size(), 1U);
    EXPECT_EQ(normalizer.issues().marked_rows, 1U);
    EXPECT_EQ(normalizer.issues().refused_rows, 0U);
    EXPECT_EQ(normalizer.issues().counts[0].example_ids,
              std::vector<std::string>{"x"});
  }
}

// JSON has one kind of number: 16.0 and 1.6e1 are whole.
TEST(OddRowsTest, ReadsWholeNumbersHoweverTheyAreWritten) {
  const struct {
    const char* text;
    std::int64_t value;
  } cases[] = {{"16.0", 16},
               {"-16.000", -16},
               {"1.6e1", 16},
               {"1.60E+01", 16},
               {"160e-1", 16},
               {"0.16e2", 16},
               {"-0.0", 0},
               {"0e99", 0},
               {"1700000000.0000000000000000000000", 1700000000},
               {"9007199254740991.0", 9007199254740991},
               {"9.007199254740991e15", 9007199254740991}};
  for (const auto& c : cases) {
    SCOPED_TRACE(c.text);
    Normalizer normalizer;
    ASSERT_TRUE(
        normalizer
            .ReadPage("invoice", PageOf({std::string(R"({"id":"x","total":)") +
                                         c.text + "}"}))
            .ok());
    EXPECT_EQ(RowsOf(normalizer, TableId::kInvoices)[0]["total"], c.value);
    EXPECT_TRUE(normalizer.issues().counts.empty());
  }
  for (const char* text :
       {"0.1", "1e-1", "10.50", "1.23456789012345678901", "1e-400", "-0.5"}) {
    SCOPED_TRACE(text);
    Normalizer normalizer;
    ASSERT_TRUE(
        normalizer
            .ReadPage("invoice", PageOf({std::string(R"({"id":"x","total":)") +
                                         text + "}"}))
            .ok());
    EXPECT_EQ(CountOf(normalizer, TableId::kInvoices,
                      ErrorCode::kFieldUnreadable, "total"),
              1U);
  }
}

// As Stripe writes small exchange rates.
TEST(OddRowsTest, WritesDecimalsWithoutTheirExponent) {
  const struct {
    const char* text;
    const char* value;
  } cases[] = {{"8.5e-05", "0.000085"},
               {"8.50E-5", "0.000085"},
               {"1e1", "10"},
               {"0.3e1", "3"},
               {"-1.25e0", "-1.25"},
               {"12.5e-1", "1.25"},
               {"0e5", "0"},
               {"0.0e-3", "0"},
               {"1.5e+3", "1500"}};
  for (const auto& c : cases) {
    SCOPED_TRACE(c.text);
    const Json row =
        OnlyRow("balance_transaction", TableId::kBalanceTransactions,
                {std::string(R"({"id":"x","exchange_rate":)") + c.text + "}"});
    EXPECT_EQ(row["exchange_rate"], c.value);
  }
}

TEST(OddRowsTest, RefusesElementsWithoutIdentityAndGoesOn) {
  const struct {
    const char* name;
    const char* json;
    ErrorCode code;
  } cases[] = {
      {"null", "null", ErrorCode::kObjectUnknown},
      {"a number", "-1.5e3", ErrorCode::kObjectUnknown},
      {"a text", R"("cus_1")", ErrorCode::kObjectUnknown},
      {"a list", "[[]]", ErrorCode::kObjectUnknown},
      {"another type", R"({"id":"in_1","object":"invoice"})",
       ErrorCode::kObjectUnknown},
      {"a type that is no text", R"({"id":"in_1","object":7})",
       ErrorCode::kObjectUnknown},
      {"no id", R"({"object":"customer","name":"A"})",
       ErrorCode::kRowWithoutId},
      {"an id that is no text", R"({"id":5,"object":"customer"})",
       ErrorCode::kRowWithoutId},
      {"an id of no length", R"({"id":"","object":"customer"})",
       ErrorCode::kRowWithoutId},
      {"an empty object", "{}", ErrorCode::kRowWithoutId},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    Normalizer normalizer;
    const auto read = normalizer.ReadPage(
        "customer", PageOf({c.json, R"({"id":"cus_9","created":4})"}, true));
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(read.value().rows_new, 1U);
    EXPECT_EQ(read.value().rows_refused, 1U);
    EXPECT_EQ(read.value().page.count, 2U);
    EXPECT_EQ(read.value().page.last_id, "cus_9");
    EXPECT_EQ(CountOf(normalizer, TableId::kCustomers, c.code, ""), 1U);
    EXPECT_EQ(normalizer.issues().refused_rows, 1U);
  }
}

TEST(OddRowsTest, RefusesAnObjectWithoutAnIdInEveryTable) {
  const struct {
    TableId table;
    const char* type;
    const char* content;
  } cases[] = {
      {TableId::kCustomers, "customer", R"("name":"A")"},
      {TableId::kInvoices, "invoice", R"("total":5)"},
      {TableId::kPayments, "payment_intent", R"("amount":5)"},
      {TableId::kPayments, "charge", R"("amount":5,"payment_intent":"pi_1")"},
      {TableId::kSubscriptions, "subscription", R"("status":"active")"},
      {TableId::kSubscriptionItems, "subscription_item", R"("quantity":5)"},
      {TableId::kInvoiceLines, "line_item", R"("amount":5,"invoice":"in_1")"},
      {TableId::kCharges, "charge", R"("amount":5)"},
      {TableId::kRefunds, "refund", R"("amount":5,"charge":"ch_1")"},
      {TableId::kDisputes, "dispute", R"("amount":5)"},
      {TableId::kProducts, "product", R"("name":"A")"},
      {TableId::kPrices, "price", R"("unit_amount":5)"},
      {TableId::kPrices, "plan", R"("amount":5)"},
      {TableId::kCoupons, "coupon", R"("percent_off":5)"},
      {TableId::kDiscounts, "discount", R"("start":5)"},
      {TableId::kCreditNotes, "credit_note", R"("amount":5)"},
      {TableId::kBalanceTransactions, "balance_transaction", R"("net":5)"},
      {TableId::kPayouts, "payout", R"("amount":5)"},
      {TableId::kPayouts, "transfer", R"("amount":5,"type":"card")"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.type);
    const std::string object = std::string(R"({"object":")") + c.type + "\"";
    const std::string odd = object + "," + c.content + "}";
    Normalizer normalizer;
    normalizer.Ask(c.table);
    const auto read = normalizer.ReadPage(
        c.type, PageOf({odd, object + R"(,"id":null,)" + c.content + "}",
                        object + R"(,"id":"x",)" + c.content + "}"}));
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(read.value().rows_refused, 2U);
    EXPECT_EQ(CountOf(normalizer, c.table, ErrorCode::kRowWithoutId, ""), 2U);
    EXPECT_EQ(normalizer.table(c.table).row_count(), 1U);
    // In a file as in a page.
    Normalizer any;
    ASSERT_TRUE(any.ReadAny(ToString(c.table), odd).ok());
    EXPECT_EQ(CountOf(any, c.table, ErrorCode::kRowWithoutId, ""), 1U);
  }
}

// The account's own words may be called as Stripe's.
TEST(OddRowsTest, LooksForNothingInMetadata) {
  const char* const metadata =
      R"("metadata":{"id":"in_9","object":"invoice","data":["x"],"amount":"5",
         "deleted":"true","discount":{"id":"di_1"},"name":"B"})";
  const struct {
    TableId table;
    const char* type;
  } cases[] = {{TableId::kCustomers, "customer"},
               {TableId::kInvoices, "invoice"},
               {TableId::kCharges, "charge"},
               {TableId::kCoupons, "coupon"}};
  for (const auto& c : cases) {
    SCOPED_TRACE(c.type);
    const std::string object =
        std::string(R"({"id":"x","object":")") + c.type + R"(","name":"A")";
    Normalizer normalizer;
    normalizer.Ask(c.table);
    normalizer.Ask(TableId::kDiscounts);
    ASSERT_TRUE(
        normalizer.ReadPage(c.type, PageOf({object + "," + metadata + "}"}))
            .ok());
    Normalizer plain;
    plain.Ask(c.table);
    ASSERT_TRUE(plain.ReadPage(c.type, PageOf({object + "}"})).ok());
    EXPECT_EQ(RowsOf(normalizer, c.table), RowsOf(plain, c.table));
    EXPECT_EQ(normalizer.table(TableId::kDiscounts).row_count(), 0U);
    EXPECT_TRUE(normalizer.issues().counts.empty());
  }
}

TEST(OddRowsTest, CountsARowOnceAndNotAfterItHealed) {
  Normalizer normalizer;
  const std::string bad = PageOf({R"({"id":"cus_1","name":1,"phone":2})"});
  ASSERT_TRUE(normalizer.ReadPage("customer", bad).ok());
  ASSERT_TRUE(normalizer.ReadPage("customer", bad).ok());
  EXPECT_EQ(normalizer.issues().marked_rows, 1U);
  EXPECT_EQ(CountOf(normalizer, TableId::kCustomers,
                    ErrorCode::kFieldUnreadable, "name"),
            1U);
  ASSERT_TRUE(
      normalizer.ReadPage("customer", PageOf({R"({"id":"cus_1","name":"A"})"}))
          .ok());
  EXPECT_EQ(normalizer.issues().marked_rows, 0U);
  EXPECT_TRUE(normalizer.issues().counts.empty());
}

TEST(OddRowsTest, TheLastOfTwoWithOneIdStands) {
  Normalizer normalizer;
  const auto read = normalizer.ReadPage(
      "customer", PageOf({R"({"id":"cus_1","name":"old","phone":"1"})",
                          R"({"id":"cus_1","name":"new"})"}));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read.value().rows_new, 1U);
  EXPECT_EQ(read.value().rows_replaced, 1U);
  const Json rows = RowsOf(normalizer, TableId::kCustomers);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0]["name"], "new");
  EXPECT_EQ(rows[0]["phone"], nullptr);
}

TEST(OddRowsTest, ReadsTextsOfAnyScriptAndEscape) {
  const struct {
    const char* json;
    const char* text;
  } cases[] = {
      {R"("")", ""},
      {R"("\u00e9\u20ac\ud83d\ude00")", "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"},
      {"\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\"",
       "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"},
      {R"("a\"b\\c\/d\b\f\n\r\t")", "a\"b\\c/d\b\f\n\r\t"},
      {R"("\\ud800")", "\\ud800"},
      // There already, so no repair.
      {R"("\ufffd")", "\xEF\xBF\xBD"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.json);
    Normalizer normalizer;
    ASSERT_TRUE(normalizer
                    .ReadPage("customer",
                              PageOf({std::string(R"({"id":"cus_1","name":)") +
                                      c.json + "}"}))
                    .ok());
    const Table& table = normalizer.table(TableId::kCustomers);
    EXPECT_EQ(table.column(*table.schema().Find("name")).Text(0), c.text);
    EXPECT_TRUE(normalizer.issues().counts.empty());
  }
}

TEST(OddRowsTest, RepairsOnlyTheFieldThatHasAHalfPair) {
  Normalizer normalizer;
  ASSERT_TRUE(
      normalizer
          .ReadPage("customer", PageOf({R"({"id":"cus_1","name":"\ud83d\ude00",
                                        "metadata":{"x":"\ud800"}})"}))
          .ok());
  const Json rows = RowsOf(normalizer, TableId::kCustomers);
  EXPECT_EQ(rows[0]["name"], "\xF0\x9F\x98\x80");
  EXPECT_TRUE(normalizer.issues().counts.empty());
}

}  // namespace
}  // namespace precision
