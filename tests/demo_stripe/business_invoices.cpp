// Invoices of a business: see business.h.

#include <algorithm>

#include "demo_stripe/business.h"
#include "demo_stripe/calendar.h"

namespace precision::demo {

namespace {

enum Stream : std::uint64_t {
  kPick = 200,
  kManual,
  kUsage,
  kProration,
  kBalance,
  kCollection,
  kLongInvoice,
};

std::string_view StatusOf(InvoiceKind kind) {
  switch (kind) {
    case InvoiceKind::kPaid:
    case InvoiceKind::kPaidRetried:
    case InvoiceKind::kPaidRefunded:
    case InvoiceKind::kPaidDisputed:
    case InvoiceKind::kPaidOutOfBand:
    case InvoiceKind::kZero:
      return "paid";
    case InvoiceKind::kDraft:
      return "draft";
    case InvoiceKind::kVoid:
      return "void";
    case InvoiceKind::kUncollectible:
      return "uncollectible";
    case InvoiceKind::kOpen:
      return "open";
  }
  return "draft";
}

// Positions: the first of four belongs to a new subscription, two are for one
// change of plan and one job by hand, the rest renew.
enum class Role : std::uint8_t { kFirst, kUpdate, kManual, kCycle };
Role RoleOf(int position) {
  if (position % 4 == 0 && position < 16) return Role::kFirst;
  if (position == 18) return Role::kUpdate;
  return position == 19 ? Role::kManual : Role::kCycle;
}

std::int64_t PeriodEnd(const PriceFacts& price, std::int64_t from) {
  if (price.interval == "week") return from + 7 * kDay;
  return AddMonths(from, std::int64_t{price.interval == "year" ? 12 : 1} *
                             price.interval_count);
}

std::string LineDescription(const PriceFacts& price, std::int64_t quantity) {
  const std::string_view product =
      Products()[static_cast<std::size_t>(price.product)].name;
  return std::to_string(quantity) + " \u00d7 " + std::string(product) +
         (price.interval.empty()
              ? ""
              : " (per " + std::string(price.interval) + ")");
}

}  // namespace

std::int64_t Business::InvoiceCreated(std::int64_t index) const {
  return ledger_.TimeOf(
      index / kInvoicesPerBlock,
      Ledger::SlotOfInvoice(static_cast<int>(index % kInvoicesPerBlock)));
}

std::int64_t Business::OlderSubscription(std::int64_t invoice,
                                         std::int64_t block,
                                         std::int64_t now) const {
  const std::int64_t bound = std::max<std::int64_t>(
      1, std::min((block + 1) * kSubscriptionsPerBlock, subscriptions()));
  for (int attempt = 0; attempt < 12; ++attempt) {
    const std::int64_t s = dice().Below(bound, kPick, invoice * 16 + attempt);
    if (CustomerCreated(s) > now || LifetimeEnd(s) < now) continue;
    if (CustomerOfSubscription(s) >= kDeletedBit && attempt < 11) continue;
    return s;
  }
  return block * kSubscriptionsPerBlock;  // the block's first: it exists by now
}

CustomerNumber Business::PastCustomer(std::int64_t block, std::uint64_t stream,
                                      std::int64_t index) const {
  return dice().Below(std::max<std::int64_t>(1, block * kCustomersPerBlock),
                      stream, index);
}

InvoiceFacts Business::InvoiceOf(std::int64_t index) const {
  InvoiceFacts v;
  v.index = index;
  v.place = {index / kInvoicesPerBlock,
             static_cast<int>(index % kInvoicesPerBlock)};
  const BlockPlan plan = ledger_.PlanOf(v.place.block);
  const auto at = static_cast<std::size_t>(v.place.rank);
  v.kind = plan.invoices[at];
  v.created = InvoiceCreated(index);
  v.status = StatusOf(v.kind);
  if (plan.intent_of_invoice[at] >= 0) {
    v.payment_intent =
        v.place.block * kIntentsPerBlock + plan.intent_of_invoice[at];
  }
  const Role role = RoleOf(v.place.rank);
  switch (role) {
    case Role::kFirst:
      v.subscription =
          v.place.block * kSubscriptionsPerBlock + v.place.rank / 4;
      v.billing_reason = "subscription_create";
      break;
    case Role::kUpdate:
    case Role::kCycle:
      v.subscription = OlderSubscription(index, v.place.block, v.created);
      v.billing_reason =
          role == Role::kCycle ? "subscription_cycle" : "subscription_update";
      break;
    case Role::kManual:
      v.customer = PastCustomer(v.place.block, kManual, index);
      v.billing_reason = "manual";
      break;
  }
  if (v.subscription != kNone)
    v.customer = CustomerOfSubscription(v.subscription);
  const CustomerFacts customer = CustomerOf(v.customer);
  v.currency = customer.currency;
  v.tax_percent = customer.tax_percent;
  v.send_invoice = v.kind == InvoiceKind::kPaidOutOfBand ||
                   v.kind == InvoiceKind::kOpen ||
                   dice().Percent(5, kCollection, index);
  FillLines(v);
  FillAmounts(v);
  return v;
}

void Business::FillLines(InvoiceFacts& v) const {
  if (v.subscription != kNone) {
    FillSubscriptionLines(v, SubscriptionOf(v.subscription));
    return;
  }
  const int price = PriceIndex(v.currency, kSetupOnce);
  const PriceFacts& facts = prices_[static_cast<std::size_t>(price)];
  // Now and then more lines than are sent with the invoice.
  const int lines = dice().Percent(3, kLongInvoice, v.index) ? 23 : 1;
  for (int i = 0; i < lines; ++i) {
    LineFacts line;
    line.price = price;
    line.amount = facts.amount;
    line.period_start = line.period_end = v.created;
    line.description = LineDescription(facts, 1);
    v.lines.push_back(std::move(line));
  }
}

void Business::FillSubscriptionLines(InvoiceFacts& v,
                                     const SubscriptionFacts& s) const {
  v.coupon = s.coupon;
  const bool update = v.billing_reason == "subscription_update";
  for (std::size_t i = 0; i < s.items.size(); ++i) {
    const ItemFacts& item = s.items[i];
    const PriceFacts& price = prices_[static_cast<std::size_t>(item.price)];
    LineFacts line;
    line.price = item.price;
    line.item = static_cast<int>(i);
    line.quantity =
        price.metered ? dice().Below(30000, kUsage, v.index) : item.quantity;
    line.amount = v.kind == InvoiceKind::kZero ? 0 : Cost(price, line.quantity);
    line.period_start = v.created;
    line.period_end = v.kind == InvoiceKind::kZero
                          ? v.created + 14 * kDay
                          : PeriodEnd(price, v.created);
    line.description =
        v.kind == InvoiceKind::kZero
            ? "Trial period for " +
                  std::string(
                      Products()[static_cast<std::size_t>(price.product)].name)
            : LineDescription(price, line.quantity);
    v.lines.push_back(line);
    if (update && i == 0) {
      // What is left of the old plan comes back: a negative line.
      LineFacts credit = line;
      credit.proration = true;
      const std::int64_t step = price.currency == 4 ? 10 : 1;
      credit.amount = -(line.amount / step *
                        (1 + dice().Below(8, kProration, v.index)) / 10) *
                      step;
      credit.description = "Unused time on " + line.description;
      v.lines.push_back(credit);
    }
  }
}

void Business::FillAmounts(InvoiceFacts& v) const {
  const CurrencyFacts& currency =
      Currencies()[static_cast<std::size_t>(v.currency)];
  const std::int64_t step = currency.unit == 1000 ? 10 : 1;
  for (LineFacts& line : v.lines) v.subtotal += line.amount;
  if (v.coupon >= 0 && v.subtotal > 0) {
    const CouponFacts& coupon = Coupons()[static_cast<std::size_t>(v.coupon)];
    // 100% off makes nothing to pay: only where no payment hangs on it.
    const bool free = coupon.percent_off == 1000;
    if (coupon.percent_off > 0 && !free) {
      for (LineFacts& line : v.lines) {
        line.discount = line.amount * coupon.percent_off / (1000 * step) * step;
        v.discount += line.discount;
      }
    } else if (coupon.amount_off > 0 && v.currency == 0) {
      v.discount = std::min(coupon.amount_off, v.subtotal / 2);
      v.lines.front().discount = v.discount;
    } else {
      v.coupon = -1;
    }
  } else {
    v.coupon = -1;
  }
  if (v.tax_percent > 0) {
    for (LineFacts& line : v.lines) {
      line.tax =
          (line.amount - line.discount) * v.tax_percent / (100 * step) * step;
      v.tax += line.tax;
    }
  }
  v.total = v.subtotal - v.discount + v.tax;
  if (v.total > 4 * currency.unit && dice().Percent(2, kBalance, v.index)) {
    v.starting_balance = -(v.total / (4 * step) * step);
  }
  v.amount_due = std::max<std::int64_t>(0, v.total + v.starting_balance);
  v.amount_paid = v.paid() ? v.amount_due : 0;
  if (v.kind == InvoiceKind::kPaidRefunded &&
      ledger_.HasCreditNote(v.place.block)) {
    v.credited = v.amount_due * 2 / (5 * step) * step;
  }
}

}  // namespace precision::demo
