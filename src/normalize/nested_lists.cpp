#include "normalize/nested_lists.h"

#include <array>
#include <cstddef>

#include "normalize/cells.h"
#include "normalize/layout.h"
#include "normalize/text.h"

namespace precision {

namespace {

using raw::Cursor;
using raw::Nested;

struct RestPage {
  static constexpr std::array<std::string_view, 2> kNames = {"has_more",
                                                             "data"};
  static constexpr std::array<std::string_view, 1> kId = {"id"};

  static void Read(void* page, std::size_t index, Cursor& at,
                   const Nested& nested) {
    RestPage& self = *static_cast<RestPage*>(page);
    if (index == 0) {
      self.has_more = *at.it == 't';
      return at.SkipValue();
    }
    self.is_list = *at.it == '[';
    if (!self.is_list) return at.SkipValue();
    at.EachElement([&] { self.ReadElement(at, nested); });
  }

  static void ReadId(void* page, std::size_t, Cursor& at, const Nested&) {
    RestPage& self = *static_cast<RestPage*>(page);
    const char* begin = at.it;
    at.SkipValue();
    if (*begin != '"' || !at.ok()) return;
    self.last_id = {begin + 1, static_cast<std::size_t>(at.it - begin - 2)};
  }

  void ReadElement(Cursor& at, const Nested& nested) {
    const char* begin = at.it;
    ++count;
    if (*begin == '{') {
      nested.Get().ReadObject(at, {kId, ReadId}, this);
    } else {
      at.SkipValue();
    }
    elements.append(begin, static_cast<std::size_t>(at.it - begin)) += ',';
  }

  bool ReadBody(std::string_view body) {
    raw::LayoutTree layouts;
    Cursor at(body);
    if (at.SkipSpace() && *at.it == '{') {
      layouts.root().Get().ReadObject(at, {kNames, Read}, this);
    } else if (at.ok()) {
      at.SkipValue();
    }
    return at.ok() && !at.SkipSpace() && at.it == at.end;
  }

  bool has_more = false;
  bool is_list = false;
  std::size_t count = 0;
  std::string_view last_id;
  std::string elements;
};

std::string_view TakeValue(Cursor& at) {
  const char* begin = at.it;
  at.SkipValue();
  return {begin, static_cast<std::size_t>(at.it - begin)};
}

// What holds a list, and what the list says of its elements.
struct Holder {
  const raw::TextCell& escaped_id;
  std::string_view id;
  std::string_view said;
};

// The elements of an array of old, which may have no id: they get the holder's
// and a number.  Of members that come twice the last holds, so that what an
// element says itself counts.
[[clang::minsize]] void AddNumbered(Sink& sink, TableId table,
                                    const raw::View& list, const Holder& holder,
                                    std::int64_t& count) {
  Cursor at(list.json);
  at.EachElement([&] {
    const std::string_view element = TakeValue(at);
    ++count;
    if (!sink.children.Wants(table)) return;
    // What is no object, or says nothing, is refused as in any list.
    const std::size_t first = element.find_first_not_of(" \t\r\n", 1);
    if (!element.starts_with('{') || element[first] == '}') {
      return sink.children.Add(table, element, holder.id);
    }
    std::string child = R"({"id":")";
    child.append(holder.escaped_id.escaped()).append("/");
    child.append(std::to_string(count)).append(R"(",)").append(holder.said);
    child.append(element.substr(1));
    sink.children.Add(table, child, holder.id);
  });
}

// https://docs.stripe.com/api/discounts/object
struct DiscountFinder {
  Sink& sink;
  Cursor at;

  void Visit(bool is_discount) {
    if (*at.it == '[') return at.EachElement([&] { Visit(is_discount); });
    if (*at.it != '{') return at.SkipValue();
    if (!is_discount) {
      return at.EachMember([&](std::string_view key) {
        // The account's own words are no objects of Stripe's.
        if (key == "metadata") return at.SkipValue();
        Visit(key == "discount" || key == "discounts");
      });
    }
    sink.children.Add(TableId::kDiscounts, TakeValue(at), {});
  }
};

}  // namespace

void AddDiscounts(Sink& sink, std::string_view object) {
  DiscountFinder{sink, Cursor(object)}.Visit(/*is_discount=*/false);
}

raw::IntCell AddOldLines(Sink& sink, const raw::Invoice& invoice,
                         std::string_view id) {
  const raw::InvoiceLines& lines = invoice.lines.value;
  const struct {
    const raw::View& list;
    std::string_view said;
  } lists[] = {
      {lines.subscriptions, R"("type":"subscription",)"},
      {lines.prorations, R"("type":"invoiceitem","proration":true,)"},
      {lines.invoiceitems, R"("type":"invoiceitem",)"},
  };
  raw::IntCell count;
  for (const auto& [list, said] : lists) {
    if (!list.is_array()) continue;
    count.state = raw::CellState::kValue;
    AddNumbered(sink, TableId::kInvoiceLines, list, {invoice.id, id, said},
                count.value);
  }
  return count;
}

bool AddRefunds(Sink& sink, const raw::Charge& charge, std::string_view id) {
  if (charge.refunds.is_array()) {
    std::int64_t count = 0;
    AddNumbered(sink, TableId::kRefunds, charge.refunds, {charge.id, id, {}},
                count);
  }
  return AddList(sink, TableId::kRefunds, charge.refunds, id);
}

[[clang::minsize]] bool AddList(Sink& sink, TableId table,
                                const raw::View& list,
                                std::string_view parent) {
  bool is_short = false;
  if (!list.is_object()) return is_short;
  Cursor at(list.json);
  at.EachMember([&](std::string_view key) {
    if (key == "has_more") is_short = *at.it == 't';
    if (key != "data" || *at.it != '[') return at.SkipValue();
    at.EachElement([&] { sink.children.Add(table, TakeValue(at), parent); });
  });
  return is_short;
}

Result<ReadSummary> ReadRestPage(std::string_view body, std::string& elements) {
  RestPage page;
  std::string repaired;
  if (!page.ReadBody(body)) {
    repaired = ReplaceLoneSurrogates(body);
    page = {};
    if (!page.ReadBody(repaired)) {
      return Error{ErrorCode::kJsonMalformed, "no JSON"};
    }
  }
  if (!page.is_list) {
    return Error{ErrorCode::kStripeUnreadable, "no list of objects"};
  }
  elements += page.elements;
  ReadSummary summary;
  summary.page.count = summary.objects_new = page.count;
  summary.page.has_more = page.has_more;
  summary.page.last_id = page.last_id;
  return summary;
}

}  // namespace precision
