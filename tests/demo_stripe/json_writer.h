// Writes JSON as Stripe does: two spaces, "key": value, [] and {} when empty.

#ifndef PRECISION_DEMO_STRIPE_JSON_WRITER_H_
#define PRECISION_DEMO_STRIPE_JSON_WRITER_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace precision::demo {

// Members are written by Str(), Int(), ... with a key inside an object, and
// with an empty key inside an array.  Every Object() and Array() is closed by
// End(), innermost first.
class JsonWriter {
 public:
  enum Form : std::uint8_t { kPretty, kOneLine };
  explicit JsonWriter(std::string& out, Form form = kPretty)
      : out_(out), form_(form) {}

  void Object(std::string_view key = {});
  void Array(std::string_view key = {});
  void End();

  void Str(std::string_view key, std::string_view value);
  void Int(std::string_view key, std::int64_t value);
  void Flag(std::string_view key, bool value);
  void Null(std::string_view key);
  void Raw(std::string_view key, std::string_view json);  // a number, say

  void StrOrNull(std::string_view key, std::string_view value);
  void IntOrNull(std::string_view key, std::int64_t value);  // 0 is null
  void EmptyArray(std::string_view key);
  void EmptyObject(std::string_view key);
  void Nulls(std::initializer_list<std::string_view> keys);

 private:
  void Lead(std::string_view key);
  void Quote(std::string_view text);

  void NewLine();

  std::string& out_;
  Form form_;
  bool first_ = true;
  std::string closers_;
};

}  // namespace precision::demo

#endif  // PRECISION_DEMO_STRIPE_JSON_WRITER_H_
