// What a page is, and what is none.

#include <gtest/gtest.h>

#include <string>

#include "unit/normalize/rows.h"

namespace precision {
namespace {

TEST(ReadPageTest, TellsWhatPagingNeeds) {
  Normalizer normalizer;
  const auto read =
      normalizer.ReadPage("customer", PageOf({R"({"id":"cus_3","created":30})",
                                              R"({"id":"cus_2","created":30})",
                                              R"({"id":"cus_1","created":10})"},
                                             true));
  ASSERT_TRUE(read.ok());
  const ListPage& page = read.value().page;
  EXPECT_EQ(page.count, 3U);
  EXPECT_TRUE(page.has_more);
  EXPECT_EQ(page.first_id, "cus_3");
  EXPECT_EQ(page.last_id, "cus_1");
  EXPECT_EQ(page.oldest, UnixSeconds{10});
  EXPECT_EQ(page.newest, UnixSeconds{30});
  EXPECT_TRUE(page.descending);
  EXPECT_EQ(read.value().rows_new, 3U);
  EXPECT_EQ(read.value().objects_new, 3U);
}

TEST(ReadPageTest, TellsWhenTimesDoNotDescend) {
  const struct {
    const char* name;
    std::string page;
  } cases[] = {
      {"ascending",
       PageOf({R"({"id":"a","created":1})", R"({"id":"b","created":2})"})},
      {"down and up",
       PageOf({R"({"id":"a","created":3})", R"({"id":"b","created":1})",
               R"({"id":"c","created":2})"})},
      {"a time is missing",
       PageOf({R"({"id":"a","created":3})", R"({"id":"b"})"})},
      {"an element is none", PageOf({R"({"id":"a","created":3})", "null"})},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    Normalizer normalizer;
    const auto read = normalizer.ReadPage("customer", c.page);
    ASSERT_TRUE(read.ok());
    EXPECT_FALSE(read.value().page.descending);
  }
}

TEST(ReadPageTest, ReadsAnEmptyPage) {
  Normalizer normalizer;
  const auto read = normalizer.ReadPage("invoice", " \n" + PageOf({}) + "\n ");
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read.value().page.count, 0U);
  EXPECT_FALSE(read.value().page.has_more);
  EXPECT_EQ(read.value().page.oldest, std::nullopt);
  EXPECT_TRUE(read.value().page.descending);
}

TEST(ReadPageTest, TakesNothingFromABodyThatIsNoPage) {
  const std::string deep =
      std::string(5000, '[') + "1" + std::string(5000, ']');
  const struct {
    const char* name;
    std::string body;
    ErrorCode code;
  } cases[] = {
      {"nothing", "", ErrorCode::kJsonMalformed},
      {"white space", " \n", ErrorCode::kJsonMalformed},
      {"HTML", "<html><body>502</body></html>", ErrorCode::kJsonMalformed},
      {"two values", PageOf({}) + "{}", ErrorCode::kJsonMalformed},
      {"a comma too many", R"({"data":[{"id":"cus_1"},]})",
       ErrorCode::kJsonMalformed},
      {"a comma too few", R"({"data":[{"id":"cus_1"} {"id":"cus_2"}]})",
       ErrorCode::kJsonMalformed},
      {"a control character", "{\"data\":[{\"id\":\"cus_1\",\"x\":\"\n\"}]}",
       ErrorCode::kJsonMalformed},
      {"a bad key", "{\"data\":[{\"id\":\"cus_1\",\"x\\q\":1}]}",
       ErrorCode::kJsonMalformed},
      {"a bad escape", R"({"data":[{"id":"cus_1","x":"\q"}]})",
       ErrorCode::kJsonMalformed},
      {"a bad number", R"({"data":[{"id":"cus_1","x":01}]})",
       ErrorCode::kJsonMalformed},
      {"a bad amount", R"({"data":[{"id":"cus_1","balance":01}]})",
       ErrorCode::kJsonMalformed},
      {"a bad literal", R"({"data":[{"id":"cus_1","livemode":truth}]})",
       ErrorCode::kJsonMalformed},
      {"single quotes", "{'data':[]}", ErrorCode::kJsonMalformed},
      {"nested too deeply", R"({"data":[{"id":"cus_1"}],"x":)" + deep + "}",
       ErrorCode::kJsonMalformed},
      {"an error body", R"({"error":{"type":"invalid_request_error"}})",
       ErrorCode::kStripeUnreadable},
      {"a single object", R"({"id":"cus_1","object":"customer"})",
       ErrorCode::kStripeUnreadable},
      {"data that is none", R"({"object":"list","data":{"id":"cus_1"}})",
       ErrorCode::kStripeUnreadable},
      {"a list bare", R"([{"id":"cus_1"}])", ErrorCode::kStripeUnreadable},
      {"a text", R"("cus_1")", ErrorCode::kStripeUnreadable},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    Normalizer normalizer;
    const auto read = normalizer.ReadPage("customer", c.body);
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(read.error().code, c.code);
    EXPECT_EQ(read.error().detail.find("cus_1"), std::string::npos);
    EXPECT_EQ(normalizer.table(TableId::kCustomers).row_count(), 0U);
    EXPECT_TRUE(normalizer.issues().counts.empty());
  }
}

TEST(ReadPageTest, RefusesEveryPrefixOfAPage) {
  const std::string page = PageOf(
      {R"({"id":"cus_1","object":"customer","name":"A \u00e9","balance":-12,
           "discount":{"coupon":{"id":"TEN"}},"livemode":true,
           "x":[1.5e3,null,{"y":false}]})"});
  for (std::size_t size = 0; size < page.size(); ++size) {
    // A copy of its own, so that a read past the end is seen.
    const std::string part(page, 0, size);
    Normalizer normalizer;
    const auto read = normalizer.ReadPage("customer", part);
    ASSERT_FALSE(read.ok()) << size;
    EXPECT_EQ(read.error().code, ErrorCode::kJsonMalformed);
    EXPECT_EQ(normalizer.table(TableId::kCustomers).row_count(), 0U);
  }
}

TEST(ReadPageTest, KnowsItsObjectsOnly) {
  Normalizer normalizer;
  const auto read = normalizer.ReadPage("product", PageOf({}));
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().code, ErrorCode::kObjectUnknown);
}

