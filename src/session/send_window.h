// When the requests of an audit, and of a pull beside it, may go: both count
// as one against the account's limit.  A pull by itself keeps finer limits of
// its own, in sync/.

#ifndef PRECISION_SRC_SESSION_SEND_WINDOW_H_
#define PRECISION_SRC_SESSION_SEND_WINDOW_H_

#include <array>
#include <chrono>
#include <cstddef>

#include "precision/base/time.h"

namespace precision {

class SendWindow {
 public:
  void Sent(bool live, Instant now) { sent_[count_++ % Most(live)] = now; }

  // When one more fits.  `spare`: so many places are left free, as long as the
  // window has not been full once.
  Instant NextPlace(bool live, std::size_t spare = 0) const {
    const std::size_t most = Most(live) - (count_ < Most(live) ? spare : 0);
    return count_ < most ? Instant{}
                         : sent_[(count_ - most) % Most(live)] + kLength;
  }

  // A little more than a second: the network may push requests together.
  static constexpr Duration kLength = std::chrono::milliseconds{1050};

 private:
  // Requests within any second, of 100 and 25 that an account may make: the
  // rest is for its other traffic.  https://docs.stripe.com/rate-limits
  static constexpr std::size_t kLive = 80;
  static constexpr std::size_t kTest = 23;
  static constexpr std::size_t Most(bool live) { return live ? kLive : kTest; }

  std::array<Instant, kLive> sent_{};
  std::size_t count_ = 0;
};

}  // namespace precision

#endif  // PRECISION_SRC_SESSION_SEND_WINDOW_H_
