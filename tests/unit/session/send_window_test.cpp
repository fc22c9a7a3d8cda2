#include "session/send_window.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <vector>

namespace precision {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// No second, wherever it begins, may see more than the account allows.
TEST(SendWindowTest, StaysUnderTheLimitInEverySecond) {
  for (const bool live : {true, false}) {
    SCOPED_TRACE(live ? "live" : "test");
    SendWindow window;
    Instant now{seconds{5}};
    std::vector<Instant> sent;
    for (int i = 0; i < 500; ++i) {
      // Now and then nothing is to be sent for a while.
      if (i % 37 == 0) now = now + milliseconds{i % 5 * 100};
      now = std::max(now, window.NextPlace(live));
      window.Sent(live, now);
      sent.push_back(now);
    }
    const std::size_t limit = live ? 100 : 25;
    for (std::size_t i = limit; i < sent.size(); ++i) {
      EXPECT_GE(sent[i] - sent[i - limit], seconds{1}) << i;
    }
    // And it is used: four in five of the requests allowed.
    EXPECT_LT(sent.back() - sent.front(), seconds{live ? 10 : 27});
  }
}

TEST(SendWindowTest, KeepsPlacesFreeUntilItWasFullOnce) {
  SendWindow window;
  const Instant start{seconds{1}};
  std::size_t sent = 0;
  while (window.NextPlace(false, 4) <= start) window.Sent(false, start), ++sent;
  const Instant later = window.NextPlace(false, 4);
  EXPECT_EQ(later, start + SendWindow::kLength);
  while (window.NextPlace(false) <= start) window.Sent(false, start), ++sent;
  EXPECT_EQ(sent, 23U);
  // Nothing is lost by it later.
  std::size_t after = 0;
  while (window.NextPlace(false, 4) <= later) {
    window.Sent(false, later);
    ++after;
  }
  EXPECT_EQ(after, 23U);
}

TEST(SendWindowTest, HasRoomAtOnceWhenNothingWasSent) {
  EXPECT_EQ(SendWindow().NextPlace(true), Instant{});
}

}  // namespace
}  // namespace precision
