// One made-up business: what is true of each of its objects, by index.  How it
// is told as JSON is the business of write_*.cpp.
//
// Everything is computed on demand from the seed and never changes, so all
// methods are const and may run side by side.

#ifndef PRECISION_DEMO_STRIPE_BUSINESS_H_
#define PRECISION_DEMO_STRIPE_BUSINESS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "demo_stripe/catalog.h"
#include "demo_stripe/demo_keys.h"
#include "demo_stripe/ids.h"
#include "demo_stripe/ledger.h"

namespace precision::demo {

inline constexpr std::int64_t kNone = -1;

// A customer's number: its index, or a deleted one's with kDeletedBit.
using CustomerNumber = std::int64_t;

struct CustomerFacts {
  CustomerNumber number = 0;
  bool deleted = false;
  std::int64_t created = 0;
  int currency = 0;
  std::string name;
  std::string email;
  std::string city;
  std::string line1;
  std::string postal_code;
  std::string_view country;
  int tax_percent = 0;
  bool tax_exempt = false;
  bool delinquent = false;
  std::int64_t balance = 0;
  std::string invoice_prefix;
};

struct ItemFacts {
  int price = 0;
  std::int64_t quantity = 1;
};

struct SubscriptionFacts {
  std::int64_t index = 0;
  CustomerNumber customer = 0;
  int currency = 0;
  std::int64_t created = 0;
  std::int64_t trial_start = 0;
  std::int64_t trial_end = 0;
  std::int64_t period_start = 0;
  std::int64_t period_end = 0;
  std::int64_t canceled_at = 0;
  std::int64_t ended_at = 0;
  std::int64_t cancel_at = 0;
  bool cancel_at_period_end = false;
  bool paused_collection = false;
  std::string_view status;
  std::string_view cancel_reason;
  int coupon = -1;
  std::vector<ItemFacts> items;
};

struct LineFacts {
  std::int64_t amount = 0;
  std::int64_t discount = 0;
  std::int64_t tax = 0;
  std::int64_t quantity = 1;
  int price = -1;
  int item = -1;  // of the subscription; -1: an invoice item
  bool proration = false;
  std::int64_t period_start = 0;
  std::int64_t period_end = 0;
  std::string description;
};

struct InvoiceFacts {
  std::int64_t index = 0;
  Place place;  // rank is the position
  InvoiceKind kind = InvoiceKind::kPaid;
  std::int64_t created = 0;
  CustomerNumber customer = 0;
  std::int64_t subscription = kNone;
  std::int64_t payment_intent = kNone;
  int currency = 0;
  int coupon = -1;
  int tax_percent = 0;
  bool send_invoice = false;
  std::string_view status;
  std::string_view billing_reason;
  std::vector<LineFacts> lines;
  std::int64_t subtotal = 0;
  std::int64_t discount = 0;
  std::int64_t tax = 0;
  std::int64_t total = 0;
  std::int64_t starting_balance = 0;
  std::int64_t amount_due = 0;
  std::int64_t amount_paid = 0;
  std::int64_t credited = 0;  // by a credit note, after payment

  bool finalized() const { return kind != InvoiceKind::kDraft; }
  bool paid() const { return status == "paid"; }
};

struct PaymentFacts {
  std::int64_t index = 0;
  Place place;
  IntentSlot slot;
  std::int64_t created = 0;
  CustomerNumber customer = kNone;
  std::int64_t invoice = kNone;
  std::int64_t latest_charge = kNone;
  int currency = 0;
  std::int64_t amount = 0;
  std::int64_t received = 0;
  std::string_view status;
  std::string description;
};

struct ChargeFacts {
  std::int64_t index = 0;
  Place place;
  ChargeSlot slot;
  std::int64_t created = 0;
  CustomerNumber customer = kNone;
  std::int64_t payment_intent = kNone;
  std::int64_t invoice = kNone;
  std::int64_t refund = kNone;
  std::int64_t dispute = kNone;
  std::int64_t movement = kNone;  // balance transaction
  int currency = 0;
  std::int64_t amount = 0;
  std::int64_t refunded = 0;
  std::string description;
  std::string_view failure_code;
};

struct RefundFacts {
  std::int64_t index = 0;
  std::int64_t created = 0;
  std::int64_t charge = kNone;
  std::int64_t payment_intent = kNone;
  std::int64_t invoice = kNone;
  std::int64_t movement = kNone;
  CustomerNumber customer = kNone;
  int currency = 0;
  std::int64_t amount = 0;
  bool full = false;
};

struct DisputeFacts {
  std::int64_t index = 0;
  std::int64_t created = 0;
  std::int64_t charge = kNone;
  std::int64_t payment_intent = kNone;
  std::int64_t movement = kNone;
  int currency = 0;
  std::int64_t amount = 0;
  std::string_view status;
  std::string_view reason;
};

enum class MovementKind : std::uint8_t { kCharge, kRefund, kDispute, kPayout };

// A balance transaction, in US cents.
struct MovementFacts {
  std::int64_t index = 0;
  MovementKind kind = MovementKind::kCharge;
  std::int64_t source = kNone;  // index of the charge, refund, ...
  std::int64_t created = 0;
  int currency = 0;  // of the source
  std::int64_t amount = 0;
  std::int64_t fee = 0;
};

class Business {
 public:
  Business(const AccountSpec& spec, std::int64_t as_of, std::uint64_t seed);

