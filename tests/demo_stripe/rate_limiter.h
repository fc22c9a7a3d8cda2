// Stripe's limits: so many requests a second for an account, and for each of
// its endpoints.  https://docs.stripe.com/rate-limits

#ifndef PRECISION_DEMO_STRIPE_RATE_LIMITER_H_
#define PRECISION_DEMO_STRIPE_RATE_LIMITER_H_

#include <map>
#include <string>
#include <string_view>

#include "precision/base/time.h"

namespace precision::demo {

// A bucket that refills steadily and holds one second's worth.
class TokenBucket {
 public:
  explicit TokenBucket(double per_second)
      : per_second_(per_second), tokens_(per_second) {}

  // Whether one is left, after refilling up to `now`.
  bool Ready(Instant now);
  void Take() { tokens_ -= 1; }

 private:
  double per_second_;
  double tokens_;
  Instant last_;
};

class RateLimiter {
 public:
  // Stripe-Rate-Limited-Reason of a refusal, or empty: go ahead.
  std::string_view Check(const std::string& account, bool livemode,
                         std::string_view endpoint, Instant now);

 private:
  std::map<std::string, TokenBucket, std::less<>> buckets_;
};

}  // namespace precision::demo

#endif  // PRECISION_DEMO_STRIPE_RATE_LIMITER_H_
