#include "demo_stripe/catalog.h"

namespace precision::demo {

namespace {

constexpr std::array<CurrencyFacts, 5> kCurrencies = {{
    {"usd", 100, 100, 1'000'000, "US", "en-US"},
    {"eur", 100, 93, 1'080'000, "DE", "de-DE"},
    {"gbp", 100, 79, 1'270'000, "GB", "en-GB"},
    {"jpy", 1, 145, 670'000, "JP", "ja-JP"},
    {"kwd", 1000, 310, 325'000, "KW", "ar-KW"},
}};

constexpr std::array<ProductFacts, 7> kProducts = {{
    {"Starter", "For teams of up to five", "", true},
    {"Growth", "For teams of up to fifty", "", true},
    {"Scale", "Single sign-on, audit log and a manager to call", "", true},
    {"Additional seat", "One more person", "seat", true},
    {"API calls", "Metered by the call", "call", true},
    {"Onboarding", "Two days with our people", "", true},
    {"Classic", "No longer sold", "", false},
}};

constexpr std::array<CouponFacts, 5> kCoupons = {{
    {"LAUNCH25", "Launch: 25% off for a year", 250, 0, "repeating", 12},
    {"NONPROFIT", "Non-profits: half price", 500, 0, "forever", 0},
    {"WELCOME10", "Welcome: 10 off once", 0, 1000, "once", 0},
    {"PARTNER125", "Partners: 12.5% off", 125, 0, "forever", 0},
    {"FRIENDS", "Friends of the house", 1000, 0, "once", 0},
}};

// Whole units, and a last digit of 0 for three decimals:
// https://docs.stripe.com/currencies#three-decimal
std::int64_t Local(std::int64_t cents, const CurrencyFacts& currency) {
  const std::int64_t minor = cents * currency.price_share / 100;
  const std::int64_t step = currency.unit >= 100 ? currency.unit : 100;
  const std::int64_t rounded = (minor + step / 2) / step * step;
  return rounded > 0 ? rounded : step;
}

PriceFacts Recurring(int product, int currency, std::int64_t cents,
                     std::string_view interval, std::string nickname) {
  PriceFacts price;
  price.product = product;
  price.currency = currency;
  price.amount = Local(cents, kCurrencies[static_cast<std::size_t>(currency)]);
  price.interval = interval;
  price.nickname = std::move(nickname);
  return price;
}

void AddPricesOf(std::vector<PriceFacts>& prices, int c) {
  prices.push_back(Recurring(0, c, 2900, "month", "Starter monthly"));
  prices.push_back(Recurring(1, c, 9900, "month", "Growth monthly"));
  prices.push_back(Recurring(2, c, 39900, "month", "Scale monthly"));
  prices.push_back(Recurring(0, c, 29000, "year", "Starter yearly"));
  prices.push_back(Recurring(1, c, 99000, "year", "Growth yearly"));
  prices.push_back(Recurring(2, c, 399000, "year", "Scale yearly"));
  prices.push_back(Recurring(3, c, 1200, "month", "Seat"));
  PriceFacts usage = Recurring(4, c, 2, "month", "API calls");
  usage.amount = kCurrencies[static_cast<std::size_t>(c)].unit == 1000 ? 10 : 2;
  usage.scheme = Scheme::kGraduated;
  usage.metered = true;
  prices.push_back(usage);
  PriceFacts setup = Recurring(5, c, 150000, "", "Onboarding");
  prices.push_back(setup);
  PriceFacts storage = Recurring(4, c, 1, "month", "Storage");
  storage.amount = 0;
  storage.scheme = Scheme::kSubCent;
  prices.push_back(storage);
}

}  // namespace

std::array<CurrencyFacts, 5> const& Currencies() { return kCurrencies; }
std::array<ProductFacts, 7> const& Products() { return kProducts; }
std::array<CouponFacts, 5> const& Coupons() { return kCoupons; }

std::vector<PriceFacts> MakePrices() {
  std::vector<PriceFacts> prices;
  for (int c = 0; c < 5; ++c) AddPricesOf(prices, c);
  PriceFacts quarter = Recurring(1, 0, 27900, "month", "Growth quarterly");
  quarter.interval_count = 3;
  prices.push_back(quarter);
  prices.push_back(Recurring(0, 0, 900, "week", "Starter weekly"));
  PriceFacts old = Recurring(6, 0, 19900, "year", "Classic");
  old.active = false;
  prices.push_back(old);
  PriceFacts donation = Recurring(5, 0, 0, "", "Pay what you like");
  donation.scheme = Scheme::kCustom;
  prices.push_back(donation);
  PriceFacts volume = Recurring(3, 0, 1000, "month", "Seats by volume");
  volume.scheme = Scheme::kVolume;
  prices.push_back(volume);
  return prices;
}

std::array<TierFacts, 3> TiersOf(const PriceFacts& price) {
  if (price.scheme == Scheme::kGraduated) {
    return {{{1000, 0, 0}, {10000, price.amount, 0}, {0, price.amount / 2, 0}}};
  }
  return {{{10, price.amount, 0},
           {50, price.amount * 9 / 10, 0},
           {0, price.amount * 8 / 10, 5000}}};
}

std::int64_t Cost(const PriceFacts& price, std::int64_t quantity) {
  switch (price.scheme) {
    case Scheme::kFlat:
      return price.amount * quantity;
    case Scheme::kCustom:
      return 0;
    case Scheme::kSubCent:
      return quantity / 20;  // 0.05 each
    case Scheme::kVolume:
      for (const TierFacts& tier : TiersOf(price)) {
        if (tier.up_to == 0 || quantity <= tier.up_to) {
          return tier.unit_amount * quantity + tier.flat_amount;
        }
      }
      return 0;
    case Scheme::kGraduated: {
      std::int64_t cost = 0;
      std::int64_t below = 0;
      for (const TierFacts& tier : TiersOf(price)) {
        if (quantity <= below) break;
        const std::int64_t top =
            tier.up_to == 0 || quantity < tier.up_to ? quantity : tier.up_to;
        cost += (top - below) * tier.unit_amount;
        below = top;
      }
      return cost;
    }
  }
  return 0;
}

}  // namespace precision::demo
