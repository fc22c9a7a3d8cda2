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
#include "precision/sync/sync_plan.h"

namespace precision {

struct SyncOptions {
  bool live = true;  // live and test mode start from their own limits
  // Share of the account's known rate limit that we may use, leaving room for
  // its other traffic.
  double share_of_limit = 0.8;
  std::uint32_t max_in_flight = 240;
  // Requests are a cost: Stripe gives an account a monthly allocation of reads.
  // https://docs.stripe.com/rate-limits
  // At the cap the pull stops as partial; each Resume() allows as many again.
  std::uint64_t max_requests = 0;  // 0: no cap
  // A pull that will probably take more is held once, until Resume().
  std::uint64_t ask_above = 0;  // 0: never
  // Of a pull before: its lists are read from there on, others as a whole.
  SyncPlan plan;
  // Now on Stripe's clock, roughly: only guesses of progress lean on it.
  UnixSeconds upper_bound;
  std::string stripe_version;
  std::string stripe_account;
};

enum class ResourceState : std::uint8_t {
  kWaiting,  // nothing asked yet
  kPulling,
  kComplete,
  kPartial,  // stopped before the end (cancel, cap, failure); what came stays
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
  // Absent until enough of every list has been seen to tell.
  std::optional<Duration> remaining;
  std::uint64_t requests = 0;  // sent so far
  // What the whole will take, those sent included; absent until it can be told.
  std::optional<std::uint64_t> requests_expected;
  bool asking = false;  // held: see SyncOptions::ask_above
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
// pages to come is cut: the older part becomes a window of its own, `created`
// in [gte, lt), and the newer part ends where it begins.  Once the older part
// has answered, a second chain walks the newer one from its old end upwards
// (`ending_before`), and both meet.  So a window is half-open, each object
// belongs to exactly one, and:
//   - The newer part goes on with the filter and cursor it had, and ends with
//     the page that shows something older than the cut: a cursor never meets a
//     narrower window (Stripe can answer an empty page there), objects of one
//     second are never split, and the few rows beyond the cut come twice, which
//     the caller drops by id.
//   - The oldest window has no lower end.  The first cuts are made at ages
//     that grow by one factor, up to Stripe's own age; what answers there tells
//     how dense the list is when, and cuts after that halve what is longest, so
//     that there is about one window to two requests that fit into a round
//     trip.  The window with most to come goes first, and one that would end
//     after the others gets its second chain or is cut, so that they come to
//     their ends together.  A wrong guess costs an empty page, and the next one
//     waits for its answer.
//   - A chain that goes up costs nothing, as both share what is to come.  It
//     raises where the window ends, to the second of the newest object it has
//     brought; its query, from its first cursor's second to the window's lt,
//     never changes.  One tries first in each list: a page that does not lie
//     where it should, or a refusal, ends all that go up, and the windows go
//     down to where they would.
//   - A first page that is slow to come is not waited for: windows at a few
//     ages are asked for meanwhile, of which a young account answers some
//     empty.
//   - Nobody asked for a window yet when its newer neighbour arrives: one
//     window again.
//   - Where a long list ends is looked for early, by halves: how much is still
//     to come depends on it most.
//   - Each cut costs half a page, less where the density is known: a cut lies
//     just before the end of a page of the newer part.  Cuts are bounded to
//     about one in seven pages, but for the end of a list, which would be slow
//     on few chains; where answers are fast, a list of fewer than 100 rows
//     costs one request.
//   - A list without a `created` filter, with a page not in order, without
//     times, with one beyond kLastTime or from outside the window asked for is
//     walked as one chain from the first page on: slower, nothing skipped.
// What is created during the pull is newer than the upper end.  When every list
// has settled, those that are complete but began some seconds ago are asked
// once more, `created` from the upper end's second on: the closing pass.  A
// list is complete before it; what comes of it is added.
//
// What a list asks for in full (EndpointFacts::expand) is a wish: a refusal of
// the request with it is asked again without.
//
// Methods come in four families.  After any Handle*() or command, the driver
// calls the Poll*() methods until each one has nothing more.
//
// Not thread-safe.  `now` must never go backwards from one call to the next.
class SyncEngine {
 public:
  // Resources are asked for in the given order: one first page of each before
  // anything else, then in turn.  `seed` feeds the retry jitter, so that a run
  // can be repeated exactly.
  SyncEngine(const std::vector<Endpoint>& resources, SyncOptions options,
             std::uint64_t seed);
  ~SyncEngine();
  SyncEngine(SyncEngine&&) noexcept;
  SyncEngine& operator=(SyncEngine&&) noexcept;

  // Inputs: exactly one for each request.  An id that is unknown or already
  // settled is ignored: an answer may arrive after Stop().
  //
  // `new_rows`: how many of the page's objects had not been seen before.
  void HandlePage(RequestId id, const ListPage& page, std::size_t new_rows,
                  Instant now);
  void HandleRefusal(RequestId id, const ApiError& error, Instant now);
  void HandleTimeout(Instant now);  // when PollTimeout()'s moment has come
  void HandleOnline(Instant now);   // there is a network again, it is said

  // A list within `parent` is longer than what came with it.  Nested lists,
  // which must be among the resources, get the requests that the others cannot
  // use, and settle last.  Ignored for others.
  void AddNested(Endpoint nested, std::string parent);

  // Commands.  Idempotent.
  // One more list, or one refused before that may be read by now.  Ignored when
  // all have settled.
  void AddList(Endpoint resource, Instant now);
  // Settles at once as partial, with `why`; requests in flight are dropped.
  void Stop(ErrorCode why, Instant now);
  void Pause(Instant now);  // no new requests; answers still count
  // After Pause, when asked, or after Stop, the cap and failures: goes on
  // from what is open, asks for nothing twice, and no more whether it may.
  void Resume(Instant now);

  // Outputs.
  [[nodiscard]] std::optional<OutgoingRequest> PollRequest(Instant now);
  [[nodiscard]] std::optional<Instant> PollTimeout() const;
  [[nodiscard]] std::optional<SyncEvent> PollEvent();

  // Getters.
  SyncProgress progress(Instant now) const;
  // Of a request in flight; the parent of one to a nested list.
  std::optional<Endpoint> EndpointOf(RequestId id) const;
  std::string ParentOf(RequestId id) const;
  SyncPlan Plan() const;
  bool settled() const;
  bool paused() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace precision

#endif  // PRECISION_SYNC_SYNC_ENGINE_H_
