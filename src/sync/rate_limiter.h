// How fast one may ask: a token bucket and a bound on requests in flight, for
// the account and for each endpoint.  Both begin at Stripe's documented limit
// times our share, halve on 429 and grow back by the second.
// https://docs.stripe.com/rate-limits

#ifndef PRECISION_SRC_SYNC_RATE_LIMITER_H_
#define PRECISION_SRC_SYNC_RATE_LIMITER_H_

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "precision/base/time.h"

namespace precision {

// Later than any moment a driver can have.
inline constexpr Instant kNever{Duration::max()};

class TokenBucket {
 public:
  // At most `per_second` + `burst` in any one second.
  TokenBucket(double per_second, double burst);

  bool Has(Instant now);
  void Take(Instant now);
  // The next moment at which Has() may become true; never before the last
  // Refill's unless it is true now.
  Instant ReadyAt() const;
  void Block(Instant until);
  void Halve(Instant now);
  Instant blocked_until() const { return blocked_until_; }
  double per_second() const { return rate_; }

 private:
  void Refill(Instant now);

  double most_;
  double rate_;
  double burst_;
  double tokens_;
  Instant at_;
  Instant blocked_until_;
};

// One thing with a limit: the account, or an endpoint.
class LimitedScope {
 public:
  LimitedScope(double per_second, double burst, double in_flight);

  bool MaySend(Instant now);
  void Sent(Instant now);
  void Answered() { --in_flight_; }
  // A 429 to a request sent at `sent`: slows down once per round trip, as the
  // others in flight at that time will be refused too.
  void Limited(Instant sent, bool concurrency, Duration advice, Instant now);
  // kNever when only an answer can free a place.
  Instant ReadyAt() const;

  std::uint32_t in_flight() const { return in_flight_; }
  Instant blocked_until() const { return bucket_.blocked_until(); }
  double per_second() const { return bucket_.per_second(); }

 private:
  void GrowPlaces(Instant now);

  TokenBucket bucket_;
  double most_places_;
  double places_;
  Instant grown_at_;
  Instant slowed_at_{Duration{-1}};
  std::uint32_t in_flight_ = 0;
};

class RateLimiter {
 public:
  RateLimiter(bool live, double share, std::uint32_t max_in_flight);

  // One more endpoint, behind the others: they go by their number.
  void AddEndpoint() { endpoints_.push_back(fresh_); }

  bool MaySend(Instant now) { return account_.MaySend(now); }
  bool MaySend(std::size_t endpoint, Instant now) {
    return account_.MaySend(now) && endpoints_[endpoint].MaySend(now);
  }
  void Sent(std::size_t endpoint, Instant now);
  void Answered(std::size_t endpoint);
  // `reason`: Stripe-Rate-Limited-Reason, empty when there is none.
  void Limited(std::size_t endpoint, std::string_view reason, Instant sent,
               Duration advice, Instant now);
  Instant ReadyAt(std::size_t endpoint) const;
  // Until when a 429 holds requests to this endpoint back.
  Instant BlockedUntil(std::size_t endpoint) const;
  // The speed allowed now.
  double PerSecond() const { return account_.per_second(); }
  double PerSecond(std::size_t endpoint) const {
    return std::min(account_.per_second(), endpoints_[endpoint].per_second());
  }
  std::uint32_t in_flight() const { return account_.in_flight(); }
  std::uint32_t in_flight(std::size_t endpoint) const {
    return endpoints_[endpoint].in_flight();
  }

 private:
  LimitedScope account_;
  LimitedScope fresh_;  // of an endpoint not asked yet
  std::vector<LimitedScope> endpoints_;
};

}  // namespace precision

#endif  // PRECISION_SRC_SYNC_RATE_LIMITER_H_
