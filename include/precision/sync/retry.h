// What to do after a request went wrong: one pure function.

#ifndef PRECISION_SYNC_RETRY_H_
#define PRECISION_SYNC_RETRY_H_

#include <cstdint>

#include "precision/base/time.h"
#include "precision/stripe/api_error.h"

namespace precision {

enum class RetryAction : std::uint8_t {
  kRetry,          // the same request after `wait`
  kRefuseList,     // this list cannot be had; the others go on
  kStopEverything  // the key is no good any more
};

struct RetryDecision {
  RetryAction action = RetryAction::kRefuseList;
  Duration wait{0};
};

// `attempt` counts the tries so far, from 1; `random` is uniform in [0, 1).
// Stripe-Should-Retry beats the status; a 401 stops everything unless another
// request of this pull was answered after it was sent (`others_succeed`): then
// it is this list's permission, after one more try.  Patience depends on what
// went wrong: minutes for a network that is away, a handful of tries for a
// body that cannot be read.
RetryDecision DecideRetry(const ApiError& error, int attempt,
                          bool others_succeed, double random);

}  // namespace precision

#endif  // PRECISION_SYNC_RETRY_H_
