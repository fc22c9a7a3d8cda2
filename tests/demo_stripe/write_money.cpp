// Balance, balance transactions, payouts, the account, events: see writers.h.

#include "demo_stripe/calendar.h"
#include "demo_stripe/writers.h"

namespace precision::demo {

namespace {

struct MovementWords {
  std::string_view type;
  std::string_view category;
  IdKind source;
};

MovementWords WordsOf(MovementKind kind) {
  switch (kind) {
    case MovementKind::kCharge:
      return {"charge", "charge", IdKind::kCharge};
    case MovementKind::kRefund:
      return {"refund", "refund", IdKind::kRefund};
    case MovementKind::kDispute:
      return {"adjustment", "dispute", IdKind::kDispute};
    case MovementKind::kPayout:
      return {"payout", "payout", IdKind::kPayout};
  }
  return {"charge", "charge", IdKind::kCharge};
}

void WriteSource(const Telling& t, const MovementFacts& m) {
  if (!t.Expands("source")) {
    t.json.Str("source", t.Id(WordsOf(m.kind).source, m.source));
    return;
  }
  const Telling inside = t.Inside("source");
  switch (m.kind) {
    case MovementKind::kCharge:
      WriteCharge(inside, m.source, "source");
      return;
    case MovementKind::kRefund:
      WriteRefund(inside, m.source, "source");
      return;
    case MovementKind::kDispute:
      WriteDispute(inside, m.source, "source");
      return;
    case MovementKind::kPayout:
      WritePayout(inside, m.source, "source");
      return;
  }
}

void WriteFunds(JsonWriter& json, std::string_view key, std::int64_t amount) {
  json.Array(key);
  json.Object();
  json.Int("amount", amount);
  json.Str("currency", "usd");
  json.Object("source_types");
  json.Int("card", amount);
  json.End();
  json.End();
  json.End();
}

std::string_view EventType(InvoiceKind kind) {
  switch (kind) {
    case InvoiceKind::kPaid:
    case InvoiceKind::kPaidRetried:
    case InvoiceKind::kPaidRefunded:
    case InvoiceKind::kPaidDisputed:
    case InvoiceKind::kPaidOutOfBand:
    case InvoiceKind::kZero:
      return "invoice.paid";
    case InvoiceKind::kDraft:
      return "invoice.created";
    case InvoiceKind::kVoid:
      return "invoice.voided";
    case InvoiceKind::kUncollectible:
      return "invoice.marked_uncollectible";
    case InvoiceKind::kOpen:
      return "invoice.payment_failed";
  }
  return "invoice.created";
}

}  // namespace

void WriteMovement(const Telling& t, std::int64_t index, std::string_view key) {
  const MovementFacts m = t.business.MovementOf(index);
  const MovementWords words = WordsOf(m.kind);
  JsonWriter& json = t.json;
  json.Object(key);
  json.Str("id", t.Id(IdKind::kBalanceTransaction, index));
  json.Str("object", "balance_transaction");
  json.Int("amount", m.amount);
  json.Int("available_on", (m.created / kDay + 2) * kDay);
  if (t.Since(kMay2025)) json.Str("balance_type", "payments");
  json.Int("created", m.created);
  json.Str("currency", "usd");
  json.Null("description");
  if (m.currency == 0) {
    json.Null("exchange_rate");
  } else {
    // Cents for one minor unit, exactly: the table holds millionths.
    const std::int64_t rate =
        Currencies()[static_cast<std::size_t>(m.currency)].to_cents;
    const std::string fraction = std::to_string(1'000'000 + rate % 1'000'000);
    json.Raw("exchange_rate",
             std::to_string(rate / 1'000'000) + "." + fraction.substr(1));
  }
  json.Int("fee", m.fee);
  json.Array("fee_details");
  if (m.fee != 0) {
    json.Object();
    json.Int("amount", m.fee);
    json.Null("application");
    json.Str("currency", "usd");
    json.Str("description", m.kind == MovementKind::kDispute
                                ? "Dispute fee"
                                : "Stripe processing fees");
    json.Str("type", "stripe_fee");
    json.End();
  }
  json.End();
  json.Int("net", m.amount - m.fee);
  json.Str("reporting_category", words.category);
  WriteSource(t, m);
  json.Str("status",
           m.created + 2 * kDay < t.business.as_of() ? "available" : "pending");
  json.Str("type", words.type);
  json.End();
}

void WritePayout(const Telling& t, std::int64_t index, std::string_view key) {
  const std::int64_t created = t.business.BlockEnd(index);
  JsonWriter& json = t.json;
  json.Object(key);
  json.Str("id", t.Id(IdKind::kPayout, index));
  json.Str("object", "payout");
  json.Int("amount", t.business.PayoutAmount(index));
  json.Nulls({"application_fee", "application_fee_amount"});
  json.Int("arrival_date", (created / kDay + 2) * kDay);
  json.Flag("automatic", true);
  json.Str("balance_transaction",
           t.Id(IdKind::kBalanceTransaction,
                t.business.ledger().MovementsBefore(index + 1) - 1));
  json.Int("created", created);
  json.Str("currency", "usd");
  json.Str("description", "STRIPE PAYOUT");
  json.Str("destination", t.Id(IdKind::kBankAccount, 1));
  json.Nulls(
      {"failure_balance_transaction", "failure_code", "failure_message"});
  json.Flag("livemode", t.business.livemode());
  json.EmptyObject("metadata");
  json.Str("method", "standard");
  json.Null("original_payout");
  if (t.Since(20250827)) json.Null("payout_method");
  json.Str("reconciliation_status", "completed");
  json.Null("reversed_by");
  json.Str("source_type", "card");
  json.Null("statement_descriptor");
  json.Str("status", created + 2 * kDay < t.business.as_of() ? "paid"
                     : created + kDay < t.business.as_of()   ? "in_transit"
                                                             : "pending");
  if (t.Since(20241120)) json.Null("trace_id");
  json.Str("type", "bank_account");
  json.End();
}

void WriteBalance(const Telling& t) {
  JsonWriter& json = t.json;
  json.Object();
  json.Str("object", "balance");
  WriteFunds(json, "available", 0);
  json.Flag("livemode", t.business.livemode());
  const std::int64_t blocks = t.business.ledger().blocks();
  WriteFunds(json, "pending",
             blocks == 0 ? 0 : t.business.PayoutAmount(blocks - 1));
  json.Object("refund_and_dispute_prefunding");
  WriteFunds(json, "available", 0);
  WriteFunds(json, "pending", 0);
  json.End();
  json.End();
}

void WriteAccount(const Telling& t) {
  JsonWriter& json = t.json;
  json.Object();
  json.Str("id", t.business.account_id());
  json.Str("object", "account");
  json.Object("business_profile");
  json.Str("mcc", "5734");
  json.Str("name", "Demo " + t.business.spec().name);
  json.Str("url", "https://example.com");
  json.End();
  json.Object("capabilities");
  json.Str("card_payments", "active");
  json.Str("transfers", "active");
  json.End();
  json.Flag("charges_enabled", true);
  json.Str("country", "US");
  json.Int("created", t.business.ledger().start());
  json.Str("default_currency", "usd");
  json.Flag("details_submitted", true);
  json.Str("email", "owner@example.com");
  json.EmptyObject("metadata");
  json.Flag("payouts_enabled", true);
  json.Object("settings");
  json.Object("dashboard");
  json.Str("display_name", "Demo " + t.business.spec().name);
  json.Str("timezone", "America/New_York");
  json.End();
  json.End();
  json.Str("type", "standard");
  json.End();
}

void WriteEvent(const Telling& t, std::int64_t index, std::string_view key) {
  const std::int64_t invoice = t.business.first_event_invoice() + index;
  const InvoiceFacts v = t.business.InvoiceOf(invoice);
  JsonWriter& json = t.json;
  json.Object(key);
  json.Str("id", t.Id(IdKind::kEvent, index));
  json.Str("object", "event");
  json.Str("api_version", "2024-06-20");
  json.Int("created", v.created);
  json.Object("data");
  // An event keeps the shape of the account's own version, whatever is asked.
  const Telling as_it_was{t.business, json, 20240620, {}};
  WriteInvoice(as_it_was, invoice, "object");
  json.End();
  json.Flag("livemode", t.business.livemode());
  json.Int("pending_webhooks", 0);
  json.Object("request");
  json.Nulls({"id", "idempotency_key"});
  json.End();
  json.Str("type", EventType(v.kind));
  json.End();
}

}  // namespace precision::demo
