#include "demo_stripe/json_writer.h"

#include <array>
#include <charconv>

namespace precision::demo {

void JsonWriter::NewLine() {
  if (form_ == kOneLine) return;
  out_ += '\n';
  out_.append(closers_.size() * 2, ' ');
}

void JsonWriter::Lead(std::string_view key) {
  if (!closers_.empty()) {
    if (!first_) out_ += form_ == kOneLine ? ", " : ",";
    NewLine();
  }
  first_ = false;
  if (!key.empty()) {
    Quote(key);
    out_ += ": ";
  }
}

void JsonWriter::Quote(std::string_view text) {
  static constexpr std::string_view kHex = "0123456789abcdef";
  out_ += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out_ += '\\';
      out_ += c;
    } else if (byte < 0x20) {
      out_ += "\\u00";
      out_ += kHex[byte >> 4U];
      out_ += kHex[byte & 15U];
    } else {
      out_ += c;
    }
  }
  out_ += '"';
}

void JsonWriter::Object(std::string_view key) {
  Lead(key);
  out_ += '{';
  closers_ += '}';
  first_ = true;
}

void JsonWriter::Array(std::string_view key) {
  Lead(key);
  out_ += '[';
  closers_ += ']';
  first_ = true;
}

void JsonWriter::End() {
  const char closer = closers_.back();
  closers_.pop_back();
  if (!first_) NewLine();
  out_ += closer;
  first_ = false;
}

void JsonWriter::Str(std::string_view key, std::string_view value) {
  Lead(key);
  Quote(value);
}

void JsonWriter::Int(std::string_view key, std::int64_t value) {
  Lead(key);
  std::array<char, 24> digits;
  const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), value);
  out_.append(digits.data(), end.ptr);
}

void JsonWriter::Flag(std::string_view key, bool value) {
  Lead(key);
  out_ += value ? "true" : "false";
}

void JsonWriter::Null(std::string_view key) {
  Lead(key);
  out_ += "null";
}

void JsonWriter::Raw(std::string_view key, std::string_view json) {
  Lead(key);
  out_ += json;
}

void JsonWriter::StrOrNull(std::string_view key, std::string_view value) {
  value.empty() ? Null(key) : Str(key, value);
}

void JsonWriter::IntOrNull(std::string_view key, std::int64_t value) {
  value == 0 ? Null(key) : Int(key, value);
}

void JsonWriter::EmptyArray(std::string_view key) { Raw(key, "[]"); }
void JsonWriter::EmptyObject(std::string_view key) { Raw(key, "{}"); }

void JsonWriter::Nulls(std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys) Null(key);
}

}  // namespace precision::demo
