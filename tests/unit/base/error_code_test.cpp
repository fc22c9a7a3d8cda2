#include "precision/base/error_code.h"

#include <gtest/gtest.h>

#include <set>
#include <string_view>

namespace precision {
namespace {

TEST(ErrorCodeTest, EveryCodeHasItsOwnSnakeCaseName) {
  std::set<std::string_view> names;
  for (const ErrorCode code : AllErrorCodes()) {
    const std::string_view name = ToString(code);
    EXPECT_EQ(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_"),
              std::string_view::npos)
        << name;
    EXPECT_TRUE(names.insert(name).second) << name;
  }
  EXPECT_EQ(names.size(), AllErrorCodes().size());
}

}  // namespace
}  // namespace precision
