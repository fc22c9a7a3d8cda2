#include "normalize/any_reader.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "normalize/cell_readers.h"
#include "normalize/stripe_objects.h"
#include "normalize/text.h"

namespace precision {

namespace {

using raw::View;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr char kRecordSeparator = '\x1E';

// https://docs.stripe.com/api: ids tell their type where `object` is missing.
constexpr std::pair<std::string_view, std::string_view> kPrefixes[] = {
    {"cus_", "customer"},
    {"in_", "invoice"},
    {"pi_", "payment_intent"},
    {"ch_", "charge"},
    {"py_", "charge"},
    {"sub_", "subscription"},
    {"il_", "line_item"},
    {"si_", "subscription_item"},
    {"re_", "refund"},
    {"pyr_", "refund"},
    {"dp_", "dispute"},
    {"du_", "dispute"},
    {"prod_", "product"},
    {"price_", "price"},
    {"plan_", "plan"},
    {"di_", "discount"},
    {"cn_", "credit_note"},
    {"po_", "payout"},
    {"txn_", "balance_transaction"},
};

// The elements of an array, or the values of an object's members: not the
// account's own words, which are no objects of Stripe's, and not what an object
// was before an event.
// REQUIRES: `json` is one of the two, and well formed.
std::vector<std::string_view> Children(std::string_view json) {
  std::vector<std::string_view> children;
  raw::Cursor at(json);
  const auto add = [&](std::string_view key = {}) {
    View child;
    Read(child, at);
    if (key == "metadata" || key == "previous_attributes") return;
    children.push_back(child.json);
  };
  if (json.starts_with('{')) {
    at.EachMember(add);
  } else {
    at.EachElement(add);
  }
  return children;
}

// One JSON value or many: behind each other, one a line, or set apart by commas
// as the elements of an array are.
struct Documents {
  std::vector<std::string_view> values;
  bool whole = true;
  bool bad_escape = false;     // the fault of one that is no JSON
  std::size_t stopped_at = 0;  // in the first of these
};

// Behind a value that broke off at `at` in `text`, the next line that begins
// with one; the end, if there is none.
std::size_t NextLineWithValue(std::string_view text, std::size_t begin,
                              std::size_t at) {
  // Of a value that was cut short, the line that it broke off at may be it.
  std::size_t end = text.substr(0, at).rfind('\n');
  if (end == std::string_view::npos || end < begin) end = text.find('\n', at);
  while (end < text.size()) {
    const std::string_view line = text.substr(end + 1);
    if (line.starts_with('{') || line.starts_with('[')) return end + 1;
    end = text.find('\n', end + 1);
  }
  return text.size();
}

// Of an array or a list page that breaks off, the elements before that.
void AddWholeElements(std::string_view json,
                      std::vector<std::string_view>& values) {
  raw::Cursor at(json);
  const auto add = [&] {
    View element;
    Read(element, at);
    if (at.ok() && element.is_object()) values.push_back(element.json);
  };
  if (json.starts_with('[')) {
    at.EachElement(add);
  } else if (json.starts_with('{')) {
    at.EachMember([&](std::string_view key) {
      if (key == "data" && *at.it == '[') return at.EachElement(add);
      View other;
      Read(other, at);
    });
  }
}

Documents Split(std::string_view text) {
  Documents documents;
  std::size_t begin = 0;
  while (true) {
    const std::string_view rest = text.substr(begin);
    raw::Cursor at(rest);
    const bool has_more = at.SkipSpace();
    begin += static_cast<std::size_t>(at.it - rest.data());
    if (!has_more && at.it == at.end) return documents;
    // At the start, or of each of several files that were put together.
    if (text.substr(begin).starts_with(kByteOrderMark)) {
      begin += kByteOrderMark.size();
      continue;
    }
    // https://www.rfc-editor.org/rfc/rfc7464
    if (text[begin] == kRecordSeparator ||
        (text[begin] == ',' && !documents.values.empty())) {
      ++begin;
      continue;
    }
    View value;
    Read(value, at);
    const auto end = static_cast<std::size_t>(at.it - text.data());
    if (at.ok()) {
      documents.values.push_back(value.json);
      begin = end;
      continue;
    }
    if (documents.whole) documents.stopped_at = end;
    documents.whole = false;
    documents.bad_escape |= at.bad_escape();
    AddWholeElements(text.substr(begin), documents.values);
    begin = NextLineWithValue(text, begin, end);
  }
}

// Of an answer that was kept with its head, as by curl -i, the body.
std::string_view BodyOf(std::string_view text) {
  if (!text.starts_with("HTTP/")) return text;
  for (const std::string_view gap : {"\r\n\r\n", "\n\n"}) {
    const std::size_t at = text.find(gap);
    if (at != std::string_view::npos) return text.substr(at + gap.size());
  }
  return text;
}

class Walk {
 public:
  Walk(const Wanted& wanted, const FitsType& fits, const AddObject& add,
       IssueLog& issues)
      : wanted_(wanted), fits_(fits), add_(add), issues_(issues) {}

