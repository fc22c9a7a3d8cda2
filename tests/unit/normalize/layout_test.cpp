// A reader that has seen many pages must read the next one as a new reader
// does, however the page differs from those.

#include <gtest/gtest.h>

#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "bench/pages.h"
#include "precision/table/row_json.h"
#include "unit/normalize/rows.h"

namespace precision {
namespace {

constexpr int kRounds = 12;

constexpr const char* kObjects[] = {"customer", "invoice", "payment_intent",
                                    "charge", "subscription"};

std::string RowsOf(const Normalizer& normalizer, std::size_t id) {
  const Table& table = normalizer.table(static_cast<TableId>(id));
  std::string rows;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    rows += RowAsJson(table, row) + "\n";
  }
  return rows;
}

std::string AllRows(const Normalizer& normalizer) {
  std::string rows;
  for (std::size_t i = 0; i < kTableCount; ++i) rows += RowsOf(normalizer, i);
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

// Some other value of any kind and size, in an object that stays JSON.
std::string Revalued(std::string object, std::mt19937& random, int number) {
  const std::string unique = std::to_string(number);
  const auto text = [&](std::size_t size) {
    return "\"" + unique + std::string(size, 'x') + "\"";
  };
  const std::string values[] = {
      "null",
      "true",
      "false",
      "0",
      "7",
      "12345678",
      "123456789",
      "1800000000",
      "123456789012345",
      "1234567890123456",
      "12345678901234567890",
      "-5",
      "-0",
      "1.5",
      "16.0",
      "1e3",
      "\"\"",
      text(0),
      text(10),
      text(20 + random() % 20),
      text(50 + random() % 200),
      "\"" + unique + "\\n\\u00e9\"",
      "\"" + unique + "\xc3\xa9 at the end of a longer text\"",
      "\"" + unique + "\\ud83d\\ude00\"",
      "{}",
      "[]",
      "[1, \"a\"]",
      R"({"id": "x_)" + unique + R"(", "object": "thing", "deleted": true})",
      R"({"id": "y_)" + unique + R"(", "card": {"brand": "visa"}})"};
  const std::string& value = values[random() % std::size(values)];
  // The end of a key; there are many.
  std::size_t key = object.find("\": ", random() % object.size());
  if (key == std::string::npos) key = object.find("\": ");
  const std::size_t begin = object.find_first_not_of(' ', key + 2);
  if (object[begin] == '{' || object[begin] == '[') return object;
  std::size_t end = begin + 1;
  if (object[begin] == '"') {
    while (object[end] != '"') end += object[end] == '\\' ? 2 : 1;
    ++end;
  } else {
    end = object.find_first_of(",}] \n", begin);
  }
  switch (random() % 8) {
    case 0: {  // a second time, under the same name
      const std::size_t name = object.rfind('"', key - 1);
      return object.insert(end,
                           ", " + object.substr(name, begin - name) + value);
    }
    case 1:
      return object.insert(begin, 1 + random() % 20, ' ');
    default:
      return object.replace(begin, end - begin, value);
  }
}

std::string ListOf(const std::vector<std::string>& objects) {
  std::string page = R"({"object": "list", "data": [)";
  for (std::size_t i = 0; i < objects.size(); ++i) {
    page += (i == 0 ? "\n    " : ",\n    ") + objects[i];
  }
  return page + "\n  ],\n  \"has_more\": false\n}" + std::string(300, ' ');
}

TEST(LayoutTest, ReadsEachObjectAsIfItWereTheFirst) {
  std::mt19937 random(13);
  for (const char* object : kObjects) {
    SCOPED_TRACE(object);
    bench::Pages made(5);
    const auto next = [&] {
      const std::string page = made.Page(object, 1);
      const std::size_t begin = page.find('[') + 1;
      return page.substr(page.find('{', begin),
                         page.rfind(']') - page.find('{', begin) - 3);
    };
    int number = 0;
    for (int round = 0; round < kRounds; ++round) {
      // What is odd is so once, a few times in a row, or for long.
      std::vector<std::string> objects;
      const std::size_t odd = random() % 40;
      const std::size_t end = odd + (std::size_t{1} << (random() % 6));
      for (std::size_t i = 0; i < 50; ++i) {
        objects.push_back(next());
        if (i < odd || i >= end) continue;
        for (std::size_t change = random() % 4; change > 0; --change) {
          objects.back() = Revalued(objects.back(), random, ++number);
        }
      }
      Normalizer learned;
      const auto read = learned.ReadPage(object, ListOf(objects));
      ASSERT_TRUE(read.ok()) << read.error().detail;
      std::vector<std::string> expected(kTableCount);
      std::size_t refused = 0;
      for (const std::string& one : objects) {
        Normalizer first;
        const auto alone = first.ReadPage(object, ListOf({one}));
        ASSERT_TRUE(alone.ok());
        refused += alone.value().rows_refused;
        for (std::size_t i = 0; i < kTableCount; ++i) {
          expected[i] += RowsOf(first, i);
        }
      }
      EXPECT_EQ(read.value().rows_refused, refused);
      for (std::size_t i = 0; i < kTableCount; ++i) {
        ASSERT_EQ(RowsOf(learned, i), expected[i]);
      }
    }
  }
}

TEST(LayoutTest, TakesNoNumberForTheFrontOfAnother) {
  const auto page = [](const char* number) {
    return std::string(R"({"object": "list", "data": [)"
                       R"({"id": "cus_1", "object": "customer", "unknown": )") +
           number + R"(, "name": "A name long enough for sixteen bytes"}]})" +
           std::string(300, ' ');  // so that all is read the quick way
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

TEST(LayoutTest, TakesNothingLikeAWordOrANumberForOne) {
  const auto page = [](const std::string& value) {
    return ListOf({R"({"id": "cus_1", "object": "customer", "unknown": )" +
                   value + R"(, "name": "Ada"})"});
  };
  for (const char* bad :
       {"falsx", "nulx", "truth", "01", "1x", "1-", "\"\x01\"", "\"\\x\""}) {
    Normalizer normalizer;
    for (int i = 0; i < 12; ++i) {  // until it is known to vary
      for (const std::string& value :
           {std::to_string(i), std::string("null"), std::string("false"),
            std::string("true"), "\"" + std::to_string(i) + "\""}) {
        ASSERT_TRUE(normalizer.ReadPage("customer", page(value)).ok());
      }
    }
    EXPECT_FALSE(normalizer.ReadPage("customer", page(bad)).ok()) << bad;
  }
}

TEST(LayoutTest, TakesALongerNumberWhereAnotherMemberComesBehindIt) {
  const auto object = [](const char* number, const char* name) {
    return std::string(R"({"id": "cus_1", "object": "customer", "balance": )") +
           number + ", \"" + name + "\": \"Ada\"}";
  };
  Normalizer normalizer;
  std::vector<std::string> objects = {object("12", "name")};
  for (int i = 0; i < 10; ++i) objects.push_back(object("12", "email"));
  objects.push_back(object("123", "email"));
  ASSERT_TRUE(normalizer.ReadPage("customer", ListOf(objects)).ok());
  const Table& table = normalizer.table(TableId::kCustomers);
  EXPECT_EQ(table.column(*table.schema().Find("balance")).Int64(0), 123);
}

// Values that stay the same are not read again; what is odd in them holds.
TEST(LayoutTest, KeepsWhatIsOddInAValueThatStaysTheSame) {
  Normalizer normalizer;
  std::vector<std::string> objects;
  for (int i = 0; i < 20; ++i) {
    objects.push_back(R"({"id": "cus_)" + std::to_string(i) +
                      R"(", "object": "customer", "name": "D\u00e9sir\u00e9e",
      "email": "a\n@example.com", "balance": 12345678, "delinquent": true,
      "phone": null, "default_source": {"id": "card_1"},
      "default_source": "src_1", "discount": {"coupon": {"id": "old"}},
      "discount": null, "livemode": "yes"})");
  }
  const auto read = normalizer.ReadPage("customer", ListOf(objects));
  ASSERT_TRUE(read.ok());
  const std::string rows = AllRows(normalizer);
  const auto count = [&](std::string_view text) {
    std::size_t found = 0;
    for (std::size_t at = rows.find(text); at != std::string::npos;
         at = rows.find(text, at + 1)) {
      ++found;
    }
    return found;
  };
  EXPECT_EQ(count("\"name\":\"D\u00e9sir\u00e9e\""), 20U);
  EXPECT_EQ(count(R"("email":"a\n@example.com")"), 20U);
  EXPECT_EQ(count(R"("balance":12345678,"delinquent":true)"), 20U);
  EXPECT_EQ(count(R"("phone":null)"), 20U);
  EXPECT_EQ(count(R"("default_payment_method":"src_1","coupon":null)"), 20U);
  ASSERT_EQ(normalizer.issues().counts.size(), 1U);
  EXPECT_EQ(normalizer.issues().counts[0].column, "livemode");
  EXPECT_EQ(normalizer.issues().counts[0].count, 20U);
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
