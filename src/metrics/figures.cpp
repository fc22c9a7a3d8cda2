#include "precision/metrics/figures.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include "metrics/reader.h"
#include "precision/base/sort_few.h"

namespace precision {

namespace {

constexpr std::int64_t kThirtyDays = std::int64_t{30} * 86'400;

// The 30 days before now, without the future.
class Recent {
 public:
  explicit Recent(UnixSeconds now) : now_(now.value) {}
  bool Has(std::optional<std::int64_t> time) const {
    return time && *time > now_ - kThirtyDays && *time <= now_;
  }
  bool IsPast(std::optional<std::int64_t> time) const {
    return time && *time < now_;
  }

 private:
  std::int64_t now_;
};

}  // namespace

Figure CountFigure(std::string_view name, std::uint64_t count) {
  Figure figure;
  figure.name = name;
  figure.count = count;
  return figure;
}

Figure MoneyFigure(std::string_view name) {
  Figure figure;
  figure.name = name;
  figure.is_money = true;
  return figure;
}

void Add(Figure& figure, std::string_view currency,
         std::optional<std::int64_t> minor) {
  if (!minor || currency.empty()) return;
  ++figure.count;
  const auto found =
      std::ranges::find(figure.amounts, currency, &Figure::Amount::currency);
  if (found == figure.amounts.end()) {
    figure.amounts.push_back({std::string(currency), *minor, 1});
    return;
  }
  ++found->count;
  // Beyond 2^63 there is no such sum in this world; it stays where it was.
  std::int64_t sum = 0;
  if (!__builtin_add_overflow(found->minor, *minor, &sum)) found->minor = sum;
}

namespace {

void Settle(Figure& figure) {
  SortFew(figure.amounts, [](const auto& a, const auto& b) {
    return a.count != b.count ? a.count > b.count : a.currency < b.currency;
  });
}

}  // namespace

std::vector<Figure> Settled(std::vector<Figure> figures) {
  for (Figure& figure : figures) Settle(figure);
  return figures;
}

std::vector<Figure> CustomerFigures(const Table& customers, UnixSeconds now) {
  const Reader created(customers, "created");
  const Reader delinquent(customers, "delinquent");
  const Reader deleted(customers, "deleted");
  const Recent recent(now);
  Figure total = CountFigure("customers_total");
  Figure fresh = CountFigure("customers_new_30_days");
  Figure late = CountFigure("customers_delinquent");
  for (std::size_t row = 0; row < customers.row_count(); ++row) {
    if (deleted.IsTrue(row)) continue;
    ++total.count;
    if (recent.Has(created.Int(row))) ++fresh.count;
    if (delinquent.IsTrue(row)) ++late.count;
  }
  return {total, fresh, late};
}

std::vector<Figure> SubscriptionFigures(const Table& subscriptions,
                                        UnixSeconds now) {
  const Reader status(subscriptions, "status");
  const Reader ended(subscriptions, "ended_at");
  const Reader currency(subscriptions, "currency");
  const Reader monthly(subscriptions, "monthly_value");
  const Recent recent(now);
  Figure active = CountFigure("subscriptions_active");
  Figure trialing = CountFigure("subscriptions_trialing");
  Figure canceled = CountFigure("subscriptions_canceled_30_days");
  Figure value = MoneyFigure("subscriptions_monthly_value");
  for (std::size_t row = 0; row < subscriptions.row_count(); ++row) {
    const std::string_view is = status.Text(row);
    if (is == "active") ++active.count;
    if (is == "trialing") ++trialing.count;
    if (is == "canceled" && recent.Has(ended.Int(row))) ++canceled.count;
    if (is == "active" || is == "past_due") {
      Add(value, currency.Text(row), monthly.Int(row));
    }
  }
  return Settled({active, trialing, canceled, value});
}

std::vector<Figure> InvoiceFigures(const Table& invoices, UnixSeconds now) {
  const Reader status(invoices, "status");
  const Reader currency(invoices, "currency");
  const Reader remaining(invoices, "amount_remaining");
  const Reader paid(invoices, "amount_paid");
  const Reader due(invoices, "due_date");
  const Reader paid_at(invoices, "paid_at");
  const Reader created(invoices, "created");
  const Recent recent(now);
  Figure open = MoneyFigure("invoices_open");
  Figure past_due = MoneyFigure("invoices_past_due");
  Figure collected = MoneyFigure("invoices_paid_30_days");
  for (std::size_t row = 0; row < invoices.row_count(); ++row) {
    const std::string_view is = status.Text(row);
    if (is == "open") {
      Add(open, currency.Text(row), remaining.Int(row));
      if (recent.IsPast(due.Int(row))) {
        Add(past_due, currency.Text(row), remaining.Int(row));
      }
    } else if (is == "paid") {
      // Versions without status_transitions do not say when.
      const auto when = paid_at.Int(row) ? paid_at.Int(row) : created.Int(row);
      if (recent.Has(when)) Add(collected, currency.Text(row), paid.Int(row));
    }
  }
  return Settled({open, past_due, collected});
}

std::vector<Figure> PaymentFigures(const Table& payments, UnixSeconds now) {
  const Reader status(payments, "status");
  const Reader currency(payments, "currency");
  const Reader created(payments, "created");
  const Reader amount(payments, "amount");
  const Reader received(payments, "amount_received");
  const Reader refunded(payments, "amount_refunded");
  const Reader failure(payments, "failure_code");
  const Reader disputed(payments, "disputed");
  const Recent recent(now);
  Figure collected = MoneyFigure("payments_collected_30_days");
  Figure returned = MoneyFigure("payments_refunded_30_days");
  Figure failed = CountFigure("payments_failed_30_days");
  Figure contested = CountFigure("payments_disputed");
  for (std::size_t row = 0; row < payments.row_count(); ++row) {
    if (disputed.IsTrue(row)) ++contested.count;
    if (!recent.Has(created.Int(row))) continue;
    const std::string_view is = status.Text(row);
    if (is == "succeeded") {
      const auto got = received.Int(row) ? received.Int(row) : amount.Int(row);
      Add(collected, currency.Text(row), got);
      if (refunded.Int(row).value_or(0) > 0) {
        Add(returned, currency.Text(row), refunded.Int(row));
      }
    }
    // A PaymentIntent that merely waits for its first try has no failure.
    if (is == "failed" ||
        (is == "requires_payment_method" && !failure.Text(row).empty())) {
      ++failed.count;
    }
  }
  return Settled({collected, returned, failed, contested});
}

}  // namespace precision
