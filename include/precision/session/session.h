// One person's work with one key: check it, audit its permissions, pull what
// it can read, and answer questions about the rows.  A state machine like the
// engines below it: no I/O, no clock.  The driver (src/wasm in the page, a
// virtual clock in the scenario tests) sends what PollRequest() gives, adding
// AuthorizationHeader(), and hands the answers back.

#ifndef PRECISION_SESSION_SESSION_H_
#define PRECISION_SESSION_SESSION_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "precision/base/result.h"
#include "precision/base/time.h"
#include "precision/key/api_key.h"
#include "precision/metrics/figures.h"
#include "precision/metrics/series.h"
#include "precision/normalize/normalizer.h"
#include "precision/permission/report.h"
#include "precision/stripe/endpoint.h"
#include "precision/stripe/http.h"
#include "precision/sync/sync_engine.h"
#include "precision/table/row_view.h"
#include "precision/table/table.h"

namespace precision {

// One line of the page's progress.  A table may stand for several of Stripe's
// lists: payments are over payment_intents and charges.
struct TableProgress {
  TableId table = TableId::kCustomers;
  ResourceState state = ResourceState::kWaiting;
  std::uint64_t rows = 0;
  double share = 0;  // 0 to 1; never falls during a pull
  std::optional<ErrorCode> error;
};

// Settings of one pull; those left out are for the page to choose.
struct PullOptions {
  double share_of_limit = 0.8;        // see SyncOptions
  std::uint32_t max_in_flight = 240;  // see SyncOptions
  std::uint64_t max_requests = 0;     // see SyncOptions
  std::uint64_t ask_above = 0;        // see SyncOptions
  // Rows are kept in memory: beyond so many bytes the pull stops as partial.
  std::uint64_t memory_limit = std::uint64_t{1} << 30U;
  // PlanText() of an earlier pull: only what is newer, and what may have
  // changed.  Empty: everything.
  std::string since;
  std::int64_t look_back = 0;  // seconds before `since` to read again
};

struct PullProgress {
  std::vector<TableProgress> tables;  // those asked for, in the page's order
  double share = 0;
  double rows_per_second = 0;
  std::optional<Duration> remaining;
  std::optional<ErrorCode> waiting_for;
  std::optional<Duration> waiting;
  std::uint64_t requests = 0;
  std::optional<std::uint64_t> requests_expected;
  bool asking = false;  // held until Resume(): see PullOptions::ask_above
  bool paused = false;
  bool settled = false;
};

struct SessionEvent {
  enum class Kind : std::uint8_t {
    kReport,        // report() has changed
    kAuditDone,     // the last report of this audit
    kProgress,      // progress() has changed
    kRows,          // `table` has new or changed rows
    kTableSettled,  // `table` is complete, partial or refused
    kPullDone,      // all are
  };
  Kind kind = Kind::kProgress;
  TableId table = TableId::kCustomers;
};

struct Done {};

// Not thread-safe.  `now` must never go backwards from one call to the next;
// `wall` is the local clock, corrected by Stripe's Date headers once there are
// any.
class Session {
 public:
  // `seed` feeds the retry jitter, so that a run can be repeated exactly.
  explicit Session(std::uint64_t seed);
  ~Session();
  Session(Session&&) noexcept;
  Session& operator=(Session&&) noexcept;

  // Takes the key.  Errors: as CheckKey; kNotReady when there is one already.
  Result<KeyVerdict> UseKey(std::string_view text);
  bool has_key() const;
  std::optional<KeyMode> mode() const;

  // "Bearer <key>", to be wiped by the transport once sent; empty without one.
  std::string AuthorizationHeader() const;

  // The same, once a key: for a host that takes the key over.  Empty after.
  // The caller wipes it.
  std::string HandOverKey();

  // Sent as Stripe-Account with every request; empty: none.
  void UseAccount(std::string account);

  // What a key should hold, instead of the guide's.  Errors: as ReadPolicy.
  Result<Done> UsePolicy(std::string_view json);
  const Policy& policy() const;
  // Whether audits also ask, by POSTs that cannot change anything, whether the
  // key may write.  Off by default.
  void CheckWrite(bool check);

  // May run beside a pull, both within one limit.  Errors: kNotReady without a
  // key or while another audit runs.
  Result<Done> StartAudit(AuditScope scope, Instant now);
  const PermissionReport& report() const;

  // Tables whose permission the report found missing so far settle as refused,
  // unasked; an audit may still run, see PermissionReport::pulls_may_start.  A
  // pull after another one starts over; rows already there stay and are
  // replaced as they come.  Errors: kNotReady without a key, while another pull
  // runs, and for a `since` that is none.
  Result<Done> StartPull(std::span<const TableId> tables,
                         const PullOptions& options, UnixSeconds wall,
                         Instant now);
  // Reads these tables too within the running pull, also those that it met
  // refused and the report allows by now.  Errors: kNotReady when none runs.
  Result<Done> AddToPull(std::span<const TableId> tables, Instant now);
  void Pause(Instant now);
  void Resume(Instant now);
  // Ends the pull at once, or the audit where no pull runs; what came stays.
  void Cancel(Instant now);
  // The network is back: what waits for it need not wait on.
  void HandleOnline(Instant now);
  PullProgress progress(Instant now) const;
  // What the last pull covered, for the host to keep and to start a later one
  // `since`: times alone, no key, no id.  Open invoices and live subscriptions
  // are in it as times to read again.  It says nothing of whose account it is.
  std::string PlanText() const;

  // Inputs: exactly one for each request; unknown ids are ignored.
  void HandleResponse(RequestId id, const HttpResponse& response,
                      UnixSeconds wall, Instant now);
  void HandleFailure(RequestId id, TransportFailure failure, Instant now);
  void HandleTimeout(Instant now);

  // Outputs, to be polled until empty after every input and command.
  [[nodiscard]] std::optional<OutgoingRequest> PollRequest(Instant now);
  [[nodiscard]] std::optional<Instant> PollTimeout() const;
  [[nodiscard]] std::optional<SessionEvent> PollEvent();
  // Whether the answer to `id` is still wanted; a driver aborts what is not.
  bool wants(RequestId id) const;

  const Table& table(TableId table) const;
  // The rows that View() gives from now on; without it all, newest first.
  void SetView(TableId table, RowViewSpec spec);
  // Row numbers.  Valid until the next call or Handle*().
  std::span<const std::uint32_t> View(TableId table);
  std::vector<Figure> Figures(TableId table, UnixSeconds wall) const;
  // "revenue_by_week", "revenue_by_month", "customers_by_week",
  // "customers_by_month" or "invoices_by_age": see metrics/series.h.
  std::vector<Figure> Chart(std::string_view chart, UnixSeconds wall) const;
  const RowIssues& issues() const;

  // Wipes the key, drops rows, reports and requests; policy and CheckWrite()
  // stay.
  void Disconnect();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace precision

#endif  // PRECISION_SESSION_SESSION_H_
