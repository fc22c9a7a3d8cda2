// The reader over a raw shape and its row rule.  A rule is a type with
//   using Shape = raw::Customer;
//   static constexpr std::string_view kObject = "customer";
//   static raw::IntCell CreatedOf(const Shape&);
//   static raw::TextCell KeyOf(const Shape&);  // where it need not be the id
//   Seen Write(const Shape&, std::string_view id, Sink&);

#ifndef PRECISION_NORMALIZE_OBJECT_READER_IMPL_H_
#define PRECISION_NORMALIZE_OBJECT_READER_IMPL_H_

#include <cstddef>
#include <string_view>

#include "normalize/cell_readers.h"
#include "normalize/object_reader.h"
#include "normalize/stripe_objects.h"

namespace precision {

template <typename Rule>
class ReaderOf final : public ObjectReader {
 public:
  std::size_t ByteSize() const override {
    return ObjectReader::ByteSize() +
           elements_.items.capacity() * sizeof(elements_.items[0]);
  }

 private:
  using Shape = typename Rule::Shape;

  void Clear() override { elements_.count = 0; }
  void ReadElement(raw::Cursor& at, const raw::Nested& nested) override {
    raw::Read(elements_.Next(), at, nested);
  }
  Facts FactsOf(std::size_t element) const override {
    const raw::Part<Shape>& part = elements_.items[element];
    if (!part.has()) return {part.state, {}, {}, {}, {}};
    const Shape& shape = part.value;
    raw::TextCell id = shape.id;
    if constexpr (requires { Rule::KeyOf(shape); }) id = Rule::KeyOf(shape);
    return {part.state, part.json, shape.object, id, Rule::CreatedOf(shape)};
  }
  bool Takes(std::string_view object) const override {
    return object == Rule::kObject;
  }
  Seen Write(std::size_t element, std::string_view id, Sink& sink) override {
    return rule_.Write(elements_.items[element].value, id, sink);
  }

  Rule rule_;
  raw::List<raw::Part<Shape>> elements_;
};

}  // namespace precision

#endif  // PRECISION_NORMALIZE_OBJECT_READER_IMPL_H_
