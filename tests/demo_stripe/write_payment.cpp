// Payment intents, charges, refunds, disputes: see writers.h.

#include "demo_stripe/calendar.h"
#include "demo_stripe/writers.h"

namespace precision::demo {

namespace {

std::string_view Currency(int currency) {
  return Currencies()[static_cast<std::size_t>(currency)].code;
}

// Who paid: a guest's payment method has a number of its own.
std::string PaymentMethod(const Telling& t, CustomerNumber customer,
                          std::int64_t guest) {
  return t.Id(IdKind::kPaymentMethod,
              customer == kNone ? (std::int64_t{1} << 42) | guest : customer);
}

std::string_view FailureMessage(std::string_view code) {
  if (code == "expired_card") return "Your card has expired.";
  if (code == "insufficient_funds") {
    return "Your card has insufficient funds.";
  }
  if (code == "incorrect_cvc") return "Your card's security code is incorrect.";
  if (code == "processing_error") {
    return "An error occurred while processing your card. Try again in a "
           "little bit.";
  }
  return "Your card was declined.";
}

void WriteCard(const Telling& t, std::int64_t number, bool failed) {
  JsonWriter& json = t.json;
  static constexpr std::string_view kBrands[] = {"visa", "mastercard", "amex"};
  json.Object("payment_method_details");
  json.Object("card");
  json.Null("authorization_code");
  json.Str("brand", kBrands[static_cast<std::size_t>(number % 3)]);
  json.Object("checks");
  json.Null("address_line1_check");
  json.Str("address_postal_code_check", failed ? "unchecked" : "pass");
  json.Str("cvc_check", "pass");
  json.End();
  json.Str("country", "US");
  json.Int("exp_month", 1 + number % 12);
  json.Int("exp_year", 2027 + number % 5);
  json.Str("fingerprint", t.Id(IdKind::kRequest, number).substr(4) + "FP");
  json.Str("funding", number % 5 == 0 ? "debit" : "credit");
  json.Null("installments");
  json.Str("last4", std::to_string(10000 + number % 10000).substr(1));
  json.Null("mandate");
  json.Str("network", kBrands[static_cast<std::size_t>(number % 3)]);
  json.Nulls({"network_token", "three_d_secure", "wallet"});
  json.End();
  json.Str("type", "card");
  json.End();
}

void WriteBillingDetails(const Telling& t, CustomerNumber customer) {
  JsonWriter& json = t.json;
  json.Object("billing_details");
  if (customer == kNone) {
    json.Nulls({"address", "email", "name", "phone"});
  } else {
    const CustomerFacts c = t.business.CustomerOf(customer);
    WriteAddress(t, "address", c);
    json.StrOrNull("email", c.email);
    json.Str("name", c.name);
    json.Null("phone");
  }
  if (t.Since(kBasil)) json.Null("tax_id");
  json.End();
}

void WriteOutcome(const Telling& t, const ChargeFacts& c) {
  JsonWriter& json = t.json;
  json.Object("outcome");
  if (t.Since(20240930)) {
    json.StrOrNull("advice_code", c.slot.succeeded ? "" : "try_again_later");
    json.Nulls({"network_advice_code", "network_decline_code"});
  }
  json.Str("network_status",
           c.slot.succeeded ? "approved_by_network" : "declined_by_network");
  json.StrOrNull("reason", c.failure_code == "card_declined" ? "generic_decline"
                                                             : c.failure_code);
  json.Str("risk_level", "normal");
  json.Int("risk_score", c.index % 60);
  json.Str("seller_message", c.slot.succeeded
                                 ? "Payment complete."
                                 : "The bank did not return any further "
                                   "details with this decline.");
  json.Str("type", c.slot.succeeded ? "authorized" : "issuer_declined");
  json.End();
}

void WriteRefundsOf(const Telling& t, const ChargeFacts& c) {
  const bool embedded = !t.Since(kNovember2022);
  if (!embedded && !t.Expands("refunds")) return;
  BeginList(t.json, "refunds");
  if (c.refund != kNone) WriteRefund(t.Inside("refunds"), c.refund);
  EndList(t.json, false,
          "/v1/charges/" + t.Id(IdKind::kCharge, c.index) + "/refunds");
}

void WriteMovementRef(const Telling& t, std::int64_t movement) {
  if (movement == kNone) {
    t.json.Null("balance_transaction");
  } else if (t.Expands("balance_transaction")) {
    WriteMovement(t.Inside("balance_transaction"), movement,
                  "balance_transaction");
  } else {
    t.json.Str("balance_transaction",
               t.Id(IdKind::kBalanceTransaction, movement));
  }
}

void WriteLastError(const Telling& t, const PaymentFacts& p) {
  const bool failed =
      p.status == "requires_payment_method" && p.latest_charge != kNone;
  if (!failed) {
    t.json.Null("last_payment_error");
    return;
  }
  const ChargeFacts charge = t.business.ChargeOf(p.latest_charge);
  t.json.Object("last_payment_error");
  t.json.Str("charge", t.Id(IdKind::kCharge, p.latest_charge));
  t.json.Str("code", charge.failure_code);
  t.json.Str("doc_url", "https://stripe.com/docs/error-codes/" +
                            std::string(charge.failure_code));
  t.json.Str("message", FailureMessage(charge.failure_code));
  t.json.Str("type", "card_error");
  t.json.End();
}

}  // namespace

void WritePaymentIntent(const Telling& t, std::int64_t index,
                        std::string_view key) {
  const PaymentFacts p = t.business.PaymentOf(index);
  const std::string id = t.Id(IdKind::kPaymentIntent, index);
  const bool canceled = p.status == "canceled";
  JsonWriter& json = t.json;
  json.Object(key);
  json.Str("id", id);
  json.Str("object", "payment_intent");
  if (t.Since(kEndive)) json.Null("allowed_payment_method_types");
  json.Int("amount", p.amount);
  json.Int("amount_capturable", p.status == "requires_capture" ? p.amount : 0);
  json.Object("amount_details");
  json.EmptyObject("tip");
  json.End();
  json.Int("amount_received", p.received);
  json.Nulls(
      {"application", "application_fee_amount", "automatic_payment_methods"});
  json.IntOrNull("canceled_at", canceled ? p.created + kDay : 0);
  json.StrOrNull("cancellation_reason", !canceled ? ""
                                        : p.invoice != kNone
                                            ? "void_invoice"
                                            : "requested_by_customer");
  json.Str("capture_method",
           p.status == "requires_capture" ? "manual" : "automatic");
  if (!t.Since(kNovember2022)) {
    BeginList(json, "charges");
    if (p.latest_charge != kNone) WriteCharge(t, p.latest_charge);
    EndList(json, false, "/v1/charges?payment_intent=" + id);
  }
  // A key that may only read is not shown it.
  json.Null("client_secret");
  json.Str("confirmation_method", "automatic");
  json.Int("created", p.created);
  json.Str("currency", Currency(p.currency));
  WriteCustomerRef(t, p.customer);
  if (t.Since(kDecember2025)) json.Null("customer_account");
  json.Str("description", p.description);
  if (t.Since(kClover)) json.Null("excluded_payment_method_types");
  if (!t.Since(kBasil)) {
    json.StrOrNull("invoice",
                   p.invoice == kNone ? "" : t.Id(IdKind::kInvoice, p.invoice));
  }
  WriteLastError(t, p);
  if (t.Since(kNovember2022)) {
    if (p.latest_charge == kNone) {
      json.Null("latest_charge");
    } else if (t.Expands("latest_charge")) {
      WriteCharge(t.Inside("latest_charge"), p.latest_charge, "latest_charge");
    } else {
      json.Str("latest_charge", t.Id(IdKind::kCharge, p.latest_charge));
    }
  }
  json.Flag("livemode", t.business.livemode());
  if (t.Since(kDahlia)) json.Null("managed_payments");
  json.EmptyObject("metadata");
  json.Nulls({"next_action", "on_behalf_of"});
  json.StrOrNull("payment_method", p.status == "requires_payment_method"
                                       ? ""
                                       : PaymentMethod(t, p.customer, index));
  json.Null("payment_method_configuration_details");
  json.Object("payment_method_options");
  json.Object("card");
  json.Nulls({"installments", "mandate_options", "network"});
  json.Str("request_three_d_secure", "automatic");
  json.End();
  json.End();
  json.Array("payment_method_types");
  json.Str({}, "card");
  json.End();
  if (t.Since(kEndive)) json.Null("payment_record");
  json.Nulls({"processing", "receipt_email", "review"});
  json.StrOrNull("setup_future_usage",
                 p.description == "Subscription creation" ? "off_session" : "");
  json.Nulls({"shipping", "source", "statement_descriptor",
              "statement_descriptor_suffix"});
  json.Str("status", p.status);
  json.Nulls({"transfer_data", "transfer_group"});
  json.End();
}

void WriteCharge(const Telling& t, std::int64_t index, std::string_view key) {
  const ChargeFacts c = t.business.ChargeOf(index);
  const std::string id = t.Id(IdKind::kCharge, index);
  JsonWriter& json = t.json;
  json.Object(key);
  json.Str("id", id);
  json.Str("object", "charge");
  json.Int("amount", c.amount);
  json.Int("amount_captured", c.slot.captured ? c.amount : 0);
  json.Int("amount_refunded", c.refunded);
  json.Nulls({"application", "application_fee", "application_fee_amount"});
  WriteMovementRef(t, c.movement);
  WriteBillingDetails(t, c.customer);
  json.Str("calculated_statement_descriptor", "DEMO");
  json.Flag("captured", c.slot.captured);
  json.Int("created", c.created);
  json.Str("currency", Currency(c.currency));
  WriteCustomerRef(t, c.customer);
  json.Str("description", c.description);
  json.Flag("disputed", c.dispute != kNone);
  json.Null("failure_balance_transaction");
  json.StrOrNull("failure_code", c.failure_code);
  json.StrOrNull("failure_message",
                 c.failure_code.empty() ? "" : FailureMessage(c.failure_code));
  json.EmptyObject("fraud_details");
  if (!t.Since(kBasil)) {
    json.StrOrNull("invoice",
                   c.invoice == kNone ? "" : t.Id(IdKind::kInvoice, c.invoice));
  }
  json.Flag("livemode", t.business.livemode());
  json.EmptyObject("metadata");
  json.Null("on_behalf_of");
  WriteOutcome(t, c);
  json.Flag("paid", c.slot.succeeded);
  json.StrOrNull("payment_intent",
                 c.payment_intent == kNone
                     ? ""
                     : t.Id(IdKind::kPaymentIntent, c.payment_intent));
  json.Str("payment_method", PaymentMethod(t, c.customer, index));
  WriteCard(t, c.customer == kNone ? index : c.customer & 0xFFFFFF,
            !c.slot.succeeded);
  json.EmptyObject("radar_options");
  json.Nulls({"receipt_email", "receipt_number"});
  json.StrOrNull(
      "receipt_url",
      c.slot.succeeded ? "https://pay.stripe.com/receipts/demo/" + id : "");
  json.Flag("refunded", c.refunded != 0 && c.refunded == c.amount);
  WriteRefundsOf(t, c);
  json.Nulls({"review", "shipping", "source", "source_transfer",
              "statement_descriptor", "statement_descriptor_suffix"});
  json.Str("status", c.slot.succeeded ? "succeeded" : "failed");
  json.Nulls({"transfer_data", "transfer_group"});
  json.End();
}

void WriteRefund(const Telling& t, std::int64_t index, std::string_view key) {
  const RefundFacts r = t.business.RefundOf(index);
  JsonWriter& json = t.json;
  json.Object(key);
  json.Str("id", t.Id(IdKind::kRefund, index));
  json.Str("object", "refund");
  json.Int("amount", r.amount);
  WriteMovementRef(t, r.movement);
  json.Str("charge", t.Id(IdKind::kCharge, r.charge));
  json.Int("created", r.created);
  json.Str("currency", Currency(r.currency));
  if (t.Since(kJuly2026)) {
    WriteCustomerRef(t, r.customer);
    json.Null("customer_account");
  }
  json.Object("destination_details");
  json.Object("card");
  json.Str("reference_status", "pending");
  json.Str("reference_type", "acquirer_reference_number");
  json.Str("type", "refund");
  json.End();
  json.Str("type", "card");
  json.End();
  json.EmptyObject("metadata");
  json.Str("payment_intent", t.Id(IdKind::kPaymentIntent, r.payment_intent));
  if (t.Since(kJuly2026)) json.Null("payment_method");
  json.StrOrNull("reason", index % 3 == 0   ? "requested_by_customer"
                           : index % 7 == 0 ? "duplicate"
                                            : "");
  json.Nulls({"receipt_number", "source_transfer_reversal"});
  json.Str("status", index % 17 == 3 ? "pending" : "succeeded");
  json.Null("transfer_reversal");
  json.End();
}

void WriteDispute(const Telling& t, std::int64_t index, std::string_view key) {
  const DisputeFacts d = t.business.DisputeOf(index);
  JsonWriter& json = t.json;
  json.Object(key);
  json.Str("id", t.Id(IdKind::kDispute, index));
  json.Str("object", "dispute");
  json.Int("amount", d.amount);
  json.Array("balance_transactions");
  WriteMovement(t, d.movement);
  json.End();
  json.Str("charge", t.Id(IdKind::kCharge, d.charge));
  json.Int("created", d.created);
  json.Str("currency", Currency(d.currency));
  json.EmptyArray("enhanced_eligibility_types");
  json.Object("evidence");
  json.Nulls({"access_activity_log", "billing_address", "cancellation_policy",
              "cancellation_policy_disclosure", "cancellation_rebuttal",
              "customer_communication", "customer_email_address",
              "customer_name", "customer_purchase_ip", "customer_signature",
              "product_description", "receipt", "refund_policy", "service_date",
              "uncategorized_file", "uncategorized_text"});
  json.End();
  json.Object("evidence_details");
  json.Int("due_by", d.created + 20 * kDay);
  json.Flag("has_evidence", d.status != "needs_response");
  json.Flag("past_due", false);
  json.Int("submission_count", d.status == "needs_response" ? 0 : 1);
  json.End();
  json.Flag("is_charge_refundable", false);
  json.Flag("livemode", t.business.livemode());
  json.EmptyObject("metadata");
  json.Null("network_reason_code");
  json.Str("payment_intent", t.Id(IdKind::kPaymentIntent, d.payment_intent));
  json.Str("reason", d.reason);
  json.Str("status", d.status);
  json.End();
}

}  // namespace precision::demo
