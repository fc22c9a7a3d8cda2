// Makes customers, subscriptions, invoices, PaymentIntents and charges in
// shapes of all API versions mixed, well typed, the same from the same seed.

#ifndef PRECISION_TESTS_UNIT_NORMALIZE_OBJECT_MAKER_H_
#define PRECISION_TESTS_UNIT_NORMALIZE_OBJECT_MAKER_H_

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "unit/normalize/rows.h"

namespace precision {

class Maker {
 public:
  explicit Maker(unsigned seed) : random_(seed) {}

  std::size_t Below(std::size_t bound) { return random_() % bound; }
  bool Maybe() { return Below(2) == 0; }

  Json Text() {
    static const std::vector<std::string> kTexts = {
        "plain",
        "quote \" and \\ back",
        "\xC3\xA9t\xC3\xA9",
        "\xF0\x9F\x98\x80 and a text that takes more than sixteen bytes",
        "",
        "line\nfeed",
        std::string("nul\0inside", 10)};
    return kTexts[Below(kTexts.size())];
  }
  Json Number() { return Below(2'000'000'000); }
  // As large as JavaScript counts.
  Json LargeNumber() {
    const std::int64_t whole = static_cast<std::int64_t>(
        (std::uint64_t{random_()} << 21 ^ random_()) & ((1ULL << 53) - 1));
    return Maybe() ? Json(whole) : Json(-whole);
  }
  Json Flag() { return Maybe(); }
  Json OneOf(std::initializer_list<const char*> words) {
    return *(words.begin() + Below(words.size()));
  }
  Json Reference(const char* id) {
    switch (Below(4)) {
      case 0:
        return {};
      case 1:
        return id;
      case 2:
        return {{"id", id}, {"object", "thing"}, {"deleted", true}};
      default:
        return {
            {"object", "thing"}, {"extra", {1, {{"id", "no"}}}}, {"id", id}};
    }
  }

  // Absent, null or a value.
  void Put(Json& object, const char* name, Json value) {
    switch (Below(4)) {
      case 0:
        return;
      case 1:
        object[name] = nullptr;
        return;
      default:
        object[name] = std::move(value);
    }
  }
  void PutTexts(Json& object, std::initializer_list<const char*> names) {
    for (const char* name : names) Put(object, name, Text());
  }
  void PutNumbers(Json& object, std::initializer_list<const char*> names) {
    for (const char* name : names) Put(object, name, Number());
  }

  // Members in any order.
  Json Shuffled(const Json& object) {
    std::vector<std::string> names;
    for (const auto& [name, value] : object.items()) names.push_back(name);
    std::ranges::shuffle(names, random_);
    Json out = Json::object();
    for (const std::string& name : names) out[name] = object[name];
    return out;
  }
  void Shuffle(std::vector<std::pair<const char*, Json>>& items) {
    std::ranges::shuffle(items, random_);
  }

  Json Discount() {
    Json discount = {{"object", "discount"}, {"id", "di_1"}, {"start", 5}};
    if (Maybe()) {
      discount["coupon"] = Reference("TEN");
    } else {
      discount["source"] = {{"type", "coupon"}, {"coupon", Reference("TEN")}};
    }
    return discount;
  }

  Json Customer(const std::string& id) {
    Json customer = {{"id", id}, {"object", "customer"}};
    PutTexts(customer, {"name", "business_name", "individual_name", "email",
                        "phone", "description", "invoice_prefix"});
    PutNumbers(customer, {"created", "balance", "account_balance"});
    Put(customer, "currency", OneOf({"usd", "eur"}));
    Put(customer, "tax_exempt", OneOf({"none", "exempt"}));
    Put(customer, "delinquent", Flag());
    Put(customer, "livemode", Flag());
    Json address = {{"line1", "x"}};
    PutTexts(address, {"country", "city", "postal_code", "state"});
    Put(customer, "address", address);
    Put(customer, "invoice_settings",
        {{"default_payment_method", Reference("pm_1")}});
    Put(customer, "default_source", Reference("src_1"));
    Put(customer, "default_card", Reference("card_1"));
    Put(customer, "active_card", {{"id", "cc_1"}, {"object", "card"}});
    Put(customer, "discount", Discount());
    Put(customer, "metadata", {{"name", "no"}, {"id", "no"}});
    return customer;
  }

  Json Price() {
    Json price = {{"id", Maybe() ? "gold" : "silver"}};
    const bool is_plan = Maybe();
    Put(price, is_plan ? "amount" : "unit_amount", Below(90'000));
    if (Below(3) == 0) {
      price[is_plan ? "amount_decimal" : "unit_amount_decimal"] =
          std::to_string(Below(9000)) + (Maybe() ? ".5" : "");
    }
    Json terms = {{"interval", OneOf({"day", "week", "month", "year"})}};
    Put(terms, "interval_count", 1 + Below(6));
    Put(terms, "usage_type", OneOf({"licensed", "licensed", "metered"}));
    if (is_plan) {
      price.update(terms);
    } else {
      price["recurring"] = terms;
    }
    Put(price, "billing_scheme", OneOf({"per_unit", "per_unit", "tiered"}));
    Put(price, "currency", OneOf({"usd", "jpy"}));
    Put(price, "product", Reference("prod_1"));
    return price;
  }

  Json Subscription(const std::string& id) {
    Json sub = {{"id", id}, {"object", "subscription"}};
    Put(sub, "status", OneOf({"active", "trialing", "past_due", "paused"}));
    PutNumbers(sub, {"created", "start_date", "start", "trial_start",
                     "trial_end", "cancel_at", "canceled_at", "ended_at"});
    Put(sub, "current_period_start", Number());
    Put(sub, "current_period_end", Number());
    Put(sub, "customer", Reference("cus_1"));
    Put(sub, "customer_account", "acct_1");
    Put(sub, "cancel_at_period_end", Flag());
    Put(sub, "livemode", Flag());
    Put(sub, "currency", "eur");
    Put(sub, "description", Text());
    Put(sub, "quantity", Below(50));
    Put(sub, "collection_method", "send_invoice");
    Put(sub, "billing", "charge_automatically");
    Put(sub, "cancellation_details",
        {{"reason", "payment_failed"}, {"feedback", nullptr}});
    Put(sub, "pause_collection", {{"behavior", "void"}, {"resumes_at", 5}});
    Put(sub, "latest_invoice", Reference("in_1"));
    Put(sub, "default_payment_method", Reference("pm_1"));
    Put(sub, "discount", Discount());
    Put(sub, "discounts",
        Maybe() ? Json::array({Discount(), "di_9"}) : Json::array({"di_2"}));
    if (Maybe()) sub["plan"] = Price();
    if (Maybe()) return sub;
    Json data = Json::array();
    for (std::size_t i = Below(4); i > 0; --i) {
      Json item = {{"id", "si_1"}};
      item[Maybe() ? "price" : "plan"] = Maybe() ? Price() : Json("gold");
      Put(item, "quantity", Below(20));
      PutNumbers(item, {"current_period_start", "current_period_end"});
      data.push_back(item);
    }
    sub["items"] = {{"object", "list"}, {"data", data}};
    Put(sub["items"], "has_more", Below(4) == 0);
    if (Maybe()) sub["items"]["total_count"] = 7;
    return sub;
  }

  Json Amounts() {
    Json list = Json::array();
    for (std::size_t i = Below(3); i > 0; --i) {
      list.push_back({{"amount", Below(50)}, {"rate", "no"}});
    }
    return list;
  }

  Json Lines(std::size_t count) {
    Json lines = Json::array();
    for (std::size_t i = 0; i < count; ++i) {
      lines.push_back({{"id", "il_" + std::to_string(i)}, {"amount", 5}});
    }
    return lines;
  }

  // One list, or three before 2012-10-26.
  Json InvoiceLines() {
    if (Below(4) == 0) {
      return {{"invoiceitems", Lines(Below(3))},
              {"prorations", Lines(Below(3))},
              {"subscriptions", Lines(Below(2))}};
    }
    const std::size_t sent = Below(4);
    Json lines = {{"object", "list"}, {"data", Lines(sent)}};
    switch (Below(4)) {
      case 0:
        lines["count"] = sent + Below(3);
        break;
      case 1:
        lines["has_more"] = Maybe();
        break;
      case 2:
        lines["total_count"] = sent + 3;
        lines["has_more"] = true;
        break;
      default:
        break;
    }
    return lines;
  }

  Json InvoicePayments() {
    Json data = Json::array();
    const std::size_t count = Below(3);
    const std::size_t chosen = Below(4);
    for (std::size_t i = 0; i < count; ++i) {
      const bool is_charge = Maybe();
      const char* type = is_charge ? "charge" : "payment_intent";
      Json payment = {{"id", "inpay_" + std::to_string(i)},
                      {"is_default", i == chosen},
                      {"payment", {{"type", type}}}};
      payment["payment"][type] =
          (is_charge ? "ch_" : "pi_") + std::to_string(i);
      data.push_back(payment);
    }
    return {{"object", "list"}, {"data", data}, {"has_more", false}};
  }

  Json Invoice(const std::string& id) {
    Json invoice = {{"id", id}, {"object", "invoice"}};
    Put(invoice, "status", OneOf({"draft", "open", "paid", "void"}));
    for (const char* name :
         {"paid", "forgiven", "closed", "attempted", "livemode"}) {
      Put(invoice, name, Flag());
    }
    PutTexts(invoice, {"number", "customer_name", "customer_email",
                       "billing_reason", "description"});
    for (const char* name :
         {"subtotal", "total", "starting_balance", "ending_balance"}) {
      Put(invoice, name, LargeNumber());
    }
    PutNumbers(invoice,
               {"amount_due", "amount_paid", "amount_remaining", "tax",
                "created", "date", "due_date", "period_start", "period_end",
                "finalized_at", "next_payment_attempt", "attempt_count"});
    Put(invoice, "currency", OneOf({"usd", "jpy"}));
    Put(invoice, "customer", Reference("cus_1"));
    Put(invoice, "customer_account", "acct_1");
    Put(invoice, "customer_address", {{"country", Text()}, {"line1", "x"}});
    Put(invoice, "subscription", Reference("sub_1"));
    Put(invoice, "parent",
        {{"type", "subscription_details"},
         {"subscription_details", {{"subscription", Reference("sub_2")}}}});
    for (const char* name :
         {"total_discount_amounts", "total_tax_amounts", "total_taxes"}) {
      Put(invoice, name, Amounts());
    }
    Json moved = Json::object();
    PutNumbers(moved, {"finalized_at", "paid_at", "voided_at",
                       "marked_uncollectible_at"});
    Put(invoice, "status_transitions", moved);
    Put(invoice, "collection_method", "send_invoice");
    Put(invoice, "billing", "charge_automatically");
    Put(invoice, "payment_intent", Reference("pi_own"));
    Put(invoice, "charge", Reference("ch_own"));
    Put(invoice, "payments", InvoicePayments());
    Put(invoice, "lines", InvoiceLines());
    Put(invoice, "metadata", {{"key", Text()}, {"status", "none"}});
    return invoice;
  }

  Json Card() {
    Json card = {{"id", "card_1"}, {"object", "card"}};
    Put(card, Maybe() ? "brand" : "type", OneOf({"Visa", "visa", "Other"}));
    PutTexts(card, {"last4", "country"});
    return card;
  }

  Json Charge(const std::string& id) {
    Json charge = {{"id", id}, {"object", "charge"}, {"created", Below(50)}};
    if (Maybe()) {
      charge["status"] = OneOf({"succeeded", "pending", "failed", "paid"});
    }
    Put(charge, "paid", Flag());
    PutNumbers(charge, {"amount", "amount_refunded", "amount_captured"});
    for (const char* name : {"captured", "refunded", "livemode"}) {
      Put(charge, name, Flag());
    }
    Put(charge, "disputed", Flag());
    Put(charge, "dispute",
        Maybe() ? Reference("dp_1") : Json{{"object", "dispute"}});
    Put(charge, "currency", "usd");
    Put(charge, "customer", Reference("cus_1"));
    Put(charge, "invoice", Reference("in_1"));
    PutTexts(charge,
             {"description", "failure_code", "failure_message", "receipt_email",
              "statement_descriptor", "statement_description"});
    Put(charge, "balance_transaction", Reference("txn_1"));
    Put(charge, "outcome", {{"risk_level", "normal"}});
    Put(charge, "billing_details", {{"email", Text()}, {"name", "x"}});
    switch (Below(7)) {
      case 0:
        charge["payment_method"] = "pm_1";
        charge["payment_method_details"] = {{"type", "card"}};
        charge["payment_method_details"][Below(3) == 0 ? "interac_present"
                                         : Maybe()     ? "card_present"
                                                       : "card"] = Card();
        break;
      case 3:
        charge["source"] = {
            {"id", "src_1"}, {"object", "source"}, {"type", "card"}};
        charge["source"][Maybe() ? "card" : "three_d_secure"] = Card();
        break;
      case 4:
        charge["source"] = {
            {"id", "ba_1"}, {"object", "bank_account"}, {"last4", "1"}};
        break;
      case 1:
        charge["source"] = Card();
        break;
      case 2:
        charge["source"] = {
            {"id", "src_1"}, {"object", "source"}, {"type", "sepa_debit"}};
        break;
      default:
        charge["card"] = Card();
    }
    return charge;
  }

  Json Intent(const std::string& id) {
    Json intent = {{"id", id}, {"object", "payment_intent"}};
    Put(intent, "status",
        OneOf({"succeeded", "canceled", "requires_source",
               "requires_source_action", "requires_payment_method"}));
    PutNumbers(intent, {"amount", "amount_received", "created", "canceled_at"});
    Put(intent, "currency", "eur");
    Put(intent, "customer", Reference("cus_1"));
    Put(intent, "customer_account", "acct_1");
    Put(intent, "invoice", Reference("in_1"));
    Put(intent, "livemode", Flag());
    PutTexts(intent, {"description", "receipt_email", "statement_descriptor",
                      "cancellation_reason"});
    Json error = Json::object();
    PutTexts(error, {"code", "decline_code", "message"});
    Put(intent, "last_payment_error", error);
    Json method = Reference("pm_2");
    if (method.is_object()) {
      method["type"] = "card";
      Put(method, "card", Card());
    }
    Put(intent, "payment_method", method);
    Put(intent, "source", Reference("src_1"));
    return intent;
  }

 private:
  std::mt19937 random_;
};

}  // namespace precision

#endif  // PRECISION_TESTS_UNIT_NORMALIZE_OBJECT_MAKER_H_
