// One table over PaymentIntents and Charges.  A PaymentIntent has a row; a
// Charge of a PaymentIntent completes that row, whichever comes first; a Charge
// without one has a row of its own.
//
// So that the order of arrival makes no difference, each column belongs to one
// of three groups, and a row remembers in `object` and `charge` which sides it
// has seen:
//   - of the payment: from the PaymentIntent if it was seen, else the Charge;
//   - of the charge: from the latest Charge seen (created, then id);
//   - of both: from the Charge if one was seen, else the PaymentIntent.
//
// https://docs.stripe.com/api/payment_intents/object
// https://docs.stripe.com/api/charges/object

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "normalize/name_list.h"
#include "normalize/nested_lists.h"
#include "normalize/object_reader_impl.h"
#include "normalize/stripe_objects.h"
#include "normalize/text.h"

namespace precision {

namespace {

using enum ColumnType;
using raw::CellState;

constexpr ColumnSchema kColumns[] = {
    {"id", kUtf8, false, "",
     "PaymentIntent id, pi_, or the id of a charge that has none."},
    {"object", kDictionary, false, "",
     "payment_intent, or charge while only a charge was read."},
    {"status", kDictionary, true, "",
     "Of the PaymentIntent (succeeded, requires_payment_method, ...), else of "
     "the charge (succeeded, pending, failed; from `paid` in old versions)."},
    {"amount", kMoney, true, "currency", "What was to be paid."},
    {"amount_received", kMoney, true, "currency",
     "amount_received, or what the charge captured."},
    {"amount_refunded", kMoney, true, "currency",
     "Of the charge; null until it was read."},
    {"currency", kDictionary, true, "", "ISO code, lower case."},
    {"customer", kUtf8, true, "",
     "Customer id, or customer_account where there is no customer.", "",
     kRepeats},
    {"description", kUtf8, true, "", "Description."},
    {"created", kTimestamp, true, "",
     "Of the PaymentIntent, else of the charge."},
    {"invoice", kUtf8, true, "",
     "Invoice id; since 2025-03-31 from the invoice that names the payment."},
    {"latest_charge", kUtf8, true, "",
     "Charge id that the PaymentIntent names."},
    {"charge", kUtf8, true, "",
     "The charge that was read for this payment, the latest of several."},
    {"charge_created", kTimestamp, true, "", "When that charge was made."},
    {"captured", kBool, true, "", "Whether the charge was captured."},
    {"refunded", kBool, true, "", "Whether it was refunded in full."},
    {"disputed", kBool, true, "",
     "Whether it was disputed; from `dispute` before 2023-08-16."},
    {"failure_code", kDictionary, true, "",
     "last_payment_error's decline_code or code, else the charge's "
     "failure_code."},
    {"failure_message", kUtf8, true, "", "Stripe's sentence for it."},
    {"payment_method", kUtf8, true, "", "Payment method, source or card id.",
     "", kRepeats},
    {"payment_method_type", kDictionary, true, "",
     "card, sepa_debit, ...: of the charge, else of an expanded "
     "payment_method."},
    {"card_brand", kDictionary, true, "",
     "Of the card, where payment_method_type is from."},
    {"card_last4", kUtf8, true, "",
     "Of the card, where payment_method_type is from."},
    {"card_country", kDictionary, true, "",
     "Of the card, where payment_method_type is from."},
    {"email", kUtf8, true, "",
     "billing_details.email, or receipt_email; of the charge, else of the "
     "PaymentIntent.",
     "", kRepeats},
    {"risk_level", kDictionary, true, "", "outcome.risk_level of the charge."},
    {"balance_transaction", kUtf8, true, "", "Of the charge."},
    {"statement_descriptor", kUtf8, true, "", "As asked for."},
    {"canceled_at", kTimestamp, true, "", "When the PaymentIntent was."},
    {"cancellation_reason", kDictionary, true, "", "Why it was."},
    {"livemode", kBool, true, "", "False for test data."},
};
constexpr Schema kSchema{"payments", kColumns};

consteval std::size_t At(std::string_view name) {
  return ColumnAt(kColumns, name);
}

constexpr std::string_view kIntent = "payment_intent";
constexpr std::string_view kCharge = "charge";

// The most frequent first.
constexpr std::string_view kIntentStatuses[] = {
    "succeeded",       "canceled",         "requires_payment_method",
    "requires_action", "requires_capture", "requires_confirmation",
    "processing"};
// https://docs.stripe.com/changelog, 2019-02-11
constexpr Renamed kIntentNames[] = {
    {"requires_source", "requires_payment_method"},
    {"requires_source_action", "requires_action"}};
constexpr std::string_view kChargeStatuses[] = {"succeeded", "pending",
                                                "failed"};

bool IntentSeen(const RowWriter& row) {
  return row.TextAt(At("object")) == kIntent;
}

bool ChargeSeen(const RowWriter& row) {
  return !row.TextAt(At("charge")).empty();
}

// Of several charges of one payment, the latest stands; read again, it stands
// as it is now.
bool IsOutdated(const raw::Charge& charge, std::string_view id,
                const RowWriter& row) {
  const std::string_view present = row.TextAt(At("charge"));
  if (present.empty() || present == id) return false;
  const std::int64_t created = charge.created.has() ? charge.created.value : -1;
  const std::int64_t there = row.IntAt(At("charge_created")).value_or(-1);
  return created != there ? created < there : id < present;
}

void WriteChargeStatus(const raw::Charge& charge, RowWriter& row) {
  // https://docs.stripe.com/changelog, 2015-02-18: status "paid" became
  // "succeeded"; before that there was only the flag.
  static constexpr Renamed kNames[] = {{"paid", "succeeded"}};
  if (charge.status.state == CellState::kAbsent && charge.paid.has()) {
    row.Value(At("status"), charge.paid.value ? "succeeded" : "failed");
  } else {
    row.Status(At("status"), charge.status, kChargeStatuses, kNames);
  }
}

raw::IntCell Received(const raw::Charge& charge) {
  const bool succeeded = charge.status.has()
                             ? charge.status.escaped() == "succeeded" ||
                                   charge.status.escaped() == "paid"
                             : charge.paid.is_true();
  if (charge.status.has() || charge.paid.has()) {
    if (!succeeded) return {0, CellState::kValue};
  }
  if (charge.amount_captured.state != CellState::kAbsent) {
    return charge.amount_captured;
  }
  // Before 2013 there was no other way than to capture at once.
  if (charge.captured.state == CellState::kAbsent && succeeded) {
    return charge.amount;
  }
  if (!charge.captured.has()) return {0, charge.captured.state};
  return charge.captured.value ? charge.amount
                               : raw::IntCell{0, CellState::kValue};
}

// The columns of the payment, from a charge whose PaymentIntent was not seen.
void WritePaymentSide(const raw::Charge& charge, RowWriter& row) {
  row.Value(At("object"), kCharge);
  WriteChargeStatus(charge, row);
  row.Money(At("amount"), charge.amount);
  row.Money(At("amount_received"), Received(charge));
  row.Text(At("currency"), charge.currency);
  row.Id(At("customer"), charge.customer);
  row.Text(At("description"), charge.description);
  row.Time(At("created"), charge.created);
  row.Id(At("invoice"), charge.invoice);
  row.Text(At("failure_code"), charge.failure_code);
  row.Text(At("failure_message"), charge.failure_message);
  row.Text(At("statement_descriptor"),
           FirstOf(charge.statement_descriptor, charge.statement_description));
  row.Bool(At("livemode"), charge.livemode);
}

void WriteDisputed(const raw::Charge& charge, RowWriter& row) {
  if (charge.disputed.state != CellState::kAbsent ||
      charge.dispute.json.empty()) {
    row.Bool(At("disputed"), charge.disputed);
  } else {
    row.Value(At("disputed"), charge.dispute.json == "null" ? 0 : 1);
  }
}

bool Is(const raw::TextCell& cell, std::string_view text) {
  return cell.has() && cell.escaped() == text;
}

// As Text, under the name it has now.
void WriteName(std::size_t column, const raw::TextCell& cell,
               std::span<const Renamed> names, RowWriter& row) {
  const std::string_view name = NewName(names, cell.escaped());
  if (name.empty()) {
    row.Text(column, cell);
  } else {
    row.Value(column, name);
  }
}

// REQUIRES: it is an object.
[[clang::minsize]] raw::Card ReadCard(const raw::View& view) {
  raw::Card card;
  raw::LayoutTree layouts;
  raw::Cursor at(view.json);
  raw::ReadMembers(card, at, layouts.root().Get());
  return card;
}

// Of the charge, or put together in `scratch`.
const raw::Card& CardOf(const raw::Charge& charge, raw::Card& scratch) {
  const raw::PaymentMethodDetails& details =
      charge.payment_method_details.value;
  const raw::Card& source = charge.source.value;
  if (details.card.has()) return details.card.value;
  if (details.card_present.has()) return details.card_present.value;
  for (const raw::View* view :
       {&details.interac_present, &source.card, &source.three_d_secure}) {
    if (view->is_object()) return scratch = ReadCard(*view);
  }
  if (charge.source.expanded && Is(source.object, "card")) return source;
  return charge.card.value;
}

void WriteCard(const raw::Card& card, RowWriter& row) {
  WriteName(At("card_brand"), FirstOf(card.brand, card.type), kCardBrands, row);
  row.Text(At("card_last4"), card.last4);
  row.Text(At("card_country"), card.country);
}

void WriteMethod(const raw::Charge& charge, RowWriter& row) {
  const raw::PaymentMethodDetails& details =
      charge.payment_method_details.value;
  raw::Card scratch;
  WriteCard(CardOf(charge, scratch), row);
  // https://docs.stripe.com/sources: `type` is the method of a source, and the
  // brand of an old card.
  const raw::Card& source = charge.source.value;
  const raw::TextCell& type = FirstOf(
      details.type, Is(source.object, "source") ? source.type : source.object);
  if (type.state == CellState::kAbsent && charge.card.has()) {
    row.Value(At("payment_method_type"), "card");
  } else {
    WriteName(At("payment_method_type"), type, kMethodNames, row);
  }
  row.MarkIfUnreadable(charge.payment_method_details.state,
                       At("payment_method_type"));
  const raw::TextCell& id =
      FirstOf(charge.payment_method.id, charge.source.id, charge.card.value.id);
  row.Text(At("payment_method"), id);
}

void WriteError(const raw::PaymentIntent& intent, RowWriter& row) {
  const raw::LastPaymentError& error = intent.last_payment_error.value;
  row.Text(At("failure_code"), FirstOf(error.decline_code, error.code));
  row.Text(At("failure_message"), error.message);
  row.MarkIfUnreadable(intent.last_payment_error.state, At("failure_code"));
}

// Whether the row's PaymentIntent had been seen before.
bool WriteIntent(const raw::PaymentIntent& intent, RowWriter& row) {
  const bool seen = IntentSeen(row);
  row.Value(At("object"), kIntent);
  row.Status(At("status"), intent.status, kIntentStatuses, kIntentNames);
  row.Money(At("amount"), intent.amount);
  row.Money(At("amount_received"), intent.amount_received);
  row.Text(At("currency"), intent.currency);
  row.Id(At("customer"), intent.customer);
  if (!intent.customer.id.has() && intent.customer_account.has()) {
    row.Text(At("customer"), intent.customer_account);
  }
  row.Text(At("description"), intent.description);
  row.Time(At("created"), intent.created);
  row.Id(At("invoice"), intent.invoice);
  // Before 2022-11-15 the first of a list, which has the newest first.
  if (intent.charges.value.data.count > 0 &&
      intent.latest_charge.state == CellState::kAbsent) {
    row.Text(At("latest_charge"), intent.charges.value.data.items[0].value.id);
  } else {
    row.Id(At("latest_charge"), intent.latest_charge);
  }
  WriteError(intent, row);
  row.Text(At("statement_descriptor"), intent.statement_descriptor);
  row.Time(At("canceled_at"), intent.canceled_at);
  row.Text(At("cancellation_reason"), intent.cancellation_reason);
  row.Bool(At("livemode"), intent.livemode);
  if (!ChargeSeen(row)) {
    row.Id(At("payment_method"), intent.payment_method);
    if (!intent.payment_method.id.has() && intent.source.id.has()) {
      row.Text(At("payment_method"), intent.source.id);
    }
    row.Text(At("payment_method_type"), intent.payment_method.value.type);
    if (intent.payment_method.value.card.has()) {
      WriteCard(intent.payment_method.value.card.value, row);
    }
    row.Text(At("email"), intent.receipt_email);
  }
  return seen;
}

void WriteCharge(const raw::Charge& charge, std::string_view id,
                 RowWriter& row) {
  if (IsOutdated(charge, id, row)) return;
  row.Value(At("charge"), id);
  row.Time(At("charge_created"), charge.created);
  row.Money(At("amount_refunded"), charge.amount_refunded);
  row.Bool(At("captured"), charge.captured);
  row.Bool(At("refunded"), charge.refunded);
  WriteDisputed(charge, row);
  WriteMethod(charge, row);
  row.Text(At("email"),
           FirstOf(charge.billing_details.value.email, charge.receipt_email));
  row.Text(At("risk_level"), charge.outcome.value.risk_level);
  row.Id(At("balance_transaction"), charge.balance_transaction);
  if (!IntentSeen(row)) WritePaymentSide(charge, row);
}

void WriteEmbeddedCharges(const raw::PaymentIntent& intent, RowWriter& row) {
  const auto add = [&](const raw::Charge& charge) {
    if (!charge.id.has() || charge.id.size == 0) return;
    WriteCharge(charge, row.Decoded(charge.id), row);
  };
  if (intent.latest_charge.expanded) add(intent.latest_charge.value);
  for (const auto& charge : intent.charges.value.data) {
    if (charge.has()) add(charge.value);
  }
}

struct IntentRule {
  using Shape = raw::PaymentIntent;
  static constexpr std::string_view kObject = kIntent;

