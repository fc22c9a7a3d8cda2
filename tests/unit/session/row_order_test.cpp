#include "session/row_order.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace precision {
namespace {

constexpr ColumnSchema kColumns[] = {
    {"id", ColumnType::kUtf8, false, "", "The id."},
    {"created", ColumnType::kTimestamp, true, "", "When."},
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

TEST(RowOrderTest, KeepsOrderWhilePagesArriveInAnyOrder) {
  std::mt19937 random(7);
  Table table(kSchema);
  RowOrder order;
  int number = 0;
  for (int page = 0; page < 30; ++page) {
    for (int i = 0; i < 20; ++i) {
      const auto created = static_cast<std::int64_t>(random() % 1000);
      Add(table, number++,
          created == 0 ? std::nullopt : std::optional(created));
    }
    ExpectNewestFirst(table, order.NewestFirst(table, false));
  }
  ExpectNewestFirst(table, order.NewestFirst(table, true));
}

TEST(RowOrderTest, SortsAnewOnceSettledWhenACreatedWasCorrected) {
  Table table(kSchema);
  RowOrder order;
  Add(table, 1, 10);
  Add(table, 2, 20);
  ExpectNewestFirst(table, order.NewestFirst(table, false));
  Add(table, 1, 30);
  ExpectNewestFirst(table, order.NewestFirst(table, true));
  EXPECT_EQ(order.NewestFirst(table, true)[0], 0U);
}

TEST(RowOrderTest, FollowsAClearedTable) {
  Table table(kSchema);
  RowOrder order;
  Add(table, 1, 10);
  Add(table, 2, 20);
  EXPECT_EQ(order.NewestFirst(table, false).size(), 2U);
  table.Clear();
  EXPECT_TRUE(order.NewestFirst(table, false).empty());
  Add(table, 3, 30);
  ExpectNewestFirst(table, order.NewestFirst(table, false));
}

}  // namespace
}  // namespace precision
