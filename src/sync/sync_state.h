// What the engine knows and how it decides: which request goes next in
// sync_state.cpp, what its answer leads to in sync_outcome.cpp, what is still
// to come in sync_forecast.cpp.  sync_engine.cpp puts the inputs and outputs to
// it.

#ifndef PRECISION_SRC_SYNC_SYNC_STATE_H_
#define PRECISION_SRC_SYNC_SYNC_STATE_H_

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "precision/sync/sync_engine.h"
#include "sync/list_pull.h"
#include "sync/rate_limiter.h"
#include "sync/rate_meter.h"

namespace precision {

inline constexpr double kMostBeforeDone = 0.999;

struct List {
  List(Endpoint endpoint, UnixSeconds upper_bound, const ListPlan* plan)
      : pull(endpoint, upper_bound, plan) {}

  ListPull pull;
  ResourceState state = ResourceState::kWaiting;
  std::uint64_t rows = 0;
  std::uint64_t requests = 0;
  double share = 0;
  std::optional<ErrorCode> error;
  std::uint64_t served = 0;      // when it last got a request, in requests
  std::optional<Instant> as_of;  // nothing created before is missing
  bool closing = false;
  Instant slow_at = kNever;  // when its first page counts as slow

  // Goes on from what is open.
  void Reopen(Instant now);

  bool is_nested() const { return FactsOf(pull.endpoint()).is_nested(); }
  bool settled() const;
  bool open() const { return !settled() || closing; }
};

struct InFlight {
  RequestId id;
  std::size_t list;
  ChainId chain;
  Instant sent;
  std::uint64_t successes;  // of the whole pull when it was sent
  bool expanded;
};

// Nobody gets through: one request at a time finds out when it is over.
struct Outage {
  bool on = false;
  ErrorCode code = ErrorCode::kNetworkDown;
  int tries = 0;
  RequestId first_probe = 0;  // requests before it belong to the same trouble
  Instant retry_at;
};

struct SyncEngine::State {
  State(const std::vector<Endpoint>& resources, SyncOptions options,
        std::uint64_t seed);

  List* FindList(Endpoint endpoint);
  void AddList(Endpoint endpoint);

  // Uniform in [0, 1), the same on every platform.
  double Random();

  std::optional<InFlight> TakeInFlight(RequestId id);
  void DropInFlight(std::size_t list);

  std::optional<std::size_t> PickList(Instant now);
  // All but the nested lists are through, the closing pass too.
  bool OthersThrough() const;
  // A nested list takes only what the others cannot use.
  bool MayAsk(std::size_t list) const;
  double ChainsWanted(std::size_t list) const;
  OutgoingRequest Send(std::size_t list, Instant now);
  std::optional<Instant> NextWake(Instant now) const;
  // Whether everything waits for one thing.
  bool Held(Instant now);
  bool AtCap() const;

  void TakePage(const InFlight& request, Chain& chain, const ListPage& page,
                std::size_t new_rows, Instant now);
  // A request came back, whatever with.
  void AfterAnswer(Instant now);

  void Settle(std::size_t list, ResourceState state,
              std::optional<ErrorCode> error, Instant now);
  void Fail(std::size_t list, ErrorCode code, Instant now);
  void FailAll(ErrorCode code, Instant now);
  void SettleAllIfDone(Instant now);
  void OpenClosing(Instant now);
  void EndClosing(std::size_t list, Instant now);
  void UpdateShares();

  bool OthersSucceed(const InFlight& request, const Chain& chain,
                     const ApiError& error) const;
  void JoinOutage(const InFlight& request, Chain& chain, const ApiError& error,
                  Instant now);
  void Retry(Chain& chain, ErrorCode code, Instant at);

  std::optional<std::uint64_t> RequestsExpected() const;
  std::optional<Duration> Remaining(Instant now) const;

  SyncOptions options;
  std::vector<List> lists;
  RateLimiter limiter;
  RateMeter row_rate;
  Duration round_trip{0};  // of late
  std::uint64_t random_state;

  std::vector<InFlight> in_flight;
  std::deque<SyncEvent> events;
  Outage outage;
  bool doubt = false;  // a 401 waits for what the others in flight bring
  std::uint64_t successes = 0;
  RequestId newest_success = 0;
  RequestId next_id = 1;
  std::uint64_t sent = 0;
  std::uint64_t sent_before = 0;  // the last Resume(), for the cap
  double share = 0;
  bool asked = false;
  bool asking = false;
  bool paused = false;
  bool settled = false;
  bool closed = false;  // the closing pass is over, or will not be
  std::optional<Instant> wake = Instant{};
};

inline double SecondsOf(Duration d) {
  return std::chrono::duration<double>(d).count();
}

// Trouble that may lie with the way there rather than with one request.
bool IsOfTheWay(ErrorCode code);
bool DoubtsTheKey(const ApiError& error);

}  // namespace precision

#endif  // PRECISION_SRC_SYNC_SYNC_STATE_H_