  void Visit(std::string_view json) {
    if (json.starts_with('[')) {
      for (const std::string_view child : Children(json)) Visit(child);
    } else if (json.starts_with('{')) {
      VisitObject(json, /*is_part=*/false);
    } else {
      const std::size_t before = found_;
      VisitString(json);
      if (found_ == before) RefuseUnknown({});
    }
  }

  // What events hold waits for this: a page has the newest first, a log the
  // oldest, and the newest is to win.
  ReadSummary Finish() {
    std::ranges::stable_sort(events_, {}, &Event::created);
    for (const Event& event : std::exchange(events_, {})) Apply(event);
    return std::move(summary_);
  }

 private:
  struct Event {
    std::int64_t created;
    std::string_view type;
    std::string_view object;
  };

  // `is_part`: a member of a wrapper, which need not be a Stripe object.
  void VisitObject(std::string_view json, bool is_part) {
    raw::Envelope envelope;
    raw::Cursor at(json);
    raw::ReadMembers(envelope, at, envelopes_.root().Get());
    const std::string_view object =
        envelope.object.has() ? envelope.object.escaped() : std::string_view();

    if (object == "list" || object == "search_result" ||
        (object.empty() && envelope.data.is_array())) {
      if (!envelope.data.is_array()) return RefuseUnknown(object);
      if (envelope.has_more.is_true()) summary_.page.has_more = true;
      VisitList(envelope.data.json);
    } else if (object == "event") {
      VisitEvent(envelope);
    } else if (!object.empty()) {
      AddTyped(object, json);
    } else if (const std::string_view type = TypeById(envelope.id);
               !type.empty()) {
      AddTyped(type, json);
    } else {
      VisitWrapper(json, envelope.id.has(), is_part);
    }
  }

  void VisitList(std::string_view data) {
    const std::size_t first = events_.size();
    for (const std::string_view child : Children(data)) Visit(child);
    // Of one second, the first of a page is the newest.
    std::reverse(events_.begin() + static_cast<std::ptrdiff_t>(first),
                 events_.end());
  }

  // https://docs.stripe.com/api/events/object
  void VisitEvent(const raw::Envelope& envelope) {
    if (!envelope.data.is_object()) return RefuseUnknown("event");
    raw::EventData inner;
    raw::Cursor at(envelope.data.json);
    raw::ReadMembers(inner, at, event_data_.root().Get());
    if (!inner.object.is_object()) return RefuseUnknown("event");
    ++found_;
    events_.push_back({envelope.created.has() ? envelope.created.value : 0,
                       envelope.type.escaped(), inner.object.json});
  }

  void Apply(const Event& event) {
    Visit(event.object);
    // The object is sent as it was, without `deleted`.
    raw::Envelope gone;
    raw::Cursor at(event.object);
    raw::ReadMembers(gone, at, envelopes_.root().Get());
    std::string_view type = event.type;
    if (!type.ends_with(".deleted") || !gone.id.has() || !gone.object.has()) {
      return;
    }
    type.remove_suffix(std::string_view(".deleted").size());
    if (type != gone.object.escaped() || !fits_(type)) return;
    std::string stub = R"({"id":")";
    stub.append(gone.id.escaped()).append(R"(","deleted":true})");
    ReadSummary of_the_stub;
    add_({type, stub}, of_the_stub);
  }

