// Payments and the movements of money they cause: see business.h.

#include <algorithm>
#include <array>

#include "demo_stripe/business.h"
#include "demo_stripe/calendar.h"

namespace precision::demo {

namespace {

enum Stream : std::uint64_t { kOneOff = 300, kAmount, kOld, kFailure, kCase };

constexpr auto kFailures = std::to_array<std::string_view>(
    {"card_declined", "expired_card", "insufficient_funds", "incorrect_cvc",
     "processing_error"});
constexpr auto kUnfinished = std::to_array<std::string_view>(
    {"canceled", "requires_payment_method", "requires_action", "processing",
     "requires_confirmation"});
constexpr auto kDisputeReasons = std::to_array<std::string_view>(
    {"fraudulent", "product_not_received", "subscription_canceled", "duplicate",
     "unrecognized"});

// The invoice's amounts, which need its lines.
std::int64_t RefundedOf(const InvoiceFacts& invoice) {
  return invoice.credited != 0 ? invoice.credited : invoice.amount_due;
}

}  // namespace

std::int64_t Business::BlockEnd(std::int64_t block) const {
  return ledger_.TimeOf(block, kLastSlot);
}

std::int64_t Business::IntentCreated(std::int64_t index) const {
  const BlockPlan plan = ledger_.PlanOf(index / kIntentsPerBlock);
  const IntentSlot& slot =
      plan.intents[static_cast<std::size_t>(index % kIntentsPerBlock)];
  return ledger_.TimeOf(index / kIntentsPerBlock, slot.slot);
}

PaymentFacts Business::PaymentOf(std::int64_t index) const {
  PaymentFacts p;
  p.index = index;
  p.place = {index / kIntentsPerBlock,
             static_cast<int>(index % kIntentsPerBlock)};
  const BlockPlan plan = ledger_.PlanOf(p.place.block);
  p.slot = plan.intents[static_cast<std::size_t>(p.place.rank)];
  p.created = ledger_.TimeOf(p.place.block, p.slot.slot);
  if (p.slot.latest_charge >= 0) {
    p.latest_charge =
        ledger_.ChargesBefore(p.place.block) + p.slot.latest_charge;
  }
  if (p.slot.invoice >= 0) {
    p.invoice = p.place.block * kInvoicesPerBlock + p.slot.invoice;
    const InvoiceFacts invoice = InvoiceOf(p.invoice);
    p.customer = invoice.customer;
    p.currency = invoice.currency;
    p.amount = invoice.amount_due;
    p.received = invoice.amount_paid;
    p.status = invoice.paid()                       ? "succeeded"
               : invoice.kind == InvoiceKind::kVoid ? "canceled"
                                                    : "requires_payment_method";
    p.description = invoice.billing_reason == "subscription_create"
                        ? "Subscription creation"
                    : invoice.subscription != kNone ? "Subscription update"
                                                    : "Payment for Invoice";
    return p;
  }
  p.customer = PastCustomer(p.place.block, kOneOff, index);
  p.currency = CurrencyOfCustomer(p.customer);
  const CurrencyFacts& currency =
      Currencies()[static_cast<std::size_t>(p.currency)];
  p.amount = (5 + dice().Below(400, kAmount, index)) *
             std::max<std::int64_t>(currency.unit, 100);
  p.description = "Workshop seat";
  switch (plan.one_offs[static_cast<std::size_t>(p.slot.one_off)]) {
    case OneOffKind::kSucceeded:
      p.status = "succeeded";
      p.received = p.amount;
      break;
    case OneOffKind::kUncaptured:
      p.status = "requires_capture";
      break;
    case OneOffKind::kUnfinished:
      p.status =
          kUnfinished[static_cast<std::size_t>(dice().Below(5, kCase, index))];
      break;
  }
  return p;
}

std::int64_t Business::ChargeCreated(std::int64_t index) const {
  const Place place = ledger_.PlaceOfCharge(index);
  const BlockPlan plan = ledger_.PlanOf(place.block);
  return ledger_.TimeOf(
      place.block, plan.charges[static_cast<std::size_t>(place.rank)].slot);
}

ChargeFacts Business::ChargeOf(std::int64_t index) const {
  ChargeFacts c;
  c.index = index;
  c.place = ledger_.PlaceOfCharge(index);
  const BlockPlan plan = ledger_.PlanOf(c.place.block);
  c.slot = plan.charges[static_cast<std::size_t>(c.place.rank)];
  c.created = ledger_.TimeOf(c.place.block, c.slot.slot);
  int captured_before = 0;
  for (int i = 0; i < c.place.rank; ++i) {
    if (plan.charges[static_cast<std::size_t>(i)].captured) ++captured_before;
  }
  if (c.slot.captured) {
    c.movement = ledger_.MovementsBefore(c.place.block) + captured_before;
  }
  if (!c.slot.succeeded) {
    c.failure_code =
        kFailures[static_cast<std::size_t>(dice().Below(5, kFailure, index))];
  }
  if (c.slot.intent < 0) {
    // Every tenth old charge was a guest's.
    if (!dice().Percent(10, kOld, index)) {
      c.customer = PastCustomer(c.place.block, kOld, index);
      c.currency = CurrencyOfCustomer(c.customer);
    }
    const CurrencyFacts& currency =
        Currencies()[static_cast<std::size_t>(c.currency)];
    c.amount = (10 + dice().Below(90, kAmount, -index)) *
               std::max<std::int64_t>(currency.unit, 100);
    c.description = "Paid by the old checkout";
    return c;
  }
  c.payment_intent = c.place.block * kIntentsPerBlock + c.slot.intent;
  const PaymentFacts payment = PaymentOf(c.payment_intent);
  c.customer = payment.customer;
  c.currency = payment.currency;
  c.amount = payment.amount;
  c.invoice = payment.invoice;
  c.description = payment.description;
  if (!c.slot.captured || payment.slot.invoice < 0) return c;
  if (payment.slot.invoice == plan.refunded_invoice) {
    c.refund = c.place.block;
    c.refunded = RefundedOf(InvoiceOf(c.invoice));
  }
  if (payment.slot.invoice == plan.disputed_invoice) {
    c.dispute = c.place.block / 5;
  }
  return c;
}

RefundFacts Business::RefundOf(std::int64_t index) const {
  RefundFacts r;
  r.index = index;
  r.created = BlockEnd(index);
  const BlockPlan plan = ledger_.PlanOf(index);
  r.invoice = index * kInvoicesPerBlock + plan.refunded_invoice;
  const int intent =
      plan.intent_of_invoice[static_cast<std::size_t>(plan.refunded_invoice)];
  r.payment_intent = index * kIntentsPerBlock + intent;
  r.charge = ledger_.ChargesBefore(index) +
             plan.intents[static_cast<std::size_t>(intent)].latest_charge;
  // Of a block's movements the charges come first, then the refund.
  r.movement = ledger_.MovementsBefore(index + 1) - 2 -
               (ledger_.HasDispute(index) ? 1 : 0);
  const InvoiceFacts invoice = InvoiceOf(r.invoice);
  r.customer = invoice.customer;
  r.currency = invoice.currency;
  r.amount = RefundedOf(invoice);
  r.full = invoice.credited == 0;
  return r;
}

DisputeFacts Business::DisputeOf(std::int64_t index) const {
  DisputeFacts d;
  d.index = index;
  const std::int64_t block = index * 5 + 2;
  d.created = BlockEnd(block);
  const BlockPlan plan = ledger_.PlanOf(block);
  const int intent =
      plan.intent_of_invoice[static_cast<std::size_t>(plan.disputed_invoice)];
  d.payment_intent = block * kIntentsPerBlock + intent;
  d.charge = ledger_.ChargesBefore(block) +
             plan.intents[static_cast<std::size_t>(intent)].latest_charge;
  d.movement = ledger_.MovementsBefore(block + 1) - 2;
  const InvoiceFacts invoice =
      InvoiceOf(block * kInvoicesPerBlock + plan.disputed_invoice);
  d.currency = invoice.currency;
  d.amount = invoice.amount_due;
  d.reason = kDisputeReasons[static_cast<std::size_t>(index % 5)];
  if (d.created > as_of_ - 14 * kDay) {
    d.status = "needs_response";
  } else if (d.created > as_of_ - 60 * kDay) {
    d.status = "under_review";
  } else {
    d.status = index % 3 == 0   ? "won"
               : index % 7 == 0 ? "warning_closed"
                                : "lost";
  }
  return d;
}

MovementFacts Business::MovementOf(std::int64_t index) const {
  MovementFacts m;
  m.index = index;
  const Place place = ledger_.PlaceOfMovement(index);
  const std::int64_t end = ledger_.MovementsBefore(place.block + 1);
  const int disputes = ledger_.HasDispute(place.block) ? 1 : 0;
  m.created = BlockEnd(place.block);
  const auto in_cents = [](std::int64_t amount, int currency) {
    return amount * Currencies()[static_cast<std::size_t>(currency)].to_cents /
           1'000'000;
  };
  if (index == end - 1) {
    m.kind = MovementKind::kPayout;
    m.source = place.block;
    m.amount = -PayoutAmount(place.block);
    return m;
  }
  if (disputes == 1 && index == end - 2) {
    m.kind = MovementKind::kDispute;
    m.source = place.block / 5;
    const DisputeFacts dispute = DisputeOf(m.source);
    m.currency = dispute.currency;
    m.amount = -in_cents(dispute.amount, dispute.currency);
    m.fee = 1500;
    return m;
  }
  if (index == end - 2 - disputes) {
    m.kind = MovementKind::kRefund;
    m.source = place.block;
    const RefundFacts refund = RefundOf(m.source);
    m.currency = refund.currency;
    m.amount = -in_cents(refund.amount, refund.currency);
    return m;
  }
  const BlockPlan plan = ledger_.PlanOf(place.block);
  int left = place.rank;
  int rank = 0;
  while (!plan.charges[static_cast<std::size_t>(rank)].captured || left-- > 0) {
    ++rank;
  }
  m.source = ledger_.ChargesBefore(place.block) + rank;
  const ChargeFacts charge = ChargeOf(m.source);
  m.created = charge.created;
  m.currency = charge.currency;
  m.amount = in_cents(charge.amount, charge.currency);
  m.fee = m.amount * 29 / 1000 + 30;
  return m;
}

std::int64_t Business::PayoutAmount(std::int64_t block) const {
  std::int64_t net = 0;
  const std::int64_t payout = ledger_.MovementsBefore(block + 1) - 1;
  for (std::int64_t i = ledger_.MovementsBefore(block); i < payout; ++i) {
    const MovementFacts m = MovementOf(i);
    net += m.amount - m.fee;
  }
  return net;
}

std::int64_t Business::InvoiceOfPayment(std::int64_t index) const {
  const std::int64_t block = index / kInvoicePaymentsPerBlock;
  const BlockPlan plan = ledger_.PlanOf(block);
  int left = static_cast<int>(index % kInvoicePaymentsPerBlock);
  int position = 0;
  while (plan.intent_of_invoice[static_cast<std::size_t>(position)] < 0 ||
         left-- > 0) {
    ++position;
  }
  return block * kInvoicesPerBlock + position;
}

std::int64_t Business::InvoicePaymentOf(const InvoiceFacts& invoice) const {
  const BlockPlan plan = ledger_.PlanOf(invoice.place.block);
  int rank = 0;
  for (int i = 0; i < invoice.place.rank; ++i) {
    if (plan.intent_of_invoice[static_cast<std::size_t>(i)] >= 0) ++rank;
  }
  return invoice.place.block * kInvoicePaymentsPerBlock + rank;
}

}  // namespace precision::demo
