// ReadAny: whatever a person may hand in.

#include <gtest/gtest.h>

#include <string>

#include "unit/normalize/rows.h"

namespace precision {
namespace {

constexpr const char* kCustomer =
    R"({"id":"cus_1","object":"customer","name":"A"})";
constexpr const char* kInvoice =
    R"({"id":"in_1","object":"invoice","total":5})";

TEST(ReadAnyTest, FindsTheObjectInEveryWrapping) {
  const std::string customer = kCustomer;
  const std::string event =
      R"({"id":"evt_1","object":"event","type":"customer.updated","data":
          {"object":)" +
      customer + R"(,"previous_attributes":{"name":"B"}}})";
  const struct {
    const char* name;
    std::string text;
  } cases[] = {
      {"the object", customer},
      {"with a byte order mark", "\xEF\xBB\xBF" + customer},
      {"a list page", PageOf({customer})},
      {"a search result",
       R"({"object":"search_result","data":[)" + customer + "]}"},
      {"a list without its type", R"({"data":[)" + customer + "]}"},
      {"an array", "[" + customer + "]"},
      {"JSON lines", customer + "\n" + customer + "\r\n\n"},
      {"files put together, each with its mark",
       "\xEF\xBB\xBF" + customer + "\r\n\xEF\xBB\xBF" + customer + "\r\n"},
      {"an answer with its head",
       "HTTP/2 200\r\nrequest-id: req_1\r\n\r\n" + customer},
      {"an answer with its head, edited",
       "HTTP/1.1 200 OK\na: b\n\n" + customer},
      {"a list of the second version of the API",
       R"({"data":[)" + customer +
           R"(],"next_page_url":null,"previous_page_url":null})"},
      {"an error with the object that it is about",
       R"({"error":{"type":"card_error","code":"x","customer":)" + customer +
           "}}"},
      {"objects indented, one behind another",
       "{\n  \"id\": \"cus_1\",\n  \"name\": \"A\"\n}" + customer},
      {"an event", event},
      {"a page of events", PageOf({event, event})},
      {"a wrapper", R"({"status":200,"payload":)" + customer + "}"},
      {"wrappers in wrappers",
       R"({"body":{"response":{"customers":)" + PageOf({customer}) + "}}}"},
      {"only its id tells", R"({"id":"cus_1","name":"A"})"},
      {"a body as text", R"({"statusCode":200,"headers":{"x":"y"},"body":)" +
                             Json(customer).dump() + "}"},
      {"a body as text, indented",
       R"({"body":)" + Json("\n  " + customer + "\r\n").dump() + "}"},
      {"texts, one a line",
       Json(customer).dump() + "\n" + Json(customer).dump()},
      {"an array of texts", "[" + Json(customer).dump() + "]"},
      {"a recorder's file", R"({"log":{"entries":[{"response":{"content":
                             {"mimeType":"application/json","text":)" +
                                Json(PageOf({customer})).dump() + "}}}]}}"},
      {"whole numbers as fractions",
       R"({"id":"cus_1","object":"customer","name":"A","created":5.0})"},
      {"set apart by commas", customer + ",\n" + customer + ",\n"},
      {"a sequence of JSON texts", "\x1E" + customer + "\n\x1E" + customer},
      {"objects by their ids", R"({"cus_1":)" + customer + "}"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    for (const char* object : {"", "customer", "customers"}) {
      SCOPED_TRACE(object);
      Normalizer normalizer;
      const auto read = normalizer.ReadAny(object, c.text);
      ASSERT_TRUE(read.ok()) << read.error().detail;
      EXPECT_EQ(read.value().rows_refused, 0U);
      const Json rows = RowsOf(normalizer, TableId::kCustomers);
      ASSERT_EQ(rows.size(), 1U);
      EXPECT_EQ(rows[0]["id"], "cus_1");
      EXPECT_EQ(rows[0]["name"], "A");
    }
  }
}

TEST(ReadAnyTest, SortsMixedObjectsIntoTheirTables) {
  Normalizer normalizer;
  const auto read = normalizer.ReadAny(
      "", PageOf({kCustomer, kInvoice, R"({"id":"sub_1","object":
          "subscription","status":"active"})",
                  R"({"id":"ch_1","object":"charge"})",
                  R"({"id":"re_1","object":"refund"})",
                  R"({"id":"file_1","object":"file"})",
                  R"({"id":"file_2","object":"file"})", "17"}));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read.value().rows_new, 5U);
  EXPECT_EQ(read.value().rows_refused, 3U);
  for (std::size_t i = 0; i < kUsualTableCount; ++i) {
    EXPECT_EQ(normalizer.table(static_cast<TableId>(i)).row_count(), 1U);
  }
  EXPECT_EQ(normalizer.table(TableId::kRefunds).row_count(), 1U);
  const auto& unknown = normalizer.issues().unknown_objects;
  ASSERT_EQ(unknown.size(), 2U);
  EXPECT_EQ(unknown.at("file"), 2U);
  EXPECT_EQ(unknown.at(""), 1U);
}

