// The sync state machine.  It performs no I/O, reads no clock, draws no random
// numbers and reads no JSON: requests, wake-up times and events come out;
// pages, refusals, failures and the time go in.  The same object runs under
// Fetch (src/wasm), under the scenario tests' virtual clock and under the
// fuzzer.

#ifndef PRECISION_SYNC_SYNC_ENGINE_H_
#define PRECISION_SYNC_SYNC_ENGINE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "precision/base/error_code.h"
#include "precision/base/time.h"
#include "precision/stripe/api_error.h"
#include "precision/stripe/endpoint.h"
#include "precision/stripe/http.h"
#include "precision/stripe/list_page.h"

namespace precision {

struct SyncOptions {
  bool live = true;  // live and test mode start from their own limits
  // Share of the account's known rate limit that we may use, leaving room for
  // its other traffic.
  double share_of_limit = 0.8;
  std::uint32_t max_in_flight = 60;
  // Now on Stripe's clock, roughly: only guesses of progress lean on it.
  UnixSeconds upper_bound;
  std::string stripe_version;
  std::string stripe_account;
};

enum class ResourceState : std::uint8_t {
  kWaiting,  // nothing asked yet
  kPulling,
  kComplete,
  kPartial,  // stopped before the end (cancel, failure); what came stays
  kRefused,  // not one page could be had; `error` says why
};
std::string_view ToString(ResourceState state);  // "complete", ...

struct ResourceProgress {
  Endpoint endpoint;
  ResourceState state = ResourceState::kWaiting;
  std::uint64_t rows = 0;  // distinct rows so far; never falls
  std::uint64_t requests = 0;
  // Share of the time range that has been covered, 0 to 1; never falls, and 1
  // only when complete.
  double share = 0;
  // The reason it is kPartial or kRefused.
  std::optional<ErrorCode> error;
};

struct SyncProgress {
  std::vector<ResourceProgress> resources;
  double share = 0;            // of the whole; never falls, 1 only when done
  double rows_per_second = 0;  // over the last few seconds
  std::optional<Duration> remaining;  // absent until it can be told
  // Set while requests wait for a limit or a backoff, for the page to say so.
  std::optional<ErrorCode> waiting_for;  // kRateLimited, kStripeDown, ...
  std::optional<Duration> waiting;
};

struct SyncEvent {
  enum class Kind : std::uint8_t {
    kResourceSettled,  // `endpoint` is complete, partial or refused
    kSettled,          // all are; the last event there is
  };
  Kind kind;
  Endpoint endpoint{};
};

// How a list is walked.  Stripe's lists are chains, newest first: the next
// cursor is in the last page.  The first page is asked for without a filter;
// its newest object is the frozen upper end, whatever the local clock says,
// since cursors only lead to older objects.  From there the list is one window,
// and as long as that keeps the rate limit busy it stays one.  When the limiter
// would let a request go and no window waits for one, the window with most
// pages to come (density so far times the time left, four pages at least) is
// cut: the older part becomes a window of its own, `created` in [gte, lt), and
// the newer part ends where it begins.  So a window is half-open, each object
// belongs to exactly one, and:
//   - The newer part goes on with the filter and cursor it had, and ends with
//     the page that shows something older than the cut: a cursor never meets a
//     narrower window (Stripe can answer an empty page there), objects of one
//     second are never split, and the few rows beyond the cut come twice, which
//     the caller drops by id.
//   - The oldest window has no lower end.  Where it begins is a guess until
//     the oldest object is known; a wrong one costs an empty page.
//   - Nobody asked for a window yet when its newer neighbour arrives: one
//     window again.
//   - Cuts are bounded to about one in six pages, so that a list of n rows
//     costs n/100 requests, some eight per cent and a few more; one of fewer
//     than 100 rows costs one.
//   - A list without a `created` filter, with a page not in order, without
//     times or from outside the window asked for is walked as one chain from
//     the first page on: slower, nothing skipped.
// What is created during the pull is newer than the upper end: a later pull's
// `created >= upper end`.
//
// Methods come in four families.  After any Handle*() or command, the driver
// calls the Poll*() methods until each one has nothing more.
//
// Not thread-safe.  `now` must never go backwards from one call to the next.
class SyncEngine {
 public:
  // Resources are asked for in the given order: one first page of each before
  // anything else.  `seed` feeds the retry jitter, so that a run can be
  // repeated exactly.
  SyncEngine(const std::vector<Endpoint>& resources, SyncOptions options,
             std::uint64_t seed);
  ~SyncEngine();
  SyncEngine(SyncEngine&&) noexcept;
  SyncEngine& operator=(SyncEngine&&) noexcept;

  // Inputs: exactly one for each request.  An id that is unknown or already
  // settled is ignored: an answer may arrive after Cancel().
  //
  // `new_rows`: how many of the page's objects had not been seen before.
  void HandlePage(RequestId id, const ListPage& page, std::size_t new_rows,
                  Instant now);
  void HandleRefusal(RequestId id, const ApiError& error, Instant now);
  void HandleTimeout(Instant now);  // when PollTimeout()'s moment has come

  // Commands.  Idempotent.
  void Cancel(Instant now);  // settles at once; requests in flight are dropped
  void Pause(Instant now);   // no new requests; answers still count
  // After Pause, or after Cancel and failures: goes on from what is open, and
  // asks for nothing twice.
  void Resume(Instant now);

  // Outputs.
  [[nodiscard]] std::optional<OutgoingRequest> PollRequest(Instant now);
  [[nodiscard]] std::optional<Instant> PollTimeout() const;
  [[nodiscard]] std::optional<SyncEvent> PollEvent();

  // Getters.
  SyncProgress progress(Instant now) const;
  std::optional<Endpoint> EndpointOf(RequestId id) const;  // in flight
  bool settled() const;
  bool paused() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace precision

#endif  // PRECISION_SYNC_SYNC_ENGINE_H_
