// Customers, subscriptions and what helps to tell any object: see writers.h.

#include "demo_stripe/writers.h"

namespace precision::demo {

namespace {

// So many items are sent with a subscription; the rest are paged.
constexpr std::size_t kEmbeddedItems = 20;
// Items of one subscription, at most.
constexpr std::int64_t kItemStride = 32;

void WriteAutomaticTax(const Telling& t) {
  t.json.Object("automatic_tax");
  if (t.Since(20241120)) t.json.Null("disabled_reason");
  t.json.Flag("enabled", false);
  t.json.Null("liability");
  t.json.End();
}

void WriteItems(const Telling& t, const SubscriptionFacts& s) {
  const bool more = s.items.size() > kEmbeddedItems;
  BeginList(t.json, "items");
  for (std::size_t i = 0; i < s.items.size() && i < kEmbeddedItems; ++i) {
    WriteSubscriptionItem(t, s, i);
  }
  if (!t.Since(kBasil)) {
    t.json.End();
    t.json.Flag("has_more", more);
    t.json.Int("total_count", static_cast<std::int64_t>(s.items.size()));
    t.json.Str("url", "/v1/subscription_items?subscription=" +
                          t.Id(IdKind::kSubscription, s.index));
    t.json.End();
    return;
  }
  EndList(t.json, more,
          "/v1/subscription_items?subscription=" +
              t.Id(IdKind::kSubscription, s.index));
}

void WriteCancellation(const Telling& t, const SubscriptionFacts& s) {
  t.json.IntOrNull("cancel_at", s.cancel_at);
  t.json.Flag("cancel_at_period_end", s.cancel_at_period_end);
  t.json.IntOrNull("canceled_at", s.canceled_at);
  t.json.Object("cancellation_details");
  t.json.Null("comment");
  t.json.StrOrNull("feedback", s.index % 6 == 1 && s.canceled_at != 0
                                   ? "too_expensive"
                                   : "");
  t.json.StrOrNull("reason", s.cancel_reason);
  t.json.End();
}

}  // namespace

bool Telling::Expands(std::string_view name) const {
  for (const std::string& path : expand) {
    if (path == name || (path.starts_with(name) && path[name.size()] == '.')) {
      return true;
    }
  }
  return false;
}

Telling Telling::Inside(std::string_view name) const {
  Telling inside{business, json, version, {}};
  for (const std::string& path : expand) {
    if (path.starts_with(name) && path.size() > name.size() &&
        path[name.size()] == '.') {
      inside.expand.push_back(path.substr(name.size() + 1));
    }
  }
  return inside;
}

void BeginList(JsonWriter& json, std::string_view key) {
  json.Object(key);
  json.Str("object", "list");
  json.Array("data");
}

void EndList(JsonWriter& json, bool has_more, std::string_view url) {
  json.End();
  json.Flag("has_more", has_more);
  json.Str("url", url);
  json.End();
}

void WriteCustomerRef(const Telling& t, CustomerNumber number) {
  if (number == kNone) {
    t.json.Null("customer");
  } else if (t.Expands("customer")) {
    WriteCustomer(t.Inside("customer"), number, "customer");
  } else {
    t.json.Str("customer", t.Id(IdKind::kCustomer, number));
  }
}

void WriteAddress(const Telling& t, std::string_view key,
                  const CustomerFacts& customer) {
  t.json.Object(key);
  t.json.Str("city", customer.city);
  t.json.Str("country", customer.country);
  t.json.Str("line1", customer.line1);
  t.json.Null("line2");
  t.json.Str("postal_code", customer.postal_code);
  t.json.Null("state");
  t.json.End();
}

void WriteDiscount(const Telling& t, std::string_view key, int coupon,
                   std::int64_t subscription, CustomerNumber customer,
                   std::int64_t start) {
  t.json.Object(key);
  t.json.Str("id", t.Id(IdKind::kDiscount, subscription));
  t.json.Str("object", "discount");
  t.json.Null("checkout_session");
  if (!t.Since(kClover)) WriteCoupon(t, coupon, "coupon");
  t.json.Str("customer", t.Id(IdKind::kCustomer, customer));
  if (t.Since(kDecember2025)) t.json.Null("customer_account");
  t.json.Nulls({"end", "invoice", "invoice_item", "promotion_code"});
  if (t.Since(kClover)) {
    t.json.Object("source");
    t.json.Str("coupon", Coupons()[static_cast<std::size_t>(coupon)].id);
    t.json.Str("type", "coupon");
    t.json.End();
  }
  t.json.Int("start", start);
  t.json.Str("subscription", t.Id(IdKind::kSubscription, subscription));
  t.json.Null("subscription_item");
  t.json.End();
}

void WriteCustomer(const Telling& t, CustomerNumber number,
                   std::string_view key) {
  const CustomerFacts c = t.business.CustomerOf(number);
  JsonWriter& json = t.json;
  json.Object(key);
  const std::string id = t.Id(IdKind::kCustomer, number);
  json.Str("id", id);
  json.Str("object", "customer");
  if (c.deleted) {
    json.Flag("deleted", true);
    json.End();
    return;
  }
  WriteAddress(t, "address", c);
  json.Int("balance", c.balance);
  json.Int("created", c.created);
  json.Str("currency", Currencies()[static_cast<std::size_t>(c.currency)].code);
  if (t.Since(kDecember2025)) json.Null("customer_account");
  json.Null("default_source");
  json.Flag("delinquent", c.delinquent);
  json.Null("description");
  json.Null("discount");
  json.StrOrNull("email", c.email);
  json.Str("invoice_prefix", c.invoice_prefix);
  json.Object("invoice_settings");
  json.Null("custom_fields");
  json.Str("default_payment_method", t.Id(IdKind::kPaymentMethod, number));
  json.Null("footer");
  json.Null("rendering_options");
  json.End();
  json.Flag("livemode", t.business.livemode());
  json.Object("metadata");
  if (number % 3 == 0) json.Str("crm_id", "A-" + std::to_string(number));
  json.End();
  json.Str("name", c.name);
  json.Int("next_invoice_sequence", 1 + number % 40);
  json.StrOrNull("phone", number % 4 == 0 ? "+15555550100" : "");
  json.Array("preferred_locales");
  json.Str({}, Currencies()[static_cast<std::size_t>(c.currency)].locale);
  json.End();
  json.Null("shipping");
  if (!t.Since(kAugust2020)) {
    BeginList(json, "sources");
    EndList(json, false, "/v1/customers/" + id + "/sources");
    BeginList(json, "subscriptions");
    EndList(json, false, "/v1/customers/" + id + "/subscriptions");
  }
  json.Str("tax_exempt", c.tax_exempt ? "exempt" : "none");
  json.Null("test_clock");
  json.End();
}

void WriteSubscriptionItem(const Telling& t, const SubscriptionFacts& s,
                           std::size_t item) {
  const ItemFacts& facts = s.items[item];
  const PriceFacts& price =
      t.business.prices()[static_cast<std::size_t>(facts.price)];
  const std::int64_t number =
      s.index * kItemStride + static_cast<std::int64_t>(item);
  JsonWriter& json = t.json;
  json.Object();
  json.Str("id", t.Id(IdKind::kSubscriptionItem, number));
  json.Str("object", "subscription_item");
  if (t.Since(kMay2025)) json.Null("billing_thresholds");
  json.Int("created", s.created);
  if (t.Since(kBasil)) {
    json.Int("current_period_end", s.period_end);
    json.Int("current_period_start", s.period_start);
  }
  if (t.Since(kEndive)) json.Null("current_trial");
  json.EmptyArray("discounts");
  json.EmptyObject("metadata");
  WritePlan(t, facts.price, "plan");
  WritePrice(t, facts.price, "price");
  if (!price.metered) json.Int("quantity", facts.quantity);
  json.Str("subscription", t.Id(IdKind::kSubscription, s.index));
  json.EmptyArray("tax_rates");
  json.End();
}

void WriteSubscription(const Telling& t, std::int64_t index,
                       std::string_view key) {
  const SubscriptionFacts s = t.business.SubscriptionOf(index);
  const std::string_view currency =
      Currencies()[static_cast<std::size_t>(s.currency)].code;
  JsonWriter& json = t.json;
  json.Object(key);
  json.Str("id", t.Id(IdKind::kSubscription, index));
  json.Str("object", "subscription");
  json.Nulls({"application", "application_fee_percent"});
  WriteAutomaticTax(t);
  json.Int("billing_cycle_anchor", s.created);
  json.Null("billing_cycle_anchor_config");
  if (t.Since(20250630)) {
    json.Object("billing_mode");
    json.Null("flexible");
    json.Str("type", "classic");
    json.End();
  }
  if (t.Since(kDahlia)) json.EmptyArray("billing_schedules");
  if (!t.Since(kBasil) || t.Since(kMay2025)) json.Null("billing_thresholds");
  WriteCancellation(t, s);
  json.Str("collection_method", "charge_automatically");
  json.Int("created", s.created);
  json.Str("currency", currency);
  if (!t.Since(kBasil)) {
    json.Int("current_period_end", s.period_end);
    json.Int("current_period_start", s.period_start);
  }
  WriteCustomerRef(t, s.customer);
  if (t.Since(kDecember2025)) json.Null("customer_account");
  json.Null("days_until_due");
  json.Str("default_payment_method", t.Id(IdKind::kPaymentMethod, s.customer));
  json.Null("default_source");
  json.EmptyArray("default_tax_rates");
  json.Null("description");
  if (!t.Since(kBasil)) {
    if (s.coupon >= 0) {
      WriteDiscount(t, "discount", s.coupon, s.index, s.customer, s.created);
    } else {
      json.Null("discount");
    }
  }
  json.Array("discounts");
  if (s.coupon >= 0) {
    if (t.Expands("discounts")) {
      WriteDiscount(t, {}, s.coupon, s.index, s.customer, s.created);
    } else {
      json.Str({}, t.Id(IdKind::kDiscount, s.index));
    }
  }
  json.End();
  json.IntOrNull("ended_at", s.ended_at);
  json.Object("invoice_settings");
  json.Null("account_tax_ids");
  json.Object("issuer");
  json.Str("type", "self");
  json.End();
  json.End();
  WriteItems(t, s);
  json.Str("latest_invoice",
           t.Id(IdKind::kInvoice,
                index / kSubscriptionsPerBlock * kInvoicesPerBlock +
                    index % kSubscriptionsPerBlock * 4));
  json.Flag("livemode", t.business.livemode());
  if (t.Since(kDahlia)) json.Null("managed_payments");
  json.EmptyObject("metadata");
  json.Nulls({"next_pending_invoice_item_invoice", "on_behalf_of"});
  if (s.paused_collection) {
    json.Object("pause_collection");
    json.Str("behavior", "keep_as_draft");
    json.Null("resumes_at");
    json.End();
  } else {
    json.Null("pause_collection");
  }
  json.Object("payment_settings");
  json.Nulls({"payment_method_options", "payment_method_types"});
  json.Str("save_default_payment_method", "off");
  json.End();
  json.Nulls({"pending_invoice_item_interval", "pending_setup_intent",
              "pending_update"});
  if (!t.Since(kBasil)) {
    const bool single = s.items.size() == 1;
    if (single) {
      WritePlan(t, s.items.front().price, "plan");
      json.Int("quantity", s.items.front().quantity);
    } else {
      json.Nulls({"plan", "quantity"});
    }
  }
  json.Null("schedule");
  json.Int("start_date", s.created);
  json.Str("status", s.status);
  json.Nulls({"test_clock", "transfer_data"});
  json.IntOrNull("trial_end", s.trial_end);
  json.Object("trial_settings");
  json.Object("end_behavior");
  json.Str("missing_payment_method", "create_invoice");
  json.End();
  json.End();
  json.IntOrNull("trial_start", s.trial_start);
  json.End();
}

}  // namespace precision::demo
