#include "precision/table/column.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace precision {
namespace {

TEST(ColumnTest, KeepsIntegersThroughTheStepToEightBytes) {
  Column column(ColumnType::kMoney);
  const std::int64_t values[] = {
      0,
      -1,
      std::numeric_limits<std::int32_t>::max(),
      std::numeric_limits<std::int32_t>::min(),
      std::int64_t{std::numeric_limits<std::int32_t>::max()} + 1,
      -(std::int64_t{1} << 53) + 1,
      7};
  for (std::size_t row = 0; row < std::size(values); ++row) {
    column.SetInt64(row, values[row]);
  }
  column.SetNull(std::size(values));
  for (std::size_t row = 0; row < std::size(values); ++row) {
    SCOPED_TRACE(row);
    ASSERT_FALSE(column.IsNull(row));
    EXPECT_EQ(column.Int64(row), values[row]);
  }
  EXPECT_TRUE(column.IsNull(std::size(values)));
  EXPECT_EQ(column.size(), std::size(values));
}

TEST(ColumnTest, OverwritesCellsOfEveryType) {
  Column money(ColumnType::kMoney);
  money.SetInt64(0, 5);
  money.SetNull(0);
  EXPECT_TRUE(money.IsNull(0));
  money.SetInt64(0, std::int64_t{1} << 40);
  EXPECT_EQ(money.Int64(0), std::int64_t{1} << 40);

  Column flag(ColumnType::kBool);
  flag.SetNull(0);
  flag.SetInt64(0, 42);
  EXPECT_EQ(flag.Int64(0), 1);

  Column text(ColumnType::kUtf8);
  text.SetText(0, "short");
  text.SetText(1, "other");
  text.SetText(0, "a good deal longer than before");
  EXPECT_EQ(text.Text(0), "a good deal longer than before");
  text.SetText(0, "x");
  EXPECT_EQ(text.Text(0), "x");
  text.SetNull(0);
  EXPECT_TRUE(text.IsNull(0));
  text.SetText(0, "");
  EXPECT_FALSE(text.IsNull(0));
  EXPECT_EQ(text.Text(0), "");
  EXPECT_EQ(text.Text(1), "other");
}

TEST(ColumnTest, KeepsEachDistinctTextOfADictionaryOnce) {
  Column column(ColumnType::kDictionary);
  for (std::size_t row = 0; row < 900; ++row) {
    column.SetText(row, "value " + std::to_string(row % 300));
  }
  column.SetNull(900);
  EXPECT_EQ(column.DictionarySize(), 300U);
  for (std::size_t row = 0; row < 900; ++row) {
    ASSERT_EQ(column.Text(row), "value " + std::to_string(row % 300));
    ASSERT_EQ(column.DictionaryText(column.Code(row)), column.Text(row));
  }
  EXPECT_TRUE(column.IsNull(900));
}

TEST(ColumnTest, KeepsTextsLongerThanABlock) {
  Column column(ColumnType::kUtf8);
  std::vector<std::string> texts;
  for (const std::size_t length :
       {std::size_t{0}, std::size_t{1}, std::size_t{127}, std::size_t{128},
        std::size_t{16381}, std::size_t{16382}, std::size_t{16383},
        std::size_t{16384}, std::size_t{100'000}, std::size_t{3}}) {
    texts.emplace_back(length, static_cast<char>('a' + texts.size()));
  }
  for (std::size_t row = 0; row < texts.size(); ++row) {
    column.SetText(row, texts[row]);
  }
  for (std::size_t row = 0; row < texts.size(); ++row) {
    SCOPED_TRACE(row);
    EXPECT_EQ(column.Text(row), texts[row]);
  }
}

TEST(ColumnTest, GivesTheRoomOfReplacedTextsBack) {
  Column column(ColumnType::kUtf8);
  for (std::size_t row = 0; row < 100; ++row) {
    column.SetText(row, std::to_string(row));
  }
  for (std::size_t round = 1; round < 200; ++round) {
    for (std::size_t row = 0; row < 100; ++row) {
      column.SetText(row, std::string(round, 'x') + std::to_string(row));
    }
  }
  EXPECT_LT(column.ByteSize(), 400'000U);  // 2 MB went through it
  for (std::size_t row = 0; row < 100; ++row) {
    ASSERT_EQ(column.Text(row), std::string(199, 'x') + std::to_string(row));
  }
}

// Customers of a month, who come back in the next one.
std::string CustomerOf(std::size_t row, std::size_t customers) {
  return "cus_" + std::string(10, 'x') + std::to_string(row % customers);
}

TEST(ColumnTest, KeepsATextThatRepeatsOnce) {
  constexpr std::size_t kRows = 60'000;
  constexpr std::size_t kCustomers = 5'000;
  Column once(ColumnType::kUtf8, true);
  Column each(ColumnType::kUtf8);
  for (std::size_t row = 0; row < kRows; ++row) {
    once.SetText(row, CustomerOf(row, kCustomers));
    each.SetText(row, CustomerOf(row, kCustomers));
  }
  // An address a row, and the texts with their index once.
  EXPECT_LT(once.ByteSize(), kRows * 4 + kCustomers * 48 + 50'000);
  EXPECT_GT(each.ByteSize(), kRows * 22);
  for (std::size_t row = 0; row < kRows; ++row) {
    ASSERT_EQ(once.Text(row), CustomerOf(row, kCustomers));
  }
}

TEST(ColumnTest, LeavesOtherRowsAloneWhenASharedTextIsReplaced) {
  Column column(ColumnType::kUtf8, true);
  for (std::size_t row = 0; row < 4; ++row) column.SetText(row, "Ada Park");
  column.SetText(1, "Ada");  // fits where the old one is
  column.SetText(2, "Ada Park-Lindqvist");
  column.SetNull(3);
  EXPECT_EQ(column.Text(0), "Ada Park");
  EXPECT_EQ(column.Text(1), "Ada");
  EXPECT_EQ(column.Text(2), "Ada Park-Lindqvist");
  EXPECT_TRUE(column.IsNull(3));
  column.SetText(3, "Ada");
  column.SetText(1, "Bo");
  EXPECT_EQ(column.Text(3), "Ada");
}

TEST(ColumnTest, GivesTheRoomOfReplacedSharedTextsBack) {
  Column column(ColumnType::kUtf8, true);
  const auto text = [](std::size_t round, std::size_t row) {
    return std::string(round, 'x') + std::to_string(row % 50);
  };
  for (std::size_t round = 0; round < 200; ++round) {
    for (std::size_t row = 0; row < 100; ++row) {
      column.SetText(row, text(round, row));
    }
  }
  EXPECT_LT(column.ByteSize(), 300'000U);  // 1 MB went through it
  const std::size_t bytes = column.ByteSize();
  for (std::size_t row = 0; row < 100; ++row) {
    ASSERT_EQ(column.Text(row), text(199, row));
    column.SetText(100 + row, text(199, row));  // still found
  }
  EXPECT_EQ(column.ByteSize(), bytes);
}

TEST(ColumnTest, StopsLookingForTextsThatDoNotRepeat) {
  constexpr std::size_t kRows = 200'000;
  Column column(ColumnType::kUtf8, true);
  Column plain(ColumnType::kUtf8);
  for (std::size_t row = 0; row < kRows; ++row) {
    column.SetText(row, CustomerOf(row, kRows));
    plain.SetText(row, CustomerOf(row, kRows));
  }
  EXPECT_LT(column.ByteSize(), plain.ByteSize() + 4096);
}

TEST(ColumnTest, LeavesOtherRowsAloneWhenItHasStoppedLooking) {
  constexpr std::size_t kRows = 200'000;
  Column column(ColumnType::kUtf8, true);
  for (std::size_t row = 0; row < kRows; ++row) {
    column.SetText(row, CustomerOf(row % 10 == 9 ? row - 1 : row, kRows));
  }
  column.SetText(39, "x");
  EXPECT_EQ(column.Text(39), "x");
  EXPECT_EQ(column.Text(38), CustomerOf(38, kRows));
}

// Against a plain list of what should be there.
TEST(ColumnTest, IsNullWhereNothingWasWritten) {
  std::mt19937 random(3);
  for (const ColumnType type :
       {ColumnType::kUtf8, ColumnType::kDictionary, ColumnType::kDecimal,
        ColumnType::kMoney, ColumnType::kTimestamp, ColumnType::kBool}) {
    SCOPED_TRACE(static_cast<int>(type));
    for (int round = 0; round < 40; ++round) {
      Column column(type);
      std::vector<std::optional<std::int64_t>> expected(300);
      const std::int64_t range = round % 2 == 0 ? 200 : std::int64_t{1} << 40;
      for (int step = 0; step < 120; ++step) {
        // Mostly further on, with gaps.
        const std::size_t row =
            random() % 3 == 0
                ? random() % expected.size()
                : std::min<std::size_t>(column.size() + random() % 4,
                                        expected.size() - 1);
        if (random() % 4 == 0) {
          column.SetNull(row);
          expected[row].reset();
          continue;
        }
        const auto value = static_cast<std::int64_t>(random()) % range;
        if (type == ColumnType::kBool) {
          column.SetInt64(row, value % 2);
          expected[row] = value % 2;
        } else if (type == ColumnType::kMoney ||
                   type == ColumnType::kTimestamp) {
          column.SetInt64(row, value);
          expected[row] = value;
        } else {
          column.SetText(row, std::to_string(value));
          expected[row] = value;
        }
      }
      for (std::size_t row = 0; row < expected.size(); ++row) {
        ASSERT_EQ(column.IsNull(row), !expected[row]) << row;
        if (!expected[row]) continue;
        if (type == ColumnType::kBool || type == ColumnType::kMoney ||
            type == ColumnType::kTimestamp) {
          ASSERT_EQ(column.Int64(row), *expected[row]);
        } else {
          ASSERT_EQ(column.Text(row), std::to_string(*expected[row]));
        }
      }
    }
  }
}

TEST(ColumnTest, IsEmptyAfterClear) {
  Column column(ColumnType::kUtf8);
  column.SetText(0, "gone");
  column.Clear();
  EXPECT_EQ(column.size(), 0U);
  column.SetText(0, "new");
  EXPECT_EQ(column.Text(0), "new");
}

}  // namespace
}  // namespace precision
