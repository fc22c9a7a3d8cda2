// https://docs.stripe.com/api/invoices/object

#include <array>
#include <vector>

#include "normalize/nested_lists.h"
#include "normalize/object_reader_impl.h"
#include "normalize/stripe_objects.h"

namespace precision {

namespace {

using enum ColumnType;
using raw::CellState;

constexpr ColumnSchema kColumns[] = {
    {"id", kUtf8, false, "", "Invoice id, in_."},
    {"number", kUtf8, true, "", "The number on the invoice; null in a draft."},
    {"status", kDictionary, true, "",
     "draft, open, paid, uncollectible or void. From paid, forgiven and closed "
     "before 2018-11-08."},
    {"customer", kUtf8, true, "",
     "Customer id, or customer_account where there is no customer.", "",
     kRepeats},
    {"customer_name", kUtf8, true, "", "As it was when finalized.", "",
     kRepeats},
    {"customer_email", kUtf8, true, "", "As it was when finalized.", "",
     kRepeats},
    {"customer_country", kDictionary, true, "", "customer_address.country."},
    {"subscription", kUtf8, true, "",
     "Subscription id; parent.subscription_details since 2025-03-31.", "",
     kRepeats},
    {"currency", kDictionary, true, "", "ISO code, lower case."},
    {"subtotal", kMoney, true, "currency", "Before discounts and tax."},
    {"discount", kMoney, true, "currency",
     "Sum of total_discount_amounts; null in versions without them."},
    {"tax", kMoney, true, "currency",
     "tax, or the sum of total_tax_amounts, or of total_taxes since "
     "2025-03-31."},
    {"total", kMoney, true, "currency", "After discounts and tax."},
    {"amount_due", kMoney, true, "currency",
     "total after balances; what is to be paid."},
    {"amount_paid", kMoney, true, "currency",
     "Paid so far; where it is not sent, amount_due or 0 by `paid`."},
    {"amount_remaining", kMoney, true, "currency",
     "Still to pay; amount_due less amount_paid where it is not sent."},
    {"starting_balance", kMoney, true, "currency",
     "Customer balance before; negative is credit."},
    {"ending_balance", kMoney, true, "currency", "Customer balance after."},
    {"created", kTimestamp, true, "",
     "When the invoice was created; `date` before 2019-03-14."},
    {"due_date", kTimestamp, true, "", "Null for one charged automatically."},
    {"period_start", kTimestamp, true, "",
     "Start of the time in which items were added; not the service period."},
    {"period_end", kTimestamp, true, "", "End of that time."},
    {"finalized_at", kTimestamp, true, "", "When it was finalized."},
    {"paid_at", kTimestamp, true, "", "When it was paid."},
    {"voided_at", kTimestamp, true, "", "When it was voided."},
    {"marked_uncollectible_at", kTimestamp, true, "", "When it was given up."},
    {"next_payment_attempt", kTimestamp, true, "", "The next try to charge."},
    {"billing_reason", kDictionary, true, "",
     "subscription_cycle, manual and others."},
    {"collection_method", kDictionary, true, "",
     "charge_automatically or send_invoice; `billing` before 2019-10-17."},
    {"attempt_count", kInt64, true, "", "Tries to collect so far."},
    {"attempted", kBool, true, "", "Whether it was tried at all."},
    {"payment_intent", kUtf8, true, "",
     "PaymentIntent id; since 2025-03-31 in `payments`, which is sent where it "
     "is asked for."},
    {"charge", kUtf8, true, "", "Charge id, as payment_intent."},
    {"lines_count", kInt64, true, "",
     "Number of lines; null where the nested list is cut short."},
    {"description", kUtf8, true, "", "The memo."},
    {"livemode", kBool, true, "", "False for test data."},
    {"deleted", kBool, false, "", "Only a stub is left at Stripe."},
};
constexpr Schema kSchema{"invoices", kColumns};

consteval std::size_t At(std::string_view name) {
  return ColumnAt(kColumns, name);
}

constexpr std::string_view kStatuses[] = {"draft", "open", "paid",
                                          "uncollectible", "void"};

struct InvoiceRule {
  using Shape = raw::Invoice;
  static constexpr std::string_view kObject = "invoice";

