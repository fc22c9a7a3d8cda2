#include "demo_stripe/business.h"

#include <algorithm>
#include <array>

#include "demo_stripe/calendar.h"
#include "demo_stripe/names.h"

namespace precision::demo {

namespace {

enum Stream : std::uint64_t {
  kCurrency = 100,
  kCustomerMix,
  kTax,
  kLifetime,
  kPlan,
  kInterval,
  kQuantity,
  kExtras,
  kStatus,
  kCoupon,
  kSecondSubscription,
};

// Of an exponential distribution with a mean of 900 days: about 3% leave a
// month.
constexpr std::array<std::int64_t, 16> kLifetimeDays = {
    29,  88,  152,  222,  298,  381,  474,  578,
    698, 838, 1006, 1217, 1503, 1950, 2700, 4000};

constexpr auto kCancelReasons = std::to_array<std::string_view>(
    {"cancellation_requested", "cancellation_requested", "payment_failed",
     "payment_disputed"});

std::int64_t StartOf(const AccountSpec& spec, std::int64_t as_of) {
  return as_of - kDay * 365 * spec.years;
}

std::int64_t NextPeriod(const PriceFacts& price, std::int64_t anchor,
                        std::int64_t n) {
  if (price.interval == "week") return anchor + n * 7 * kDay;
  const std::int64_t months = price.interval == "year" ? 12 : 1;
  return AddMonths(anchor, months * price.interval_count * n);
}

// The period `now` lies in, counted from `anchor`.
void FillPeriod(SubscriptionFacts& s, const PriceFacts& price,
                std::int64_t now) {
  const std::int64_t length = NextPeriod(price, s.created, 1) - s.created;
  std::int64_t n = std::max<std::int64_t>(0, (now - s.created) / length - 1);
  while (NextPeriod(price, s.created, n + 1) <= now) ++n;
  s.period_start = NextPeriod(price, s.created, n);
  s.period_end = NextPeriod(price, s.created, n + 1);
}

}  // namespace

Business::Business(const AccountSpec& spec, std::int64_t as_of,
                   std::uint64_t seed)
    : spec_(spec),
      account_id_(AccountId(spec.name)),
      as_of_(as_of),
      ledger_(spec.seed ^ Mix(seed), spec.blocks, StartOf(spec, as_of), as_of,
              spec.burst),
      ids_(account_id_, spec.seed),
      prices_(MakePrices()) {
  // Events are kept for 30 days: https://docs.stripe.com/api/events
  const std::int64_t since = as_of - 30 * kDay;
  std::int64_t high = invoices();
  while (first_event_invoice_ < high) {
    const std::int64_t middle =
        first_event_invoice_ + (high - first_event_invoice_) / 2;
    if (InvoiceCreated(middle) < since) {
      first_event_invoice_ = middle + 1;
    } else {
      high = middle;
    }
  }
}

std::int64_t Business::customers() const {
  return ledger_.blocks() * kCustomersPerBlock;
}
std::int64_t Business::subscriptions() const {
  return ledger_.blocks() * kSubscriptionsPerBlock;
}
std::int64_t Business::invoices() const {
  return ledger_.blocks() * kInvoicesPerBlock;
}
std::int64_t Business::payment_intents() const {
  return ledger_.blocks() * kIntentsPerBlock;
}
std::int64_t Business::invoice_payments() const {
  return ledger_.blocks() * kInvoicePaymentsPerBlock;
}
std::int64_t Business::movements() const {
  return ledger_.MovementsBefore(ledger_.blocks());
}

bool Business::CustomerExists(CustomerNumber number) const {
  if (number >= kDeletedBit) {
    return number - kDeletedBit < ledger_.deleted_customers();
  }
  return number < customers();
}

std::int64_t Business::CustomerCreated(CustomerNumber number) const {
  if (number >= kDeletedBit) {
    return ledger_.TimeOf((number - kDeletedBit) * 3 + 1,
                          Ledger::SlotOfCustomer(1));
  }
  return ledger_.TimeOf(
      number / kCustomersPerBlock,
      Ledger::SlotOfCustomer(static_cast<int>(number % kCustomersPerBlock)));
}

int Business::CurrencyOfCustomer(CustomerNumber number) const {
  const std::int64_t roll = dice().Below(100, kCurrency, number);
  if (roll < 62) return 0;
  if (roll < 80) return 1;
  if (roll < 90) return 2;
  return roll < 96 ? 3 : 4;
}

CustomerFacts Business::CustomerOf(CustomerNumber number) const {
  CustomerFacts c;
  c.number = number;
  c.deleted = number >= kDeletedBit;
  c.created = CustomerCreated(number);
  c.currency = CurrencyOfCustomer(number);
  const std::uint64_t mix = dice().Of(kCustomerMix, number);
  const CurrencyFacts& currency =
      Currencies()[static_cast<std::size_t>(c.currency)];
  c.name = MadeUpName(dice(), number, c.currency);
  if (mix % 29 != 0) {
    c.email = "person" + std::to_string(number & (kDeletedBit - 1)) +
              (c.deleted ? "x" : "") + "@example.com";
  }
  c.city = MadeUpCity(c.currency, mix);
  c.line1 = std::to_string(1 + mix % 299) + " High Street";
  c.postal_code = std::to_string(10000 + mix % 80000);
  c.country = currency.country;
  const std::int64_t tax = dice().Below(100, kTax, number);
  c.tax_percent = c.currency == 1   ? 19
                  : c.currency == 2 ? 20
                  : c.currency == 3 ? 10
                                    : 0;
  c.tax_exempt = tax < 12;
  if (c.tax_exempt) c.tax_percent = 0;
  c.delinquent = mix % 41 == 7;
  c.balance = mix % 53 == 11 ? -5 * currency.unit : 0;
  c.invoice_prefix = account_id_.substr(10, 2);
  std::transform(c.invoice_prefix.begin(), c.invoice_prefix.end(),
                 c.invoice_prefix.begin(), [](char x) {
                   return 'a' <= x && x <= 'z' ? static_cast<char>(x - 32) : x;
                 });
  for (int i = 0; i < 6; ++i) {
    c.invoice_prefix +=
        "0123456789ABCDEF"[(mix >> (8U + 4U * static_cast<unsigned>(i))) & 15U];
  }
  return c;
}

CustomerNumber Business::CustomerOfSubscription(std::int64_t index) const {
  const std::int64_t block = index / kSubscriptionsPerBlock;
  const std::int64_t rank = index % kSubscriptionsPerBlock;
  if (rank == 1 && ledger_.HasDeletedCustomer(block)) {
    return kDeletedBit | (block / 3);
  }
  if (rank == 3 && dice().Percent(25, kSecondSubscription, block)) {
    return index - 1;
  }
  return index;
}

std::int64_t Business::LifetimeEnd(std::int64_t subscription) const {
  const std::uint64_t roll = dice().Of(kLifetime, subscription);
  const std::size_t band = roll % kLifetimeDays.size();
  const std::int64_t low = band == 0 ? 3 : kLifetimeDays[band - 1];
  const std::int64_t days =
      low + static_cast<std::int64_t>((roll >> 8U) % 1000) *
                (kLifetimeDays[band] - low) / 1000;
  return CustomerCreated(subscription) + days * kDay +
         static_cast<std::int64_t>((roll >> 20U) % 86400);
}

SubscriptionFacts Business::SubscriptionOf(std::int64_t index) const {
  SubscriptionFacts s;
  s.index = index;
  s.created =
      CustomerCreated(index);  // customers and subscriptions share slots
  s.customer = CustomerOfSubscription(index);
  s.currency = CurrencyOfCustomer(s.customer);

  const std::int64_t plan = dice().Below(100, kPlan, index);
  const std::int64_t interval = dice().Below(100, kInterval, index);
  const int tier = plan < 50 ? 0 : plan < 85 ? 1 : 2;
  int price = PriceIndex(
      s.currency, static_cast<PriceOfCurrency>(tier + (interval < 20 ? 3 : 0)));
  if (s.currency == 0 && interval >= 95) price = PriceIndex(kGrowthQuarter);
  if (s.currency == 0 && interval == 94) price = PriceIndex(kStarterWeek);
  if (s.currency == 0 && interval == 0) price = PriceIndex(kOldYear);
  s.items.push_back({price, 1 + (dice().Percent(20, kQuantity, index)
                                     ? dice().Below(40, kQuantity, -index)
                                     : 0)});
  const std::int64_t extras = dice().Below(100, kExtras, index);
  if (extras < 15) {
    s.items.push_back({PriceIndex(s.currency, kSeatMonth), 1 + extras});
  } else if (extras < 19) {
    s.items.push_back({PriceIndex(s.currency, kUsageMonth), 0});
  } else if (extras == 19 && s.currency == 0) {
    s.items.push_back({PriceIndex(kVolumeSeats), 60});
  } else if (extras == 20) {
    // More items than are sent with the subscription.
    for (std::int64_t i = 0; i < 24; ++i) {
      s.items.push_back({PriceIndex(s.currency, kSeatMonth), 1 + i});
    }
  }
  const std::int64_t coupon = dice().Below(100, kCoupon, index);
  if (coupon < 10) s.coupon = static_cast<int>(coupon % 5);

  const Place place{index / kSubscriptionsPerBlock,
                    static_cast<int>(index % kSubscriptionsPerBlock)};
  const BlockPlan blocks_plan = ledger_.PlanOf(place.block);
  if (blocks_plan.invoices[static_cast<std::size_t>(place.rank) * 4] ==
      InvoiceKind::kZero) {
    s.trial_start = s.created;
    s.trial_end = s.created + 14 * kDay;
  }
  FillStatus(s);
  return s;
}

void Business::FillStatus(SubscriptionFacts& s) const {
  const std::int64_t roll = dice().Below(1000, kStatus, s.index);
  const PriceFacts& price =
      prices_[static_cast<std::size_t>(s.items.front().price)];
  const std::int64_t end = LifetimeEnd(s.index);
  const bool deleted = s.customer >= kDeletedBit;
  FillPeriod(s, price, as_of_);
  if (end < as_of_ || deleted) {
    s.status = "canceled";
    s.canceled_at = s.ended_at =
        std::max(s.created, std::min(end, as_of_ - 60));
    s.cancel_reason = kCancelReasons[static_cast<std::size_t>(roll % 4)];
    FillPeriod(s, price, s.ended_at);
    return;
  }
  if (s.trial_end > as_of_) {
    s.status = "trialing";
    s.period_start = s.trial_start;
    s.period_end = s.trial_end;
    return;
  }
  if (roll < 15) {
    s.status =
        s.created > as_of_ - 23 * kHour ? "incomplete" : "incomplete_expired";
    if (s.status == "incomplete_expired") s.ended_at = s.created + 23 * kHour;
    return;
  }
  if (roll < 45) {
    s.status = "past_due";
  } else if (roll < 55) {
    s.status = "unpaid";
  } else if (roll < 62) {
    s.status = "paused";
  } else {
    s.status = "active";
    s.paused_collection = roll < 72;
    s.cancel_at_period_end = roll > 965;
    if (s.cancel_at_period_end) {
      s.canceled_at = std::max(s.created, as_of_ - roll * 1000 / 4);
      s.cancel_at = s.period_end;
      s.cancel_reason = "cancellation_requested";
    }
  }
}

}  // namespace precision::demo
