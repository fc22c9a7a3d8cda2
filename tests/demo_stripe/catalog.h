// What the made-up business sells: products, prices, coupons; its currencies.

#ifndef PRECISION_DEMO_STRIPE_CATALOG_H_
#define PRECISION_DEMO_STRIPE_CATALOG_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace precision::demo {

struct CurrencyFacts {
  std::string_view code;
  std::int64_t unit;         // minor units in one: 1, 100, 1000
  std::int64_t price_share;  // of the price in US cents, percent
  std::int64_t to_cents;     // US cents for 1,000,000 minor units
  std::string_view country;
  std::string_view locale;
};

// usd, eur, gbp, jpy (no decimals), kwd (three).
std::array<CurrencyFacts, 5> const& Currencies();

struct ProductFacts {
  std::string_view name;
  std::string_view description;
  std::string_view unit_label;
  bool active;
};
std::array<ProductFacts, 7> const& Products();

enum class Scheme : std::uint8_t {
  kFlat,
  kGraduated,  // tiers, by usage
  kVolume,     // tiers, by quantity
  kSubCent,    // less than a minor unit each
  kCustom,     // the payer decides
};

struct PriceFacts {
  int product = 0;
  int currency = 0;
  std::int64_t amount = 0;    // minor units; of the first tier when tiered
  std::string_view interval;  // "month", empty: one-time
  int interval_count = 1;
  Scheme scheme = Scheme::kFlat;
  bool metered = false;
  bool active = true;
  std::string nickname;
};

// Prices of one currency stand together, in this order.
enum PriceOfCurrency : std::uint8_t {
  kStarterMonth,
  kGrowthMonth,
  kScaleMonth,
  kStarterYear,
  kGrowthYear,
  kScaleYear,
  kSeatMonth,
  kUsageMonth,
  kSetupOnce,
  kStorageMonth,
  kPricesOfCurrency,
};

// The extra ones, after those of all currencies (all in usd).
enum ExtraPrice : std::uint8_t {
  kGrowthQuarter,
  kStarterWeek,
  kOldYear,
  kDonation,
  kVolumeSeats,
  kExtraPrices,
};

std::vector<PriceFacts> MakePrices();
inline int PriceIndex(int currency, PriceOfCurrency price) {
  return currency * kPricesOfCurrency + price;
}
inline int PriceIndex(ExtraPrice price) {
  return 5 * kPricesOfCurrency + price;
}

// What `quantity` of it costs, in minor units.
std::int64_t Cost(const PriceFacts& price, std::int64_t quantity);

struct TierFacts {
  std::int64_t up_to;        // 0: the last one
  std::int64_t unit_amount;  // minor units
  std::int64_t flat_amount;
};
std::array<TierFacts, 3> TiersOf(const PriceFacts& price);

struct CouponFacts {
  std::string_view id;
  std::string_view name;
  int percent_off;          // tenths of a percent, or 0
  std::int64_t amount_off;  // in US cents, or 0
  std::string_view duration;
  int months;
};
std::array<CouponFacts, 5> const& Coupons();

}  // namespace precision::demo

#endif  // PRECISION_DEMO_STRIPE_CATALOG_H_
