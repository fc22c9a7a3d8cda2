#include "normalize/monthly_value.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>

namespace precision {
namespace {

TEST(MonthlyValueTest, IsExactAndRoundedOnce) {
  constexpr std::int64_t kMax = (std::int64_t{1} << 53) - 1;
  const struct {
    const char* amount;
    std::int64_t quantity;
    const char* interval;
    std::int64_t count;
    std::optional<std::int64_t> value;
  } cases[] = {
      {"1999", 1, "month", 1, 1999},
      {"1999", 3, "month", 1, 5997},
      {"12000", 1, "year", 1, 1000},
      {"10", 1, "year", 1, 1},  // 0.83
      {"6", 1, "year", 1, 1},   // 0.5, away from zero
      {"5", 1, "year", 1, 0},   // 0.42
      {"-6", 1, "year", 1, -1},
      {"3000", 1, "month", 3, 1000},
      {"24000", 1, "year", 2, 1000},
      {"300", 1, "week", 1, 1300},  // 52 / 12
      {"12", 1, "day", 1, 365},
      {"0.05", 1000, "month", 1, 50},
      {"0.000000000001", 1'000'000'000, "month", 1, 0},
      {"0.0005", 1000, "month", 1, 1},
      {"1.50", 1, "month", 1, 2},
      {"0", 5, "year", 1, 0},
      {"5", 0, "month", 1, 0},
      {"9007199254740991", 1, "month", 1, kMax},
      {"9007199254740991", 2, "month", 1, std::nullopt},
      {"9007199254740991.4", 1, "month", 1, kMax},
      {"99999999999999999999999999", 1, "month", 1, std::nullopt},
      {"1", 1, "fortnight", 1, std::nullopt},
      {"1", 1, "", 1, std::nullopt},
      {"1", 1, "month", 0, std::nullopt},
      {"1", -1, "month", 1, std::nullopt},
      {"", 1, "month", 1, std::nullopt},
      {"-", 1, "month", 1, std::nullopt},
      {".", 1, "month", 1, std::nullopt},
      {"1e3", 1, "month", 1, std::nullopt},
      {"1.2.3", 1, "month", 1, std::nullopt},
      {"0.0000000000001", 1, "month", 1, std::nullopt},
      {"0.5000000000000000", 1, "month", 1, 1},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(std::string(c.amount) + " x " + std::to_string(c.quantity) +
                 " " + c.interval);
    EXPECT_EQ(MonthlyValue(c.amount, c.quantity, c.interval, c.count), c.value);
  }
}

}  // namespace
}  // namespace precision
