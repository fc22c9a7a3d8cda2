#include "precision/json/json_value.h"

#include <cassert>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

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
  tree->root = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (tree->root.is_discarded()) {
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
