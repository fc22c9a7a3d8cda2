#include "precision/json/json_writer.h"

#include <cassert>
#include <nlohmann/json.hpp>
#include <utility>

namespace precision {

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
  text_ += nlohmann::json(text).dump(-1, ' ', /*ensure_ascii=*/false,
                                     nlohmann::json::error_handler_t::replace);
}

}  // namespace precision
