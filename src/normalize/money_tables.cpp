// How money moves: charges, refunds, disputes, balance transactions, payouts.

#include "normalize/more_tables.h"

namespace precision {

namespace {

using enum ColumnType;

// https://docs.stripe.com/api/charges/object
constexpr ColumnSchema kChargeColumns[] = {
    {"id", kUtf8, false, "", "Charge id, ch_ or py_."},
    {"payment_intent", kUtf8, true, "", "PaymentIntent id.", "payment_intent@"},
    {"status", kDictionary, true, "",
     "succeeded, pending or failed; from `paid` before 2015-02-18.",
     "status|paid"},
    {"amount", kMoney, true, "currency", "What was asked for."},
    {"amount_captured", kMoney, true, "currency", "What was captured."},
    {"amount_refunded", kMoney, true, "currency", "What was given back."},
    {"currency", kDictionary, true, "", "ISO code, lower case."},
    {"customer", kUtf8, true, "", "Customer id.", "customer@", kRepeats},
    {"description", kUtf8, true, "", "Description."},
    {"created", kTimestamp, true, "", "When it was made."},
    {"invoice", kUtf8, true, "", "Invoice id; until 2025-03-31.", "invoice@"},
    {"paid", kBool, true, "", "True also where it is only authorized."},
    {"captured", kBool, true, "", "Whether it was captured."},
    {"refunded", kBool, true, "", "Whether it was refunded in full."},
    {"disputed", kBool, true, "",
     "Whether it was disputed; from `dispute` where it is not sent.",
     "disputed|dispute?"},
    {"failure_code", kDictionary, true, "", "Why it failed."},
    {"failure_message", kUtf8, true, "", "Stripe's sentence for it."},
    {"payment_method", kUtf8, true, "", "Payment method, source or card id.",
     "payment_method@|source@|card@", kRepeats},
    {"payment_method_type", kDictionary, true, "", "card, sepa_debit, ...",
     "payment_method_details.type|source.type|source.object|card.object"},
    {"card_brand", kDictionary, true, "", "Of the card.",
     "payment_method_details.card.brand|"
     "payment_method_details.card_present.brand|"
     "payment_method_details.interac_present.brand|source.card.brand|"
     "source.three_d_secure.brand|source.brand|card.brand|card.type"},
    {"card_last4", kUtf8, true, "", "Of the card.",
     "payment_method_details.card.last4|"
     "payment_method_details.card_present.last4|"
     "payment_method_details.interac_present.last4|source.card.last4|"
     "source.three_d_secure.last4|source.last4^source.object=card|card.last4"},
    {"card_country", kDictionary, true, "", "Of the card.",
     "payment_method_details.card.country|"
     "payment_method_details.card_present.country|"
     "payment_method_details.interac_present.country|source.card.country|"
     "source.three_d_secure.country|source.country^source.object=card|"
     "card.country"},
    {"email", kUtf8, true, "", "Of the payer.",
     "billing_details.email|receipt_email", kRepeats},
    {"risk_level", kDictionary, true, "", "outcome.risk_level.",
     "outcome.risk_level"},
    {"balance_transaction", kUtf8, true, "", "Its balance transaction.",
     "balance_transaction@"},
    {"application_fee_amount", kMoney, true, "currency",
     "What the platform takes."},
    {"transfer_destination", kUtf8, true, "", "Connected account id.",
     "transfer_data.destination@|destination@"},
    {"statement_descriptor", kUtf8, true, "", "As asked for.",
     "statement_descriptor|statement_description"},
    {"livemode", kBool, true, "", "False for test data."},
};
constexpr Renamed kChargeStatuses[] = {
    {"paid", "succeeded"}, {"true", "succeeded"}, {"false", "failed"}};
constexpr FieldWords kChargeWords[] = {
    {"card_brand", kCardBrands},
    {"payment_method_type", kMethodNames},
    {"status", kChargeStatuses, "succeeded,pending,failed"},
};

// https://docs.stripe.com/api/refunds/object
constexpr ColumnSchema kRefundColumns[] = {
    {"id", kUtf8, false, "",
     "Refund id, re_ or pyr_; of an old one without, its charge's and a "
     "number."},
    {"charge", kUtf8, true, "", "Charge id.", "charge@"},
    {"payment_intent", kUtf8, true, "", "PaymentIntent id.", "payment_intent@"},
    {"customer", kUtf8, true, "", "Customer id; since 2026-07-29.",
     "customer@|customer_account"},
    {"status", kDictionary, true, "",
     "succeeded, pending, requires_action, failed or canceled."},
    {"amount", kMoney, true, "currency", "What was given back."},
    {"currency", kDictionary, true, "", "ISO code, lower case."},
    {"reason", kDictionary, true, "", "Why."},
    {"pending_reason", kDictionary, true, "", "What it waits for."},
    {"failure_reason", kDictionary, true, "", "Why it failed."},
    {"balance_transaction", kUtf8, true, "", "Its balance transaction.",
     "balance_transaction@"},
    {"receipt_number", kUtf8, true, "", "On the receipt."},
    {"created", kTimestamp, true, "", "When it was made."},
};
constexpr FieldWords kRefundWords[] = {
    {"status", {}, "succeeded,pending,requires_action,failed,canceled"},
};

// https://docs.stripe.com/api/disputes/object
constexpr ColumnSchema kDisputeColumns[] = {
    {"id", kUtf8, false, "",
     "Dispute id, dp_ or du_; of an old one without, its charge's."},
    {"charge", kUtf8, true, "", "Charge id.", "charge@"},
    {"payment_intent", kUtf8, true, "", "PaymentIntent id.", "payment_intent@"},
    {"status", kDictionary, true, "",
     "needs_response, under_review, won, lost and others."},
    {"amount", kMoney, true, "currency", "What is disputed."},
    {"currency", kDictionary, true, "", "ISO code, lower case."},
    {"reason", kDictionary, true, "", "What the cardholder says."},
    {"created", kTimestamp, true, "", "When it was opened."},
    {"evidence_due_by", kTimestamp, true, "", "Until when to answer.",
     "evidence_details.due_by|evidence_due_by"},
    {"has_evidence", kBool, true, "", "Whether it was answered.",
     "evidence_details.has_evidence"},
    {"is_charge_refundable", kBool, true, "",
     "Whether a refund still settles it."},
    {"network_reason_code", kUtf8, true, "", "The card network's code.",
     "payment_method_details.card.network_reason_code|network_reason_code"},
    {"livemode", kBool, true, "", "False for test data."},
};
constexpr FieldWords kDisputeWords[] = {
    {"status",
     {},
     "warning_needs_response,warning_under_review,warning_closed,"
     "needs_response,under_review,won,lost,prevented,charge_refunded,"
     "appeal_needs_response,appeal_under_review"},
};

// https://docs.stripe.com/api/balance_transactions/object
constexpr ColumnSchema kBalanceTransactionColumns[] = {
    {"id", kUtf8, false, "", "Balance transaction id, txn_."},
    {"type", kDictionary, true, "", "charge, refund, payout and many others."},
    {"reporting_category", kDictionary, true, "",
     "A coarser type, which changes less."},
    {"status", kDictionary, true, "", "available or pending."},
    {"amount", kMoney, true, "currency", "Before fees; negative for outgoing."},
    {"fee", kMoney, true, "currency", "Fees."},
    {"net", kMoney, true, "currency", "amount less fee."},
    {"currency", kDictionary, true, "", "Of the settlement."},
    {"exchange_rate", kDecimal, true, "", "From the charge's currency."},
    {"source", kUtf8, true, "", "Id of what it is for.", "source@"},
    {"description", kUtf8, true, "", "Description."},
    {"created", kTimestamp, true, "", "When it was made."},
    {"available_on", kTimestamp, true, "", "When it may be paid out."},
    {"balance_type", kDictionary, true, "", "Which balance; since 2025-05-28."},
};

// https://docs.stripe.com/api/payouts/object
constexpr ColumnSchema kPayoutColumns[] = {
    {"id", kUtf8, false, "",
     "Payout id, po_; tr_ of one from before 2017-04-06, a transfer to a bank "
     "account or card then."},
    {"status", kDictionary, true, "",
     "paid, pending, in_transit, canceled or failed."},
    {"amount", kMoney, true, "currency", "What is paid out."},
    {"currency", kDictionary, true, "", "ISO code, lower case."},
    {"arrival_date", kTimestamp, true, "", "When it should be there.",
     "arrival_date|date"},
    {"type", kDictionary, true, "", "bank_account or card."},
    {"method", kDictionary, true, "", "standard or instant."},
    {"automatic", kBool, true, "", "Whether by schedule."},
    {"balance_transaction", kUtf8, true, "", "Its balance transaction.",
     "balance_transaction@"},
    {"destination", kUtf8, true, "", "Bank account or card id.",
     "destination@|bank_account@|card@|account@"},
    {"description", kUtf8, true, "", "Description."},
    {"failure_code", kDictionary, true, "", "Why it failed."},
    {"failure_message", kUtf8, true, "", "Stripe's sentence for it."},
    {"statement_descriptor", kUtf8, true, "", "As asked for.",
     "statement_descriptor|statement_description"},
    {"reconciliation_status", kDictionary, true, "", "Since 2023."},
    {"trace_id", kUtf8, true, "", "For the bank; since 2024-11-20.",
     "trace_id.value"},
    {"created", kTimestamp, true, "", "When it was made."},
    {"livemode", kBool, true, "", "False for test data."},
};
constexpr FieldWords kPayoutWords[] = {
    {"status", {}, "paid,pending,in_transit,canceled,failed"},
};

}  // namespace

constinit const FieldTable kCharges{
    {"charges", kChargeColumns}, "charge", kChargeWords};
constinit const FieldTable kRefunds{
    {"refunds", kRefundColumns}, "refund", kRefundWords, {}, "charge"};
constinit const FieldTable kDisputes{{"disputes", kDisputeColumns},
                                     "dispute",
                                     kDisputeWords,
                                     "charge",
                                     "charge"};
constinit const FieldTable kBalanceTransactions{
    {"balance_transactions", kBalanceTransactionColumns},
    "balance_transaction"};
// https://docs.stripe.com/transfer-payout-split
constinit const FieldTable kPayouts{{"payouts", kPayoutColumns},
                                    "payout,transfer",
                                    kPayoutWords,
                                    {},
                                    {},
                                    {},
                                    {"transfer", "type", "bank_account,card"}};

}  // namespace precision
