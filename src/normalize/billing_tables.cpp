// What is sold and billed: products, prices, coupons, discounts, credit notes,
// and the lines of invoices and subscriptions.

#include "normalize/more_tables.h"

namespace precision {

namespace {

using enum ColumnType;

// https://docs.stripe.com/api/products/object
constexpr ColumnSchema kProductColumns[] = {
    {"id", kUtf8, false, "", "Product id."},
    {"name", kUtf8, true, "", "Name."},
    {"active", kBool, true, "", "Whether it is for sale."},
    {"description", kUtf8, true, "", "Description."},
    {"default_price", kUtf8, true, "", "Price id.", "default_price@"},
    {"type", kDictionary, true, "", "good or service."},
    {"unit_label", kUtf8, true, "", "What one of it is called."},
    {"statement_descriptor", kUtf8, true, "", "On statements."},
    {"tax_code", kUtf8, true, "", "Tax code id.", "tax_code@"},
    {"shippable", kBool, true, "", "Whether it is sent."},
    {"url", kUtf8, true, "", "Its own page."},
    {"created", kTimestamp, true, "", "When it was made."},
    {"updated", kTimestamp, true, "", "When it was last changed."},
    {"livemode", kBool, true, "", "False for test data."},
    {"deleted", kBool, false, "", "Only a stub is left at Stripe."},
};

// https://docs.stripe.com/api/prices/object
// https://docs.stripe.com/api/plans/object
constexpr ColumnSchema kPriceColumns[] = {
    {"id", kUtf8, false, "", "Price id, or the id of a legacy plan."},
    {"object", kDictionary, true, "", "price or plan."},
    {"product", kUtf8, true, "", "Product id.", "product@"},
    {"active", kBool, true, "", "Whether it can be bought."},
    {"currency", kDictionary, true, "", "ISO code, lower case."},
    {"unit_amount", kMoney, true, "currency",
     "Null where it is tiered, free to choose, or finer than a minor unit.",
     "unit_amount|amount"},
    {"unit_amount_decimal", kDecimal, true, "", "Minor units, exact.",
     "unit_amount_decimal|amount_decimal|unit_amount|amount"},
    {"type", kDictionary, true, "", "recurring or one_time; null of a plan."},
    {"interval", kDictionary, true, "", "day, week, month or year.",
     "recurring.interval|interval"},
    {"interval_count", kInt64, true, "", "Intervals between bills.",
     "recurring.interval_count|interval_count"},
    {"usage_type", kDictionary, true, "", "licensed or metered.",
     "recurring.usage_type|usage_type"},
    {"trial_period_days", kInt64, true, "", "Days of trial.",
     "recurring.trial_period_days|trial_period_days"},
    {"billing_scheme", kDictionary, true, "", "per_unit or tiered."},
    {"tiers_mode", kDictionary, true, "", "graduated or volume."},
    {"tax_behavior", kDictionary, true, "",
     "inclusive, exclusive or unspecified."},
    {"nickname", kUtf8, true, "", "The account's own name for it.",
     "nickname|name"},
    {"lookup_key", kUtf8, true, "", "The account's own key for it."},
    {"created", kTimestamp, true, "", "When it was made."},
    {"livemode", kBool, true, "", "False for test data."},
    {"deleted", kBool, false, "", "Only a stub is left at Stripe."},
};

// https://docs.stripe.com/api/coupons/object
constexpr ColumnSchema kCouponColumns[] = {
    {"id", kUtf8, false, "", "Coupon id: the code the account chose."},
    {"name", kUtf8, true, "", "Name."},
    {"percent_off", kDecimal, true, "",
     "Percent; whole before 2018-07-27, and beside it percent_off_precise.",
     "percent_off_precise|percent_off"},
    {"amount_off", kMoney, true, "currency", "What is taken off."},
    {"currency", kDictionary, true, "", "Of amount_off."},
    {"duration", kDictionary, true, "", "forever, once or repeating."},
    {"duration_in_months", kInt64, true, "", "Where it is repeating."},
    {"max_redemptions", kInt64, true, "", "How often it may be used."},
    {"times_redeemed", kInt64, true, "", "How often it was."},
    {"redeem_by", kTimestamp, true, "", "Until when."},
    {"valid", kBool, true, "", "Whether it can still be used."},
    {"created", kTimestamp, true, "", "When it was made."},
    {"livemode", kBool, true, "", "False for test data."},
    {"deleted", kBool, false, "", "Only a stub is left at Stripe."},
};

// https://docs.stripe.com/api/discounts/object
constexpr ColumnSchema kDiscountColumns[] = {
    {"id", kUtf8, false, "",
     "Discount id, di_; of an old one without, what it is on and its coupon."},
    {"coupon", kUtf8, true, "", "Coupon id; in source since 2025-09-30.",
     "source.coupon@|coupon@"},
    {"customer", kUtf8, true, "", "Customer id.", "customer@|customer_account"},
    {"subscription", kUtf8, true, "", "Subscription id.", "subscription@"},
    {"invoice", kUtf8, true, "", "Invoice id.", "invoice@"},
    {"invoice_item", kUtf8, true, "", "Invoice item id.", "invoice_item@"},
    {"promotion_code", kUtf8, true, "", "Promotion code id.",
     "promotion_code@"},
    {"start", kTimestamp, true, "", "When it began."},
    {"end", kTimestamp, true, "", "When it ends; null for never."},
    {"deleted", kBool, false, "", "Only a stub is left at Stripe."},
};

// https://docs.stripe.com/api/credit_notes/object
constexpr ColumnSchema kCreditNoteColumns[] = {
    {"id", kUtf8, false, "", "Credit note id, cn_."},
    {"number", kUtf8, true, "", "The number on it."},
    {"invoice", kUtf8, true, "", "Invoice id.", "invoice@"},
    {"customer", kUtf8, true, "",
     "Customer id, or customer_account where there is no customer.",
     "customer@|customer_account"},
    {"status", kDictionary, true, "", "issued or void."},
    {"type", kDictionary, true, "", "pre_payment, post_payment or mixed."},
    {"reason", kDictionary, true, "", "duplicate, order_change and others."},
    {"currency", kDictionary, true, "", "ISO code, lower case."},
    {"subtotal", kMoney, true, "currency", "Before discounts and tax."},
    {"discount", kMoney, true, "currency", "Taken off.", "discount_amount"},
    {"tax", kMoney, true, "currency",
     "Sum of tax_amounts, or of total_taxes since 2025-03-31.",
     "total_taxes[].amount+|tax_amounts[].amount+"},
    {"total", kMoney, true, "currency", "After discounts and tax."},
    {"amount", kMoney, true, "currency", "total, with what was rounded."},
    {"refund", kUtf8, true, "", "Refund id; the first of several.",
     "refunds[].refund@|refund@"},
    {"customer_balance_transaction", kUtf8, true, "",
     "What it added to the customer's balance.",
     "customer_balance_transaction@"},
    {"out_of_band_amount", kMoney, true, "currency",
     "Given back outside Stripe."},
    {"memo", kUtf8, true, "", "The memo."},
    {"created", kTimestamp, true, "", "When it was made."},
    {"effective_at", kTimestamp, true, "", "The date on it."},
    {"voided_at", kTimestamp, true, "", "When it was voided."},
    {"livemode", kBool, true, "", "False for test data."},
};

// https://docs.stripe.com/api/invoice-line-item/object
constexpr ColumnSchema kInvoiceLineColumns[] = {
    {"id", kUtf8, false, "",
     "Line id, il_, which is unique_id before 2019-12-03. Of an older line "
     "that has its subscription's id, the invoice's and that; of one that has "
     "none, the invoice's and a number.",
     "unique_id|id"},
    {"invoice", kUtf8, true, "", "Invoice id.", "invoice@", kRepeats},
    {"type", kDictionary, true, "",
     "subscription or invoiceitem; from parent.type since 2025-03-31, from the "
     "list that it is in before 2012-10-26.",
     "parent.type|type"},
    {"amount", kMoney, true, "currency", "Before discounts and tax."},
    {"currency", kDictionary, true, "", "ISO code, lower case.",
     "currency|plan.currency"},
    {"description", kUtf8, true, "", "As on the invoice.", "", kRepeats},
    {"quantity", kInt64, true, "", "How many."},
    {"price", kUtf8, true, "", "Price id, or the id of a legacy plan.",
     "pricing.price_details.price@|price@|plan@", kRepeats},
    {"product", kUtf8, true, "", "Product id.",
     "pricing.price_details.product@|price.product@|plan.product@", kRepeats},
    {"unit_amount_decimal", kDecimal, true, "", "Minor units, exact.",
     "pricing.unit_amount_decimal|price.unit_amount_decimal|"
     "plan.amount_decimal|price.unit_amount|plan.amount"},
    {"discount", kMoney, true, "currency", "Sum of discount_amounts.",
     "discount_amounts[].amount+"},
    {"tax", kMoney, true, "currency",
     "Sum of tax_amounts, or of taxes since 2025-03-31.",
     "taxes[].amount+|tax_amounts[].amount+"},
    {"period_start", kTimestamp, true, "", "What it is for, from.",
     "period.start|date"},
    {"period_end", kTimestamp, true, "", "What it is for, until.",
     "period.end|date"},
    {"proration", kBool, true, "", "Whether it is for a part of a period.",
     "parent.subscription_item_details.proration|"
     "parent.invoice_item_details.proration|proration"},
    {"subscription", kUtf8, true, "", "Subscription id.",
     "parent.subscription_item_details.subscription@|"
     "parent.invoice_item_details.subscription@|subscription@|id^id=su",
     kRepeats},
    {"subscription_item", kUtf8, true, "", "Subscription item id.",
     "parent.subscription_item_details.subscription_item@|subscription_item@"},
    {"invoice_item", kUtf8, true, "", "Invoice item id.",
     "parent.subscription_item_details.invoice_item@|"
     "parent.invoice_item_details.invoice_item@|invoice_item@|id^id=ii_"},
    {"discountable", kBool, true, "", "Whether discounts count for it."},
    {"livemode", kBool, true, "", "False for test data."},
};
constexpr Renamed kInvoiceLineTypes[] = {
    {"subscription_item_details", "subscription"},
    {"invoice_item_details", "invoiceitem"}};
constexpr FieldWords kInvoiceLineWords[] = {
    {"type", kInvoiceLineTypes, "subscription,invoiceitem"},
};

// https://docs.stripe.com/api/subscription_items/object
constexpr ColumnSchema kSubscriptionItemColumns[] = {
    {"id", kUtf8, false, "", "Subscription item id, si_."},
    {"subscription", kUtf8, true, "", "Subscription id.", "subscription@"},
    {"price", kUtf8, true, "", "Price id, or the id of a legacy plan.",
     "price@|plan@", kRepeats},
    {"product", kUtf8, true, "", "Product id.", "price.product@|plan.product@",
     kRepeats},
    {"currency", kDictionary, true, "", "ISO code, lower case.",
     "price.currency|plan.currency"},
    {"unit_amount", kMoney, true, "currency", "As of a price.",
     "price.unit_amount|plan.amount"},
    {"unit_amount_decimal", kDecimal, true, "", "Minor units, exact.",
     "price.unit_amount_decimal|plan.amount_decimal|price.unit_amount|"
     "plan.amount"},
    {"quantity", kInt64, true, "", "How many; null where it is metered."},
    {"interval", kDictionary, true, "", "day, week, month or year.",
     "price.recurring.interval|plan.interval"},
    {"interval_count", kInt64, true, "", "Intervals between bills.",
     "price.recurring.interval_count|plan.interval_count"},
    {"usage_type", kDictionary, true, "", "licensed or metered.",
     "price.recurring.usage_type|plan.usage_type"},
    {"billing_scheme", kDictionary, true, "", "per_unit or tiered.",
     "price.billing_scheme|plan.billing_scheme"},
    {"current_period_start", kTimestamp, true, "",
     "Sent since 2025-03-31; before, the subscription has it."},
    {"current_period_end", kTimestamp, true, "", "As its start."},
    {"created", kTimestamp, true, "", "When it was made."},
    {"deleted", kBool, false, "", "Only a stub is left at Stripe."},
};

}  // namespace

constinit const FieldTable kProducts{{"products", kProductColumns}, "product"};
constinit const FieldTable kPrices{{"prices", kPriceColumns}, "price,plan"};
constinit const FieldTable kCoupons{{"coupons", kCouponColumns}, "coupon"};
constinit const FieldTable kDiscounts{{"discounts", kDiscountColumns},
                                      "discount",
                                      {},
                                      "subscription,customer,coupon"};
constinit const FieldTable kCreditNotes{{"credit_notes", kCreditNoteColumns},
                                        "credit_note"};
constinit const FieldTable kInvoiceLines{
    {"invoice_lines", kInvoiceLineColumns},
    "line_item,invoiceitem",
    kInvoiceLineWords,
    {},
    "invoice",
    // https://docs.stripe.com/changelog/2019-12-03/standardizes-invoice-line-item-ids
    "su,sli_"};
constinit const FieldTable kSubscriptionItems{
    {"subscription_items", kSubscriptionItemColumns},
    "subscription_item",
    {},
    {},
    "subscription"};

}  // namespace precision
