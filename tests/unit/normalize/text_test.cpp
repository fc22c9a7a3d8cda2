#include "normalize/text.h"

#include <gtest/gtest.h>

#include <string>

namespace precision {
namespace {

TEST(TextTest, ReplacesWhatIsNoUtf8AsBrowsersDo) {
  const struct {
    const char* name;
    std::string bytes;
    std::string text;
  } cases[] = {
      {"a lone continuation", "a\x80z", "a\xEF\xBF\xBDz"},
      {"a cut sequence", "a\xE2\x82z", "a\xEF\xBF\xBDz"},
      {"a cut at the end", "a\xF0\x9F\x98", "a\xEF\xBF\xBD"},
      {"overlong", "\xC0\xAF", "\xEF\xBF\xBD\xEF\xBF\xBD"},
      {"a surrogate", "\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
      {"beyond Unicode", "\xF4\x90\x80\x80",
       "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
      {"Latin-1", "caf\xE9", "caf\xEF\xBF\xBD"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    std::string scratch;
    const DecodedText decoded = DecodeText(c.bytes, scratch);
    EXPECT_EQ(decoded.text, c.text);
    EXPECT_TRUE(decoded.repaired);
  }
}

TEST(TextTest, BorrowsPlainTextAndCopiesOnlyTheRest) {
  std::string scratch;
  const std::string plain = "nothing to undo in this one";
  EXPECT_EQ(DecodeText(plain, scratch).text.data(), plain.data());
  const DecodedText escaped = DecodeText("nothing to undo \\n but", scratch);
  EXPECT_EQ(escaped.text, "nothing to undo \n but");
  EXPECT_EQ(escaped.text.data(), scratch.data());
  EXPECT_FALSE(escaped.repaired);
}

TEST(TextTest, FindsOnlyLoneSurrogates) {
  const struct {
    const char* json;
    const char* out;
  } cases[] = {
      {R"("\ud83d\ude00")", R"("\ud83d\ude00")"},
      {R"("\ud83d")", R"("\uFfFd")"},
      {R"("\ude00\ud83d")", R"("\uFfFd\uFfFd")"},
      {R"("\ud83d\ud83d\ude00")", R"("\uFfFd\ud83d\ude00")"},
      {R"("\\ud83d")", R"("\\ud83d")"},
      {R"("\\\ud83d")", R"("\\\uFfFd")"},
      {R"("\ud83dx")", R"("\uFfFdx")"},
      {R"("\u12")", R"("\u12")"},
      {R"("\)", R"("\)"},
      {R"("\ud83d\u)", R"("\uFfFd\u)"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.json);
    EXPECT_EQ(ReplaceLoneSurrogates(c.json), c.out);
  }
}

}  // namespace
}  // namespace precision
