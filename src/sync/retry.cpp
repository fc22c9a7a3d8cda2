#include "precision/sync/retry.h"

#include <algorithm>
#include <chrono>
#include <optional>

namespace precision {

namespace {

constexpr Duration kFirstWait = std::chrono::milliseconds(500);
constexpr Duration kLongestAdvice = std::chrono::minutes(5);

// How long one kind of trouble is worth waiting for.
struct Patience {
  int tries;
  Duration longest_wait;
};

// Nothing for a code that another try cannot change.
std::optional<Patience> PatienceWith(ErrorCode code, bool others_succeed) {
  using std::chrono::seconds;
  switch (code) {
    case ErrorCode::kNetworkDown:
    case ErrorCode::kOffline:
      // Others get through: it is this request that is broken.  Nobody does:
      // the network is away, and ten minutes of it are borne.
      return others_succeed ? Patience{8, seconds(8)}
                            : Patience{64, seconds(10)};
    case ErrorCode::kProxyDown:
      return Patience{14, seconds(10)};
    case ErrorCode::kRateLimited:
      return Patience{40, seconds(16)};
    case ErrorCode::kStripeDown:
      return Patience{9, seconds(30)};
    case ErrorCode::kTimedOut:
    case ErrorCode::kStripeUnreadable:
      return Patience{6, seconds(8)};
    default:
      return std::nullopt;
  }
}

// Doubling from half a second; half of it at least, so that many waiting
// requests spread.
Duration Backoff(int attempt, Duration longest, double random) {
  Duration wait = kFirstWait;
  for (int i = 1; i < attempt && wait < longest; ++i) wait *= 2;
  wait = std::min(wait, longest);
  const double share = 0.5 + 0.5 * std::clamp(random, 0.0, 1.0);
  return Duration(
      static_cast<Duration::rep>(static_cast<double>(wait.count()) * share));
}

bool ConcernsTheKey(const ApiError& error) {
  return error.code == ErrorCode::kKeyExpired ||
         error.code == ErrorCode::kKeyIpRefused ||
         error.code == ErrorCode::kKeyPublishable ||
         error.code == ErrorCode::kKeyWrongMode;
}

}  // namespace

RetryDecision DecideRetry(const ApiError& error, int attempt,
                          bool others_succeed, double random) {
  attempt = std::max(attempt, 1);
  if (ConcernsTheKey(error)) return {RetryAction::kStopEverything};
  if (error.status == 401 || error.code == ErrorCode::kKeyUnknown) {
    // Live accounts have been seen to answer 401 for a missing permission.  A
    // second try tells that from a key revoked this very moment.
    if (!others_succeed) return {RetryAction::kStopEverything};
    if (attempt > 1) return {RetryAction::kRefuseList};
    return {RetryAction::kRetry, 2 * kFirstWait};
  }
  std::optional<Patience> patience = PatienceWith(error.code, others_succeed);
  if (error.should_retry) {
    // https://docs.stripe.com/error-low-level (Stripe-Should-Retry)
    if (!*error.should_retry) {
      // The limiter's own answer says "do not" to clients that do not slow
      // down; we do.
      if (error.code != ErrorCode::kRateLimited) patience.reset();
    } else if (!patience) {
      patience = Patience{4, std::chrono::seconds(8)};
    }
  }
  if (!patience || attempt >= patience->tries) {
    return {RetryAction::kRefuseList};
  }
  Duration wait = Backoff(attempt, patience->longest_wait, random);
  if (error.retry_after) {
    wait = std::max(
        wait, std::clamp(*error.retry_after, Duration{0}, kLongestAdvice));
  }
  return {RetryAction::kRetry, wait};
}

}  // namespace precision
