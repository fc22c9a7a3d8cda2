#include "demo_stripe/rate_limiter.h"

#include <algorithm>

namespace precision::demo {

namespace {

constexpr double kLivePerSecond = 100;
constexpr double kTestPerSecond = 25;
constexpr double kEndpointPerSecond = 25;

}  // namespace

bool TokenBucket::Ready(Instant now) {
  if (now > last_) {
    const double seconds = std::chrono::duration<double>(now - last_).count();
    tokens_ = std::min(per_second_, tokens_ + seconds * per_second_);
    last_ = now;
  }
  return tokens_ >= 1;
}

std::string_view RateLimiter::Check(const std::string& account, bool livemode,
                                    std::string_view endpoint, Instant now) {
  TokenBucket& all =
      buckets_.try_emplace(account, livemode ? kLivePerSecond : kTestPerSecond)
          .first->second;
  TokenBucket& one = buckets_
                         .try_emplace(account + " " + std::string(endpoint),
                                      kEndpointPerSecond)
                         .first->second;
  if (!all.Ready(now)) return "global-rate";
  if (!one.Ready(now)) return "endpoint-rate";
  all.Take();
  one.Take();
  return {};
}

}  // namespace precision::demo
