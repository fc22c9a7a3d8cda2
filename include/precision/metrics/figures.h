// The first look at each table: three or four numbers that a business owner
// asks first.  Arithmetic over columns only; words and formats are the page's.

#ifndef PRECISION_METRICS_FIGURES_H_
#define PRECISION_METRICS_FIGURES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "precision/base/time.h"
#include "precision/table/table.h"

namespace precision {

// One figure: either a count, or amounts in minor units by currency, never
// added across currencies, the most used currency first.
struct Figure {
  std::string_view name;  // stable, e.g. "customers_new_30_days"
  bool is_money = false;
  std::uint64_t count = 0;  // also the number of rows behind the amounts
  struct Amount {
    std::string currency;
    std::int64_t minor = 0;
    std::uint64_t count = 0;
  };
  std::vector<Amount> amounts;
  std::int64_t from = 0;  // of a series: when its period begins, unix seconds
};

// `now` is on Stripe's clock; "30 days" is the 30 * 86,400 seconds before it.
//
// customers (deleted ones left out): customers_total, customers_new_30_days,
//   customers_delinquent
// subscriptions: subscriptions_active, subscriptions_trialing,
//   subscriptions_canceled_30_days (by ended_at), subscriptions_monthly_value
//   (of those active or past_due; column monthly_value says what it holds)
// invoices: invoices_open (amount_remaining), invoices_past_due (open, with
//   due_date before now), invoices_paid_30_days (amount_paid, by paid_at, or
//   by created where that is not known)
// payments: payments_collected_30_days (amount_received of succeeded ones, by
//   created, refunds not deducted), payments_refunded_30_days (amount_refunded
//   of those same payments), payments_failed_30_days, payments_disputed (ever)
std::vector<Figure> CustomerFigures(const Table& customers, UnixSeconds now);
std::vector<Figure> SubscriptionFigures(const Table& subscriptions,
                                        UnixSeconds now);
std::vector<Figure> InvoiceFigures(const Table& invoices, UnixSeconds now);
std::vector<Figure> PaymentFigures(const Table& payments, UnixSeconds now);

}  // namespace precision

#endif  // PRECISION_METRICS_FIGURES_H_