  const AccountSpec& spec() const { return spec_; }
  const std::string& account_id() const { return account_id_; }
  const Ledger& ledger() const { return ledger_; }
  const std::vector<PriceFacts>& prices() const { return prices_; }
  std::int64_t as_of() const { return as_of_; }
  bool livemode() const { return spec_.livemode; }
  const Dice& dice() const { return ledger_.dice(); }

  std::string Id(IdKind kind, std::int64_t value) const {
    return ids_.Make(kind, value);
  }
  std::optional<std::int64_t> Find(IdKind kind, std::string_view id) const {
    return ids_.Find(kind, id);
  }

  std::int64_t customers() const;
  std::int64_t subscriptions() const;
  std::int64_t invoices() const;
  std::int64_t payment_intents() const;
  std::int64_t charges() const { return ledger_.charges(); }
  std::int64_t invoice_payments() const;
  std::int64_t movements() const;
  // Invoices that the last thirty days' events speak of start here.
  std::int64_t first_event_invoice() const { return first_event_invoice_; }

  CustomerFacts CustomerOf(CustomerNumber number) const;
  SubscriptionFacts SubscriptionOf(std::int64_t index) const;
  InvoiceFacts InvoiceOf(std::int64_t index) const;
  PaymentFacts PaymentOf(std::int64_t index) const;
  ChargeFacts ChargeOf(std::int64_t index) const;
  RefundFacts RefundOf(std::int64_t index) const;
  DisputeFacts DisputeOf(std::int64_t index) const;
  MovementFacts MovementOf(std::int64_t index) const;
  // What a payout of `block` pays out, in US cents.
  std::int64_t PayoutAmount(std::int64_t block) const;
  // The invoice that `index`, an invoice payment, pays.
  std::int64_t InvoiceOfPayment(std::int64_t index) const;
  std::int64_t InvoicePaymentOf(const InvoiceFacts& invoice) const;

  // Cheap parts of the above.
  std::int64_t CustomerCreated(CustomerNumber number) const;
  std::int64_t InvoiceCreated(std::int64_t index) const;
  std::int64_t IntentCreated(std::int64_t index) const;
  std::int64_t ChargeCreated(std::int64_t index) const;
  std::int64_t BlockEnd(std::int64_t block) const;
  int CurrencyOfCustomer(CustomerNumber number) const;
  CustomerNumber CustomerOfSubscription(std::int64_t index) const;
  bool CustomerExists(CustomerNumber number) const;

 private:
  std::int64_t LifetimeEnd(std::int64_t subscription) const;
  std::int64_t OlderSubscription(std::int64_t invoice, std::int64_t block,
                                 std::int64_t now) const;
  CustomerNumber PastCustomer(std::int64_t block, std::uint64_t stream,
                              std::int64_t index) const;
  void FillLines(InvoiceFacts& invoice) const;
  void FillSubscriptionLines(InvoiceFacts& invoice,
                             const SubscriptionFacts& subscription) const;
  void FillAmounts(InvoiceFacts& invoice) const;
  void FillStatus(SubscriptionFacts& subscription) const;

  AccountSpec spec_;
  std::string account_id_;
  std::int64_t as_of_;
  Ledger ledger_;
  IdMaker ids_;
  std::vector<PriceFacts> prices_;
  std::int64_t first_event_invoice_ = 0;
};

}  // namespace precision::demo

#endif  // PRECISION_DEMO_STRIPE_BUSINESS_H_