TEST(ReadAnyTest, TakesOnlyWhatWasAskedFor) {
  Normalizer normalizer;
  const auto read = normalizer.ReadAny(
      "payment_intent",
      std::string(kCustomer) + R"({"id":"pi_1","object":"payment_intent"}
          {"id":"ch_1","object":"charge"})");
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read.value().rows_new, 1U);
  EXPECT_EQ(read.value().rows_refused, 2U);
  EXPECT_EQ(
      CountOf(normalizer, TableId::kPayments, ErrorCode::kObjectUnknown, ""),
      2U);

  const auto both = normalizer.ReadAny(
      "payments", R"([{"id":"pi_2","object":"payment_intent"},
                      {"id":"ch_2","object":"charge"}])");
  ASSERT_TRUE(both.ok());
  EXPECT_EQ(both.value().rows_new, 2U);
}

TEST(ReadAnyTest, RefusesWhatIsNoJsonWithoutTouchingARow) {
  const struct {
    const char* name;
    std::string text;
    const char* detail;
  } cases[] = {
      {"nothing", "", "nothing to read"},
      {"white space", "\n \n", "nothing to read"},
      {"no line of several", "{\"id\":\n}\n[1,\n]", "no JSON on line 2"},
      {"text before it", std::string("got ") + kCustomer, "no JSON on line 1"},
      {"a cut", std::string(kCustomer).substr(0, 30),
       "the text ends early, on line 1"},
      {"a cut inside", R"({"a":{"b":{})", "the text ends early, on line 1"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    Normalizer normalizer;
    const auto read = normalizer.ReadAny("", c.text);
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(read.error().code, ErrorCode::kJsonMalformed);
    EXPECT_EQ(read.error().detail, c.detail);
    EXPECT_EQ(normalizer.table(TableId::kCustomers).row_count(), 0U);
  }
}

TEST(ReadAnyTest, ReadsTheOtherLinesOfABadOne) {
  const std::string customer = kCustomer;
  const std::string other = R"({"id":"cus_2","object":"customer","name":"B"})";
  const struct {
    const char* name;
    std::string text;
    std::size_t line;
  } cases[] = {
      {"a bad line", customer + "\n{\"id\":]}\n" + other, 2},
      {"one of no JSON at all", customer + "\noops\n" + other, 2},
      {"one over two lines", customer + "\n{\"id\":\n}\n" + other, 3},
      {"a cut line before another",
       customer + "\n" + customer.substr(0, 30) + "\n" + other, 2},
      {"a cut page before another",
       ParseJson(PageOf({customer, other})).dump(2).substr(0, 60) + "\n[" +
           customer + "," + other + "]",
       6},
      {"a cut at the end", "[" + customer + "," + other + "]\n{\"id\":", 2},
      {"an array that is cut short",
       "[" + customer + ",\n" + other + ",\n" + customer.substr(0, 30), 3},
      {"an array with a bad element",
       "[" + customer + "," + other + ",\n{\"id\":]},\n" + customer + "]", 2},
      {"a page that is cut short",
       "{\"object\":\"list\",\"data\":[" + customer + "," + other +
           "],\n\"has_more\":",
       2},
      {"a page that is cut short in its elements",
       "{\"object\":\"list\",\"data\":[" + customer + "," + other +
           ",\n{\"id\":\"cus_3\",\"sources\":{\"data\":[{",
       2},
      {"text behind it", customer + other + " and so on", 1},
      {"another with half a character",
       "no\n" + customer + "\n" +
           R"({"id":"cus_2","name":"B","phone":"\ud83d"})",
       1},
      {"two bad lines", "{\n" + customer + "\nno\n" + other + "\nno", 2},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    Normalizer normalizer;
    const auto read = normalizer.ReadAny("customers", c.text);
    ASSERT_TRUE(read.ok()) << read.error().detail;
    EXPECT_EQ(read.value().malformed_line, c.line);
    EXPECT_EQ(read.value().rows_new, 2U);
    const Json rows = RowsOf(normalizer, TableId::kCustomers);
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[1]["name"], "B");
  }
}

