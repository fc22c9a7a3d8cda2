// What the charts draw: figures over time, and invoices by their age.  UTC;
// amounts by currency, never added.

#ifndef PRECISION_METRICS_SERIES_H_
#define PRECISION_METRICS_SERIES_H_

#include <cstdint>
#include <vector>

#include "precision/base/time.h"
#include "precision/metrics/figures.h"
#include "precision/table/table.h"

namespace precision {

enum class Period : std::uint8_t { kWeek, kMonth };  // weeks begin on Mondays

// A series has figures for each period from the one that `now` is in back to
// the first with anything in it, kMostPeriods at most, the newest first.
inline constexpr std::int64_t kMostPeriods = 520;

// "revenue": amount_received less amount_refunded of succeeded payments, in the
// period of their `created`.
std::vector<Figure> RevenueSeries(const Table& payments, Period period,
                                  UnixSeconds now);

// For each period "customers_new", by `created`, and "customers_lost": those
// whose subscriptions have all ended, in the period of the last end; one who
// never had a subscription is not lost.
std::vector<Figure> CustomerSeries(const Table& customers,
                                   const Table& subscriptions, Period period,
                                   UnixSeconds now);

// Not a series: invoices_draft, invoices_not_due (open, with no due date or one
// to come), invoices_late_30, _60, _90 (up to so many days past due),
// invoices_late_more, invoices_uncollectible, each amount_remaining;
// invoices_paid, amount_paid; and invoices_void, total.
std::vector<Figure> InvoiceAges(const Table& invoices, UnixSeconds now);

}  // namespace precision

#endif  // PRECISION_METRICS_SERIES_H_
