#include "precision/base/result.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace precision {
namespace {

TEST(ResultTest, HoldsAValueOrAnError) {
  const Result<std::string> good = std::string("row");
  ASSERT_TRUE(good.ok());
  EXPECT_EQ(good.value(), "row");

  const Result<std::string> bad = Error{ErrorCode::kTimedOut, "after 60 s"};
  ASSERT_FALSE(bad.ok());
  EXPECT_EQ(bad.error().code, ErrorCode::kTimedOut);
}

TEST(ResultTest, GivesAMoveOnlyValueAway) {
  Result<std::unique_ptr<int>> result = std::make_unique<int>(7);
  const std::unique_ptr<int> taken = std::move(result).value();
  EXPECT_EQ(*taken, 7);
}

}  // namespace
}  // namespace precision