// As a text of Windows' shells is.
std::string Utf16(std::u16string_view text, bool is_little) {
  std::string bytes = is_little ? "\xFF\xFE" : "\xFE\xFF";
  for (const char16_t unit : text) {
    const char low = static_cast<char>(unit & 0xFF);
    const char high = static_cast<char>(unit >> 8);
    bytes += is_little ? low : high;
    bytes += is_little ? high : low;
  }
  return bytes;
}

TEST(ReadAnyTest, ReadsUtf16) {
  for (const bool is_little : {true, false}) {
    const std::string text = Utf16(
        uR"({"id":"cus_1","object":"customer","name":"Zoë 商 😀"})", is_little);
    Normalizer normalizer;
    ASSERT_TRUE(normalizer.ReadAny("", text).ok());
    EXPECT_EQ(RowsOf(normalizer, TableId::kCustomers)[0]["name"], "Zoë 商 😀");

    // Halves of a character, and half of a unit.
    std::u16string torn = u"{\"id\":\"cus_1\",\"name\":\"a?b\"}";
    torn[torn.find(u'?')] = 0xD83D;
    ASSERT_TRUE(normalizer.ReadAny("", Utf16(torn, is_little)).ok());
    EXPECT_EQ(RowsOf(normalizer, TableId::kCustomers)[0]["name"], "a\uFFFDb");
    EXPECT_FALSE(normalizer.ReadAny("", Utf16(u"{", is_little) + "x").ok());
  }
}

TEST(ReadAnyTest, CountsARowOfTheAskedTypeThatLacksItsId) {
  Normalizer normalizer;
  const auto read = normalizer.ReadAny("invoice", R"({"total":5})");
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read.value().rows_refused, 1U);
  EXPECT_EQ(
      CountOf(normalizer, TableId::kInvoices, ErrorCode::kRowWithoutId, ""),
      1U);
}

std::string EventOf(const char* type, int created, const char* name) {
  return std::string(R"({"id":"evt_)") + std::to_string(created) +
         R"(","object":"event","type":")" + type + R"(","created":)" +
         std::to_string(created) +
         R"(,"data":{"object":{"id":"cus_1","object":"customer","name":")" +
         name + R"("},"previous_attributes":{"name":"before"}}})";
}

TEST(ReadAnyTest, OfSeveralEventsTheNewestWins) {
  const std::string older = EventOf("customer.created", 10, "older");
  const std::string newer = EventOf("customer.updated", 20, "newer");
  const std::string same = EventOf("customer.updated", 10, "of that second");
  const struct {
    const char* name;
    std::string text;
    const char* value;
  } cases[] = {
      {"a page, newest first", PageOf({newer, older}), "newer"},
      {"a log, oldest first", older + "\n" + newer, "newer"},
      {"a log the wrong way round", newer + "\n" + older, "newer"},
      {"a page within a second", PageOf({same, older}), "of that second"},
      {"a log within a second", older + "\n" + same, "of that second"}};
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    Normalizer normalizer;
    ASSERT_TRUE(normalizer.ReadAny("customers", c.text).ok());
    const Json rows = RowsOf(normalizer, TableId::kCustomers);
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0]["name"], c.value);
  }
}

