#include "precision/base/wipe.h"

#include <gtest/gtest.h>

#include <string>

namespace precision {
namespace {

TEST(WipeTest, OverwritesTheWholeBuffer) {
  std::string text(100, 'k');
  text.resize(40);  // the other 60 stay in the buffer
  const char* bytes = text.data();
  const std::size_t capacity = text.capacity();
  Wipe(text);
  EXPECT_TRUE(text.empty());
  ASSERT_EQ(text.data(), bytes);
  // Still the string's own memory, so reading it is defined once it is
  // resized over it.
  text.resize(capacity, '\0');
  for (const char c : text) EXPECT_EQ(c, '\0');
}

TEST(WipeTest, TakesAnEmptyString) {
  std::string text;
  Wipe(text);
  EXPECT_TRUE(text.empty());
}

}  // namespace
}  // namespace precision
