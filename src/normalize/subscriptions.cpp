// https://docs.stripe.com/api/subscriptions/object

#include <algorithm>
#include <cstdint>
#include <string>

#include "normalize/monthly_value.h"
#include "normalize/object_reader_impl.h"
#include "normalize/stripe_objects.h"
#include "precision/base/money.h"

namespace precision {

namespace {

using enum ColumnType;
using raw::CellState;

constexpr ColumnSchema kColumns[] = {
    {"id", kUtf8, false, "",
     "Subscription id, sub_; of one from before 2014-01-31 that has none, its "
     "customer's."},
    {"status", kDictionary, true, "",
     "active, trialing, past_due, canceled, unpaid, incomplete, "
     "incomplete_expired or paused."},
    {"customer", kUtf8, true, "",
     "Customer id, or customer_account where there is no customer."},
    {"created", kTimestamp, true, "",
     "When it was made; start_date in versions without it."},
    {"start_date", kTimestamp, true, "",
     "When it began, maybe before it was created; `start` before 2019-10-17."},
    {"current_period_start", kTimestamp, true, "",
     "Of the subscription, or the latest of its items since 2025-03-31."},
    {"current_period_end", kTimestamp, true, "",
     "Of the subscription, or the earliest of its items since 2025-03-31."},
    {"trial_start", kTimestamp, true, "", "Start of the trial."},
    {"trial_end", kTimestamp, true, "", "End of the trial."},
    {"cancel_at", kTimestamp, true, "", "When it will end."},
    {"cancel_at_period_end", kBool, true, "", "Ends with this period."},
    {"canceled_at", kTimestamp, true, "",
     "When ending it was asked for, which may be before it ends."},
    {"ended_at", kTimestamp, true, "", "When it did end."},
    {"cancellation_reason", kDictionary, true, "",
     "cancellation_details.reason."},
    {"cancellation_feedback", kDictionary, true, "",
     "cancellation_details.feedback."},
    {"currency", kDictionary, true, "",
     "ISO code, lower case; of the plan in versions without it."},
    {"quantity", kInt64, true, "",
     "Sum over the items; null where one has none (metered)."},
    {"interval", kDictionary, true, "",
     "day, week, month or year; of the first item, as the next three."},
    {"interval_count", kInt64, true, "", "Intervals between bills."},
    {"price", kUtf8, true, "", "Price id, or the id of a legacy plan.", "",
     kRepeats},
    {"product", kUtf8, true, "", "Product id.", "", kRepeats},
    {"items_count", kInt64, true, "",
     "Number of items; null where the nested list is cut short."},
    {"monthly_value", kMoney, true, "currency",
     "Sum over the items of price times quantity for a month of a year of 12 "
     "months, 52 weeks or 365 days, each item rounded half away from zero; "
     "before discounts and tax, in packages where transform_quantity says so. "
     "A metered item counts 0. Null where an item "
     "has tiers or an unknown amount, or the list is cut short."},
    {"discount", kUtf8, true, "", "Id of the first discount."},
    {"coupon", kDictionary, true, "",
     "Coupon of the first discount where it is sent."},
    {"collection_method", kDictionary, true, "",
     "charge_automatically or send_invoice; `billing` before 2019-10-17."},
    {"pause_collection", kDictionary, true, "",
     "pause_collection.behavior; does not change the status."},
    {"latest_invoice", kUtf8, true, "", "Invoice id."},
    {"default_payment_method", kUtf8, true, "", "Payment method id."},
    {"description", kUtf8, true, "", "Description."},
    {"livemode", kBool, true, "", "False for test data."},
};
constexpr Schema kSchema{"subscriptions", kColumns};

consteval std::size_t At(std::string_view name) {
  return ColumnAt(kColumns, name);
}

constexpr std::string_view kStatuses[] = {
    "active", "trialing",   "past_due",           "canceled",
    "unpaid", "incomplete", "incomplete_expired", "paused"};

// A price or a plan, seen through one set of names.
struct Terms {
  const raw::Price& price;

  const raw::Recurring& recurring() const { return price.recurring.value; }
  const raw::TextCell& interval() const {
    return FirstOf(recurring().interval, price.interval);
  }
  const raw::IntCell& interval_count() const {
    return FirstOf(recurring().interval_count, price.interval_count);
  }
  bool is_metered() const {
    const raw::TextCell& usage =
        FirstOf(recurring().usage_type, price.usage_type);
    return usage.has() && usage.escaped() == "metered";
  }
  // How many packages so many pieces are sold in.
  std::int64_t Packages(std::int64_t pieces) const {
    const raw::TransformQuantity& packing = price.transform_quantity.value;
    if (!packing.divide_by.has() || packing.divide_by.value <= 0) return pieces;
    const bool up = packing.round.has() && packing.round.escaped() == "up";
    const std::int64_t more = up ? packing.divide_by.value - 1 : 0;
    return (pieces + more) / packing.divide_by.value;
  }
  bool is_tiered() const {
    return price.billing_scheme.has() &&
           price.billing_scheme.escaped() == "tiered";
  }

