#include "sync/rate_limiter.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace precision {

namespace {

// https://docs.stripe.com/rate-limits
constexpr double kLivePerSecond = 100;
constexpr double kTestPerSecond = 25;
constexpr double kEndpointPerSecond = 25;

constexpr double kSlowest = 0.5;           // requests a second
constexpr double kGrowthPerSecond = 0.05;  // of the most there may be
constexpr double kWhole = 1 - 1e-9;
constexpr double kMicro = 1e6;

double Seconds(Duration d) { return static_cast<double>(d.count()) / kMicro; }

// What one second may hold above the steady rate: the part of the limit that
// was left to others, since a burst is not what they need it for.
double BurstOf(double limit, double share) {
  return std::max(1.0, limit * (1 - share));
}

double ClampShare(double share) {
  return std::isfinite(share) ? std::clamp(share, 0.01, 1.0) : 0.8;
}

}  // namespace

TokenBucket::TokenBucket(double per_second, double burst)
    : most_(per_second), rate_(per_second), burst_(burst), tokens_(burst) {}

void TokenBucket::Refill(Instant now) {
  if (now <= at_) return;
  const double passed = Seconds(now - at_);
  at_ = now;
  // Before growing: a machine asleep for an hour wakes with one burst.
  tokens_ = std::min(burst_, tokens_ + passed * rate_);
  rate_ = std::min(most_, rate_ + passed * most_ * kGrowthPerSecond);
}

bool TokenBucket::Has(Instant now) {
  Refill(now);
  return tokens_ >= kWhole && now >= blocked_until_;
}

void TokenBucket::Take(Instant now) {
  Refill(now);
  tokens_ -= 1;
}

Instant TokenBucket::ReadyAt() const {
  Instant ready = at_;
  if (tokens_ < kWhole) {
    ready = at_ + Duration(static_cast<Duration::rep>(
                      std::ceil((1 - tokens_) / rate_ * kMicro)));
  }
  return std::max(ready, blocked_until_);
}

void TokenBucket::Block(Instant until) {
  blocked_until_ = std::max(blocked_until_, until);
}

void TokenBucket::Halve(Instant now) {
  Refill(now);
  rate_ = std::max(std::min(kSlowest, most_), rate_ / 2);
  tokens_ = std::min(tokens_, 0.0);
}

LimitedScope::LimitedScope(double per_second, double burst, double in_flight)
    : bucket_(per_second, burst), most_places_(in_flight), places_(in_flight) {}

void LimitedScope::GrowPlaces(Instant now) {
  if (now <= grown_at_) return;
  places_ =
      std::min(most_places_, places_ + Seconds(now - grown_at_) * most_places_ *
                                           kGrowthPerSecond);
  grown_at_ = now;
}

bool LimitedScope::MaySend(Instant now) {
  GrowPlaces(now);
  return in_flight_ + 1 <= places_ && bucket_.Has(now);
}

void LimitedScope::Sent(Instant now) {
  bucket_.Take(now);
  ++in_flight_;
}

void LimitedScope::Limited(Instant sent, bool concurrency, Duration advice,
                           Instant now) {
  if (advice > Duration{0}) bucket_.Block(now + advice);
  if (sent <= slowed_at_) return;
  slowed_at_ = now;
  if (concurrency) {
    GrowPlaces(now);
    places_ = std::max(1.0, places_ / 2);
  } else {
    bucket_.Halve(now);
  }
}

Instant LimitedScope::ReadyAt() const {
  if (in_flight_ + 1 <= places_) return bucket_.ReadyAt();
  // An answer frees a place, and polls come after every answer.
  return kNever;
}

RateLimiter::RateLimiter(bool live, double share, std::uint32_t max_in_flight)
    : account_(
          (live ? kLivePerSecond : kTestPerSecond) * ClampShare(share),
          BurstOf(live ? kLivePerSecond : kTestPerSecond, ClampShare(share)),
          std::max<double>(1, max_in_flight)),
      fresh_(kEndpointPerSecond * ClampShare(share),
             BurstOf(kEndpointPerSecond, ClampShare(share)),
             std::max<double>(1, max_in_flight)) {}

void RateLimiter::Sent(std::size_t endpoint, Instant now) {
  account_.Sent(now);
  endpoints_[endpoint].Sent(now);
}

void RateLimiter::Answered(std::size_t endpoint) {
  account_.Answered();
  endpoints_[endpoint].Answered();
}

void RateLimiter::Limited(std::size_t endpoint, std::string_view reason,
                          Instant sent, Duration advice, Instant now) {
  LimitedScope& scope =
      reason.starts_with("global-") ? account_ : endpoints_[endpoint];
  scope.Limited(sent, reason.ends_with("-concurrency"), advice, now);
}

Instant RateLimiter::ReadyAt(std::size_t endpoint) const {
  return std::max(account_.ReadyAt(), endpoints_[endpoint].ReadyAt());
}

Instant RateLimiter::BlockedUntil(std::size_t endpoint) const {
  return std::max(account_.blocked_until(),
                  endpoints_[endpoint].blocked_until());
}

}  // namespace precision
