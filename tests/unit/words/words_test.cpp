#include "precision/words/words.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "words/sentences.h"

namespace precision {
namespace {

TEST(WordsTest, HasWordsForEveryCode) {
  for (const ErrorCode code : AllErrorCodes()) {
    SCOPED_TRACE(ToString(code));
    const ErrorWords words = WordsFor(code);
    EXPECT_FALSE(words.title.empty());
    EXPECT_FALSE(words.body.empty());
    EXPECT_FALSE(words.step.empty());
    // The general sentence: nothing is left to fill in.
    EXPECT_EQ(words.title.find('{'), std::string_view::npos);
    EXPECT_EQ(words.body.find('{'), std::string_view::npos);
  }
  EXPECT_EQ(WordsFor(ErrorCode::kKeyExpired).step, "create");
}

TEST(WordsTest, KeepsCharactersBeyondAscii) {
  EXPECT_NE(WordsFor(ErrorCode::kKeyTruncated).body.find("Stripe\u2019s"),
            std::string_view::npos);
}

TEST(WordsTest, CountsInTheRightForm) {
  EXPECT_EQ(Count("right", 1), "1 permission is right");
  EXPECT_EQ(Count("right", 0), "0 permissions are right");
  EXPECT_EQ(Count("right", 12), "12 permissions are right");
}

TEST(WordsTest, FillsInWhatASentenceMentions) {
  EXPECT_EQ(Say("missing_row", "Customers"),
            "Customers is set to None. Set it to Read.");
}

TEST(WordsTest, ListsThingsAsOneWould) {
  const std::vector<std::string> items = {"a", "b", "c"};
  EXPECT_EQ(List(std::span(items).first(0)), "");
  EXPECT_EQ(List(std::span(items).first(1)), "a");
  EXPECT_EQ(List(std::span(items).first(2)), "a and b");
  EXPECT_EQ(List(items), "a, b, and c");
}

// A report as it stands before anything was answered claims nothing.
TEST(WordsTest, SaysNothingIsRightBeforeItWasShown) {
  const PermissionReport report = MakeReport({}, {}, {}, nullptr);
  const std::string text = ReportText(report, GuidePolicy());
  EXPECT_EQ(text.find("to change"), std::string::npos);
  EXPECT_EQ(text.find("is right"), std::string::npos);
  EXPECT_NE(text.find("permissions could not be checked"), std::string::npos);
}

}  // namespace
}  // namespace precision