TEST(ReadPageTest, HowPagesAreCutMakesNoDifference) {
  std::string all;
  Normalizer one_by_one;
  for (int i = 0; i < 20; ++i) {
    const std::string customer =
        R"({"id":"cus_)" + std::to_string(i) + R"(","name":"N)" +
        std::string(static_cast<std::size_t>(i), 'n') + R"(","balance":)" +
        std::to_string(i * 1'000'000'007LL) + "}";
    ASSERT_TRUE(one_by_one.ReadPage("customer", PageOf({customer})).ok());
    all += (all.empty() ? "" : ",") + customer;
  }
  Normalizer at_once;
  ASSERT_TRUE(at_once.ReadPage("customer", PageOf({all})).ok());
  EXPECT_EQ(RowsOf(at_once, TableId::kCustomers),
            RowsOf(one_by_one, TableId::kCustomers));
}

TEST(NormalizerTest, HasNoRowsAfterClear) {
  Normalizer normalizer;
  ASSERT_TRUE(
      normalizer.ReadPage("charge", PageOf({R"({"id":"ch_1"})", "1"})).ok());
  normalizer.Clear();
  EXPECT_EQ(normalizer.table(TableId::kPayments).row_count(), 0U);
  EXPECT_TRUE(normalizer.issues().counts.empty());
  const auto again =
      normalizer.ReadPage("charge", PageOf({R"({"id":"ch_1"})"}));
  EXPECT_EQ(again.value().objects_new, 1U);
}

TEST(SchemaTest, EverySchemaIsSound) {
  for (std::size_t i = 0; i < kTableCount; ++i) {
    const auto table = static_cast<TableId>(i);
    const Schema& schema = SchemaOf(table);
    SCOPED_TRACE(schema.name);
    EXPECT_EQ(FindTable(schema.name), table);
    EXPECT_EQ(ToString(table), schema.name);
    ASSERT_FALSE(schema.columns.empty());
    EXPECT_EQ(schema.columns[0].name, "id");
    for (const ColumnSchema& column : schema.columns) {
      SCOPED_TRACE(column.name);
#ifndef PRECISION_WITHOUT_DESCRIPTIONS
      EXPECT_FALSE(column.description.text().empty());
#endif
      // Names are unique: the first of each name is this one.
      EXPECT_EQ(&schema.columns[*schema.Find(column.name)], &column);
      EXPECT_EQ(column.type == ColumnType::kMoney,
                !column.currency_column.empty());
      if (column.type == ColumnType::kMoney) {
        EXPECT_TRUE(schema.Find(column.currency_column));
      }
    }
  }
}

}  // namespace
}  // namespace precision
