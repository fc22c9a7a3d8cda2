#include "precision/table/row_view.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace precision {
namespace {

constexpr ColumnSchema kColumns[] = {
    {"id", ColumnType::kUtf8, false, "", "The id."},
    {"created", ColumnType::kTimestamp, true, "", "When."},
    {"name", ColumnType::kUtf8, true, "", "Whose."},
    {"status", ColumnType::kDictionary, true, "", "How it is."},
    {"amount", ColumnType::kMoney, true, "currency", "How much."},
    {"currency", ColumnType::kDictionary, true, "", "Of what."},
};
constexpr Schema kSchema = {"things", kColumns};

void Add(Table& table, int number, std::optional<std::int64_t> created) {
  const std::string id = "thing_" + std::to_string(number);
  const std::size_t row = table.RowFor(id).first;
  if (created) {
    table.column(1).SetInt64(row, *created);
  } else {
    table.column(1).SetNull(row);
  }
}

void ExpectNewestFirst(const Table& table,
                       std::span<const std::uint32_t> order) {
  ASSERT_EQ(order.size(), table.row_count());
  std::vector<bool> seen(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    EXPECT_FALSE(seen[order[i]]);
    seen[order[i]] = true;
    if (i == 0 || table.column(1).IsNull(order[i])) continue;
    ASSERT_FALSE(table.column(1).IsNull(order[i - 1]));
    EXPECT_GE(table.column(1).Int64(order[i - 1]),
              table.column(1).Int64(order[i]));
  }
}

TEST(RowViewTest, KeepsOrderWhilePagesArriveInAnyOrder) {
  std::mt19937 random(7);
  Table table(kSchema);
  RowView view;
  int number = 0;
  for (int page = 0; page < 30; ++page) {
    for (int i = 0; i < 20; ++i) {
      const auto created = static_cast<std::int64_t>(random() % 1000);
      Add(table, number++,
          created == 0 ? std::nullopt : std::optional(created));
    }
    ExpectNewestFirst(table, view.Rows(table, false));
  }
  ExpectNewestFirst(table, view.Rows(table, true));
}

TEST(RowViewTest, SortsAnewOnceSettledWhenACreatedWasCorrected) {
  Table table(kSchema);
  RowView view;
  Add(table, 1, 10);
  Add(table, 2, 20);
  ExpectNewestFirst(table, view.Rows(table, false));
  Add(table, 1, 30);
  ExpectNewestFirst(table, view.Rows(table, true));
  EXPECT_EQ(view.Rows(table, true)[0], 0U);
}

TEST(RowViewTest, FollowsAClearedTable) {
  Table table(kSchema);
  RowView view;
  Add(table, 1, 10);
  Add(table, 2, 20);
  EXPECT_EQ(view.Rows(table, false).size(), 2U);
  table.Clear();
  EXPECT_TRUE(view.Rows(table, false).empty());
  Add(table, 3, 30);
  ExpectNewestFirst(table, view.Rows(table, false));
}

using Kind = RowCondition::Kind;

RowCondition Contains(std::string columns, std::string text,
                      std::string other_case = {}) {
  return {Kind::kContains, std::move(columns), std::move(text),
          std::move(other_case)};
}
RowCondition IsOneOf(std::string column, std::string lines) {
  return {Kind::kIsOneOf, std::move(column), std::move(lines)};
}
RowCondition Between(std::string column, std::int64_t low, std::int64_t high) {
  return {Kind::kBetween, std::move(column), {}, {}, low, high};
}

Table People() {
  Table table(kSchema);
  const struct {
    const char* name;
    const char* status;
    std::int64_t amount;
    const char* currency;
  } rows[] = {
      {"Anna \xC3\x84ngstr\xC3\xB6m", "paid", 1200, "usd"},
      {"\xD0\x96\xD0\xB0\xD0\xBD\xD0\xBD\xD0\xB0", "open", -5, "eur"},
      {nullptr, "void", 1200, "eur"},
      {"anna", nullptr, 0, nullptr},
      {"Hannah 100%", "open", 1201, "usd"},
      {"\xC3\xA3\xC3\xA4", "paid", 7, "jpy"},
  };
  for (const auto& row : rows) {
    const auto at = static_cast<int>(table.row_count());
    Add(table, at, 100 - at);
    const auto put = [&](std::size_t column, const char* text) {
      if (text != nullptr) {
        table.column(column).SetText(static_cast<std::size_t>(at), text);
      }
    };
    put(2, row.name);
    put(3, row.status);
    table.column(4).SetInt64(static_cast<std::size_t>(at), row.amount);
    put(5, row.currency);
  }
  return table;
}

TEST(RowViewTest, KeepsTheRowsThatPassEveryCondition) {
  const Table table = People();
  const struct {
    const char* name;
    std::vector<RowCondition> conditions;
    std::vector<std::uint32_t> rows;
  } cases[] = {
      {"no condition", {}, {0, 1, 2, 3, 4, 5}},
      {"a text in either case", {Contains("name", "anna", "ANNA")}, {0, 3, 4}},
      {"as it stands without other case", {Contains("name", "anna")}, {3, 4}},
      {"a text anywhere", {Contains("name", "100%", "100%")}, {4}},
      {"case of other scripts",
       {Contains("name", "\xD0\xB6\xD0\xB0\xD0\xBD",
                 "\xD0\x96\xD0\x90\xD0\x9D")},
       {1}},
      {"an umlaut in either case",
       {Contains("name", "\xC3\xA4", "\xC3\x84")},
       {0, 5}},
      // The last byte of one with the first of the next is no character.
      {"never half a character", {Contains("name", "\xA3\xC3")}, {5}},
      {"cases of different length",
       {Contains("name", "\xE2\xB1\xA5nna", "aNNA")},
       {3, 4}},
      {"one of several columns", {Contains("name,id", "thing_2")}, {2}},
      {"texts of a dictionary", {Contains("status", "oi", "OI")}, {2}},
      {"no text passes all with a value",
       {Contains("name", "")},
       {0, 1, 3, 4, 5}},
      {"longer than any", {Contains("name", "annaannaannaannaannaanna")}, {}},
      {"one of", {IsOneOf("status", "paid\nvoid")}, {0, 2, 5}},
      {"one of none that is there", {IsOneOf("status", "pai")}, {}},
      {"between", {Between("amount", 0, 1200)}, {0, 2, 3, 5}},
      {"negative", {Between("amount", -9, -1)}, {1}},
      {"amounts of a currency",
       {IsOneOf("currency", "usd"), Between("amount", 1200, 1200)},
       {0}},
      {"dates", {Between("created", 96, 98)}, {2, 3, 4}},
      {"a column that is not there", {Contains("nothing", "a")}, {}},
      {"a number is no text", {Contains("amount", "1")}, {}},
      {"a text is no number", {Between("name", 0, 9)}, {}},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    RowView view;
    view.Set({.conditions = c.conditions});
    const auto rows = view.Rows(table, true);
    EXPECT_EQ(std::vector(rows.begin(), rows.end()), c.rows);
  }
}

// A view that has followed a table row by row is the one made at its end.
TEST(RowViewTest, GrowsToWhatItWouldBeMadeAnew) {
  std::mt19937 random(11);
  const RowViewSpec specs[] = {
      {.sort = "name", .descending = false},
      {.sort = "status", .descending = true},
      {.conditions = {Between("amount", 2, 7)},
       .sort = "amount",
       .descending = true},
      {.conditions = {Contains("name", "a", "A"), IsOneOf("status", "s1\ns2")},
       .sort = "created",
       .descending = false},
      {.conditions = {Contains("name", "b")}, .sort = "", .descending = false},
  };
  for (const RowViewSpec& spec : specs) {
    SCOPED_TRACE(spec.sort);
    Table table(kSchema);
    RowView growing;
    growing.Set(spec);
    for (int number = 0; number < 600; ++number) {
      Add(table, number, static_cast<std::int64_t>(random() % 50));
      const auto row = static_cast<std::size_t>(number);
      const char letters[] = {"aAbBcC"[random() % 6], "xyz"[random() % 3], 0};
      if (random() % 8 != 0) table.column(2).SetText(row, letters);
      if (random() % 8 != 0) {
        table.column(3).SetText(row, "s" + std::to_string(random() % 4));
      }
      table.column(4).SetInt64(row, static_cast<std::int64_t>(random() % 10));
      if (random() % 7 == 0) growing.Rows(table, false);
    }
    const auto grown = growing.Rows(table, false);
    RowView fresh;
    fresh.Set(spec);
    const auto made = fresh.Rows(table, true);
    EXPECT_GT(made.size(), 50U);
    EXPECT_EQ(std::vector(grown.begin(), grown.end()),
              std::vector(made.begin(), made.end()));
  }
}

TEST(RowViewTest, FollowsACorrectedRowOnceSettled) {
  Table table = People();
  RowView view;
  view.Set({.conditions = {IsOneOf("status", "open")}});
  EXPECT_EQ(view.Rows(table, false).size(), 2U);
  table.column(3).SetText(1, "paid");
  EXPECT_EQ(view.Rows(table, true).size(), 1U);
}

TEST(RowViewTest, ShowsEverythingAgainWithoutConditions) {
  const Table table = People();
  RowView view;
  view.Set({.conditions = {Contains("name", "Hannah")}});
  EXPECT_EQ(view.Rows(table, false).size(), 1U);
  view.Set({});
  EXPECT_EQ(view.Rows(table, false).size(), table.row_count());
}

}  // namespace
}  // namespace precision
