#include "demo_stripe/answer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <vector>

#include "demo_stripe/resource.h"
#include "demo_stripe/writers.h"

namespace precision::demo {

namespace {

using Answered = std::variant<std::string, DemoError>;

// https://docs.stripe.com/api/pagination
constexpr std::int64_t kDefaultLimit = 10;
constexpr std::int64_t kMaxLimit = 100;

constexpr auto kSubscriptionStatuses = std::to_array<std::string_view>(
    {"active", "past_due", "unpaid", "canceled", "incomplete",
     "incomplete_expired", "trialing", "paused", "all", "ended"});

struct ListAsk {
  std::int64_t limit = kDefaultLimit;
  std::int64_t from = std::numeric_limits<std::int64_t>::min();   // created >=
  std::int64_t until = std::numeric_limits<std::int64_t>::max();  // created <
  std::string starting_after;
  std::string ending_before;
  std::vector<std::string> expand;
};

std::optional<std::int64_t> WholeNumber(std::string_view text) {
  std::int64_t value = 0;
  const auto end =
      std::from_chars(text.data(), text.data() + text.size(), value);
  if (end.ec != std::errc() || end.ptr != text.data() + text.size()) {
    return std::nullopt;
  }
  return value;
}

std::optional<DemoError> ReadLimit(const std::string& text, ListAsk& ask) {
  const auto limit = WholeNumber(text);
  if (!limit) {
    DemoError error = BadParameter("limit", "Invalid integer: " + text);
    error.code = "parameter_invalid_integer";
    return error;
  }
  if (*limit < 1 || *limit > kMaxLimit) {
    DemoError error = BadParameter(
        "limit", *limit < 1 ? "This value must be greater than or equal to 1."
                            : "This value must be less than or equal to 100.");
    error.code = "parameter_invalid_integer";
    return error;
  }
  ask.limit = *limit;
  return std::nullopt;
}

std::optional<DemoError> ReadCreated(const std::string& name,
                                     const std::string& text, ListAsk& ask) {
  const auto at = WholeNumber(text);
  if (!at) {
    DemoError error = BadParameter(name, "Invalid integer: " + text);
    error.code = "parameter_invalid_integer";
    return error;
  }
  if (name == "created") {
    ask.from = std::max(ask.from, *at);
    ask.until = std::min(ask.until, *at + 1);
  } else if (name == "created[gte]") {
    ask.from = std::max(ask.from, *at);
  } else if (name == "created[gt]") {
    ask.from = std::max(ask.from, *at + 1);
  } else if (name == "created[lt]") {
    ask.until = std::min(ask.until, *at);
  } else if (name == "created[lte]") {
    ask.until = std::min(ask.until, *at + 1);
  } else {
    return UnknownParameter(name);
  }
  return std::nullopt;
}

std::optional<DemoError> ReadParameter(const std::string& name,
                                       const std::string& value,
                                       bool has_created,
                                       std::string_view filters, ListAsk& ask) {
  if (name == "limit") return ReadLimit(value, ask);
  if (name == "starting_after" || name == "ending_before") {
    (name == "starting_after" ? ask.starting_after : ask.ending_before) = value;
    return std::nullopt;
  }
  if (name.starts_with("expand[")) {
    if (!value.starts_with("data.")) {
      return BadParameter("expand", "This property cannot be expanded (" +
                                        value +
                                        "). You may want to try expanding "
                                        "'data." +
                                        value + "' instead.");
    }
    ask.expand.push_back(value.substr(5));
    return std::nullopt;
  }
  if (name.starts_with("created")) {
    if (!has_created) return UnknownParameter(name);
    return ReadCreated(name, value, ask);
  }
  const std::string plain = name.substr(0, name.find('['));
  if (filters.find(" " + plain + " ") == std::string_view::npos) {
    return UnknownParameter(name);
  }
  return std::nullopt;
}

std::optional<DemoError> ReadAsk(const Query& query, bool has_created,
                                 std::string_view filters, ListAsk& ask) {
  for (const auto& [name, value] : query.parameters) {
    if (auto error = ReadParameter(name, value, has_created, filters, ask)) {
      return error;
    }
  }
  if (!ask.starting_after.empty() && !ask.ending_before.empty()) {
    return BadParameter("starting_after",
                        "You may only specify one of these parameters: "
                        "ending_before, starting_after.");
  }
  return std::nullopt;
}

// The first index in [0, count) whose `created` is not below `at`.
std::int64_t LowerBound(const Business& business, const Resource& resource,
                        std::int64_t count, std::int64_t at) {
  std::int64_t low = 0;
  std::int64_t high = count;
  while (low < high) {
    const std::int64_t middle = low + (high - low) / 2;
    if (resource.created(business, middle) < at) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

std::string ListBody(std::string_view url, bool has_more) {
  std::string body;
  JsonWriter json(body);
  json.Object();
  json.Str("object", "list");
  json.EmptyArray("data");
  json.Flag("has_more", has_more);
  json.Str("url", url);
  json.End();
  return body + "\n";
}

DemoError Missing(const AnswerContext& context, const Resource& resource,
                  const std::string& id, std::string_view param) {
  const bool twin = context.live_twin != nullptr &&
                    resource.find(*context.live_twin, id).has_value();
  return NoSuch(resource.object, id, param, twin);
}

Answered AnswerList(const AnswerContext& context, const Resource& resource,
                    const Query& query) {
  ListAsk ask;
  if (auto error =
          ReadAsk(query, resource.has_created, resource.filters, ask)) {
    return *error;
  }
  if (resource.path == "/v1/subscriptions") {
    const std::string* status = query.Find("status");
    if (status != nullptr &&
        std::find(kSubscriptionStatuses.begin(), kSubscriptionStatuses.end(),
                  *status) == kSubscriptionStatuses.end()) {
      return BadParameter("status",
                          "Invalid status: must be one of active, "
                          "past_due, unpaid, canceled, incomplete, "
                          "incomplete_expired, trialing, paused, "
                          "all, or ended");
    }
  }
  const Business& business = context.business;
  const std::int64_t count = resource.count(business);
  std::int64_t low = LowerBound(business, resource, count, ask.from);
  std::int64_t high = LowerBound(business, resource, count, ask.until);
  const bool backwards = !ask.ending_before.empty();
  const std::string& cursor =
      backwards ? ask.ending_before : ask.starting_after;
  if (!cursor.empty()) {
    const auto at = resource.find(business, cursor);
    if (!at) {
      DemoError error = Missing(context, resource, cursor,
                                backwards ? "ending_before" : "starting_after");
      error.status = 400;
      return error;
    }
    if (backwards) {
      low = std::max(low, *at + 1);
    } else {
      high = std::min(high, *at);
    }
  }
  std::vector<std::int64_t> page;
  bool has_more = false;
  const auto visit = [&](std::int64_t index) {
    if (!resource.matches(business, index, query)) return true;
    has_more = static_cast<std::int64_t>(page.size()) == ask.limit;
    if (!has_more) page.push_back(index);
    return !has_more;
  };
  if (backwards) {
    for (std::int64_t i = low; i < high && visit(i); ++i) {
    }
    std::reverse(page.begin(), page.end());
  } else {
    for (std::int64_t i = high - 1; i >= low && visit(i); --i) {
    }
  }
  std::string body;
  body.reserve(page.size() * 6500 + 200);
  JsonWriter json(body);
  BeginList(json, {});
  const Telling telling{business, json, context.version, ask.expand};
  for (const std::int64_t index : page) resource.write(telling, index, {});
  EndList(json, has_more, resource.path);
  return body + "\n";
}

Answered AnswerRetrieve(const AnswerContext& context, const Resource& resource,
                        const std::string& id, const Query& query) {
  for (const auto& [name, value] : query.parameters) {
    if (!name.starts_with("expand[")) return UnknownParameter(name);
  }
  const auto index = resource.find(context.business, id);
  if (!index) return Missing(context, resource, id, "id");
  std::string body;
  JsonWriter json(body);
  const Telling telling{context.business, json, context.version,
                        query.All("expand")};
  resource.write(telling, *index, {});
  return body + "\n";
}

// A list within one object, in the object's own order.
template <typename WriteOne, typename IdOf>
Answered AnswerWithin(const Query& query, std::string_view filters,
                      std::size_t count, const std::string& url,
                      std::string& body, JsonWriter& json, IdOf&& id_of,
                      WriteOne&& write) {
  ListAsk ask;
  if (auto error = ReadAsk(query, false, filters, ask)) return *error;
  std::size_t begin = 0;
  std::size_t end = count;
  const std::string& cursor =
      ask.starting_after.empty() ? ask.ending_before : ask.starting_after;
  if (!cursor.empty()) {
    std::size_t at = 0;
    while (at < count && id_of(at) != cursor) ++at;
    if (at == count) {
      DemoError error = NoSuch("object", cursor, "starting_after", false);
      error.status = 400;
      return error;
    }
    if (ask.starting_after.empty()) {
      end = at;
      const auto limit = static_cast<std::size_t>(ask.limit);
      begin = at > limit ? at - limit : 0;
    } else {
      begin = at + 1;
    }
  }
  const std::size_t stop =
      std::min(end, begin + static_cast<std::size_t>(ask.limit));
  const bool has_more = ask.ending_before.empty() ? stop < count : begin > 0;
  BeginList(json, {});
  for (std::size_t i = begin; i < stop; ++i) write(i);
  EndList(json, has_more, url);
  return body + "\n";
}

Answered AnswerLines(const AnswerContext& context, const std::string& id,
                     const Query& query) {
  const Resource& invoices = *FindResource("/v1/invoices");
  const auto index = invoices.find(context.business, id);
  if (!index) return Missing(context, invoices, id, "invoice");
  const InvoiceFacts v = context.business.InvoiceOf(*index);
  std::string body;
  JsonWriter json(body);
  const Telling t{context.business, json, context.version, {}};
  return AnswerWithin(
      query, " ", v.lines.size(), "/v1/invoices/" + id + "/lines", body, json,
      [&](std::size_t i) {
        return t.Id(IdKind::kInvoiceLine,
                    v.index * 64 + static_cast<std::int64_t>(i));
      },
      [&](std::size_t i) { WriteInvoiceLine(t, v, i); });
}

Answered AnswerItems(const AnswerContext& context, const Query& query) {
  const std::string* subscription = query.Find("subscription");
  if (subscription == nullptr) {
    DemoError error =
        BadParameter("subscription", "Missing required param: subscription.");
    error.code = "parameter_missing";
    return error;
  }
  const Resource& subscriptions = *FindResource("/v1/subscriptions");
  const auto index = subscriptions.find(context.business, *subscription);
  if (!index) {
    return Missing(context, subscriptions, *subscription, "subscription");
  }
  const SubscriptionFacts s = context.business.SubscriptionOf(*index);
  std::string body;
  JsonWriter json(body);
  const Telling t{context.business, json, context.version, {}};
  return AnswerWithin(
      query, " subscription ", s.items.size(), "/v1/subscription_items", body,
      json,
      [&](std::size_t i) {
        return t.Id(IdKind::kSubscriptionItem,
                    s.index * 32 + static_cast<std::int64_t>(i));
      },
      [&](std::size_t i) { WriteSubscriptionItem(t, s, i); });
}

Answered AnswerItem(const AnswerContext& context, const std::string& id) {
  const auto number = FindSubscriptionItem(context.business, id);
  if (!number) return NoSuch("subscription_item", id, "id", false);
  const SubscriptionFacts s = context.business.SubscriptionOf(*number / 32);
  std::string body;
  JsonWriter json(body);
  const Telling t{context.business, json, context.version, {}};
  WriteSubscriptionItem(t, s, static_cast<std::size_t>(*number % 32));
  return body + "\n";
}

template <typename Write>
std::string Single(const AnswerContext& context, Write&& write) {
  std::string body;
  JsonWriter json(body);
  write(Telling{context.business, json, context.version, {}});
  return body + "\n";
}

std::string AccountsBody(const AnswerContext& context) {
  std::string body;
  JsonWriter json(body);
  BeginList(json, {});
  for (const std::string& name : context.business.spec().connected) {
    json.Object();
    json.Str("id", AccountId(name));
    json.Str("object", "account");
    json.Flag("charges_enabled", true);
    json.Str("country", "US");
    json.Str("type", "standard");
    json.End();
  }
  EndList(json, false, "/v1/accounts");
  return body + "\n";
}

std::string EmptyV2Body() {
  std::string body;
  JsonWriter json(body);
  json.Object();
  json.EmptyArray("data");
  json.Nulls({"next_page_url", "previous_page_url"});
  json.End();
  return body + "\n";
}

std::string SettingsBody(const Business& business) {
  std::string body;
  JsonWriter json(body);
  json.Object();
  json.Str("object", "tax.settings");
  json.Flag("livemode", business.livemode());
  json.Str("status", "pending");
  json.End();
  return body + "\n";
}

}  // namespace

Answered AnswerGet(const AnswerContext& context, const EndpointMatch& match,
                   const Query& query) {
  const EndpointRule& rule = *match.rule;
  switch (rule.answer) {
    case Answer::kList:
      if (rule.path == "/v1/subscription_items") {
        return AnswerItems(context, query);
      }
      return AnswerList(context, *FindResource(rule.path), query);
    case Answer::kRetrieve:
      if (rule.path.starts_with("/v1/subscription_items")) {
        return AnswerItem(context, match.id);
      }
      return AnswerRetrieve(context, *FindResource(rule.path), match.id, query);
    case Answer::kNested:
      return AnswerLines(context, match.id, query);
    case Answer::kBalance:
      return Single(context, WriteBalance);
    case Answer::kAccount:
      return Single(context, WriteAccount);
    case Answer::kEmptyList:
      if (rule.path == "/v1/accounts") return AccountsBody(context);
      return ListBody(query.path, false);
    case Answer::kEmptyV2:
      return EmptyV2Body();
    case Answer::kMissing:
    case Answer::kMissing400: {
      DemoError error = NoSuch("object", match.id, "id", false);
      if (rule.answer == Answer::kMissing400) error.status = 400;
      return error;
    }
    case Answer::kSettings:
      return SettingsBody(context.business);
  }
  return ServerTrouble(500);
}

}  // namespace precision::demo
