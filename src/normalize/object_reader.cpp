#include "normalize/object_reader.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "normalize/cell_readers.h"
#include "normalize/nested_lists.h"
#include "normalize/text.h"

namespace precision {

namespace {

void Refuse(ErrorCode code, Sink& sink, ReadSummary& summary) {
  sink.issues.Refuse(sink.id, code);
  ++summary.rows_refused;
}

Error Malformed(const raw::Cursor& cursor, std::string_view body) {
  if (cursor.too_deep()) {
    return {ErrorCode::kJsonMalformed, "nested too deeply"};
  }
  const auto at = cursor.it - body.data();
  return {ErrorCode::kJsonMalformed,
          cursor.it == cursor.end
              ? "the body ends early, at byte " + std::to_string(at)
              : "no JSON at byte " + std::to_string(at)};
}

}  // namespace

// https://docs.stripe.com/api/pagination
struct ObjectReader::Page {
  static constexpr std::array<std::string_view, 2> kNames = {"has_more",
                                                             "data"};

  explicit Page(ObjectReader& the_reader) : reader(the_reader) {}

  static void Read(void* page, std::size_t index, raw::Cursor& at,
                   const raw::Nested& nested) {
    auto& self = *static_cast<Page*>(page);
    if (index == 0) return raw::Read(self.has_more, at);
    // The last of several holds.
    self.reader.Clear();
    self.count = 0;
    self.is_list = *at.it == '[';
    if (!self.is_list) return at.SkipValue();
    at.EachElement([&] {
      self.reader.ReadElement(at, nested);
      ++self.count;
    });
  }

  ObjectReader& reader;
  raw::BoolCell has_more;
  bool is_list = false;
  std::size_t count = 0;
};

Result<ReadSummary> ObjectReader::ReadPage(std::string_view body, Sink& sink) {
  parent_ = {};
  raw::Cursor cursor(body);
  Page page(*this);
  if (Parse(cursor, page)) return Apply(page, sink);
  if (!cursor.bad_escape()) return Malformed(cursor, body);
  const std::string repaired = ReplaceLoneSurrogates(body);
  raw::Cursor again(repaired);
  Page second(*this);
  if (Parse(again, second)) return Apply(second, sink);
  return Malformed(again, repaired);
}

void ObjectReader::ReadOne(std::string_view json, std::string_view parent,
                           Sink& sink, ReadSummary& summary) {
  parent_ = parent;
  raw::Cursor cursor(json);
  Clear();
  if (cursor.SkipSpace()) ReadElement(cursor, singles_.root());
  ++summary.page.count;
  if (!cursor.ok()) return Refuse(ErrorCode::kJsonMalformed, sink, summary);
  AddElement(0, FactsOf(0), sink, summary);
}

void ObjectReader::ReadRest(std::string_view json, std::string_view id,
                            Sink& sink) {
  parent_ = {};
  raw::Cursor cursor(json);
  Clear();
  ReadElement(cursor, singles_.root());
  sink.is_rest = true;
  if (!cursor.ok()) return;
  Write(0, id, sink);
  if (sink.takes_discounts) AddDiscounts(sink, json);
}

bool ObjectReader::Parse(raw::Cursor& cursor, Page& page) {
  Clear();
  const raw::Members members{Page::kNames, Page::Read};
  if (cursor.SkipSpace() && *cursor.it == '{') {
    pages_.root().Get().ReadObject(cursor, members, &page);
  } else if (cursor.ok()) {
    cursor.SkipValue();
  }
  if (!cursor.ok()) return false;
  // Nothing but white space may follow.
  if (!cursor.SkipSpace() && cursor.it == cursor.end) return true;
  cursor.Fail();
  return false;
}

Result<ReadSummary> ObjectReader::Apply(const Page& page, Sink& sink) {
  if (!page.is_list) {
    return Error{ErrorCode::kStripeUnreadable, "no list of objects"};
  }
  ReadSummary summary;
  summary.page.has_more = page.has_more.is_true();
  summary.page.count = page.count;
  if (page.count > 0) {
    const std::size_t last = page.count - 1;
    summary.page.first_id = IdOf(0, FactsOf(0), id_scratch_);
    summary.page.last_id = IdOf(last, FactsOf(last), id_scratch_);
  }
  for (std::size_t i = 0; i < page.count; ++i) {
    const Facts facts = FactsOf(i);
    NoteTime(facts, summary.page);
    AddElement(i, facts, sink, summary);
  }
  return summary;
}

void ObjectReader::NoteTime(const Facts& facts, ListPage& page) const {
  if (!facts.created.has() || facts.created.value < 0) {
    page.descending = false;
    return;
  }
  const UnixSeconds at{facts.created.value};
  // The oldest so far is the one before, as long as the page descends.
  if (page.oldest && at > *page.oldest) page.descending = false;
  page.oldest = std::min(page.oldest.value_or(at), at);
  page.newest = std::max(page.newest.value_or(at), at);
}

std::string_view ObjectReader::IdOf(std::size_t, const Facts& facts,
                                    std::string& scratch) const {
  const raw::TextCell& id = facts.id;
  if (!id.has() || id.is_plain) return id.escaped();
  return DecodeText(id.escaped(), scratch).text;
}

void ObjectReader::AddElement(std::size_t element, const Facts& facts,
                              Sink& sink, ReadSummary& summary) {
  if (facts.state != raw::CellState::kValue ||
      (facts.object.state != raw::CellState::kAbsent &&
       !Takes(facts.object.escaped()))) {
    return Refuse(ErrorCode::kObjectUnknown, sink, summary);
  }
  const std::string_view id = IdOf(element, facts, id_scratch_);
  if (id.empty()) return Refuse(ErrorCode::kRowWithoutId, sink, summary);
  const Seen seen = Write(element, id, sink);
  ++(seen.new_row ? summary.rows_new : summary.rows_replaced);
  if (seen.new_object) ++summary.objects_new;
  if (sink.takes_discounts) AddDiscounts(sink, facts.json);
}

}  // namespace precision