TEST(ReadAnyTest, AnEventOfDeletionMarksTheRow) {
  Normalizer normalizer;
  const auto read = normalizer.ReadAny(
      "", PageOf({EventOf("customer.deleted", 20, "A"),
                  EventOf("customer.created", 10, "A"),
                  R"({"id":"evt_3","object":"event","created":30,"type":
                      "customer.subscription.deleted","data":{"object":{"id":
                      "sub_1","object":"subscription","status":
                      "canceled"}}})"}));
  ASSERT_TRUE(read.ok());
  const Json row = RowsOf(normalizer, TableId::kCustomers)[0];
  EXPECT_EQ(row["deleted"], true);
  EXPECT_EQ(row["name"], "A");
  EXPECT_EQ(RowsOf(normalizer, TableId::kSubscriptions)[0]["status"],
            "canceled");
}

// Members of a wrapper that are no Stripe objects are no rows lost.
TEST(ReadAnyTest, CountsOnlyWhatMayHaveBeenAnObject) {
  Normalizer normalizer;
  const auto read = normalizer.ReadAny(
      "customers",
      std::string(R"({"headers":{"a":"b"},"body":{"object":"list","data":[)") +
          kCustomer + R"(,{"name":"who"},{"id":"ch_1"}]}})");
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read.value().rows_new, 1U);
  EXPECT_EQ(read.value().rows_refused, 2U);
}

// Buses wrap an event in a message with an id of its own.
TEST(ReadAnyTest, TakesNoMessageForWhatTheEventInItHolds) {
  Normalizer normalizer;
  const auto read = normalizer.ReadAny(
      "customers",
      std::string(R"({"version":"0","id":"m-1","detail-type":"x","detail":
          {"id":"evt_1","object":"event","created":5,"type":"customer.updated",
           "data":{"object":)") +
          kCustomer + "}}}");
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read.value().rows_refused, 0U);
  const Json rows = RowsOf(normalizer, TableId::kCustomers);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0]["id"], ParseJson(kCustomer)["id"]);
}

// Codes that accounts choose tell nothing of their type.
TEST(ReadAnyTest, TakesAnObjectWithoutTypeForWhatWasAskedFor) {
  Normalizer normalizer;
  const auto read = normalizer.ReadAny(
      "coupons", R"({"id":"SUMMER","percent_off":25,"metadata":{}})");
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(RowsOf(normalizer, TableId::kCoupons)[0]["id"], "SUMMER");
}

TEST(ReadAnyTest, TakesMetadataForNoObject) {
  Normalizer normalizer;
  const auto read = normalizer.ReadAny(
      "coupons", R"({"data":[{"id":"SUMMER","percent_off":25,"metadata":{
          "id":"cus_1","object":"customer","data":[{"id":"B"}]}}]})");
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read.value().rows_refused, 0U);
  EXPECT_EQ(RowsOf(normalizer, TableId::kCoupons)[0]["id"], "SUMMER");
}

TEST(ReadAnyTest, TakesWhatAnObjectWasForNoObject) {
  Normalizer normalizer;
  const auto read = normalizer.ReadAny(
      "", std::string(R"({"id":"evt_1","data":{"previous_attributes":{"plan":
          {"id":"old","object":"plan"}},"object":)") +
              kCustomer + "}}");
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read.value().rows_new, 1U);
  EXPECT_EQ(normalizer.table(TableId::kPrices).row_count(), 0U);
}

// https://docs.stripe.com/event-destinations#thin-events: it holds no object.
TEST(ReadAnyTest, RefusesAThinEvent) {
  Normalizer normalizer;
  const auto read = normalizer.ReadAny(
      "", R"({"id":"evt_1","object":"v2.core.event","created":
          "2024-01-01T00:00:00.000Z","data":{"customer":"cus_1"},
          "related_object":{"id":"cus_1","type":"customer"}})");
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read.value().rows_new, 0U);
  EXPECT_EQ(normalizer.issues().unknown_objects.at("v2.core.event"), 1U);
}

TEST(ReadAnyTest, RefusesAListWithoutElements) {
  for (const char* text :
       {R"({"object":"list"})", R"({"object":"list","data":{"a":1}})",
        R"({"object":"search_result","data":null})",
        R"({"object":"event","data":[]})", R"({"object":"event"})"}) {
    SCOPED_TRACE(text);
    Normalizer normalizer;
    const auto read = normalizer.ReadAny("customer", text);
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(read.value().rows_new, 0U);
    EXPECT_EQ(read.value().rows_refused, 1U);
    EXPECT_EQ(
        CountOf(normalizer, TableId::kCustomers, ErrorCode::kObjectUnknown, ""),
        1U);
  }
}

TEST(ReadAnyTest, RefusesATypeWithoutATable) {
  Normalizer normalizer;
  const auto read = normalizer.ReadAny("widget", kCustomer);
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().code, ErrorCode::kObjectUnknown);
}

}  // namespace
}  // namespace precision
