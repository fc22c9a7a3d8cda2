// What goes wrong for a key, request by request.

#ifndef PRECISION_DEMO_STRIPE_FAULT_STORY_H_
#define PRECISION_DEMO_STRIPE_FAULT_STORY_H_

#include <cstdint>
#include <optional>

#include "demo_stripe/demo_keys.h"
#include "demo_stripe/demo_stripe.h"
#include "precision/base/time.h"

namespace precision::demo {

// What happens to one request.
struct Twist {
  int status = 0;  // 429, 500, ...; 0: a good answer
  bool revoked = false;
  Fault fault = Fault::kNone;
  std::size_t fault_permille = 0;  // of the body, before it breaks
  Duration delay{0};
  Duration body_time{0};
};

class FaultStory {
 public:
  explicit FaultStory(const FaultPlan& plan) : plan_(plan) {}

  Twist Next(Instant now);

 private:
  FaultPlan plan_;
  std::int64_t count_ = 0;  // since the last pause
  std::optional<Instant> last_;
};

}  // namespace precision::demo

#endif  // PRECISION_DEMO_STRIPE_FAULT_STORY_H_
