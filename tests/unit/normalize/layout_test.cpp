// A reader that has seen many pages must read the next one as a new reader
// does, however the page differs from those.

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "bench/pages.h"
#include "precision/table/row_json.h"
#include "unit/normalize/rows.h"

namespace precision {
namespace {

constexpr const char* kObjects[] = {"customer", "invoice", "payment_intent",
                                    "charge", "subscription"};

std::string AllRows(const Normalizer& normalizer) {
  std::string rows;
  for (std::size_t i = 0; i < kTableCount; ++i) {
    const Table& table = normalizer.table(static_cast<TableId>(i));
    for (std::size_t row = 0; row < table.row_count(); ++row) {
      rows += RowAsJson(table, row) + "\n";
    }
  }
  return rows;
}

void ExpectSame(const char* object, const std::string& body,
                Normalizer& learned) {
  const std::size_t before = AllRows(learned).size();
  const auto read = learned.ReadPage(object, body);
  Normalizer fresh;
  const auto expected = fresh.ReadPage(object, body);
  ASSERT_EQ(read.ok(), expected.ok());
  if (!read.ok()) {
    EXPECT_EQ(read.error().code, expected.error().code);
    EXPECT_EQ(read.error().detail, expected.error().detail);
    return;
  }
  EXPECT_EQ(read.value().page.count, expected.value().page.count);
  EXPECT_EQ(read.value().page.last_id, expected.value().page.last_id);
  EXPECT_EQ(read.value().page.oldest, expected.value().page.oldest);
  EXPECT_EQ(read.value().rows_refused, expected.value().rows_refused);
  // Not EXPECT_EQ, which would print both.
  EXPECT_TRUE(AllRows(learned).substr(before) == AllRows(fresh));
}

// One change of the kinds that real pages show, and some that they do not.
std::string Changed(std::string page, std::mt19937& random) {
  const auto place = [&](char wanted) {
    const std::size_t at = page.find(wanted, random() % page.size());
    return at == std::string::npos ? page.find(wanted) : at;
  };
  switch (random() % 9) {
    case 0:
      return page.insert(place(','), 1 + random() % 20, ' ');
    case 1:
      return page.insert(place(','),
                         ",\n      \"new_member\": {\"a\": [1, {}]}");
    case 2:  // digits that go on where they ended before
      return page.insert(place(','), std::to_string(random() % 1000));
    case 3:
      return page.insert(place('"') + 1, "\\u0041\\n");
    case 4:
      return page.insert(place(':') + 1, " null, \"x\": ");
    case 5: {
      const std::size_t at = place('\n');
      return page.erase(at, page.find('\n', at + 1) - at);
    }
    case 6:
      page[random() % page.size()] = static_cast<char>(random() % 256);
      return page;
    case 7:
      return page.substr(0, random() % page.size());
    default:
      return page.insert(place('}'), "{\"id\": 1}");
  }
}

TEST(LayoutTest, ReadsAChangedPageAsANewReaderDoes) {
  std::mt19937 random(7);
  for (const char* object : kObjects) {
    SCOPED_TRACE(object);
    // The two make no id in common.
    bench::Pages known(3);
    bench::Pages asked(1003);
    std::size_t refused = 0;
    for (int round = 0; round < 60; ++round) {
      Normalizer learned;
      ASSERT_TRUE(learned.ReadPage(object, known.Page(object)).ok());
      ASSERT_TRUE(learned.ReadPage(object, known.Page(object)).ok());
      std::string page = asked.Page(object);
      for (int change = round % 4; change > 0; --change) {
        page = Changed(page, random);
      }
      ExpectSame(object, page, learned);
      if (!Normalizer().ReadPage(object, page).ok()) ++refused;
    }
    // Both kinds came up.
    EXPECT_GT(refused, 5U);
    EXPECT_LT(refused, 50U);
  }
}

TEST(LayoutTest, TakesNoNumberForTheFrontOfAnother) {
  const auto page = [](const char* number) {
    return std::string(R"({"object": "list", "data": [)"
                       R"({"id": "cus_1", "object": "customer", "unknown": )") +
           number + R"(, "name": "A name long enough for sixteen bytes"}]})";
  };
  for (const char* number : {"12", "1", "-1", "0", "1.5", "1e3"}) {
    for (const char* bad : {"123x", "01", "1-2", "12\"", "1.", "-", "0x1"}) {
      Normalizer normalizer;
      for (int i = 0; i < 3; ++i) {
        ASSERT_TRUE(normalizer.ReadPage("customer", page(number)).ok());
      }
      EXPECT_FALSE(normalizer.ReadPage("customer", page(bad)).ok()) << bad;
      ASSERT_TRUE(normalizer.ReadPage("customer", page("1234")).ok());
    }
  }
}

TEST(LayoutTest, OpensNoObjectWhereNoneMayBegin) {
  const std::string good =
      R"({"object": "list", "data": [{"id": "cus_1", "object": "customer"}]})";
  const std::string bad =
      R"({"object": "list"{"object": "list", "data": [{"id": "cus_1"}]}})";
  Normalizer normalizer;
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(normalizer.ReadPage("customer", good).ok());
    EXPECT_FALSE(normalizer.ReadPage("customer", bad).ok());
  }
}

TEST(LayoutTest, KeepsOnReadingWhenNoObjectIsLikeAnother) {
  std::mt19937 random(11);
  Normalizer normalizer;
  for (int page = 0; page < 20; ++page) {
    std::string body = R"({"object": "list", "data": [)";
    for (int i = 0; i < 50; ++i) {
      const std::string n = std::to_string(page * 50 + i);
      if (i > 0) body += ", ";
      body += R"({"id": "cus_)" + n + R"(", "metadata": {)";
      for (int key = 0; key < 40; ++key) {
        if (key > 0) body += ",";
        body += "\"k" + std::to_string(random()) + "\": \"" +
                std::string(random() % 90, 'v') + "\"";
      }
      body += R"(}, "name": "Name )" + n + "\"}";
    }
    body += "]}";
    ASSERT_TRUE(normalizer.ReadPage("customer", body).ok());
  }
  const Table& table = normalizer.table(TableId::kCustomers);
  ASSERT_EQ(table.row_count(), 1000U);
  EXPECT_EQ(table.column(1).Text(999), "Name 999");
  // What was learned of 40,000 keys is bounded.
  EXPECT_LT(normalizer.ByteSize(), std::size_t{4} << 20);
}

}  // namespace
}  // namespace precision
