// Writes small JSON on one line.  Text that is not UTF-8 is repaired, so that
// what comes out is always JSON.

#ifndef PRECISION_JSON_JSON_WRITER_H_
#define PRECISION_JSON_JSON_WRITER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace precision {

// REQUIRES: balanced Begin and End calls, and Name() before each value of an
// object.
class JsonWriter {
 public:
  JsonWriter& BeginObject();
  JsonWriter& EndObject();
  JsonWriter& BeginArray();
  JsonWriter& EndArray();

  JsonWriter& Name(std::string_view name);

  JsonWriter& String(std::string_view text);
  JsonWriter& Int(std::int64_t value);
  JsonWriter& Bool(bool value);
  JsonWriter& Null();

  // What was written; the writer is empty again.
  std::string Take();

 private:
  void BeforeValue();
  void Quote(std::string_view text);

  std::string text_;
  std::vector<bool> has_elements_;
  bool after_name_ = false;
};

}  // namespace precision

#endif  // PRECISION_JSON_JSON_WRITER_H_