  // Minor units, exact; empty for none.
  std::string Amount() const {
    const raw::DecimalCell& decimal =
        FirstOf(price.unit_amount_decimal, price.amount_decimal);
    if (decimal.has()) return std::string(decimal.text());
    const raw::IntCell& whole = FirstOf(price.unit_amount, price.amount);
    return whole.has() ? std::to_string(whole.value) : std::string();
  }
};

// Empty for what cannot be told.
std::optional<std::int64_t> ItemValue(const Terms& terms,
                                      const raw::IntCell& quantity) {
  if (terms.is_metered()) return 0;
  if (terms.is_tiered() || !terms.interval().has()) return std::nullopt;
  if (quantity.state == CellState::kUnreadable ||
      quantity.state == CellState::kOutOfRange) {
    return std::nullopt;
  }
  return MonthlyValue(
      terms.Amount(), terms.Packages(quantity.has() ? quantity.value : 1),
      terms.interval().escaped(),
      terms.interval_count().has() ? terms.interval_count().value : 1);
}

// What the items, or the one plan of the oldest versions, come to.
struct Totals {
  const raw::RefTo<raw::Price>* first = nullptr;
  std::size_t count = 0;
  raw::IntCell quantity;
  std::optional<std::int64_t> value;
  raw::IntCell period_start;
  raw::IntCell period_end;

  void Add(const raw::RefTo<raw::Price>& price, const raw::IntCell& pieces) {
    const std::optional<std::int64_t> worth =
        price.expanded ? ItemValue({price.value}, pieces) : std::nullopt;
    const raw::IntCell cells[] = {quantity, pieces};
    if (count == 0) {
      first = &price;
      quantity = pieces;
      value = worth;
    } else {
      quantity = quantity.has() && pieces.has()
                     ? SumOf(cells)
                     : raw::IntCell{0, CellState::kNull};
      // Neither is above 2^53, and items are few.
      value = value && worth ? std::optional(*value + *worth) : std::nullopt;
    }
    ++count;
  }
};

struct SubscriptionRule {
  using Shape = raw::Subscription;
  static constexpr std::string_view kObject = "subscription";

  static raw::IntCell CreatedOf(const Shape& subscription) {
    return subscription.created;
  }

  // A customer had one subscription at most, which had no id, until 2014-01-31:
  // https://docs.stripe.com/changelog/2014-01-31/customers-support-multiple-subscriptions
  static raw::TextCell KeyOf(const Shape& subscription) {
    const bool is_old = subscription.id.state == raw::CellState::kAbsent &&
                        subscription.items.state == raw::CellState::kAbsent &&
                        subscription.plan.expanded;
    return is_old ? subscription.customer.id : subscription.id;
  }

  Seen Write(const Shape& subscription, std::string_view id, Sink& sink) {
    RowWriter row(sink, id);
    // What a customer holds gives way to the subscription itself.
    if (sink.is_held) {
      if (!row.is_new() && !held_.Contains(row.index())) return {};
      held_.Insert(row.index());
    } else {
      held_.Erase(row.index());
    }
    if (sink.is_rest) {
      WriteRest(subscription, row);
      AddChildren(sink, TableId::kSubscriptionItems,
                  subscription.items.value.data, id);
      return {};
    }
    row.Heal();
    row.Status(At("status"), subscription.status, kStatuses);
    row.Id(At("customer"), subscription.customer);
    if (!subscription.customer.id.has() &&
        subscription.customer_account.has()) {
      row.Text(At("customer"), subscription.customer_account);
    }
    const Totals totals = TotalsOf(subscription);
    WriteTimes(subscription, totals, row);
    WriteItems(subscription, totals, row);
    WriteDiscount(subscription, row);
    row.Text(At("collection_method"),
             FirstOf(subscription.collection_method, subscription.billing));
    row.Text(At("pause_collection"),
             subscription.pause_collection.value.behavior);
    row.Id(At("latest_invoice"), subscription.latest_invoice);
    row.Id(At("default_payment_method"), subscription.default_payment_method);
    row.Text(At("description"), subscription.description);
    row.Bool(At("livemode"), subscription.livemode);
    AddChildren(sink, TableId::kSubscriptionItems,
                subscription.items.value.data, id);
    return {row.is_new(), row.is_new()};
  }