  void VisitWrapper(std::string_view json, bool has_id, bool is_part) {
    const std::size_t before = found_;
    for (const std::string_view child : Children(json)) VisitPart(child);
    if (found_ != before || is_part) return;
    // No object inside: a row of what was asked for that lacks its type or its
    // id, say.
    if (wanted_.object.empty() || (!has_id && !wanted_.is_type)) {
      RefuseUnknown({});
    } else {
      Add({wanted_.object, json});
    }
  }

  void VisitPart(std::string_view child) {
    if (child.starts_with('[')) return Visit(child);
    if (child.starts_with('{')) return VisitObject(child, /*is_part=*/true);
    VisitString(child);
  }

  // A body as text, as recorders and gateways keep it.
  void VisitString(std::string_view json) {
    if (!json.starts_with('"') || !json.contains('{')) return;
    std::string scratch;
    const std::string_view escaped = json.substr(1, json.size() - 2);
    const std::string& text =
        texts_.emplace_back(DecodeText(escaped, scratch).text);
    const Documents documents = Split(text);
    if (!documents.whole) return;
    for (const std::string_view value : documents.values) {
      if (value.starts_with('{')) VisitObject(value, /*is_part=*/true);
      if (value.starts_with('[')) Visit(value);
    }
  }

  static std::string_view TypeById(const raw::TextCell& id) {
    if (!id.has()) return {};
    for (const auto& [prefix, type] : kPrefixes) {
      if (id.escaped().starts_with(prefix)) return type;
    }
    return {};
  }

  void AddTyped(std::string_view object, std::string_view json) {
    if (!fits_(object)) return RefuseUnknown(object);
    Add({object, json});
  }

  void Add(const FoundObject& object) {
    ++found_;
    add_(object, summary_);
  }

  void RefuseUnknown(std::string_view object) {
    ++found_;
    ++summary_.page.count;
    ++summary_.rows_refused;
    if (wanted_.table) {
      issues_.Refuse(*wanted_.table, ErrorCode::kObjectUnknown);
    } else {
      issues_.RefuseUnknown(object);
    }
  }

  const Wanted& wanted_;
  const FitsType& fits_;
  const AddObject& add_;
  IssueLog& issues_;
  ReadSummary summary_;
  std::size_t found_ = 0;
  std::vector<Event> events_;
  std::deque<std::string> texts_;  // that events point into
  raw::LayoutTree envelopes_;
  raw::LayoutTree event_data_;
};

}  // namespace

Result<ReadSummary> ReadAnything(std::string_view text, const Wanted& wanted,
                                 const FitsType& fits, const AddObject& add,
                                 IssueLog& issues) {
  std::string utf8;
  if (IsUtf16(text)) text = utf8 = Utf16ToUtf8(text);
  text = BodyOf(text);
  Documents documents = Split(text);
  std::string repaired;
  if (!documents.whole && documents.bad_escape) {
    repaired = ReplaceLoneSurrogates(text);
    text = repaired;
    documents = Split(text);
  }
  std::size_t malformed_line = 0;
  if (!documents.whole) {
    malformed_line = 1 + static_cast<std::size_t>(std::ranges::count(
                             text.substr(0, documents.stopped_at), '\n'));
  }
  if (documents.values.empty()) {
    if (malformed_line == 0) {
      return Error{ErrorCode::kJsonMalformed, "nothing to read"};
    }
    return Error{
        ErrorCode::kJsonMalformed,
        (documents.stopped_at == text.size() ? "the text ends early, on line "
                                             : "no JSON on line ") +
            std::to_string(malformed_line)};
  }
  Walk walk(wanted, fits, add, issues);
  for (const std::string_view value : documents.values) walk.Visit(value);
  ReadSummary summary = walk.Finish();
  summary.malformed_line = malformed_line;
  return summary;
}

}  // namespace precision
