// What a pull has covered, for a later one to go on from: names of lists and
// times.  No key, no id, nothing of a customer.

#ifndef PRECISION_SYNC_SYNC_PLAN_H_
#define PRECISION_SYNC_SYNC_PLAN_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "precision/base/time.h"
#include "precision/stripe/endpoint.h"

namespace precision {

// Objects with from <= created < to; `from` of 0: from the list's very end.
struct TimeSpan {
  UnixSeconds from;
  UnixSeconds to;

  friend bool operator==(const TimeSpan&, const TimeSpan&) = default;
};

struct ListPlan {
  Endpoint endpoint{};
  // What was created at or after this is to be read: the second of the newest
  // object there was.
  UnixSeconds since;
  // Older objects to be read as well, newest first and apart: a pull that
  // stopped did not come to them, or they may have changed.
  std::vector<TimeSpan> spans;

  friend bool operator==(const ListPlan&, const ListPlan&) = default;
};

// One for each list that gave a page.
using SyncPlan = std::vector<ListPlan>;

// Moves `since` back by `look_back` seconds and drops what it covers then.
void LookBack(ListPlan& plan, std::int64_t look_back);

// Adds spans, given newest first as well.
void AddSpans(ListPlan& plan, const std::vector<TimeSpan>& spans);

// For the host to keep: one line a list, "invoices 1795132800
// 1795000000-1795086400".
std::string PlanText(const SyncPlan& plan);
// Nothing when it is not such a text.
std::optional<SyncPlan> ReadPlan(std::string_view text);

}  // namespace precision

#endif  // PRECISION_SYNC_SYNC_PLAN_H_
