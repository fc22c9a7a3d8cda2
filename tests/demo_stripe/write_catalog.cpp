// Products, prices, plans, coupons: see writers.h.

#include "demo_stripe/calendar.h"
#include "demo_stripe/writers.h"

namespace precision::demo {

namespace {

std::int64_t CatalogCreated(const Business& business, std::int64_t index) {
  return business.ledger().start() - 30 * kDay + index * 3600;
}

std::string_view SchemeName(const PriceFacts& price) {
  return price.scheme == Scheme::kGraduated || price.scheme == Scheme::kVolume
             ? "tiered"
             : "per_unit";
}

std::string_view TiersMode(const PriceFacts& price) {
  return price.scheme == Scheme::kGraduated ? "graduated"
         : price.scheme == Scheme::kVolume  ? "volume"
                                            : "";
}

std::string_view UsageType(const PriceFacts& price) {
  return price.metered ? "metered" : "licensed";
}

// `amount` and `amount_decimal` under the names of a price or a plan.
void WriteUnitAmount(JsonWriter& json, std::string_view amount,
                     std::string_view decimal, const PriceFacts& price) {
  switch (price.scheme) {
    case Scheme::kFlat:
      json.Int(amount, price.amount);
      json.Str(decimal, std::to_string(price.amount));
      return;
    case Scheme::kSubCent:
      json.Null(amount);
      json.Str(decimal, "0.05");
      return;
    case Scheme::kGraduated:
    case Scheme::kVolume:
    case Scheme::kCustom:
      json.Null(amount);
      json.Null(decimal);
      return;
  }
}

void WriteTiers(const Telling& t, const PriceFacts& price) {
  // Embedded until 2020-08-27, and on request.
  if (t.Since(kAugust2020) && !t.Expands("tiers")) return;
  if (TiersMode(price).empty()) return;
  t.json.Array("tiers");
  for (const TierFacts& tier : TiersOf(price)) {
    t.json.Object();
    t.json.IntOrNull("flat_amount", tier.flat_amount);
    t.json.StrOrNull(
        "flat_amount_decimal",
        tier.flat_amount == 0 ? "" : std::to_string(tier.flat_amount));
    t.json.Int("unit_amount", tier.unit_amount);
    t.json.Str("unit_amount_decimal", std::to_string(tier.unit_amount));
    t.json.IntOrNull("up_to", tier.up_to);
    t.json.End();
  }
  t.json.End();
}

}  // namespace

void WriteProduct(const Telling& t, std::int64_t index, std::string_view key) {
  const ProductFacts& product = Products()[static_cast<std::size_t>(index)];
  JsonWriter& json = t.json;
  json.Object(key);
  json.Str("id", t.Id(IdKind::kProduct, index));
  json.Str("object", "product");
  json.Flag("active", product.active);
  json.EmptyArray("attributes");
  json.Int("created", CatalogCreated(t.business, index));
  json.Null("default_price");
  json.Str("description", product.description);
  json.EmptyArray("images");
  json.Flag("livemode", t.business.livemode());
  json.EmptyArray("marketing_features");
  json.EmptyObject("metadata");
  json.Str("name", product.name);
  json.Nulls(
      {"package_dimensions", "shippable", "statement_descriptor", "tax_code"});
  if (t.Since(kEndive)) json.Null("tax_details");
  json.Str("type", "service");
  json.StrOrNull("unit_label", product.unit_label);
  json.Int("updated", CatalogCreated(t.business, index) + kDay);
  json.Null("url");
  json.End();
}

void WritePrice(const Telling& t, std::int64_t index, std::string_view key) {
  const PriceFacts& price =
      t.business.prices()[static_cast<std::size_t>(index)];
  JsonWriter& json = t.json;
  json.Object(key);
  json.Str("id", t.Id(IdKind::kPrice, index));
  json.Str("object", "price");
  json.Flag("active", price.active);
  json.Str("billing_scheme", SchemeName(price));
  json.Int("created", CatalogCreated(t.business, index));
  json.Str("currency",
           Currencies()[static_cast<std::size_t>(price.currency)].code);
  if (price.scheme == Scheme::kCustom) {
    json.Object("custom_unit_amount");
    json.Int("maximum", 100000);
    json.Int("minimum", 500);
    json.Int("preset", 2500);
    json.End();
  } else {
    json.Null("custom_unit_amount");
  }
  json.Flag("livemode", t.business.livemode());
  json.Null("lookup_key");
  json.EmptyObject("metadata");
  json.StrOrNull("nickname", price.nickname);
  json.Str("product", t.Id(IdKind::kProduct, price.product));
  if (price.interval.empty()) {
    json.Null("recurring");
  } else {
    json.Object("recurring");
    if (!t.Since(kBasil)) {
      json.StrOrNull("aggregate_usage", price.metered ? "sum" : "");
    }
    json.Str("interval", price.interval);
    json.Int("interval_count", price.interval_count);
    if (t.Since(20240410)) json.Null("meter");
    json.Null("trial_period_days");
    json.Str("usage_type", UsageType(price));
    json.End();
  }
  json.Str("tax_behavior", "unspecified");
  WriteTiers(t, price);
  json.StrOrNull("tiers_mode", TiersMode(price));
  json.Null("transform_quantity");
  json.Str("type", price.interval.empty() ? "one_time" : "recurring");
  WriteUnitAmount(json, "unit_amount", "unit_amount_decimal", price);
  json.End();
}

void WritePlan(const Telling& t, std::int64_t index, std::string_view key) {
  const PriceFacts& price =
      t.business.prices()[static_cast<std::size_t>(index)];
  JsonWriter& json = t.json;
  json.Object(key);
  json.Str("id", t.Id(IdKind::kPrice, index));
  json.Str("object", "plan");
  json.Flag("active", price.active);
  if (!t.Since(kBasil)) {
    json.StrOrNull("aggregate_usage", price.metered ? "sum" : "");
  }
  WriteUnitAmount(json, "amount", "amount_decimal", price);
  json.Str("billing_scheme", SchemeName(price));
  json.Int("created", CatalogCreated(t.business, index));
  json.Str("currency",
           Currencies()[static_cast<std::size_t>(price.currency)].code);
  json.Str("interval", price.interval);
  json.Int("interval_count", price.interval_count);
  json.Flag("livemode", t.business.livemode());
  json.EmptyObject("metadata");
  if (t.Since(20240410)) json.Null("meter");
  json.StrOrNull("nickname", price.nickname);
  json.Str("product", t.Id(IdKind::kProduct, price.product));
  WriteTiers(t, price);
  json.StrOrNull("tiers_mode", TiersMode(price));
  json.Nulls({"transform_usage", "trial_period_days"});
  json.Str("usage_type", UsageType(price));
  json.End();
}

void WriteCoupon(const Telling& t, std::int64_t index, std::string_view key) {
  const CouponFacts& coupon = Coupons()[static_cast<std::size_t>(index)];
  JsonWriter& json = t.json;
  json.Object(key);
  json.Str("id", coupon.id);
  json.Str("object", "coupon");
  json.IntOrNull("amount_off", coupon.amount_off);
  json.Int("created", CatalogCreated(t.business, index));
  json.StrOrNull("currency", coupon.amount_off != 0 ? "usd" : "");
  json.Str("duration", coupon.duration);
  json.IntOrNull("duration_in_months", coupon.months);
  json.Flag("livemode", t.business.livemode());
  json.Null("max_redemptions");
  json.EmptyObject("metadata");
  json.Str("name", coupon.name);
  if (coupon.percent_off == 0) {
    json.Null("percent_off");
  } else {
    json.Raw("percent_off", std::to_string(coupon.percent_off / 10) + "." +
                                std::to_string(coupon.percent_off % 10));
  }
  json.Null("redeem_by");
  json.Int("times_redeemed", 10 + index);
  json.Flag("valid", true);
  json.End();
}

}  // namespace precision::demo
