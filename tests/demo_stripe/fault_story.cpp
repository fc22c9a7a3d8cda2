#include "demo_stripe/fault_story.h"

#include "demo_stripe/hash.h"

namespace precision::demo {

Twist FaultStory::Next(Instant now) {
  if (last_ && now - *last_ > plan_.quiet) count_ = 0;
  last_ = now;
  ++count_;

  Twist twist;
  twist.delay = plan_.delay;
  twist.body_time = plan_.body_time;
  if (plan_.body_time.count() > 0) twist.fault = Fault::kSlowBody;
  if (plan_.revoke_after > 0 && count_ > plan_.revoke_after) {
    twist.revoked = true;
    return twist;
  }
  if (count_ <= plan_.storm_requests ||
      (plan_.storm_every > 0 && count_ % plan_.storm_every == 0)) {
    twist.status = 429;
    return twist;
  }
  const std::uint64_t draw = Mix(static_cast<std::uint64_t>(count_));
  int roll = static_cast<int>(draw % 100);
  if (roll < plan_.error_percent) {
    constexpr int kStatuses[] = {500, 502, 503};
    twist.status = kStatuses[draw / 100 % 3];
    return twist;
  }
  roll -= plan_.error_percent;
  if (roll < plan_.reset_percent) {
    twist.fault = Fault::kReset;
  } else if (roll < plan_.reset_percent + plan_.truncate_percent) {
    twist.fault = Fault::kTruncate;
  }
  if (twist.fault == Fault::kReset || twist.fault == Fault::kTruncate) {
    twist.fault_permille = 100 + draw / 300 % 800;
  }
  return twist;
}

}  // namespace precision::demo
