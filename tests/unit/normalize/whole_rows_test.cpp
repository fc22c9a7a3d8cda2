// The second reader for the four usual tables, every column:
// written plainly over nlohmann documents from the description of the columns,
// against generated objects in shapes of all versions.

#include <gtest/gtest.h>

#include <algorithm>
#include <initializer_list>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "unit/normalize/object_maker.h"
#include "unit/normalize/rows.h"

namespace precision {
namespace {

// --- Reading plainly --------------------------------------------------------

// What is at "a.b"; null for nothing.
Json At(const Json& object, std::string_view path) {
  Json at = object;
  while (true) {
    const std::size_t dot = path.find('.');
    const std::string name(path.substr(0, dot));
    if (!at.is_object() || !at.contains(name)) return {};
    at = Json(at[name]);
    if (dot == std::string_view::npos) return at;
    path.remove_prefix(dot + 1);
  }
}

Json First(const Json& object, std::initializer_list<std::string_view> paths) {
  for (const std::string_view path : paths) {
    Json value = At(object, path);
    if (!value.is_null()) return value;
  }
  return {};
}

Json IdOf(const Json& reference) {
  return reference.is_object() ? At(reference, "id") : reference;
}

Json FirstId(const Json& object,
             std::initializer_list<std::string_view> paths) {
  return IdOf(First(object, paths));
}

Json CouponOf(const Json& discount) {
  return FirstId(discount, {"coupon", "source.coupon"});
}

void CopyTo(Json& row, const Json& object,
            std::initializer_list<const char*> names) {
  for (const char* name : names) row[name] = At(object, name);
}

Json CustomerRow(const Json& customer) {
  Json row = Json::object();
  CopyTo(row, customer,
         {"id", "email", "phone", "description", "created", "currency",
          "delinquent", "tax_exempt", "invoice_prefix", "livemode"});
  row["name"] = First(customer, {"name", "business_name", "individual_name"});
  row["balance"] = First(customer, {"balance", "account_balance"});
  for (const char* name : {"country", "city", "postal_code", "state"}) {
    row[name] = At(customer, std::string("address.") + name);
  }
  row["default_payment_method"] =
      FirstId(customer, {"invoice_settings.default_payment_method",
                         "default_source", "default_card", "active_card"});
  row["coupon"] = CouponOf(At(customer, "discount"));
  row["deleted"] = false;
  return row;
}

// Of a list of amounts; null where there is none.
Json SumOf(const Json& amounts) {
  if (!amounts.is_array()) return {};
  std::int64_t sum = 0;
  for (const Json& item : amounts) sum += item["amount"].get<std::int64_t>();
  return sum;
}

void AddInvoiceStatus(const Json& invoice, Json& row) {
  row["status"] = At(invoice, "status");
  row["amount_paid"] = At(invoice, "amount_paid");
  const Json paid = At(invoice, "paid");
  if (paid.is_null()) return;
  if (!invoice.contains("status")) {
    row["status"] = paid == true                      ? "paid"
                    : At(invoice, "forgiven") == true ? "uncollectible"
                    : At(invoice, "closed") == true   ? "void"
                                                      : "open";
  }
  if (!invoice.contains("amount_paid")) {
    row["amount_paid"] = paid == true ? At(invoice, "amount_due") : Json(0);
  }
}

Json LinesCount(const Json& lines) {
  if (!lines.is_object()) return {};
  if (!lines.contains("data")) {
    return lines["invoiceitems"].size() + lines["prorations"].size() +
           lines["subscriptions"].size();
  }
  const Json count = First(lines, {"total_count", "count"});
  if (!count.is_null() || At(lines, "has_more") == true) return count;
  return lines["data"].size();
}

Json InvoiceRow(const Json& invoice) {
  Json row = Json::object();
  CopyTo(row, invoice,
         {"id", "number", "customer_name", "currency", "subtotal",
          "customer_email", "total", "amount_due", "starting_balance",
          "due_date", "period_start", "ending_balance", "period_end",
          "attempted", "next_payment_attempt", "description", "livemode",
          "billing_reason", "attempt_count"});
  AddInvoiceStatus(invoice, row);
  row["customer"] = FirstId(invoice, {"customer", "customer_account"});
  row["customer_country"] = At(invoice, "customer_address.country");
  row["subscription"] = FirstId(
      invoice, {"subscription", "parent.subscription_details.subscription"});
  row["discount"] = SumOf(At(invoice, "total_discount_amounts"));
  row["tax"] = At(invoice, "tax");
  for (const char* name : {"total_tax_amounts", "total_taxes"}) {
    if (row["tax"].is_null()) row["tax"] = SumOf(At(invoice, name));
  }
  row["amount_remaining"] = At(invoice, "amount_remaining");
  if (!invoice.contains("amount_remaining") && !row["amount_due"].is_null() &&
      !row["amount_paid"].is_null()) {
    row["amount_remaining"] = row["amount_due"].get<std::int64_t>() -
                              row["amount_paid"].get<std::int64_t>();
  }
  row["created"] = First(invoice, {"created", "date"});
  row["finalized_at"] =
      First(invoice, {"status_transitions.finalized_at", "finalized_at"});
  for (const char* name : {"paid_at", "voided_at", "marked_uncollectible_at"}) {
    row[name] = At(invoice, std::string("status_transitions.") + name);
  }
  row["collection_method"] = First(invoice, {"collection_method", "billing"});
  Json payment;
  const Json payments = At(invoice, "payments.data");
  for (const Json& one : payments) {
    if (payment.is_null() || one["is_default"] == true) payment = one;
  }
  for (const char* name : {"payment_intent", "charge"}) {
    row[name] = FirstId(invoice, {name});
    if (row[name].is_null()) {
      row[name] = At(payment, std::string("payment.") + name);
    }
  }
  row["lines_count"] = LinesCount(At(invoice, "lines"));
  row["deleted"] = false;
  return row;
}

int PerYear(const std::string& interval) {
  if (interval == "year") return 1;
  if (interval == "month") return 12;
  return interval == "week" ? 52 : 365;
}

// Of amounts with one place at most; half away from zero.
Json ItemValue(const Json& price, const Json& quantity) {
  if (First(price, {"recurring.usage_type", "usage_type"}) == "metered") {
    return 0;
  }
  if (At(price, "billing_scheme") == "tiered") return {};
  const Json decimal = First(price, {"unit_amount_decimal", "amount_decimal"});
  const Json whole = First(price, {"unit_amount", "amount"});
  std::int64_t tenths = 0;
  if (decimal.is_string()) {
    const std::string text = decimal;
    const std::size_t point = text.find('.');
    tenths = std::stoll(text.substr(0, point)) * 10;
    if (point != std::string::npos) tenths += text[point + 1] - '0';
  } else if (whole.is_number()) {
    tenths = whole.get<std::int64_t>() * 10;
  } else {
    return {};
  }
  const Json count =
      First(price, {"recurring.interval_count", "interval_count"});
  const std::int64_t above =
      tenths * (quantity.is_null() ? 1 : quantity.get<std::int64_t>()) *
      PerYear(First(price, {"recurring.interval", "interval"}));
  const std::int64_t below =
      10 * 12 * (count.is_null() ? 1 : count.get<std::int64_t>());
  return (2 * above + below) / (2 * below);
}

struct PricedItem {
  Json price;
  Json quantity;
};

void AddItems(const Json& subscription, Json& row) {
  const Json data = At(subscription, "items.data");
  std::vector<PricedItem> items;
  Json start;
  Json end;
  if (data.is_array()) {
    for (const Json& item : data) {
      items.push_back({First(item, {"price", "plan"}), At(item, "quantity")});
      const Json from = At(item, "current_period_start");
      if (!from.is_null() && (start.is_null() || from > start)) start = from;
      const Json to = At(item, "current_period_end");
      if (!to.is_null() && (end.is_null() || to < end)) end = to;
    }
  }
  if (items.empty() && subscription.contains("plan")) {
    items.push_back({At(subscription, "plan"), At(subscription, "quantity")});
  }
  Json quantity = items.empty() ? Json() : Json(0);
  Json value = items.empty() ? Json() : Json(0);
  for (const PricedItem& item : items) {
    quantity = quantity.is_null() || item.quantity.is_null()
                   ? Json()
                   : Json(quantity.get<std::int64_t>() +
                          item.quantity.get<std::int64_t>());
    const Json worth =
        item.price.is_object() ? ItemValue(item.price, item.quantity) : Json();
    value = value.is_null() || worth.is_null()
                ? Json()
                : Json(value.get<std::int64_t>() + worth.get<std::int64_t>());
  }
  const Json price = items.empty() ? Json() : items[0].price;
  const bool is_short = At(subscription, "items.has_more") == true;
  const Json total = At(subscription, "items.total_count");
  row["quantity"] =
      quantity.is_null() ? At(subscription, "quantity") : quantity;
  row["currency"] = First(subscription, {"currency"});
  if (row["currency"].is_null()) row["currency"] = At(price, "currency");
  row["interval"] = First(price, {"recurring.interval", "interval"});
  row["interval_count"] =
      First(price, {"recurring.interval_count", "interval_count"});
  row["price"] = IdOf(price);
  row["product"] = FirstId(price, {"product"});
  row["items_count"] = total;
  if (total.is_null() && !is_short && (!items.empty() || data.is_array())) {
    row["items_count"] = items.size();
  }
  row["monthly_value"] = is_short ? Json() : value;
  row["current_period_start"] = At(subscription, "current_period_start");
  if (row["current_period_start"].is_null()) {
    row["current_period_start"] = start;
  }
  row["current_period_end"] = At(subscription, "current_period_end");
  if (row["current_period_end"].is_null()) row["current_period_end"] = end;
}

Json SubscriptionRow(const Json& subscription) {
  Json row = Json::object();
  CopyTo(row, subscription,
         {"id", "status", "trial_start", "trial_end", "cancel_at",
          "cancel_at_period_end", "canceled_at", "ended_at", "description",
          "livemode"});
  row["customer"] = FirstId(subscription, {"customer", "customer_account"});
  row["created"] = First(subscription, {"created", "start_date", "start"});
  row["start_date"] = First(subscription, {"start_date", "start"});
  row["cancellation_reason"] = At(subscription, "cancellation_details.reason");
  row["cancellation_feedback"] =
      At(subscription, "cancellation_details.feedback");
  AddItems(subscription, row);
  Json discount = At(subscription, "discount");
  const Json discounts = At(subscription, "discounts");
  if (discount.is_null() && discounts.is_array() && !discounts.empty()) {
    discount = discounts[0];
  }
  row["discount"] = IdOf(discount);
  row["coupon"] = CouponOf(discount);
  row["collection_method"] =
      First(subscription, {"collection_method", "billing"});
  row["pause_collection"] = At(subscription, "pause_collection.behavior");
  row["latest_invoice"] = FirstId(subscription, {"latest_invoice"});
  row["default_payment_method"] =
      FirstId(subscription, {"default_payment_method"});
  return row;
}

Json StatusOf(const Json& charge) {
  const Json status = At(charge, "status");
  if (status == "paid") return "succeeded";
  if (charge.contains("status")) return status;
  const Json paid = At(charge, "paid");
  if (paid.is_null()) return {};
  return paid == true ? "succeeded" : "failed";
}

Json ReceivedOf(const Json& charge) {
  const Json status = StatusOf(charge);
  if (!status.is_null() && status != "succeeded") return 0;
  if (charge.contains("amount_captured")) return At(charge, "amount_captured");
  if (!charge.contains("captured")) {
    return status == "succeeded" ? At(charge, "amount") : Json();
  }
  if (At(charge, "captured").is_null()) return {};
  return At(charge, "captured") == true ? At(charge, "amount") : Json(0);
}

void AddCard(const Json& card, Json& row) {
  row["card_brand"] = First(card, {"brand", "type"});
  if (row["card_brand"] == "Visa") row["card_brand"] = "visa";
  row["card_last4"] = At(card, "last4");
  row["card_country"] = At(card, "country");
}

void AddCharge(const Json& charge, Json& row) {
  row["charge"] = charge["id"];
  row["charge_created"] = At(charge, "created");
  CopyTo(row, charge, {"amount_refunded", "captured", "refunded"});
  row["disputed"] = At(charge, "disputed");
  if (!charge.contains("disputed") && charge.contains("dispute")) {
    row["disputed"] = !charge["dispute"].is_null();
  }
  // The card, wherever it is, and what kind of method it is.
  const Json source = At(charge, "source");
  const bool is_source = At(source, "object") == "source";
  Json card = First(charge, {"payment_method_details.card",
                             "payment_method_details.card_present",
                             "payment_method_details.interac_present",
                             "source.card", "source.three_d_secure"});
  if (card.is_null() && At(source, "object") == "card") card = source;
  if (card.is_null()) card = At(charge, "card");
  AddCard(card, row);
  row["payment_method_type"] = At(charge, "payment_method_details.type");
  if (row["payment_method_type"].is_null()) {
    row["payment_method_type"] = At(source, is_source ? "type" : "object");
  }
  if (row["payment_method_type"].is_null() && charge.contains("card")) {
    row["payment_method_type"] = "card";
  }
  if (row["payment_method_type"] == "bank_account") {
    row["payment_method_type"] = "ach_debit";
  }
  row["payment_method"] = FirstId(charge, {"payment_method", "source", "card"});
  row["email"] = First(charge, {"billing_details.email", "receipt_email"});
  row["risk_level"] = At(charge, "outcome.risk_level");
  row["balance_transaction"] = FirstId(charge, {"balance_transaction"});
}

// All that was read of one payment.
struct Parts {
  Json intent;
  std::vector<Json> charges;
};

Json PaymentRow(const std::string& id, const Parts& parts) {
  Json row = Json::object();
  for (const ColumnSchema& column : SchemaOf(TableId::kPayments).columns) {
    row[std::string(column.name)] = nullptr;
  }
  row["id"] = id;
  const Json* latest = nullptr;
  for (const Json& charge : parts.charges) {
    const auto key = [](const Json& c) {
      return std::pair(c["created"].get<std::int64_t>(),
                       c["id"].get<std::string>());
    };
    if (latest == nullptr || key(charge) >= key(*latest)) latest = &charge;
  }
  if (latest != nullptr) AddCharge(*latest, row);
  const Json& side = parts.intent.is_null() ? *latest : parts.intent;
  row["object"] = parts.intent.is_null() ? "charge" : "payment_intent";
  CopyTo(row, side,
         {"amount", "currency", "description", "created", "livemode"});
  row["statement_descriptor"] =
      First(side, {"statement_descriptor", "statement_description"});
  row["invoice"] = FirstId(side, {"invoice"});
  if (parts.intent.is_null()) {
    row["status"] = StatusOf(side);
    row["amount_received"] = ReceivedOf(side);
    row["customer"] = FirstId(side, {"customer"});
    CopyTo(row, side, {"failure_code", "failure_message"});
    return row;
  }
  CopyTo(row, side,
         {"status", "amount_received", "canceled_at", "cancellation_reason"});
  row["customer"] = FirstId(side, {"customer", "customer_account"});
  if (row["status"] == "requires_source") {
    row["status"] = "requires_payment_method";
  }
  if (row["status"] == "requires_source_action") {
    row["status"] = "requires_action";
  }
  row["latest_charge"] = FirstId(side, {"latest_charge"});
  const Json charges = At(side, "charges.data");
  if (charges.is_array()) row["latest_charge"] = charges[0]["id"];
  row["failure_code"] = First(
      side, {"last_payment_error.decline_code", "last_payment_error.code"});
  row["failure_message"] = At(side, "last_payment_error.message");
  if (latest == nullptr) {
    row["payment_method"] = FirstId(side, {"payment_method", "source"});
    row["payment_method_type"] = At(side, "payment_method.type");
    AddCard(At(side, "payment_method.card"), row);
    row["email"] = At(side, "receipt_email");
  }
  return row;
}

// --- Against each other ------------------------------------------------------

void ExpectRows(const Normalizer& normalizer, TableId table,
                const std::map<std::string, Json>& expected) {
  const Json rows = RowsOf(normalizer, table);
  ASSERT_EQ(rows.size(), expected.size());
  for (const Json& row : rows) {
    const Json& theirs = expected.at(row["id"]);
    // Every column there is.
    ASSERT_EQ(theirs.size(), row.size());
    ASSERT_EQ(Only(theirs, row), row);
  }
}

template <typename Make, typename Read>
void ExpectAgreement(const char* type, TableId table, const Make& make,
                     const Read& read) {
  for (unsigned seed = 0; seed < 150; ++seed) {
    SCOPED_TRACE(seed);
    Maker maker(seed);
    Normalizer normalizer;
    std::map<std::string, Json> expected;
    // Of two pages, cut anywhere.
    Json pages[2] = {Json::array(), Json::array()};
    for (int i = 0; i < 8; ++i) {
      const std::string id = std::string("x_") + std::to_string(i);
      const Json object = maker.Shuffled(make(maker, id));
      expected[id] = read(object);
      pages[maker.Below(2)].push_back(object);
    }
    for (const Json& data : pages) {
      const Json page = {{"data", data}, {"has_more", false}};
      ASSERT_TRUE(normalizer
                      .ReadPage(type, page.dump(maker.Maybe() ? 2 : -1, ' ',
                                                maker.Maybe()))
                      .ok());
    }
    ExpectRows(normalizer, table, expected);
  }
}

TEST(WholeRowsTest, OfCustomersAgree) {
  ExpectAgreement(
      "customer", TableId::kCustomers,
      [](Maker& maker, const std::string& id) { return maker.Customer(id); },
      CustomerRow);
}

TEST(WholeRowsTest, OfInvoicesAgree) {
  ExpectAgreement(
      "invoice", TableId::kInvoices,
      [](Maker& maker, const std::string& id) { return maker.Invoice(id); },
      InvoiceRow);
}

TEST(WholeRowsTest, OfSubscriptionsAgree) {
  ExpectAgreement(
      "subscription", TableId::kSubscriptions,
      [](Maker& maker, const std::string& id) {
        return maker.Subscription(id);
      },
      SubscriptionRow);
}

// PaymentIntents and charges, in any order and embedded in either way.
TEST(WholeRowsTest, OfPaymentsAgree) {
  for (unsigned seed = 0; seed < 200; ++seed) {
    SCOPED_TRACE(seed);
    Maker maker(seed);
    std::map<std::string, Parts> payments;
    std::vector<std::pair<const char*, Json>> stream;
    for (int i = 0; i < 6; ++i) {
      const std::string number = std::to_string(i);
      if (maker.Below(4) == 0) {
        const std::string id = "ch_alone" + number;
        const Json charge = maker.Charge(id);
        payments[id].charges.push_back(charge);
        stream.emplace_back("charge", charge);
        continue;
      }
      Parts& parts = payments["pi_" + number];
      Json intent = maker.Intent("pi_" + number);
      Json embedded = Json::array();
      for (std::size_t k = maker.Below(3) + 1; k > 0; --k) {
        Json charge = maker.Charge("ch_" + number + "_" + std::to_string(k));
        charge["payment_intent"] =
            maker.Maybe() ? Json("pi_" + number)
                          : Json{{"id", "pi_" + number}, {"object", "x"}};
        parts.charges.push_back(charge);
        if (maker.Maybe()) {
          embedded.push_back(charge);
        } else {
          stream.emplace_back("charge", charge);
        }
      }
      if (embedded.size() == 1 && maker.Maybe()) {
        intent["latest_charge"] = embedded[0];
      } else if (!embedded.empty()) {
        intent["charges"] = {{"object", "list"}, {"data", embedded}};
      }
      if (!embedded.empty() || maker.Maybe()) {
        parts.intent = intent;
        stream.emplace_back("payment_intent", intent);
      }
    }
    maker.Shuffle(stream);
    Normalizer normalizer;
    for (const auto& [type, object] : stream) {
      ASSERT_TRUE(
          normalizer.ReadPage(type, PageOf({maker.Shuffled(object).dump()}))
              .ok());
    }
    std::map<std::string, Json> expected;
    for (const auto& [id, parts] : payments) {
      expected[id] = PaymentRow(id, parts);
    }
    ExpectRows(normalizer, TableId::kPayments, expected);
  }
}

}  // namespace
}  // namespace precision
