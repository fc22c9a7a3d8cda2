// The raw Stripe shapes, of all API versions at once: only the fields that some
// column uses, each under every name and place it has had.  A member is absent
// in the versions that lack it.  Names are Stripe's, so that they can be read
// by reflection.
//
// What moved when: https://docs.stripe.com/changelog, above all 2025-03-31
// (periods on items, invoice.parent and .payments, total_taxes), 2022-11-15
// (latest_charge), 2019-03-14 (created and status_transitions on invoices).

#ifndef PRECISION_NORMALIZE_STRIPE_OBJECTS_H_
#define PRECISION_NORMALIZE_STRIPE_OBJECTS_H_

#include "normalize/cells.h"

namespace precision::raw {

// What tells one kind of object from another.
struct Envelope {
  TextCell object;
  TextCell id;
  BoolCell has_more;
  View data;
  TextCell type;  // of an event, as the next
  IntCell created;
};

// https://docs.stripe.com/api/events/object
struct EventData {
  View object;
};

struct Address {
  TextCell country;
  TextCell city;
  TextCell postal_code;
  TextCell state;
};

struct Coupon {
  TextCell id;
};

struct DiscountSource {
  RefTo<Coupon> coupon;
};

// 2025-09-30: `coupon` became source.coupon.
struct Discount {
  TextCell id;
  RefTo<Coupon> coupon;
  Part<DiscountSource> source;
};

struct CustomerInvoiceSettings {
  RefCell default_payment_method;
};

struct Customer {
  TextCell id;
  TextCell object;
  BoolCell deleted;
  TextCell name;
  TextCell business_name;
  TextCell individual_name;
  TextCell email;
  TextCell phone;
  TextCell description;
  IntCell created;
  TextCell currency;
  IntCell balance;
  IntCell account_balance;  // before 2019-10-17
  BoolCell delinquent;
  Part<Address> address;
  TextCell tax_exempt;
  TextCell invoice_prefix;
  Part<CustomerInvoiceSettings> invoice_settings;
  RefCell default_source;
  RefCell default_card;  // before 2015-02-18
  RefCell active_card;   // before 2013-07-05
  View subscription;     // before 2014-01-31
  View subscriptions;    // before 2020-08-27
  RefTo<Discount> discount;
  BoolCell livemode;
};

struct Amount {
  IntCell amount;
};

struct StatusTransitions {
  IntCell finalized_at;
  IntCell marked_uncollectible_at;
  IntCell paid_at;
  IntCell voided_at;
};

struct SubscriptionDetails {
  RefCell subscription;
};

struct InvoiceParent {
  Part<SubscriptionDetails> subscription_details;
};

struct InvoicePaymentSource {
  RefCell payment_intent;
  RefCell charge;
};

struct InvoicePayment {
  BoolCell is_default;
  Part<InvoicePaymentSource> payment;
};

struct InvoiceLine {
  TextCell id;
};

// A list, or before 2012-10-26 lists of three kinds:
// https://docs.stripe.com/changelog/2012-10-26
struct InvoiceLines {
  List<Part<InvoiceLine>> data;
  BoolCell has_more;
  IntCell total_count;
  IntCell count;  // `total_count` before 2014-03-28
  View subscriptions;
  View prorations;
  View invoiceitems;
};

struct Invoice {
  TextCell id;
  TextCell object;
  BoolCell deleted;
  TextCell number;
  TextCell status;
  BoolCell paid;  // with the next two, the status before 2018-11-08
  BoolCell closed;
  BoolCell forgiven;
  RefCell customer;
  TextCell customer_account;  // 2025-12-15
  TextCell customer_name;
  TextCell customer_email;
  Part<Address> customer_address;
  RefCell subscription;
  Part<InvoiceParent> parent;
  TextCell currency;
  IntCell subtotal;
  IntCell total;
  IntCell tax;
  List<Part<Amount>> total_tax_amounts;
  List<Part<Amount>> total_taxes;
  List<Part<Amount>> total_discount_amounts;
  IntCell amount_due;
  IntCell amount_paid;
  IntCell amount_remaining;
  IntCell starting_balance;
  IntCell ending_balance;
  IntCell created;
  IntCell date;  // `created` before 2019-03-14
  IntCell due_date;
  IntCell period_start;
  IntCell period_end;
  Part<StatusTransitions> status_transitions;
  IntCell finalized_at;
  IntCell next_payment_attempt;
  TextCell billing_reason;
  TextCell collection_method;
  TextCell billing;  // `collection_method` before 2019-10-17
  IntCell attempt_count;
  BoolCell attempted;
  RefCell payment_intent;
  RefCell charge;
  SubList<Part<InvoicePayment>> payments;
  Part<InvoiceLines> lines;
  TextCell description;
  BoolCell livemode;
};

// A card, or of type `source` something that may hold one:
// https://docs.stripe.com/api/sources/object
struct Card {
  TextCell id;
  TextCell object;
  TextCell brand;
  TextCell type;  // `brand` before 2014-06-13
  TextCell last4;
  TextCell country;
  View card;  // another Card
  View three_d_secure;
};

struct PaymentMethodDetails {
  TextCell type;
  Part<Card> card;
  Part<Card> card_present;
  View interac_present;  // a Card
};

struct BillingDetails {
  TextCell email;
  TextCell name;
};

struct Outcome {
  TextCell risk_level;
};

struct Charge {
  TextCell id;
  TextCell object;
  RefCell payment_intent;
  TextCell status;
  BoolCell paid;
  IntCell amount;
  IntCell amount_captured;
  IntCell amount_refunded;
  TextCell currency;
  RefCell customer;
  TextCell description;
  IntCell created;
  RefCell invoice;  // before 2025-03-31
  BoolCell captured;
  BoolCell refunded;
  View refunds;  // before 2022-11-15
  BoolCell disputed;
  View dispute;  // before 2023-08-16
  TextCell failure_code;
  TextCell failure_message;
  RefCell payment_method;
  Part<PaymentMethodDetails> payment_method_details;
  RefTo<Card> source;
  Part<Card> card;  // before 2015-02-18
  Part<BillingDetails> billing_details;
  TextCell receipt_email;
  Part<Outcome> outcome;
  RefCell balance_transaction;
  TextCell statement_descriptor;
  TextCell statement_description;  // before 2014-12-17
  BoolCell livemode;
};

struct LastPaymentError {
  TextCell code;
  TextCell decline_code;
  TextCell message;
};

struct PaymentMethod {
  TextCell id;
  TextCell type;
  Part<Card> card;
};

struct PaymentIntent {
  TextCell id;
  TextCell object;
  TextCell status;
  IntCell amount;
  IntCell amount_received;
  TextCell currency;
  RefCell customer;
  TextCell customer_account;  // 2025-12-15
  TextCell description;
  IntCell created;
  RefCell invoice;  // before 2025-03-31
  IntCell canceled_at;
  TextCell cancellation_reason;
  Part<LastPaymentError> last_payment_error;
  RefTo<PaymentMethod> payment_method;
  RefCell source;                 // or this, before 2019-02-11
  RefTo<Charge> latest_charge;    // 2022-11-15
  SubList<Part<Charge>> charges;  // before
  TextCell receipt_email;
  TextCell statement_descriptor;
  BoolCell livemode;
};

struct Product {
  TextCell id;
};

// https://docs.stripe.com/api/prices/object#price_object-transform_quantity
struct TransformQuantity {
  IntCell divide_by;
  TextCell round;
};

struct Recurring {
  TextCell interval;
  IntCell interval_count;
  TextCell usage_type;
};

// A price, or a plan as it was before prices came in 2020.
struct Price {
  TextCell id;
  TextCell currency;
  IntCell unit_amount;
  DecimalCell unit_amount_decimal;
  TextCell billing_scheme;
  RefTo<Product> product;
  Part<Recurring> recurring;
  Part<TransformQuantity> transform_quantity;
  // Plan:
  IntCell amount;
  DecimalCell amount_decimal;
  TextCell interval;
  IntCell interval_count;
  TextCell usage_type;
};

struct SubscriptionItem {
  TextCell id;
  RefTo<Price> price;
  RefTo<Price> plan;
  IntCell quantity;
  IntCell current_period_start;  // 2025-03-31
  IntCell current_period_end;
};

struct PauseCollection {
  TextCell behavior;
};

struct CancellationDetails {
  TextCell reason;
  TextCell feedback;
};

struct Subscription {
  TextCell id;
  TextCell object;
  TextCell status;
  RefCell customer;
  TextCell customer_account;
  IntCell created;
  IntCell start_date;
  IntCell start;  // `start_date` before 2019-10-17
  IntCell current_period_start;
  IntCell current_period_end;
  IntCell trial_start;
  IntCell trial_end;
  IntCell cancel_at;
  BoolCell cancel_at_period_end;
  IntCell canceled_at;
  IntCell ended_at;
  Part<CancellationDetails> cancellation_details;
  TextCell currency;
  IntCell quantity;
  RefTo<Price> plan;
  SubList<Part<SubscriptionItem>> items;
  RefTo<Discount> discount;
  List<RefTo<Discount>> discounts;  // 2025-03-31
  TextCell collection_method;
  TextCell billing;
  Part<PauseCollection> pause_collection;
  RefCell latest_invoice;
  RefCell default_payment_method;
  TextCell description;
  BoolCell livemode;
};

}  // namespace precision::raw

#endif  // PRECISION_NORMALIZE_STRIPE_OBJECTS_H_
