// Two clocks that never mix.  Instant is monotonic and handed in by whoever
// drives the core; UnixSeconds is Stripe's: seconds since 1970, UTC.

#ifndef PRECISION_BASE_TIME_H_
#define PRECISION_BASE_TIME_H_

#include <chrono>
#include <compare>
#include <cstdint>

namespace precision {

using Duration = std::chrono::microseconds;

// A moment of the driver's monotonic clock.  Only differences mean anything.
struct Instant {
  Duration since_start{0};

  friend auto operator<=>(const Instant&, const Instant&) = default;
  friend Instant operator+(Instant at, Duration by) {
    return {at.since_start + by};
  }
  friend Duration operator-(Instant to, Instant from) {
    return to.since_start - from.since_start;
  }
};

// https://docs.stripe.com/api/charges/object (created: "seconds since the Unix
// epoch")
struct UnixSeconds {
  std::int64_t value = 0;

  friend auto operator<=>(const UnixSeconds&, const UnixSeconds&) = default;
};

// The end of the year 9999: beyond it there is nothing, and sums of times up to
// it stay in range.
inline constexpr UnixSeconds kLastTime{253402300799};

constexpr bool IsTime(UnixSeconds time) {
  return time >= UnixSeconds{} && time <= kLastTime;
}

}  // namespace precision

#endif  // PRECISION_BASE_TIME_H_
