#include "precision/table/table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <random>
#include <string>
#include <unordered_map>
#include <vector>

namespace precision {
namespace {

constexpr ColumnSchema kColumns[] = {
    {"id", ColumnType::kUtf8, false, "", ""},
    {"name", ColumnType::kUtf8, true, "", ""},
    {"status", ColumnType::kDictionary, true, "", ""},
    {"amount", ColumnType::kMoney, true, "", ""},
    {"rate", ColumnType::kDecimal, true, "", ""},
};
constexpr Schema kSchema{"things", kColumns};

TEST(SchemaTest, FindsAColumnByName) {
  EXPECT_EQ(kSchema.Find("amount"), 3U);
  EXPECT_EQ(kSchema.Find("Amount"), std::nullopt);
  EXPECT_EQ(kSchema.Find(""), std::nullopt);
}

TEST(TableTest, MakesARowOnceAndEmpty) {
  Table table(kSchema);
  EXPECT_EQ(table.FindRow("a"), std::nullopt);
  EXPECT_EQ(table.RowFor("a"), (std::pair<std::size_t, bool>{0, true}));
  EXPECT_EQ(table.RowFor("b"), (std::pair<std::size_t, bool>{1, true}));
  EXPECT_EQ(table.RowFor("a"), (std::pair<std::size_t, bool>{0, false}));
  EXPECT_EQ(table.row_count(), 2U);
  const Table& read = table;
  for (std::size_t column = 1; column < std::size(kColumns); ++column) {
    EXPECT_TRUE(read.column(column).IsNull(0));
    EXPECT_TRUE(read.column(column).IsNull(1));
  }
  EXPECT_EQ(read.column(0).Text(1), "b");
  EXPECT_EQ(read.FindRow("b"), 1U);
}

TEST(TableTest, TellsThatItChanged) {
  Table table(kSchema);
  const std::uint64_t before = table.revision();
  table.RowFor("a");
  const std::uint64_t added = table.revision();
  EXPECT_NE(before, added);
  table.column(3).SetInt64(0, 1);
  EXPECT_NE(added, table.revision());
  const std::uint64_t written = table.revision();
  EXPECT_EQ(static_cast<const Table&>(table).column(3).Int64(0), 1);
  EXPECT_EQ(written, table.revision());
}

TEST(TableTest, FindsEachOfManyIds) {
  Table table(kSchema);
  std::mt19937 random(7);
  std::unordered_map<std::string, std::size_t> known;
  for (int i = 0; i < 60'000; ++i) {
    const std::string id = "in_" + std::to_string(random() % 40'000);
    const auto [row, is_new] = table.RowFor(id);
    const auto [there, inserted] = known.emplace(id, row);
    ASSERT_EQ(inserted, is_new) << id;
    ASSERT_EQ(there->second, row) << id;
  }
  EXPECT_EQ(table.row_count(), known.size());
  for (const auto& [id, row] : known) ASSERT_EQ(table.FindRow(id), row);
  EXPECT_EQ(table.FindRow("in_x"), std::nullopt);
}

TEST(TableTest, HoldsIdsThatShareAPrefixOrAreLong) {
  Table table(kSchema);
  const std::vector<std::string> ids = {"a",
                                        "ab",
                                        "abc",
                                        "abcdefgh",
                                        "abcdefghi",
                                        std::string("a\0b", 3),
                                        std::string(255, 'x'),
                                        std::string(256, 'x'),
                                        std::string(70'000, 'x')};
  for (const std::string& id : ids) EXPECT_TRUE(table.RowFor(id).second);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    EXPECT_EQ(table.FindRow(ids[i]), i);
  }
}

TEST(TableTest, IsEmptyAfterClear) {
  Table table(kSchema);
  table.RowFor("a");
  table.Clear();
  EXPECT_EQ(table.row_count(), 0U);
  EXPECT_EQ(table.FindRow("a"), std::nullopt);
  EXPECT_EQ(table.RowFor("b"), (std::pair<std::size_t, bool>{0, true}));
}

TEST(TableTest, NeedsFewBytesARow) {
  Table table(kSchema);
  constexpr std::size_t kRows = 100'000;
  for (std::size_t i = 0; i < kRows; ++i) {
    const std::size_t row =
        table.RowFor("in_" + std::to_string(100'000'000'000 + i)).first;
    table.column(2).SetText(row, i % 3 == 0 ? "open" : "paid");
    table.column(3).SetInt64(row, static_cast<std::int64_t>(i));
  }
  // The id 15 + 5, the index at most 12, two empty texts 8, status 1, amount 4.
  EXPECT_LT(table.ByteSize() / kRows, 50U);
}

using Rows = std::vector<std::uint32_t>;

Rows Sorted(const Table& table, const char* column, bool descending) {
  Rows rows(table.row_count());
  std::iota(rows.begin(), rows.end(), 0U);
  SortRows(table, *table.schema().Find(column), descending, rows);
  return rows;
}

TEST(SortRowsTest, OrdersEveryTypeWithRowsWithoutAValueLast) {
  Table table(kSchema);
  const struct {
    const char* id;
    const char* name;
    const char* status;
    std::int64_t amount;
    const char* rate;
  } rows[] = {
      {"0", "bernadette the second", "paid", -5, "10.5"},
      {"1", "Anna", "open", 1'000'000'000'000, "-0.25"},
      {"2", nullptr, nullptr, 3, nullptr},
      {"3", "bernadette the first", "Paid", -5, "9"},
      {"4", "anna", "draft", 0, "10.50"},
      {"5", "\xC3\x89mile", "open", -7'000'000'000, "-3"},
  };
  for (const auto& row : rows) {
    const std::size_t at = table.RowFor(row.id).first;
    if (row.name != nullptr) table.column(1).SetText(at, row.name);
    if (row.status != nullptr) table.column(2).SetText(at, row.status);
    table.column(3).SetInt64(at, row.amount);
    if (row.rate != nullptr) table.column(4).SetText(at, row.rate);
  }
  EXPECT_EQ(Sorted(table, "name", false), (Rows{1, 4, 3, 0, 5, 2}));
  EXPECT_EQ(Sorted(table, "name", true), (Rows{5, 0, 3, 1, 4, 2}));
  EXPECT_EQ(Sorted(table, "status", false), (Rows{4, 1, 5, 0, 3, 2}));
  EXPECT_EQ(Sorted(table, "status", true), (Rows{0, 3, 1, 5, 4, 2}));
  EXPECT_EQ(Sorted(table, "amount", false), (Rows{5, 0, 3, 4, 2, 1}));
  EXPECT_EQ(Sorted(table, "amount", true), (Rows{1, 2, 4, 0, 3, 5}));
  EXPECT_EQ(Sorted(table, "rate", false), (Rows{5, 1, 3, 0, 4, 2}));
  EXPECT_EQ(Sorted(table, "rate", true), (Rows{0, 4, 3, 1, 5, 2}));
}

TEST(SortRowsTest, AgreesWithAPlainStableSort) {
  Table table(kSchema);
  std::mt19937 random(3);
  std::vector<std::int64_t> amounts;
  for (std::uint32_t i = 0; i < 5000; ++i) {
    table.RowFor(std::to_string(i));
    amounts.push_back(static_cast<std::int64_t>(random() % 2000) - 1000);
    table.column(3).SetInt64(i, amounts.back());
  }
  for (const bool descending : {false, true}) {
    Rows expected(amounts.size());
    for (std::uint32_t i = 0; i < expected.size(); ++i) expected[i] = i;
    std::ranges::stable_sort(expected, [&](std::uint32_t a, std::uint32_t b) {
      return descending ? amounts[a] > amounts[b] : amounts[a] < amounts[b];
    });
    EXPECT_EQ(Sorted(table, "amount", descending), expected);
  }
}

TEST(SortRowsTest, OrdersManyTextsThatBeginAlike) {
  Table table(kSchema);
  std::mt19937 random(5);
  const std::string_view beginnings[] = {"Okafor Textiles ", "okafor TEXTILES ",
                                         "Okafor T", "", "Okafor Textiles"};
  for (std::uint32_t i = 0; i < 4000; ++i) {
    table.RowFor(std::to_string(i));
    if (i % 50 == 0) continue;
    std::string name(beginnings[random() % 5]);
    if (i % 3 != 0) name += std::to_string(random() % 700);
    if (i % 7 == 0) name += std::string(random() % 20, '\0');
    table.column(1).SetText(i, name);
  }
  for (const bool descending : {false, true}) {
    Rows expected(table.row_count());
    std::iota(expected.begin(), expected.end(), 0U);
    std::ranges::stable_sort(expected, [&](std::uint32_t a, std::uint32_t b) {
      return Precedes(table.column(1), descending, a, b);
    });
    EXPECT_EQ(Sorted(table, "name", descending), expected);
  }
}

TEST(SortRowsTest, HasNothingToOrderInAnEmptyTable) {
  const Table table(kSchema);
  EXPECT_EQ(Sorted(table, "name", false), Rows{});
}

}  // namespace
}  // namespace precision
