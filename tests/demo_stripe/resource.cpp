#include "demo_stripe/resource.h"

#include <array>

#include "demo_stripe/calendar.h"

namespace precision::demo {

namespace {

bool Is(const Query& query, std::string_view name, std::string_view value) {
  const std::string* wanted = query.Find(name);
  return wanted == nullptr || *wanted == value;
}

bool IsId(const Business& b, const Query& query, std::string_view name,
          IdKind kind, std::int64_t value) {
  const std::string* wanted = query.Find(name);
  return wanted == nullptr || (value != kNone && b.Id(kind, value) == *wanted);
}

std::optional<std::int64_t> Within(std::optional<std::int64_t> index,
                                   std::int64_t count) {
  return index && *index < count ? index : std::nullopt;
}

std::int64_t CatalogTime(const Business& b, std::int64_t index) {
  return b.ledger().start() - 30 * kDay + index * 3600;
}

// An account without data sells nothing either.
std::int64_t Sold(const Business& b, std::size_t count) {
  return b.ledger().blocks() == 0 ? 0 : static_cast<std::int64_t>(count);
}

// Plans are the prices that recur.
std::int64_t PriceOfPlan(const Business& b, std::int64_t plan) {
  for (std::size_t i = 0; i < b.prices().size(); ++i) {
    if (!b.prices()[i].interval.empty() && plan-- == 0) {
      return static_cast<std::int64_t>(i);
    }
  }
  return 0;
}

std::int64_t CountPlans(const Business& b) {
  std::size_t count = 0;
  for (const PriceFacts& price : b.prices()) {
    if (!price.interval.empty()) ++count;
  }
  return Sold(b, count);
}

bool MatchesActive(const Query& query, bool active) {
  return Is(query, "active", active ? "true" : "false");
}

bool MatchesAll(const Business&, std::int64_t, const Query&) { return true; }

// https://docs.stripe.com/api/subscriptions/list: without a status, canceled
// ones are left out.
bool MatchesSubscription(const Business& b, std::int64_t i, const Query& q) {
  const SubscriptionFacts s = b.SubscriptionOf(i);
  const std::string* status = q.Find("status");
  if (status == nullptr && s.status == "canceled") return false;
  if (status != nullptr && *status == "ended") {
    if (s.status != "canceled" && s.status != "incomplete_expired") {
      return false;
    }
  } else if (status != nullptr && *status != "all" && *status != s.status) {
    return false;
  }
  if (!IsId(b, q, "customer", IdKind::kCustomer, s.customer)) return false;
  return IsId(b, q, "price", IdKind::kPrice, s.items.front().price);
}

bool MatchesInvoice(const Business& b, std::int64_t i, const Query& q) {
  if (q.Find("customer") == nullptr && q.Find("subscription") == nullptr &&
      q.Find("status") == nullptr && q.Find("collection_method") == nullptr) {
    return true;
  }
  const InvoiceFacts v = b.InvoiceOf(i);
  return IsId(b, q, "customer", IdKind::kCustomer, v.customer) &&
         IsId(b, q, "subscription", IdKind::kSubscription, v.subscription) &&
         Is(q, "status", v.status) &&
         Is(q, "collection_method",
            v.send_invoice ? "send_invoice" : "charge_automatically");
}

bool MatchesIntent(const Business& b, std::int64_t i, const Query& q) {
  return q.Find("customer") == nullptr ||
         IsId(b, q, "customer", IdKind::kCustomer, b.PaymentOf(i).customer);
}

bool MatchesCharge(const Business& b, std::int64_t i, const Query& q) {
  if (q.Find("customer") == nullptr && q.Find("payment_intent") == nullptr) {
    return true;
  }
  const ChargeFacts c = b.ChargeOf(i);
  return IsId(b, q, "customer", IdKind::kCustomer, c.customer) &&
         IsId(b, q, "payment_intent", IdKind::kPaymentIntent, c.payment_intent);
}

bool MatchesRefund(const Business& b, std::int64_t i, const Query& q) {
  const RefundFacts r = b.RefundOf(i);
  return IsId(b, q, "charge", IdKind::kCharge, r.charge) &&
         IsId(b, q, "payment_intent", IdKind::kPaymentIntent, r.payment_intent);
}

bool MatchesDispute(const Business& b, std::int64_t i, const Query& q) {
  const DisputeFacts d = b.DisputeOf(i);
  return IsId(b, q, "charge", IdKind::kCharge, d.charge) &&
         IsId(b, q, "payment_intent", IdKind::kPaymentIntent, d.payment_intent);
}

bool MatchesCreditNote(const Business& b, std::int64_t i, const Query& q) {
  const RefundFacts r = b.RefundOf(i * 2 + 1);
  return IsId(b, q, "customer", IdKind::kCustomer, r.customer) &&
         IsId(b, q, "invoice", IdKind::kInvoice, r.invoice);
}

bool MatchesInvoicePayment(const Business& b, std::int64_t i, const Query& q) {
  if (q.Find("invoice") == nullptr && q.Find("status") == nullptr) return true;
  const InvoiceFacts v = b.InvoiceOf(b.InvoiceOfPayment(i));
  return IsId(b, q, "invoice", IdKind::kInvoice, v.index) &&
         Is(q, "status",
            v.paid()                       ? "paid"
            : v.kind == InvoiceKind::kVoid ? "canceled"
                                           : "open");
}

bool MatchesPrice(const Business& b, std::int64_t i, const Query& q) {
  const PriceFacts& price = b.prices()[static_cast<std::size_t>(i)];
  // Documented: "Returns a list of your active prices".
  if (q.Find("active") == nullptr && !price.active) return false;
  return MatchesActive(q, price.active) &&
         IsId(b, q, "product", IdKind::kProduct, price.product) &&
         Is(q, "type", price.interval.empty() ? "one_time" : "recurring") &&
         Is(q, "currency",
            Currencies()[static_cast<std::size_t>(price.currency)].code);
}

bool MatchesEmail(const Business& b, std::int64_t i, const Query& q) {
  return q.Find("email") == nullptr || Is(q, "email", b.CustomerOf(i).email);
}

std::int64_t CountCoupons(const Business& b) {
  return Sold(b, Coupons().size());
}

std::optional<std::int64_t> FindCoupon(const Business&, std::string_view id) {
  for (std::size_t i = 0; i < Coupons().size(); ++i) {
    if (Coupons()[i].id == id) return static_cast<std::int64_t>(i);
  }
  return std::nullopt;
}

std::optional<std::int64_t> FindPlan(const Business& b, std::string_view id) {
  const auto price = b.Find(IdKind::kPrice, id);
  if (!price) return std::nullopt;
  for (std::int64_t plan = 0; plan < CountPlans(b); ++plan) {
    if (PriceOfPlan(b, plan) == *price) return plan;
  }
  return std::nullopt;
}

constexpr auto kResources = std::to_array<Resource>({
    {"/v1/customers", "customer", true, " email test_clock ",
     [](const Business& b) { return b.customers(); },
     [](const Business& b, std::int64_t i) { return b.CustomerCreated(i); },
     [](const Business& b, std::string_view id) {
       const auto number = b.Find(IdKind::kCustomer, id);
       return number && b.CustomerExists(*number) ? number : std::nullopt;
     },
     WriteCustomer, MatchesEmail},
    {"/v1/subscriptions", "subscription", true,
     " customer price status test_clock ",
     [](const Business& b) { return b.subscriptions(); },
     [](const Business& b, std::int64_t i) { return b.CustomerCreated(i); },
     [](const Business& b, std::string_view id) {
       return Within(b.Find(IdKind::kSubscription, id), b.subscriptions());
     },
     WriteSubscription, MatchesSubscription},
    {"/v1/invoices", "invoice", true,
     " customer subscription status collection_method ",
     [](const Business& b) { return b.invoices(); },
     [](const Business& b, std::int64_t i) { return b.InvoiceCreated(i); },
     [](const Business& b, std::string_view id) {
       return Within(b.Find(IdKind::kInvoice, id), b.invoices());
     },
     WriteInvoice, MatchesInvoice},
    {"/v1/invoice_payments", "invoice_payment", true, " invoice status ",
     [](const Business& b) { return b.invoice_payments(); },
     [](const Business& b, std::int64_t i) {
       return b.InvoiceCreated(b.InvoiceOfPayment(i));
     },
     [](const Business& b, std::string_view id) {
       return Within(b.Find(IdKind::kInvoicePayment, id), b.invoice_payments());
     },
     WriteInvoicePayment, MatchesInvoicePayment},
    {"/v1/payment_intents", "payment_intent", true, " customer ",
     [](const Business& b) { return b.payment_intents(); },
     [](const Business& b, std::int64_t i) { return b.IntentCreated(i); },
     [](const Business& b, std::string_view id) {
       return Within(b.Find(IdKind::kPaymentIntent, id), b.payment_intents());
     },
     WritePaymentIntent, MatchesIntent},
    {"/v1/charges", "charge", true, " customer payment_intent transfer_group ",
     [](const Business& b) { return b.charges(); },
     [](const Business& b, std::int64_t i) { return b.ChargeCreated(i); },
     [](const Business& b, std::string_view id) {
       return Within(b.Find(IdKind::kCharge, id), b.charges());
     },
     WriteCharge, MatchesCharge},
    {"/v1/refunds", "refund", true, " charge payment_intent ",
     [](const Business& b) { return b.ledger().blocks(); },
     [](const Business& b, std::int64_t i) { return b.BlockEnd(i); },
     [](const Business& b, std::string_view id) {
       return Within(b.Find(IdKind::kRefund, id), b.ledger().blocks());
     },
     WriteRefund, MatchesRefund},
    {"/v1/disputes", "dispute", true, " charge payment_intent ",
     [](const Business& b) { return b.ledger().disputes(); },
     [](const Business& b, std::int64_t i) { return b.BlockEnd(i * 5 + 2); },
     [](const Business& b, std::string_view id) {
       return Within(b.Find(IdKind::kDispute, id), b.ledger().disputes());
     },
     WriteDispute, MatchesDispute},
    {"/v1/credit_notes", "credit_note", true, " customer invoice ",
     [](const Business& b) { return b.ledger().credit_notes(); },
     [](const Business& b, std::int64_t i) { return b.BlockEnd(i * 2 + 1); },
     [](const Business& b, std::string_view id) {
       return Within(b.Find(IdKind::kCreditNote, id),
                     b.ledger().credit_notes());
     },
     WriteCreditNote, MatchesCreditNote},
    {"/v1/balance_transactions", "balance transaction", true,
     " currency payout source type ",
     [](const Business& b) { return b.movements(); },
     [](const Business& b, std::int64_t i) { return b.MovementOf(i).created; },
     [](const Business& b, std::string_view id) {
       return Within(b.Find(IdKind::kBalanceTransaction, id), b.movements());
     },
     WriteMovement, MatchesAll},
    {"/v1/payouts", "payout", true, " arrival_date status destination ",
     [](const Business& b) { return b.ledger().blocks(); },
     [](const Business& b, std::int64_t i) { return b.BlockEnd(i); },
     [](const Business& b, std::string_view id) {
       return Within(b.Find(IdKind::kPayout, id), b.ledger().blocks());
     },
     WritePayout, MatchesAll},
    {"/v1/products", "product", true, " active ids shippable url ",
     [](const Business& b) { return Sold(b, Products().size()); }, CatalogTime,
     [](const Business& b, std::string_view id) {
       return Within(b.Find(IdKind::kProduct, id), Sold(b, Products().size()));
     },
     WriteProduct,
     [](const Business&, std::int64_t i, const Query& q) {
       return MatchesActive(q, Products()[static_cast<std::size_t>(i)].active);
     }},
    {"/v1/prices", "price", true, " active currency product type lookup_keys ",
     [](const Business& b) { return Sold(b, b.prices().size()); }, CatalogTime,
     [](const Business& b, std::string_view id) {
       return Within(b.Find(IdKind::kPrice, id), Sold(b, b.prices().size()));
     },
     WritePrice, MatchesPrice},
    {"/v1/plans", "plan", true, " active product ", CountPlans,
     [](const Business& b, std::int64_t i) {
       return CatalogTime(b, PriceOfPlan(b, i));
     },
     FindPlan,
     [](const Telling& t, std::int64_t i, std::string_view key) {
       WritePlan(t, PriceOfPlan(t.business, i), key);
     },
     [](const Business& b, std::int64_t i, const Query& q) {
       const PriceFacts& price =
           b.prices()[static_cast<std::size_t>(PriceOfPlan(b, i))];
       return MatchesActive(q, price.active) &&
              IsId(b, q, "product", IdKind::kProduct, price.product);
     }},
    {"/v1/coupons", "coupon", true, " ", CountCoupons, CatalogTime, FindCoupon,
     WriteCoupon, MatchesAll},
    {"/v1/events", "event", true, " type types delivery_success ",
     [](const Business& b) { return b.invoices() - b.first_event_invoice(); },
     [](const Business& b, std::int64_t i) {
       return b.InvoiceCreated(b.first_event_invoice() + i);
     },
     [](const Business& b, std::string_view id) {
       return Within(b.Find(IdKind::kEvent, id),
                     b.invoices() - b.first_event_invoice());
     },
     WriteEvent, MatchesAll},
});

}  // namespace

std::span<const Resource> AllResources() { return kResources; }

const Resource* FindResource(std::string_view path) {
  for (const Resource& resource : kResources) {
    if (path == resource.path || (path.starts_with(resource.path) &&
                                  path[resource.path.size()] == '/')) {
      return &resource;
    }
  }
  return nullptr;
}

std::optional<std::int64_t> FindSubscriptionItem(const Business& business,
                                                 std::string_view id) {
  const auto number = business.Find(IdKind::kSubscriptionItem, id);
  if (!number || *number / 32 >= business.subscriptions()) return std::nullopt;
  const SubscriptionFacts s = business.SubscriptionOf(*number / 32);
  return Within(number,
                s.index * 32 + static_cast<std::int64_t>(s.items.size()));
}

}  // namespace precision::demo