  static raw::IntCell CreatedOf(const Shape& invoice) {
    return FirstOf(invoice.created, invoice.date);
  }

  Seen Write(const Shape& invoice, std::string_view id, Sink& sink) {
    RowWriter row(sink, id);
    const Seen seen{row.is_new(), row.is_new()};
    if (sink.is_rest) {
      WriteLines(invoice, id, row, sink);
      return seen;
    }
    row.Value(At("deleted"), invoice.deleted.is_true() ? 1 : 0);
    if (invoice.deleted.is_true()) return seen;
    row.Heal();
    WriteIdentity(invoice, row);
    WriteAmounts(invoice, row);
    WriteTimes(invoice, row);
    WritePayment(invoice, row);
    row.Text(At("billing_reason"), invoice.billing_reason);
    row.Text(At("collection_method"),
             FirstOf(invoice.collection_method, invoice.billing));
    row.Int(At("attempt_count"), invoice.attempt_count);
    row.Bool(At("attempted"), invoice.attempted);
    WriteLines(invoice, id, row, sink);
    row.Text(At("description"), invoice.description);
    row.Bool(At("livemode"), invoice.livemode);
    return seen;
  }

 private:
  static void WriteIdentity(const Shape& invoice, RowWriter& row) {
    row.Text(At("number"), invoice.number);
    WriteStatus(invoice, row);
    row.Id(At("customer"), invoice.customer);
    if (!invoice.customer.id.has() && invoice.customer_account.has()) {
      row.Text(At("customer"), invoice.customer_account);
    }
    row.Text(At("customer_name"), invoice.customer_name);
    row.Text(At("customer_email"), invoice.customer_email);
    row.Text(At("customer_country"), invoice.customer_address.value.country);
    row.MarkIfUnreadable(invoice.customer_address.state,
                         At("customer_country"));
    row.Id(
        At("subscription"),
        FirstOf(invoice.subscription,
                invoice.parent.value.subscription_details.value.subscription));
    row.MarkIfUnreadable(invoice.parent.state, At("subscription"));
  }

  static void WriteStatus(const Shape& invoice, RowWriter& row) {
    if (invoice.status.state != CellState::kAbsent || !invoice.paid.has()) {
      row.Status(At("status"), invoice.status, kStatuses);
      return;
    }
    // https://docs.stripe.com/changelog, 2018-11-08: what `status` replaced.
    std::string_view status = "open";
    if (invoice.paid.value) {
      status = "paid";
    } else if (invoice.forgiven.is_true()) {
      status = "uncollectible";
    } else if (invoice.closed.is_true()) {
      status = "void";
    }
    row.Value(At("status"), status);
  }

  void WriteAmounts(const Shape& invoice, RowWriter& row) {
    row.Text(At("currency"), invoice.currency);
    row.Money(At("subtotal"), invoice.subtotal);
    row.Money(At("discount"), Sum(invoice.total_discount_amounts));
    row.Money(At("tax"), FirstOf(invoice.tax, Sum(invoice.total_tax_amounts),
                                 Sum(invoice.total_taxes)));
    row.Money(At("total"), invoice.total);
    row.Money(At("amount_due"), invoice.amount_due);
    raw::IntCell paid = invoice.amount_paid;
    if (paid.state == CellState::kAbsent && invoice.paid.has()) {
      paid = invoice.paid.value ? invoice.amount_due
                                : raw::IntCell{0, CellState::kValue};
    }
    row.Money(At("amount_paid"), paid);
    raw::IntCell remaining = invoice.amount_remaining;
    if (remaining.state == CellState::kAbsent && invoice.amount_due.has() &&
        paid.has()) {
      remaining = {invoice.amount_due.value - paid.value, CellState::kValue};
    }
    row.Money(At("amount_remaining"), remaining);
    row.Money(At("starting_balance"), invoice.starting_balance);
    row.Money(At("ending_balance"), invoice.ending_balance);
  }

