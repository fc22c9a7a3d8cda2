// Which rows may read differently the next time, as times to read again.

#ifndef PRECISION_SRC_SESSION_CHANGING_H_
#define PRECISION_SRC_SESSION_CHANGING_H_

#include "precision/normalize/normalizer.h"
#include "precision/sync/sync_plan.h"

namespace precision {

// Adds the spans of open invoices or live subscriptions to their list's plan.
// Spans with less than a page of other rows between them are one: reading them
// takes no more requests.
void AddChanging(const Normalizer& rows, ListPlan& plan);

}  // namespace precision

#endif  // PRECISION_SRC_SESSION_CHANGING_H_
