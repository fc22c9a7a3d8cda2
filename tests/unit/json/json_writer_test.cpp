#include "precision/json/json_writer.h"

#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>
#include <string>

#include "precision/json/json_value.h"

namespace precision {
namespace {

using Json = nlohmann::json;

TEST(JsonWriterTest, WritesNestedValuesOnOneLine) {
  JsonWriter json;
  json.BeginObject();
  json.Name("a").BeginArray().Int(1).Bool(false).Null().EndArray();
  json.Name("b").BeginObject().EndObject();
  json.Name("c").String("x\ny\"z");
  json.EndObject();
  EXPECT_EQ(json.Take(), R"({"a":[1,false,null],"b":{},"c":"x\ny\"z"})");
  EXPECT_EQ(json.Take(), "");
}

TEST(JsonWriterTest, CanBeReadBackWhateverTheText) {
  const std::string texts[] = {std::string("\0\x01\x1F", 3), "\xFF\xC3",
                               "\xE2\x80\xA8</script>", "\\u0041"};
  for (const std::string& text : texts) {
    JsonWriter json;
    json.BeginObject().Name(text).String(text).EndObject();
    const std::string written = json.Take();
    EXPECT_FALSE(written.contains('\n'));
    EXPECT_TRUE(JsonDocument::Parse(written).ok()) << written;
  }
}

// Against the other writer, for every beginning of a sequence.
TEST(JsonWriterTest, WritesTextAsNlohmannDoes) {
  for (int first = 0; first < 256; ++first) {
    for (int second = 0; second < 256; ++second) {
      std::string text = "a";
      text += static_cast<char>(first);
      text += static_cast<char>(second);
      text += "\x80\x80z";
      JsonWriter json;
      json.String(text);
      const Json mine = Json::parse(json.Take(), nullptr, false);
      ASSERT_TRUE(mine.is_string()) << first << " " << second;
      const std::string theirs =
          Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
      // How many bytes one replacement stands for is a matter of taste.
      const std::string whole = Json::parse(theirs).get<std::string>();
      const std::string bad = "\xEF\xBF\xBD";
      EXPECT_EQ(mine.get<std::string>().contains(bad), whole.contains(bad));
      if (!whole.contains(bad)) EXPECT_EQ(mine.get<std::string>(), whole);
    }
  }
}

TEST(JsonWriterTest, WritesWholeNumbersExactly) {
  JsonWriter json;
  json.Int(std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(json.Take(), "-9223372036854775808");
}

}  // namespace
}  // namespace precision
