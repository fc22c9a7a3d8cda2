#include "precision/json/json_value.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace precision {
namespace {

JsonDocument Parsed(std::string_view text) {
  Result<JsonDocument> document = JsonDocument::Parse(text);
  EXPECT_TRUE(document.ok()) << text;
  return std::move(document).value();
}

TEST(JsonValueTest, ReadsEachType) {
  const JsonDocument document = Parsed(
      R"({"i": -7, "u": 9223372036854775807, "d": 1.5, "b": true, "n": null,)"
      R"( "s": "caf\u00e9", "a": [1, "two"], "o": {"x": {"y": 3}}})");
  const JsonValue root = document.root();
  EXPECT_EQ(root["i"].AsInt(), -7);
  EXPECT_EQ(root["u"].AsInt(), 9223372036854775807);
  EXPECT_EQ(root["d"].AsDouble(), 1.5);
  EXPECT_EQ(root["b"].AsBool(), true);
  EXPECT_TRUE(root["n"].IsNull());
  EXPECT_EQ(root["s"].AsString(), "caf\xC3\xA9");
  EXPECT_EQ(root["a"].size(), 2U);
  EXPECT_EQ(root["a"].At(1).AsString(), "two");
  EXPECT_EQ(root["o"]["x"]["y"].AsInt(), 3);
  EXPECT_EQ(root.NameAt(0), "i");
  EXPECT_EQ(root.At(0).AsInt(), -7);
}

TEST(JsonValueTest, GivesNothingForWhatDoesNotFit) {
  const JsonDocument document =
      Parsed(R"({"s": "1", "d": 1.0, "big": 9223372036854775808, "a": [1]})");
  const JsonValue root = document.root();
  EXPECT_FALSE(root["absent"].present());
  EXPECT_FALSE(root["absent"]["further"]["down"].AsString());
  EXPECT_FALSE(root["s"].AsInt());
  EXPECT_FALSE(root["d"].AsInt());
  EXPECT_FALSE(root["big"].AsInt());
  EXPECT_FALSE(root["s"]["member"].present());
  EXPECT_FALSE(root["a"].At(1).present());
  EXPECT_FALSE(root["s"].At(0).present());
  EXPECT_EQ(root.NameAt(99), "");
  EXPECT_EQ(root["s"].size(), 0U);
  EXPECT_FALSE(JsonValue().AsBool());
}

TEST(JsonValueTest, KeepsTheLastOfTwoMembersWithOneName) {
  EXPECT_EQ(Parsed(R"({"a": 1, "a": 2})").root()["a"].AsInt(), 2);
}

TEST(JsonDocumentTest, RefusesWhatIsNotJson) {
  const std::pair<const char*, std::string> cases[] = {
      {"empty", ""},
      {"spaces", "  \n"},
      {"html", "<html></html>"},
      {"cut off", R"({"error": {"type)"},
      {"trailing text", "{} {}"},
      {"trailing comma", R"({"a": 1,})"},
      {"single quotes", "{'a': 1}"},
      {"not utf-8", "\"\xFF\""},
      {"number out of range", "1e999"},
      {"nan", "NaN"},
      {"nul", std::string("{}\0x", 4)},
      {"comment", "{} // no"},
  };
  for (const auto& [name, text] : cases) {
    SCOPED_TRACE(name);
    const Result<JsonDocument> document = JsonDocument::Parse(text);
    ASSERT_FALSE(document.ok());
    EXPECT_EQ(document.error().code, ErrorCode::kJsonMalformed);
  }
}

TEST(JsonDocumentTest, RefusesWhatIsNestedTooDeep) {
  const auto nested = [](int depth) {
    const auto count = static_cast<std::size_t>(depth);
    return std::string(count, '[') + std::string(count, ']');
  };
  EXPECT_TRUE(JsonDocument::Parse(nested(JsonDocument::kMaxDepth)).ok());
  EXPECT_FALSE(JsonDocument::Parse(nested(JsonDocument::kMaxDepth + 1)).ok());
  EXPECT_FALSE(JsonDocument::Parse(std::string(1000000, '[')).ok());
  // Brackets inside a text do not nest.
  EXPECT_TRUE(
      JsonDocument::Parse("\"\\\"" + std::string(1000, '{') + "\"").ok());
}

}  // namespace
}  // namespace precision
