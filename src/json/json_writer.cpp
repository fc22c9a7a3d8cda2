#include "precision/json/json_writer.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace precision {

namespace {

// Bytes of the UTF-8 sequence that `text` begins with; 0: it is none.
// https://www.rfc-editor.org/rfc/rfc3629#section-4
std::size_t SequenceLength(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return static_cast<unsigned char>(text[i]);
  };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if (byte(i) < 0x80 || byte(i) > 0xBF) return 0;
  }
  // Overlong forms, surrogates, and what lies beyond U+10FFFF.
  const unsigned char next = byte(1);
  const bool odd =
      (lead == 0xE0 && next < 0xA0) || (lead == 0xED && next > 0x9F) ||
      (lead == 0xF0 && next < 0x90) || (lead == 0xF4 && next > 0x8F);
  return odd ? 0 : length;
}

}  // namespace

JsonWriter& JsonWriter::BeginObject() {
  BeforeValue();
  text_ += '{';
  has_elements_.push_back(false);
  return *this;
}

JsonWriter& JsonWriter::EndObject() {
  assert(!has_elements_.empty() && !after_name_);
  has_elements_.pop_back();
  text_ += '}';
  return *this;
}

JsonWriter& JsonWriter::BeginArray() {
  BeforeValue();
  text_ += '[';
  has_elements_.push_back(false);
  return *this;
}

JsonWriter& JsonWriter::EndArray() {
  assert(!has_elements_.empty());
  has_elements_.pop_back();
  text_ += ']';
  return *this;
}

JsonWriter& JsonWriter::Name(std::string_view name) {
  BeforeValue();
  Quote(name);
  text_ += ':';
  after_name_ = true;
  return *this;
}

JsonWriter& JsonWriter::String(std::string_view text) {
  BeforeValue();
  Quote(text);
  return *this;
}

JsonWriter& JsonWriter::Int(std::int64_t value) {
  BeforeValue();
  text_ += std::to_string(value);
  return *this;
}

JsonWriter& JsonWriter::Bool(bool value) {
  BeforeValue();
  text_ += value ? "true" : "false";
  return *this;
}

JsonWriter& JsonWriter::Null() {
  BeforeValue();
  text_ += "null";
  return *this;
}

std::string JsonWriter::Take() {
  assert(has_elements_.empty() && !after_name_);
  return std::exchange(text_, {});
}

void JsonWriter::BeforeValue() {
  if (after_name_) {
    after_name_ = false;
    return;
  }
  if (has_elements_.empty()) return;
  if (has_elements_.back()) text_ += ',';
  has_elements_.back() = true;
}

void JsonWriter::Quote(std::string_view text) {
  // By hand: nlohmann's writer would be a tenth of the module.
  constexpr std::string_view kDigits = "0123456789abcdef";
  constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
  text_ += '"';
  while (!text.empty()) {
    const std::size_t length = SequenceLength(text);
    const char c = text.front();
    const auto byte = static_cast<unsigned char>(c);
    if (length == 0) {
      text_ += kReplacement;
    } else if (c == '"' || c == '\\') {
      text_ += {'\\', c};
    } else if (c == '\n') {
      text_ += "\\n";
    } else if (byte < ' ') {
      text_ += {'\\', 'u', '0', '0', kDigits[byte >> 4U], kDigits[byte & 15U]};
    } else {
      text_ += text.substr(0, length);
    }
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  text_ += '"';
}

}  // namespace precision