 private:
  static void WriteRest(const Shape& subscription, RowWriter& row) {
    const Totals totals = TotalsOf(subscription);
    // In old versions only the subscription has them.
    if (totals.period_start.has()) {
      row.Time(At("current_period_start"), totals.period_start);
    }
    if (totals.period_end.has()) {
      row.Time(At("current_period_end"), totals.period_end);
    }
    WriteItems(subscription, totals, row);
  }

  static Totals TotalsOf(const Shape& subscription) {
    Totals totals;
    for (const auto& element : subscription.items.value.data) {
      const raw::SubscriptionItem& item = element.value;
      totals.Add(FirstOf(item.price, item.plan), item.quantity);
      const raw::IntCell& start = item.current_period_start;
      if (start.has() && (!totals.period_start.has() ||
                          start.value > totals.period_start.value)) {
        totals.period_start = start;
      }
      const raw::IntCell& end = item.current_period_end;
      if (end.has() &&
          (!totals.period_end.has() || end.value < totals.period_end.value)) {
        totals.period_end = end;
      }
    }
    if (totals.count == 0 && subscription.plan.state != CellState::kAbsent) {
      totals.Add(subscription.plan, subscription.quantity);
    }
    return totals;
  }

  static void WriteTimes(const Shape& subscription, const Totals& totals,
                         RowWriter& row) {
    const raw::IntCell& start =
        FirstOf(subscription.start_date, subscription.start);
    row.Time(At("created"), FirstOf(subscription.created, start));
    row.Time(At("start_date"), start);
    row.Time(At("current_period_start"),
             FirstOf(subscription.current_period_start, totals.period_start));
    row.Time(At("current_period_end"),
             FirstOf(subscription.current_period_end, totals.period_end));
    row.Time(At("trial_start"), subscription.trial_start);
    row.Time(At("trial_end"), subscription.trial_end);
    row.Time(At("cancel_at"), subscription.cancel_at);
    row.Bool(At("cancel_at_period_end"), subscription.cancel_at_period_end);
    row.Time(At("canceled_at"), subscription.canceled_at);
    row.Time(At("ended_at"), subscription.ended_at);
    const raw::CancellationDetails& details =
        subscription.cancellation_details.value;
    row.Text(At("cancellation_reason"), details.reason);
    row.Text(At("cancellation_feedback"), details.feedback);
  }

  static void WriteItems(const Shape& subscription, const Totals& totals,
                         RowWriter& row) {
    static constexpr raw::RefTo<raw::Price> kNoPrice{};
    const raw::RefTo<raw::Price>& price =
        totals.first != nullptr ? *totals.first : kNoPrice;
    const Terms terms{price.value};
    row.Text(At("currency"),
             FirstOf(subscription.currency, price.value.currency));
    row.Int(At("quantity"), FirstOf(totals.quantity, subscription.quantity));
    row.Text(At("interval"), terms.interval());
    row.Int(At("interval_count"), terms.interval_count());
    row.Id(At("price"), price);
    row.Id(At("product"), price.value.product);

    const auto& items = subscription.items.value;
    row.MarkIfUnreadable(subscription.items.state, At("items_count"));
    const bool is_short = items.has_more.is_true();
    row.MarkShort(At("items_count"), is_short);
    if (items.total_count.has()) {
      row.Int(At("items_count"), items.total_count);
    } else if (!is_short && (totals.count > 0 || items.data.has())) {
      row.Value(At("items_count"), static_cast<std::int64_t>(totals.count));
    } else {
      row.Null(At("items_count"));
    }
    if (totals.value && !is_short && *totals.value <= kMaxExact) {
      row.Value(At("monthly_value"), *totals.value);
    } else {
      row.Null(At("monthly_value"));
    }
  }

  static void WriteDiscount(const Shape& subscription, RowWriter& row) {
    const auto& list = subscription.discounts;
    const raw::RefTo<raw::Discount>& discount =
        list.count > 0 ? FirstOf(subscription.discount, list.items[0])
                       : subscription.discount;
    // An old discount has no id: its coupon says which it is.
    row.Text(At("discount"), discount.id);
    row.Id(At("coupon"),
           FirstOf(discount.value.coupon, discount.value.source.value.coupon));
  }

  RowSet held_;  // rows that only a customer told of
};

}  // namespace

const Schema& SubscriptionSchema() { return kSchema; }

std::unique_ptr<ObjectReader> MakeSubscriptionReader() {
  return std::make_unique<ReaderOf<SubscriptionRule>>();
}

}  // namespace precision