  static raw::IntCell CreatedOf(const Shape& intent) { return intent.created; }

  static Seen Write(const Shape& intent, std::string_view id, Sink& sink) {
    RowWriter row(sink, id);
    const bool seen = WriteIntent(intent, row);
    WriteEmbeddedCharges(intent, row);
    return {row.is_new(), !seen};
  }
};

// Which charges were read, by 64 bits of their ids: only ever asked whether an
// element of a page is new, so that an equal hash in 2^64 costs one count.
class SeenIds {
 public:
  bool Insert(std::string_view id) {
    const std::uint64_t hash = HashText(id) | 1;  // 0 is an empty slot
    if ((count_ + 1) * 10 > slots_.size() * 7) Grow();
    const bool fresh = Place(hash);
    if (fresh) ++count_;
    return fresh;
  }

 private:
  bool Place(std::uint64_t hash) {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = (hash >> 1) & mask;
    while (slots_[at] != 0 && slots_[at] != hash) at = (at + 1) & mask;
    const bool fresh = slots_[at] == 0;
    slots_[at] = hash;
    return fresh;
  }

  void Grow() {
    std::vector<std::uint64_t> old(slots_.empty() ? 64 : slots_.size() * 2);
    old.swap(slots_);
    for (const std::uint64_t hash : old) {
      if (hash != 0) Place(hash);
    }
  }

