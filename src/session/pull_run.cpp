#include "session/pull_run.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace precision {

namespace {

// A table may stand for several lists, and a list serve several tables.
struct TableList {
  TableId table;
  std::array<std::optional<Endpoint>, 2> endpoints;
};
constexpr TableList kLists[] = {
    {TableId::kCustomers, {Endpoint::kCustomers}},
    {TableId::kInvoices, {Endpoint::kInvoices}},
    {TableId::kPayments, {Endpoint::kPaymentIntents, Endpoint::kCharges}},
    {TableId::kSubscriptions, {Endpoint::kSubscriptions}},
    {TableId::kSubscriptionItems,
     {Endpoint::kSubscriptions, Endpoint::kSubscriptionItems}},
    {TableId::kInvoiceLines, {Endpoint::kInvoices, Endpoint::kInvoiceLines}},
    {TableId::kCharges, {Endpoint::kCharges}},
    {TableId::kRefunds, {Endpoint::kRefunds}},
    {TableId::kDisputes, {Endpoint::kDisputes}},
    {TableId::kProducts, {Endpoint::kProducts}},
    {TableId::kPrices, {Endpoint::kPrices, Endpoint::kInactivePrices}},
    {TableId::kCoupons, {Endpoint::kCoupons}},
    // Only within other objects.
    {TableId::kDiscounts, {Endpoint::kCustomers, Endpoint::kSubscriptions}},
    {TableId::kCreditNotes, {Endpoint::kCreditNotes}},
    {TableId::kBalanceTransactions, {Endpoint::kBalanceTransactions}},
    {TableId::kPayouts, {Endpoint::kPayouts}},
};
static_assert(std::size(kLists) == kTableCount);

constexpr NestedList kNested[] = {
    {Endpoint::kInvoiceLines, Endpoint::kInvoices, TableId::kInvoices},
    {Endpoint::kSubscriptionItems, Endpoint::kSubscriptions,
     TableId::kSubscriptions},
};

bool Settled(ResourceState state) {
  return state == ResourceState::kComplete ||
         state == ResourceState::kPartial || state == ResourceState::kRefused;
}

}  // namespace

std::vector<Endpoint> EndpointsOf(TableId table) {
  std::vector<Endpoint> endpoints;
  for (const auto& endpoint :
       kLists[static_cast<std::size_t>(table)].endpoints) {
    if (endpoint) endpoints.push_back(*endpoint);
  }
  return endpoints;
}

std::span<const NestedList> NestedLists() { return kNested; }

std::vector<Endpoint> PullRun::Allowed(const std::vector<TableId>& tables,
                                       const PermissionReport& report,
                                       std::vector<Refused>& refused) {
  std::vector<Endpoint> first;
  std::vector<Endpoint> later;
  for (const TableId table : tables) {
    bool leading = true;
    for (const Endpoint endpoint : EndpointsOf(table)) {
      const auto finding = std::ranges::find(
          report.findings, FactsOf(endpoint).permission, &Finding::permission);
      if (finding != report.findings.end() &&
          finding->verdict == Verdict::kMissing) {
        refused.push_back({endpoint, ErrorCode::kPermissionMissing});
        continue;
      }
      if (std::ranges::contains(first, endpoint) ||
          std::ranges::contains(later, endpoint)) {
        continue;
      }
      // The first list of every table comes before the second of any: every
      // preview fills at once.
      (leading ? first : later).push_back(endpoint);
      leading = false;
    }
  }
  first.insert(first.end(), later.begin(), later.end());
  // Behind all others; once more does no harm.
  for (const NestedList& nested : kNested) {
    if (std::ranges::contains(first, nested.list)) {
      first.push_back(nested.nested);
    }
  }
  return first;
}

PullRun::PullRun(std::vector<TableId> tables, const PermissionReport& report,
                 SyncOptions options, std::uint64_t seed)
    : tables_(std::move(tables)),
      engine_(Allowed(tables_, report, refused_), std::move(options), seed) {
  for (const TableId table : tables_) {
    progress_.tables.emplace_back().table = table;
  }
}

