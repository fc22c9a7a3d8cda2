// Invoices, their lines and payments, credit notes: see writers.h.

#include "demo_stripe/calendar.h"
#include "demo_stripe/writers.h"

namespace precision::demo {

namespace {

// So many lines are sent with an invoice; the rest are paged.
constexpr std::size_t kEmbeddedLines = 10;
// Lines of one invoice, at most.
constexpr std::int64_t kLineStride = 64;

std::string LineId(const Telling& t, const InvoiceFacts& v, std::size_t line) {
  return t.Id(IdKind::kInvoiceLine,
              v.index * kLineStride + static_cast<std::int64_t>(line));
}

std::string_view Currency(int currency) {
  return Currencies()[static_cast<std::size_t>(currency)].code;
}

void WriteTaxes(const Telling& t, std::string_view key, std::int64_t tax,
                std::int64_t taxable) {
  t.json.Array(key);
  if (tax != 0) {
    t.json.Object();
    t.json.Int("amount", tax);
    if (t.Since(kBasil)) {
      t.json.Str("tax_behavior", "exclusive");
      t.json.Object("tax_rate_details");
      t.json.Str("tax_rate", t.Id(IdKind::kTaxRate, 1));
      t.json.End();
      t.json.Str("taxability_reason", "standard_rated");
      t.json.Int("taxable_amount", taxable);
      t.json.Str("type", "tax_rate_details");
    } else {
      t.json.Flag("inclusive", false);
      t.json.Str("tax_rate", t.Id(IdKind::kTaxRate, 1));
      t.json.Str("taxability_reason", "standard_rated");
      t.json.Int("taxable_amount", taxable);
    }
    t.json.End();
  }
  t.json.End();
}

void WriteDiscountAmounts(const Telling& t, std::string_view key,
                          std::int64_t amount, std::int64_t subscription) {
  t.json.Array(key);
  if (amount != 0) {
    t.json.Object();
    t.json.Int("amount", amount);
    t.json.Str("discount", t.Id(IdKind::kDiscount, subscription));
    t.json.End();
  }
  t.json.End();
}

void WriteLineParent(const Telling& t, const InvoiceFacts& v,
                     const LineFacts& line, const std::string& item,
                     const std::string& subscription) {
  JsonWriter& json = t.json;
  json.Object("parent");
  if (line.item >= 0) {
    json.Null("invoice_item_details");
    json.Object("subscription_item_details");
    json.Null("invoice_item");
  } else {
    json.Object("invoice_item_details");
    json.Str("invoice_item", t.Id(IdKind::kInvoiceItem, v.index));
  }
  json.Flag("proration", line.proration);
  json.Object("proration_details");
  json.Null("credited_items");
  json.End();
  json.StrOrNull("subscription", subscription);
  if (line.item >= 0) json.Str("subscription_item", item);
  json.End();
  if (line.item < 0) json.Null("subscription_item_details");
  json.Str("type", line.item >= 0 ? "subscription_item_details"
                                  : "invoice_item_details");
  json.End();
}

void WriteOldLineOrigin(const Telling& t, const InvoiceFacts& v,
                        const LineFacts& line, const std::string& item,
                        const std::string& subscription) {
  JsonWriter& json = t.json;
  const PriceFacts& price =
      t.business.prices()[static_cast<std::size_t>(line.price)];
  if (line.item < 0) {
    json.Str("invoice_item", t.Id(IdKind::kInvoiceItem, v.index));
  }
  if (price.interval.empty()) {
    json.Null("plan");
  } else {
    WritePlan(t, line.price, "plan");
  }
  WritePrice(t, line.price, "price");
  json.Flag("proration", line.proration);
  json.Object("proration_details");
  json.Null("credited_items");
  json.End();
  json.StrOrNull("subscription", subscription);
  if (line.item >= 0) json.Str("subscription_item", item);
  json.Str("type", line.item >= 0 ? "subscription" : "invoiceitem");
}

void WritePricing(const Telling& t, const LineFacts& line) {
  const PriceFacts& price =
      t.business.prices()[static_cast<std::size_t>(line.price)];
  JsonWriter& json = t.json;
  json.Object("pricing");
  json.Object("price_details");
  json.Str("price", t.Id(IdKind::kPrice, line.price));
  json.Str("product", t.Id(IdKind::kProduct, price.product));
  json.End();
  json.Str("type", "price_details");
  json.StrOrNull("unit_amount_decimal",
                 price.scheme == Scheme::kFlat ? std::to_string(price.amount)
                 : price.scheme == Scheme::kSubCent ? "0.05"
                                                    : "");
  json.End();
}

void WriteCustomerCopy(const Telling& t, const InvoiceFacts& v) {
  const CustomerFacts c = t.business.CustomerOf(v.customer);
  WriteCustomerRef(t, v.customer);
  if (t.Since(kDecember2025)) t.json.Null("customer_account");
  WriteAddress(t, "customer_address", c);
  t.json.StrOrNull("customer_email", c.email);
  t.json.Str("customer_name", c.name);
  t.json.Nulls({"customer_phone", "customer_shipping"});
  t.json.Str("customer_tax_exempt", c.tax_exempt ? "exempt" : "none");
  t.json.EmptyArray("customer_tax_ids");
}

void WriteInvoiceParent(const Telling& t, const InvoiceFacts& v) {
  if (v.subscription == kNone) {
    t.json.Null("parent");
    return;
  }
  t.json.Object("parent");
  t.json.Null("quote_details");
  t.json.Object("subscription_details");
  t.json.EmptyObject("metadata");
  t.json.Str("subscription", t.Id(IdKind::kSubscription, v.subscription));
  t.json.End();
  t.json.Str("type", "subscription_details");
  t.json.End();
}

void WriteTransitions(const Telling& t, const InvoiceFacts& v) {
  const auto at = [&](InvoiceKind kind, std::int64_t after) {
    return v.kind == kind ? v.created + after : 0;
  };
  t.json.Object("status_transitions");
  t.json.IntOrNull("finalized_at", v.finalized() ? v.created : 0);
  t.json.IntOrNull("marked_uncollectible_at",
                   at(InvoiceKind::kUncollectible, 30 * kDay));
  t.json.IntOrNull("paid_at", v.paid() ? v.created : 0);
  t.json.IntOrNull("voided_at", at(InvoiceKind::kVoid, kDay));
  t.json.End();
}

// What moved to `payments`, `parent` and `total_taxes` in 2025-03-31.
void WriteOldLinks(const Telling& t, const InvoiceFacts& v) {
  JsonWriter& json = t.json;
  json.StrOrNull("subscription",
                 v.subscription == kNone
                     ? ""
                     : t.Id(IdKind::kSubscription, v.subscription));
  json.StrOrNull("payment_intent",
                 v.payment_intent == kNone
                     ? ""
                     : t.Id(IdKind::kPaymentIntent, v.payment_intent));
  const std::int64_t charge =
      v.payment_intent == kNone
          ? kNone
          : t.business.PaymentOf(v.payment_intent).latest_charge;
  json.StrOrNull("charge",
                 charge == kNone ? "" : t.Id(IdKind::kCharge, charge));
  json.Flag("paid", v.paid());
  json.Flag("paid_out_of_band", v.kind == InvoiceKind::kPaidOutOfBand);
  if (v.tax_percent > 0) {
    json.Int("tax", v.tax);
  } else {
    json.Null("tax");
  }
  WriteTaxes(t, "total_tax_amounts", v.tax, v.subtotal - v.discount);
  json.Nulls({"discount", "quote", "transfer_data", "application_fee_amount"});
}

void WriteLines(const Telling& t, const InvoiceFacts& v) {
  BeginList(t.json, "lines");
  for (std::size_t i = 0; i < v.lines.size() && i < kEmbeddedLines; ++i) {
    WriteInvoiceLine(t, v, i);
  }
  EndList(t.json, v.lines.size() > kEmbeddedLines,
          "/v1/invoices/" + t.Id(IdKind::kInvoice, v.index) + "/lines");
}

void WriteAmounts(const Telling& t, const InvoiceFacts& v) {
  JsonWriter& json = t.json;
  json.Int("amount_due", v.amount_due);
  if (t.Since(kBasil)) json.Int("amount_overpaid", 0);
  json.Int("amount_paid", v.amount_paid);
  if (t.Since(kMay2026)) {
    json.Int("amount_paid_off_stripe",
             v.kind == InvoiceKind::kPaidOutOfBand ? v.amount_paid : 0);
  }
  json.Int("amount_remaining", v.kind == InvoiceKind::kVoid
                                   ? v.amount_due
                                   : v.amount_due - v.amount_paid);
  json.Int("amount_shipping", 0);
}

void WriteTotals(const Telling& t, const InvoiceFacts& v) {
  JsonWriter& json = t.json;
  json.Int("subtotal", v.subtotal);
  json.Int("subtotal_excluding_tax", v.subtotal);
  json.Null("test_clock");
  json.Int("total", v.total);
  WriteDiscountAmounts(t, "total_discount_amounts", v.discount, v.subscription);
  json.Int("total_excluding_tax", v.total - v.tax);
  if (t.Since(20241028)) json.EmptyArray("total_pretax_credit_amounts");
  if (t.Since(kBasil)) {
    WriteTaxes(t, "total_taxes", v.tax, v.subtotal - v.discount);
  }
}

void WriteAutomation(const Telling& t, const InvoiceFacts& v) {
  JsonWriter& json = t.json;
  const int attempts = v.kind == InvoiceKind::kPaidRetried ||
                               v.kind == InvoiceKind::kUncollectible
                           ? 2
                       : v.payment_intent != kNone ? 1
                                                   : 0;
  json.Null("application");
  json.Int("attempt_count", attempts);
  json.Flag("attempted", attempts > 0 || v.kind == InvoiceKind::kZero);
  json.Flag("auto_advance", v.kind == InvoiceKind::kOpen);
  json.Object("automatic_tax");
  if (t.Since(20241120)) json.Null("disabled_reason");
  json.Flag("enabled", false);
  json.Null("liability");
  if (t.Since(kBasil)) json.Null("provider");
  json.Null("status");
  json.End();
  json.IntOrNull("automatically_finalizes_at",
                 v.kind == InvoiceKind::kDraft ? v.created + 3600 : 0);
  json.Str("billing_reason", v.billing_reason);
  json.Str("collection_method",
           v.send_invoice ? "send_invoice" : "charge_automatically");
}

}  // namespace

void WriteInvoiceLine(const Telling& t, const InvoiceFacts& v, std::size_t at) {
  const LineFacts& line = v.lines[at];
  const std::string subscription =
      v.subscription == kNone ? ""
                              : t.Id(IdKind::kSubscription, v.subscription);
  const std::string item =
      line.item < 0
          ? ""
          : t.Id(IdKind::kSubscriptionItem, v.subscription * 32 + line.item);
  JsonWriter& json = t.json;
  json.Object();
  json.Str("id", LineId(t, v, at));
  json.Str("object", "line_item");
  json.Int("amount", line.amount);
  if (!t.Since(kBasil)) json.Int("amount_excluding_tax", line.amount);
  json.Str("currency", Currency(v.currency));
  json.Str("description", line.description);
  WriteDiscountAmounts(t, "discount_amounts", line.discount, v.subscription);
  json.Flag("discountable", !line.proration);
  json.EmptyArray("discounts");
  json.Str("invoice", t.Id(IdKind::kInvoice, v.index));
  json.Flag("livemode", t.business.livemode());
  json.EmptyObject("metadata");
  if (t.Since(kBasil)) WriteLineParent(t, v, line, item, subscription);
  json.Object("period");
  json.Int("end", line.period_end);
  json.Int("start", line.period_start);
  json.End();
  if (t.Since(20241028)) json.EmptyArray("pretax_credit_amounts");
  if (t.Since(kBasil)) {
    WritePricing(t, line);
  } else {
    WriteOldLineOrigin(t, v, line, item, subscription);
  }
  json.Int("quantity", line.quantity);
  if (t.Since(kDahlia)) {
    json.Str("quantity_decimal", std::to_string(line.quantity));
  }
  if (t.Since(kBasil)) json.StrOrNull("subscription", subscription);
  if (t.Since(kDecember2025)) json.Int("subtotal", line.amount);
  WriteTaxes(t, t.Since(kBasil) ? "taxes" : "tax_amounts", line.tax,
             line.amount - line.discount);
  if (!t.Since(kBasil)) json.EmptyArray("tax_rates");
  json.End();
}

void WriteInvoice(const Telling& t, std::int64_t index, std::string_view key) {
  const InvoiceFacts v = t.business.InvoiceOf(index);
  const std::string id = t.Id(IdKind::kInvoice, index);
  const CustomerFacts customer = t.business.CustomerOf(v.customer);
  JsonWriter& json = t.json;
  json.Object(key);
  json.Str("id", id);
  json.Str("object", "invoice");
  json.Str("account_country", "US");
  json.Str("account_name", "Demo " + t.business.spec().name);
  json.Null("account_tax_ids");
  WriteAmounts(t, v);
  WriteAutomation(t, v);
  json.Int("created", v.created);
  json.Str("currency", Currency(v.currency));
  json.Null("custom_fields");
  WriteCustomerCopy(t, v);
  json.Nulls({"default_payment_method", "default_source"});
  json.EmptyArray("default_tax_rates");
  json.Null("description");
  json.Array("discounts");
  if (v.discount != 0) json.Str({}, t.Id(IdKind::kDiscount, v.subscription));
  json.End();
  json.IntOrNull("due_date", v.send_invoice ? v.created + 30 * kDay : 0);
  json.IntOrNull("effective_at", v.finalized() ? v.created : 0);
  if (v.finalized()) {
    json.Int("ending_balance", 0);
  } else {
    json.Null("ending_balance");
  }
  json.Nulls({"footer", "from_invoice"});
  const std::string page =
      "https://invoice.stripe.com/i/" + t.business.account_id() + "/demo_" + id;
  json.StrOrNull("hosted_invoice_url", v.finalized() ? page : "");
  json.StrOrNull("invoice_pdf", v.finalized() ? page + "/pdf?s=ap" : "");
  json.Object("issuer");
  json.Str("type", "self");
  json.End();
  json.Nulls({"last_finalization_error", "latest_revision"});
  WriteLines(t, v);
  json.Flag("livemode", t.business.livemode());
  json.EmptyObject("metadata");
  json.IntOrNull("next_payment_attempt",
                 v.kind == InvoiceKind::kOpen && !v.send_invoice
                     ? v.created + 3 * kDay
                     : 0);
  // At least four digits.
  const std::string sequence = std::to_string(index + 1);
  json.StrOrNull(
      "number",
      v.finalized()
          ? customer.invoice_prefix + "-" +
                std::string(sequence.size() < 4 ? 4 - sequence.size() : 0,
                            '0') +
                sequence
          : "");
  json.Null("on_behalf_of");
  if (t.Since(kBasil)) {
    WriteInvoiceParent(t, v);
  } else {
    WriteOldLinks(t, v);
  }
  json.Object("payment_settings");
  json.Nulls(
      {"default_mandate", "payment_method_options", "payment_method_types"});
  json.End();
  if (t.Since(kBasil) && t.Expands("payments")) {
    BeginList(json, "payments");
    if (v.payment_intent != kNone) {
      WriteInvoicePayment(t, t.business.InvoicePaymentOf(v));
    }
    EndList(json, false, "/v1/invoice_payments?invoice=" + id);
  }
  json.Int("period_end", v.created);
  json.Int("period_start",
           v.subscription != kNone && v.billing_reason == "subscription_cycle"
               ? AddMonths(v.created, -1)
               : v.created);
  json.Int("post_payment_credit_notes_amount", v.credited);
  json.Int("pre_payment_credit_notes_amount", 0);
  json.Nulls(
      {"receipt_number", "rendering", "shipping_cost", "shipping_details"});
  json.Int("starting_balance", v.starting_balance);
  json.Null("statement_descriptor");
  json.Str("status", v.status);
  WriteTransitions(t, v);
  WriteTotals(t, v);
  json.IntOrNull("webhooks_delivered_at", v.finalized() ? v.created + 2 : 0);
  json.End();
}

void WriteInvoicePayment(const Telling& t, std::int64_t index,
                         std::string_view key) {
  const InvoiceFacts v =
      t.business.InvoiceOf(t.business.InvoiceOfPayment(index));
  JsonWriter& json = t.json;
  json.Object(key);
  json.Str("id", t.Id(IdKind::kInvoicePayment, index));
  json.Str("object", "invoice_payment");
  if (v.paid()) {
    json.Int("amount_paid", v.amount_paid);
  } else {
    json.Null("amount_paid");
  }
  json.Int("amount_requested", v.amount_due);
  json.Int("created", v.created);
  json.Str("currency", Currency(v.currency));
  json.Str("invoice", t.Id(IdKind::kInvoice, v.index));
  json.Flag("is_default", true);
  json.Flag("livemode", t.business.livemode());
  json.Object("payment");
  json.Str("payment_intent", t.Id(IdKind::kPaymentIntent, v.payment_intent));
  json.Str("type", "payment_intent");
  json.End();
  json.Str("status", v.paid()                       ? "paid"
                     : v.kind == InvoiceKind::kVoid ? "canceled"
                                                    : "open");
  json.Object("status_transitions");
  json.IntOrNull("canceled_at",
                 v.kind == InvoiceKind::kVoid ? v.created + kDay : 0);
  json.IntOrNull("paid_at", v.paid() ? v.created : 0);
  json.End();
  json.End();
}

void WriteCreditNote(const Telling& t, std::int64_t index,
                     std::string_view key) {
  const RefundFacts r = t.business.RefundOf(index * 2 + 1);
  const InvoiceFacts v = t.business.InvoiceOf(r.invoice);
  const std::string id = t.Id(IdKind::kCreditNote, index);
  JsonWriter& json = t.json;
  json.Object(key);
  json.Str("id", id);
  json.Str("object", "credit_note");
  json.Int("amount", r.amount);
  json.Int("amount_shipping", 0);
  json.Int("created", r.created);
  json.Str("currency", Currency(r.currency));
  WriteCustomerRef(t, r.customer);
  if (t.Since(kDecember2025)) json.Null("customer_account");
  json.Null("customer_balance_transaction");
  json.Int("discount_amount", 0);
  json.EmptyArray("discount_amounts");
  json.Int("effective_at", r.created);
  json.Str("invoice", t.Id(IdKind::kInvoice, r.invoice));
  BeginList(json, "lines");
  json.Object();
  json.Str("id", t.Id(IdKind::kCreditNoteLine, index));
  json.Str("object", "credit_note_line_item");
  json.Int("amount", r.amount);
  json.Str("description", "Part of the period was not used");
  json.Int("discount_amount", 0);
  json.EmptyArray("discount_amounts");
  json.Flag("livemode", t.business.livemode());
  json.Int("quantity", 1);
  json.EmptyArray("tax_rates");
  json.EmptyArray(t.Since(kBasil) ? "taxes" : "tax_amounts");
  json.Str("type", "custom_line_item");
  json.Int("unit_amount", r.amount);
  json.Str("unit_amount_decimal", std::to_string(r.amount));
  json.End();
  EndList(json, false, "/v1/credit_notes/" + id + "/lines");
  json.Flag("livemode", t.business.livemode());
  json.Null("memo");
  json.EmptyObject("metadata");
  json.Str("number", t.business.CustomerOf(v.customer).invoice_prefix + "-CN-" +
                         std::to_string(index + 1));
  json.Null("out_of_band_amount");
  json.Str("pdf", "https://pay.stripe.com/credit_notes/demo/" + id + "/pdf");
  if (t.Since(kMay2025)) {
    json.Int("post_payment_amount", r.amount);
    json.Int("pre_payment_amount", 0);
  }
  json.EmptyArray("pretax_credit_amounts");
  json.Str("reason", "order_change");
  if (t.Since(kBasil)) {
    json.Array("refunds");
    json.Object();
    json.Int("amount_refunded", r.amount);
    json.Str("refund", t.Id(IdKind::kRefund, r.index));
    if (t.Since(kDecember2025)) json.Str("type", "refund");
    json.End();
    json.End();
  } else {
    json.Str("refund", t.Id(IdKind::kRefund, r.index));
  }
  json.Null("shipping_cost");
  json.Str("status", "issued");
  json.Int("subtotal", r.amount);
  json.Int("subtotal_excluding_tax", r.amount);
  json.Int("total", r.amount);
  json.Int("total_excluding_tax", r.amount);
  json.EmptyArray(t.Since(kBasil) ? "total_taxes" : "tax_amounts");
  json.Str("type", "post_payment");
  json.Null("voided_at");
  json.End();
}

}  // namespace precision::demo
