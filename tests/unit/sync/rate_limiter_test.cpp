#include "sync/rate_limiter.h"

#include <gtest/gtest.h>

#include <chrono>

namespace precision {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

RateLimiter MakeLimiter(bool live, double share, std::uint32_t max_in_flight,
                        int endpoints) {
  RateLimiter limiter(live, share, max_in_flight);
  for (int i = 0; i < endpoints; ++i) limiter.AddEndpoint();
  return limiter;
}

// Sends whenever it may, answers at once, and counts until `end`.
int SendUntil(RateLimiter& limiter, Instant& now, Instant end) {
  int sent = 0;
  while (now < end) {
    if (limiter.MaySend(0, now)) {
      limiter.Sent(0, now);
      limiter.Answered(0);
      ++sent;
      continue;
    }
    const Instant ready = limiter.ReadyAt(0);
    EXPECT_GT(ready, now);
    now = std::min(end, ready);
  }
  return sent;
}

TEST(RateLimiterTest, KeepsAnEndpointWithinItsShareOfTheLimit) {
  RateLimiter limiter = MakeLimiter(true, 0.8, 60, 1);
  Instant now;
  EXPECT_LE(SendUntil(limiter, now, Instant{seconds(1)}), 25);
  EXPECT_NEAR(SendUntil(limiter, now, Instant{seconds(11)}), 200, 1);
}

TEST(RateLimiterTest, KeepsTheAccountWithinItsShareOfTheLimit) {
  RateLimiter limiter = MakeLimiter(false, 0.8, 60, 3);
  Instant now;
  int sent = 0;
  while (now < Instant{seconds(10)}) {
    for (std::size_t i = 0; i < 3; ++i) {
      if (!limiter.MaySend(i, now)) continue;
      limiter.Sent(i, now);
      limiter.Answered(i);
      ++sent;
    }
    now = now + Duration(milliseconds(1));
  }
  EXPECT_NEAR(sent, 205, 2);
}

TEST(RateLimiterTest, BoundsRequestsInFlight) {
  RateLimiter limiter = MakeLimiter(true, 1, 3, 1);
  Instant now;
  for (int i = 0; i < 3; ++i) {
    now = now + Duration(seconds(1));
    ASSERT_TRUE(limiter.MaySend(0, now));
    limiter.Sent(0, now);
  }
  EXPECT_FALSE(limiter.MaySend(0, now + Duration(seconds(9))));
  EXPECT_EQ(limiter.ReadyAt(0), kNever);
  limiter.Answered(0);
  EXPECT_TRUE(limiter.MaySend(0, now + Duration(seconds(9))));
}

TEST(RateLimiterTest, HalvesOncePerRoundTripAndGrowsBack) {
  RateLimiter limiter = MakeLimiter(true, 0.8, 60, 1);
  Instant now{seconds(10)};
  const Instant sent = now;
  now = now + Duration(milliseconds(150));
  for (int i = 0; i < 20; ++i) {
    limiter.Limited(0, "endpoint-rate", sent, Duration{0}, now);
  }
  const Instant slowed = now;
  const int first = SendUntil(limiter, now, slowed + Duration(seconds(1)));
  EXPECT_GE(first, 8);
  EXPECT_LE(first, 12);
  SendUntil(limiter, now, slowed + Duration(seconds(15)));
  EXPECT_NEAR(SendUntil(limiter, now, slowed + Duration(seconds(16))), 20, 1);
}

TEST(RateLimiterTest, KeepsAwayAsLongAsTold) {
  RateLimiter limiter = MakeLimiter(true, 0.8, 60, 2);
  const Instant now{seconds(1)};
  limiter.Limited(0, "endpoint-rate", now, seconds(5), now);
  EXPECT_FALSE(limiter.MaySend(0, now + Duration(seconds(4))));
  EXPECT_TRUE(limiter.MaySend(1, now + Duration(seconds(4))));
  EXPECT_EQ(limiter.BlockedUntil(0), now + Duration(seconds(5)));
  EXPECT_TRUE(limiter.MaySend(0, now + Duration(seconds(6))));
}

TEST(RateLimiterTest, SleepsAnHourWithoutABurst) {
  RateLimiter limiter = MakeLimiter(true, 0.8, 1000, 1);
  Instant now{seconds(1)};
  SendUntil(limiter, now, Instant{seconds(2)});
  now = now + Duration(seconds(3600));
  EXPECT_LE(SendUntil(limiter, now, now + Duration(seconds(1))), 25);
}

}  // namespace
}  // namespace precision