void PullRun::Add(std::span<const TableId> tables,
                  const PermissionReport& report, Instant now) {
  std::vector<TableId> added(tables.begin(), tables.end());
  for (const TableId table : added) {
    for (const Endpoint endpoint : EndpointsOf(table)) {
      std::erase_if(refused_, [&](const Refused& refused) {
        return refused.endpoint == endpoint;
      });
    }
    if (std::ranges::contains(tables_, table)) continue;
    tables_.push_back(table);
    progress_.tables.emplace_back().table = table;
  }
  for (const Endpoint endpoint : Allowed(added, report, refused_)) {
    engine_.AddList(endpoint, now);
  }
}

Result<ReadSummary> PullRun::Read(RequestId id, std::string_view body,
                                  Normalizer& rows) {
  const Endpoint endpoint = *engine_.EndpointOf(id);
  const auto of = std::ranges::find(kNested, endpoint, &NestedList::nested);
  if (of != std::end(kNested)) {
    return rows.ReadRest({of->table, engine_.ParentOf(id)}, body);
  }
  Result<ReadSummary> read = rows.ReadPage(FactsOf(endpoint).object, body);
  for (ShortRow& row : rows.TakeShort()) {
    const auto within =
        std::ranges::find(kNested, row.table, &NestedList::table);
    engine_.AddNested(within->nested, std::move(row.id));
  }
  return read;
}

TableProgress PullRun::Sum(TableId table, const SyncProgress& lists) const {
  TableProgress sum;
  sum.table = table;
  std::size_t parts = 0;
  std::size_t asked = 0;
  std::size_t settled = 0;
  std::size_t complete = 0;
  std::size_t refused = 0;
  bool pulling = false;
  for (const Endpoint endpoint : EndpointsOf(table)) {
    ++parts;
    if (const auto cut =
            std::ranges::find(refused_, endpoint, &Refused::endpoint);
        cut != refused_.end()) {
      ++settled;
      ++refused;
      if (!sum.error) sum.error = cut->error;
      continue;
    }
    const auto list = std::ranges::find(lists.resources, endpoint,
                                        &ResourceProgress::endpoint);
    if (list == lists.resources.end()) continue;
    // A nested list that is through leaves the word to the list around it.
    if (FactsOf(endpoint).is_nested() &&
        list->state == ResourceState::kComplete) {
      --parts;
      continue;
    }
    ++asked;
    sum.share += list->share;
    if (Settled(list->state)) ++settled;
    if (list->state == ResourceState::kComplete) ++complete;
    if (list->state == ResourceState::kRefused) ++refused;
    if (list->state == ResourceState::kPulling) pulling = true;
    if (list->error && !sum.error) sum.error = list->error;
  }
  if (asked > 0) sum.share /= static_cast<double>(asked);
  if (settled < parts) {
    sum.state = pulling || complete > 0 ? ResourceState::kPulling
                                        : ResourceState::kWaiting;
    sum.error.reset();
  } else if (complete == parts) {
    sum.state = ResourceState::kComplete;
  } else {
    sum.state =
        refused == parts ? ResourceState::kRefused : ResourceState::kPartial;
  }
  return sum;
}

std::vector<TableId> PullRun::Update(const Normalizer& rows, Instant now) {
  const SyncProgress lists = engine_.progress(now);
  std::vector<TableId> settled;
  for (TableProgress& known : progress_.tables) {
    TableProgress fresh = Sum(known.table, lists);
    fresh.rows = rows.table(known.table).row_count();
    fresh.share = std::max(known.share, fresh.share);
    known = fresh;
    const bool is_settled = Settled(known.state);
    bool& told = told_[static_cast<std::size_t>(known.table)];
    if (is_settled && !told) settled.push_back(known.table);
    told = is_settled;
  }
  progress_.share = std::max(progress_.share, lists.share);
  progress_.rows_per_second = lists.rows_per_second;
  progress_.remaining = lists.remaining;
  progress_.waiting_for = lists.waiting_for;
  progress_.waiting = lists.waiting;
  progress_.requests = lists.requests;
  progress_.requests_expected = lists.requests_expected;
  progress_.asking = lists.asking;
  progress_.paused = engine_.paused();
  progress_.settled = engine_.settled();
  return settled;
}

void PullRun::Reopen() { told_.fill(false); }

}  // namespace precision
