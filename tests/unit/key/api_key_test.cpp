#include "precision/key/api_key.h"

#include <gtest/gtest.h>

#include <string>
#include <type_traits>
#include <utility>

#include "key_samples.h"

namespace precision {
namespace {

static_assert(!std::is_copy_constructible_v<ApiKey>);
static_assert(!std::is_copy_assignable_v<ApiKey>);

ApiKey Parsed(const std::string& text) {
  return std::move(ApiKey::Parse(text)).value();
}

TEST(ApiKeyTest, LetsTheKeyOutByTheHeaderOnly) {
  const ApiKey key = Parsed("Bearer " + LiveKey() + "\n");
  EXPECT_EQ(key.AuthorizationHeader(), "Bearer " + LiveKey());
  EXPECT_EQ(key.Redacted(), CheckKey(LiveKey()).redacted);
  EXPECT_EQ(key.mode(), KeyMode::kLive);
}

TEST(ApiKeyTest, LeavesNothingBehindWhenMoved) {
  // 15 characters or fewer would live inside the string itself; both forms.
  for (const std::size_t length : {10U, 99U}) {
    ApiKey from = Parsed(LiveMode(Body(length)));
    const ApiKey to = std::move(from);
    EXPECT_EQ(to.AuthorizationHeader(), "Bearer " + LiveMode(Body(length)));
    EXPECT_EQ(from.AuthorizationHeader(), "Bearer ");  // NOLINT: the point
    EXPECT_EQ(from.Redacted(), "");
  }
}

TEST(ApiKeyTest, GivesUpItsOldKeyWhenAssigned) {
  ApiKey key = Parsed(LiveMode(Body(99, 1)));
  key = Parsed(TestMode(Body(99, 2)));
  EXPECT_EQ(key.mode(), KeyMode::kTest);
  EXPECT_EQ(key.AuthorizationHeader(), "Bearer " + TestMode(Body(99, 2)));
}

TEST(ApiKeyTest, HintsAtTheAccountOfCurrentKeysOnly) {
  const std::string account = "1OuEMLAlTWGaDypq";
  EXPECT_EQ(Parsed(LiveMode("5" + account + Body(82))).AccountHint(),
            "acct_" + account);
  EXPECT_EQ(Parsed(LiveMode(Body(24))).AccountHint(), "");
  EXPECT_EQ(Parsed(LiveMode("x" + Body(98))).AccountHint(), "");
}

}  // namespace
}  // namespace precision
