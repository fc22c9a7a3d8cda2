// The reader over a raw shape and its row rule.  A rule is a type with
//   using Shape = raw::Customer;
//   static constexpr std::string_view kObject = "customer";
//   Seen Write(const Shape&, std::string_view id, Sink&);

#ifndef PRECISION_NORMALIZE_OBJECT_READER_IMPL_H_
#define PRECISION_NORMALIZE_OBJECT_READER_IMPL_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "normalize/cell_readers.h"
#include "normalize/object_reader.h"
#include "normalize/stripe_objects.h"
#include "normalize/text.h"

namespace precision {

// What a rule made of one object.
struct Seen {
  bool new_row = false;
  bool new_object = false;
};

template <typename Rule>
class ReaderOf final : public ObjectReader {
 public:
  Result<ReadSummary> ReadPage(std::string_view body, Sink& sink) override {
    raw::Cursor cursor(body);
    if (Parse(cursor)) return Apply(sink);
    if (!cursor.bad_escape()) return Malformed(cursor, body);
    const std::string repaired = ReplaceLoneSurrogates(body);
    raw::Cursor again(repaired);
    if (Parse(again)) return Apply(sink);
    return Malformed(again, repaired);
  }

  void ReadOne(std::string_view json, Sink& sink,
               ReadSummary& summary) override {
    raw::Part<Shape> element;
    raw::Cursor cursor(json);
    if (cursor.SkipSpace()) raw::Read(element, cursor, singles_.root());
    ++summary.page.count;
    if (!cursor.ok()) {
      sink.issues.Refuse(sink.id, ErrorCode::kJsonMalformed);
      ++summary.rows_refused;
      return;
    }
    AddElement(element, sink, summary);
  }

  std::size_t ByteSize() const override {
    return page_.data.items.capacity() * sizeof(raw::Part<Shape>) +
           pages_.ByteSize() + singles_.ByteSize();
  }

 private:
  using Shape = typename Rule::Shape;

  bool Parse(raw::Cursor& cursor) {
    page_.object = {};
    page_.has_more = {};
    page_.data.count = 0;
    page_.data.state = raw::CellState::kAbsent;
    is_object_ = cursor.SkipSpace() && *cursor.it == '{';
    if (is_object_) {
      raw::ReadMembers(page_, cursor, pages_.root().Get());
    } else if (cursor.ok()) {
      cursor.SkipValue();
    }
    if (!cursor.ok()) return false;
    // Nothing but white space may follow.
    if (!cursor.SkipSpace() && cursor.it == cursor.end) return true;
    cursor.Fail();
    return false;
  }

  static Error Malformed(const raw::Cursor& cursor, std::string_view body) {
    if (cursor.too_deep()) {
      return {ErrorCode::kJsonMalformed, "nested too deeply"};
    }
    const auto at = cursor.it - body.data();
    return {ErrorCode::kJsonMalformed,
            cursor.it == cursor.end
                ? "the body ends early, at byte " + std::to_string(at)
                : "no JSON at byte " + std::to_string(at)};
  }

  Result<ReadSummary> Apply(Sink& sink) {
    if (!is_object_ || !page_.data.has()) {
      return Error{ErrorCode::kStripeUnreadable, "no list of objects"};
    }
    ReadSummary summary;
    summary.page.has_more = page_.has_more.is_true();
    summary.page.count = page_.data.count;
    if (page_.data.count > 0) {
      summary.page.first_id = IdOf(page_.data.items[0]);
      summary.page.last_id = IdOf(page_.data.items[page_.data.count - 1]);
    }
    for (const raw::Part<Shape>& element : page_.data) {
      NoteTime(element, summary.page);
      AddElement(element, sink, summary);
    }
    return summary;
  }

  static void NoteTime(const raw::Part<Shape>& element, ListPage& page) {
    std::optional<std::int64_t> created;
    if (element.has()) created = Rule::CreatedOf(element.value);
    if (!created) {
      page.descending = false;
      return;
    }
    const UnixSeconds at{*created};
    // The oldest so far is the one before, as long as the page descends.
    if (page.oldest && at > *page.oldest) page.descending = false;
    page.oldest = std::min(page.oldest.value_or(at), at);
    page.newest = std::max(page.newest.value_or(at), at);
  }

  static std::string IdOf(const raw::Part<Shape>& element) {
    if (!element.has() || !element.value.id.has()) return {};
    std::string scratch;
    return std::string(DecodeText(element.value.id.escaped(), scratch).text);
  }

  void AddElement(const raw::Part<Shape>& element, Sink& sink,
                  ReadSummary& summary) {
    if (!element.has()) {
      Refuse(ErrorCode::kObjectUnknown, sink, summary);
      return;
    }
    const Shape& shape = element.value;
    if (shape.object.state != raw::CellState::kAbsent &&
        shape.object.escaped() != Rule::kObject) {
      Refuse(ErrorCode::kObjectUnknown, sink, summary);
      return;
    }
    if (!shape.id.has() || shape.id.size == 0) {
      Refuse(ErrorCode::kRowWithoutId, sink, summary);
      return;
    }
    const DecodedText id = DecodeText(shape.id.escaped(), id_scratch_);
    const Seen seen = rule_.Write(shape, id.text, sink);
    ++(seen.new_row ? summary.rows_new : summary.rows_replaced);
    if (seen.new_object) ++summary.objects_new;
  }

  static void Refuse(ErrorCode code, Sink& sink, ReadSummary& summary) {
    sink.issues.Refuse(sink.id, code);
    ++summary.rows_refused;
  }

  Rule rule_;
  raw::Page<Shape> page_;
  raw::LayoutTree pages_;
  raw::LayoutTree singles_;
  bool is_object_ = false;
  std::string id_scratch_;
};

// A `created` that can be one.
inline std::optional<std::int64_t> Created(const raw::IntCell& cell) {
  if (!cell.has() || cell.value < 0) return std::nullopt;
  return cell.value;
}

}  // namespace precision

#endif  // PRECISION_NORMALIZE_OBJECT_READER_IMPL_H_
