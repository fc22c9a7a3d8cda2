// Small JSON documents: error bodies, catalogues, reports.  A read-only view
// with checked getters and no exceptions; pages of Stripe objects are read
// elsewhere, by normalize/.

#ifndef PRECISION_JSON_JSON_VALUE_H_
#define PRECISION_JSON_JSON_VALUE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "precision/base/result.h"

namespace precision {

// A view into a JsonDocument, valid as long as the document is.  A getter that
// does not fit gives an absent value, so that a chain needs one check at its
// end: doc.root()["error"]["code"].AsString().
class JsonValue {
 public:
  JsonValue() = default;

  bool present() const { return node_ != nullptr; }
  bool IsNull() const;
  bool IsObject() const;
  bool IsArray() const;

  // Absent unless this is an object that has `name`; of two members with one
  // name the last counts.
  JsonValue operator[](std::string_view name) const;
  // Absent unless this is an array (or object: its values) longer than `index`.
  JsonValue At(std::size_t index) const;
  // The name of an object's member; empty otherwise.
  std::string_view NameAt(std::size_t index) const;
  // Elements of an array or members of an object, else 0.
  std::size_t size() const;

  // Integers only: neither 1.0 nor a number beyond int64.
  std::optional<std::int64_t> AsInt() const;
  std::optional<double> AsDouble() const;
  std::optional<bool> AsBool() const;
  std::optional<std::string_view> AsString() const;

 private:
  friend class JsonDocument;
  explicit JsonValue(const void* node) : node_(node) {}

  const void* node_ = nullptr;
};

class JsonDocument {
 public:
  // Deeper nesting is refused: nothing that Stripe sends comes near it.
  static constexpr int kMaxDepth = 64;

  // Errors: kJsonMalformed, for invalid UTF-8, trailing text and nesting too
  // deep as well.  The detail never quotes the text.
  static Result<JsonDocument> Parse(std::string_view text);

  JsonDocument(JsonDocument&& other) noexcept;
  JsonDocument& operator=(JsonDocument&& other) noexcept;
  ~JsonDocument();

  JsonValue root() const;

 private:
  struct Tree;
  explicit JsonDocument(std::unique_ptr<Tree> tree);

  std::unique_ptr<Tree> tree_;
};

}  // namespace precision

#endif  // PRECISION_JSON_JSON_VALUE_H_