  std::vector<std::uint64_t> slots_;
  std::size_t count_ = 0;
};

struct ChargeRule {
  using Shape = raw::Charge;
  static constexpr std::string_view kObject = kCharge;

  static raw::IntCell CreatedOf(const Shape& charge) { return charge.created; }

  Seen Write(const Shape& charge, std::string_view id, Sink& sink) {
    const bool fresh = seen.Insert(id);
    const raw::TextCell& intent = charge.payment_intent.id;
    std::string_view key = id;
    if (intent.has() && intent.size != 0) {
      key = intent.is_plain ? intent.escaped()
                            : DecodeText(intent.escaped(), scratch).text;
    }
    RowWriter row(sink, key);
    WriteCharge(charge, id, row);
    if (charge.dispute.is_object() && sink.children.Wants(TableId::kDisputes)) {
      sink.children.Add(TableId::kDisputes, charge.dispute.json, id);
    }
    // The list of refunds has them all; a file may not.
    if (sink.children.Wants(TableId::kRefunds) &&
        AddRefunds(sink, charge, id)) {
      row.Mark(ErrorCode::kRowShort, At("amount_refunded"));
    }
    return {row.is_new(), fresh};
  }

  SeenIds seen;
  std::string scratch;
};

}  // namespace

const Schema& PaymentSchema() { return kSchema; }

std::unique_ptr<ObjectReader> MakePaymentIntentReader() {
  return std::make_unique<ReaderOf<IntentRule>>();
}

std::unique_ptr<ObjectReader> MakeChargeReader() {
  return std::make_unique<ReaderOf<ChargeRule>>();
}

}  // namespace precision