  static void WriteTimes(const Shape& invoice, RowWriter& row) {
    row.Time(At("created"), FirstOf(invoice.created, invoice.date));
    row.Time(At("due_date"), invoice.due_date);
    row.Time(At("period_start"), invoice.period_start);
    row.Time(At("period_end"), invoice.period_end);
    const raw::StatusTransitions& moved = invoice.status_transitions.value;
    row.Time(At("finalized_at"),
             FirstOf(moved.finalized_at, invoice.finalized_at));
    row.Time(At("paid_at"), moved.paid_at);
    row.Time(At("voided_at"), moved.voided_at);
    row.Time(At("marked_uncollectible_at"), moved.marked_uncollectible_at);
    row.Time(At("next_payment_attempt"), invoice.next_payment_attempt);
  }

  static void WritePayment(const Shape& invoice, RowWriter& row) {
    const raw::RefCell* intent = &invoice.payment_intent;
    const raw::RefCell* charge = &invoice.charge;
    // The default payment, or else the first.
    const raw::InvoicePayment* chosen = nullptr;
    for (const auto& payment : invoice.payments.value.data) {
      if (payment.has() &&
          (chosen == nullptr || payment.value.is_default.is_true())) {
        chosen = &payment.value;
      }
    }
    if (chosen != nullptr) {
      intent = &FirstOf(*intent, chosen->payment.value.payment_intent);
      charge = &FirstOf(*charge, chosen->payment.value.charge);
    }
    row.Id(At("payment_intent"), *intent);
    row.Id(At("charge"), *charge);
  }

  static void WriteLines(const Shape& invoice, std::string_view id,
                         RowWriter& row, Sink& sink) {
    const raw::InvoiceLines& lines = invoice.lines.value;
    row.MarkIfUnreadable(invoice.lines.state, At("lines_count"));
    raw::IntCell count = FirstOf(lines.total_count, lines.count);
    const auto sent = static_cast<std::int64_t>(lines.data.count);
    const bool is_short = lines.has_more.is_true() ||
                          (lines.count.has() && lines.count.value > sent);
    // Where they are counted, they are of interest for their own table only.
    row.MarkShort(At("lines_count"),
                  is_short && (!count.has() ||
                               sink.children.Wants(TableId::kInvoiceLines)));
    if (lines.data.has()) {
      if (!count.has() && !is_short) count = {sent, CellState::kValue};
      AddChildren(sink, TableId::kInvoiceLines, lines.data, id);
    } else if (invoice.lines.has()) {
      const raw::IntCell old = AddOldLines(sink, invoice, id);
      if (old.has()) {
        count = old;
      } else {
        row.Mark(ErrorCode::kFieldUnreadable, At("lines_count"));
      }
    }
    row.Int(At("lines_count"), count);
  }

  // Null for a list that is not there; nothing plus nothing is 0.
  raw::IntCell Sum(const raw::List<raw::Part<raw::Amount>>& list) {
    if (!list.has()) return {0, list.state};
    amounts_.assign(1, {0, CellState::kValue});
    for (const auto& item : list) {
      amounts_.push_back(item.has() ? item.value.amount
                                    : raw::IntCell{0, CellState::kUnreadable});
    }
    return SumOf(amounts_);
  }

  std::vector<raw::IntCell> amounts_;
};

}  // namespace

const Schema& InvoiceSchema() { return kSchema; }

std::unique_ptr<ObjectReader> MakeInvoiceReader() {
  return std::make_unique<ReaderOf<InvoiceRule>>();
}

}  // namespace precision
