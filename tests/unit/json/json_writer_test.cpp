#include "precision/json/json_writer.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "precision/json/json_value.h"

namespace precision {
namespace {

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

TEST(JsonWriterTest, WritesWholeNumbersExactly) {
  JsonWriter json;
  json.Int(std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(json.Take(), "-9223372036854775808");
}

}  // namespace
}  // namespace precision
