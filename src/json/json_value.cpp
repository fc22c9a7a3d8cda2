#include "precision/json/json_value.h"

#include <cassert>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

namespace precision {

namespace {

// Ordered: catalogues are read in the order they were written.
using Json = nlohmann::ordered_json;

const Json& Node(const void* node) { return *static_cast<const Json*>(node); }

// Step by step: an object's iterators take no offsets.
Json::const_iterator Element(const void* node, std::size_t index) {
  auto element = Node(node).begin();
  for (std::size_t i = 0; i < index; ++i) ++element;
  return element;
}

// nlohmann parses without recursion, but copies and destroys with it.
bool NestsTooDeep(std::string_view text) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') {
        ++i;
      } else if (c == '"') {
        in_string = false;
      }
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      if (++depth > JsonDocument::kMaxDepth) return true;
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  return false;
}

}  // namespace

struct JsonDocument::Tree {
  Json root;
};

namespace {

// Builds the tree from nlohmann's events.  Json::parse() would bring its parser
// along a second time, for callbacks that nobody sets.
class Builder final : public nlohmann::json_sax<Json> {
 public:
  explicit Builder(Json& root) { open_.push_back(&root); }

  bool null() override { return Take(nullptr); }
  bool boolean(bool value) override { return Take(value); }
  bool number_integer(number_integer_t value) override { return Take(value); }
  bool number_unsigned(number_unsigned_t value) override { return Take(value); }
  bool number_float(number_float_t value, const string_t&) override {
    return Take(value);
  }
  bool string(string_t& value) override { return Take(std::move(value)); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return Open(Json::object()); }
  bool key(string_t& name) override {
    // Of a name that comes twice the last holds.
    slot_ = &(*open_.back())[name];
    return true;
  }
  bool end_object() override { return Close(); }
  bool start_array(std::size_t) override { return Open(Json::array()); }
  bool end_array() override { return Close(); }
  bool parse_error(std::size_t, const std::string&,
                   const nlohmann::detail::exception&) override {
    return false;
  }

 private:
  Json& Place() {
    Json& in = *open_.back();
    if (in.is_array()) return in.emplace_back();
    return in.is_object() ? *slot_ : in;
  }
  template <typename Value>
  bool Take(Value&& value) {
    Place() = std::forward<Value>(value);
    return true;
  }
  bool Open(Json empty) {
    Json& place = Place();
    place = std::move(empty);
    open_.push_back(&place);
    return true;
  }
  bool Close() {
    open_.pop_back();
    return true;
  }

  std::vector<Json*> open_;  // the root, and what is being filled
  Json* slot_ = nullptr;     // of the key that came last
};

}  // namespace

bool JsonValue::IsNull() const { return present() && Node(node_).is_null(); }
bool JsonValue::IsObject() const {
  return present() && Node(node_).is_object();
}
bool JsonValue::IsArray() const { return present() && Node(node_).is_array(); }

JsonValue JsonValue::operator[](std::string_view name) const {
  if (!IsObject()) return {};
  const Json& object = Node(node_);
  const auto member = object.find(name);
  return member == object.end() ? JsonValue() : JsonValue(&*member);
}

JsonValue JsonValue::At(std::size_t index) const {
  if (index >= size()) return {};
  return JsonValue(&*Element(node_, index));
}

std::string_view JsonValue::NameAt(std::size_t index) const {
  if (!IsObject() || index >= size()) return {};
  return Element(node_, index).key();
}

std::size_t JsonValue::size() const {
  return IsObject() || IsArray() ? Node(node_).size() : 0;
}

std::optional<std::int64_t> JsonValue::AsInt() const {
  if (!present() || !Node(node_).is_number_integer()) return std::nullopt;
  if (Node(node_).is_number_unsigned()) {
    const auto value = Node(node_).get<std::uint64_t>();
    constexpr auto kMax =
        static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (value > kMax) return std::nullopt;
    return static_cast<std::int64_t>(value);
  }
  return Node(node_).get<std::int64_t>();
}

std::optional<double> JsonValue::AsDouble() const {
  if (!present() || !Node(node_).is_number()) return std::nullopt;
  return Node(node_).get<double>();
}

std::optional<bool> JsonValue::AsBool() const {
  if (!present() || !Node(node_).is_boolean()) return std::nullopt;
  return Node(node_).get<bool>();
}

std::optional<std::string_view> JsonValue::AsString() const {
  if (!present() || !Node(node_).is_string()) return std::nullopt;
  return *Node(node_).get_ptr<const std::string*>();
}

Result<JsonDocument> JsonDocument::Parse(std::string_view text) {
  // nlohmann takes a NUL for the end and would not look at the rest.
  if (text.contains('\0')) {
    return Error{ErrorCode::kJsonMalformed, "a NUL in the text"};
  }
  if (NestsTooDeep(text)) {
    return Error{ErrorCode::kJsonMalformed, "nested too deep"};
  }
  auto tree = std::make_unique<Tree>();
  Builder builder(tree->root);
  if (!Json::sax_parse(text, &builder)) {
    return Error{ErrorCode::kJsonMalformed, "not JSON"};
  }
  return JsonDocument(std::move(tree));
}

JsonDocument::JsonDocument(std::unique_ptr<Tree> tree)
    : tree_(std::move(tree)) {}
JsonDocument::JsonDocument(JsonDocument&& other) noexcept = default;
JsonDocument& JsonDocument::operator=(JsonDocument&& other) noexcept = default;
JsonDocument::~JsonDocument() = default;

JsonValue JsonDocument::root() const {
  assert(tree_ != nullptr);
  return JsonValue(&tree_->root);
}

}  // namespace precision
