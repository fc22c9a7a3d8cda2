#include "precision/base/money.h"

#include <gtest/gtest.h>

namespace precision {
namespace {

TEST(MoneyTest, KnowsHowManyDecimalsStripeCounts) {
  const struct {
    const char* currency;
    int digits;
  } cases[] = {
      {"usd", 2},
      {"EUR", 2},
      {"jpy", 0},
      {"JPY", 0},
      {"krw", 0},
      {"vnd", 0},
      {"xaf", 0},
      {"kwd", 3},
      {"TND", 3},
      {"bhd", 3},
      // Special cases, which Intl has with no decimals.
      {"isk", 2},
      {"ugx", 2},
      {"huf", 2},
      {"twd", 2},
      // Not known, and no currency at all.
      {"zzz", 2},
      {"", 2},
      {"us", 2},
      {"jpyx", 2},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.currency);
    EXPECT_EQ(MinorUnitDigits(c.currency), c.digits);
  }
}

}  // namespace
}  // namespace precision
