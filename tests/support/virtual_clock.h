// A queue of things that happen at moments of a clock nobody waits for.

#ifndef PRECISION_TESTS_SUPPORT_VIRTUAL_CLOCK_H_
#define PRECISION_TESTS_SUPPORT_VIRTUAL_CLOCK_H_

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <utility>

#include "precision/base/time.h"

namespace precision {

class VirtualClock {
 public:
  Instant now() const { return now_; }

  void At(Instant when, std::function<void()> what) {
    queue_.emplace(std::pair(when < now_ ? now_ : when, order_++),
                   std::move(what));
  }
  void In(Duration delay, std::function<void()> what) {
    At(now_ + delay, std::move(what));
  }

  std::optional<Instant> Next() const {
    if (queue_.empty()) return std::nullopt;
    return queue_.begin()->first.first;
  }

  // Goes to `when`, which is not before now nor after Next().
  void MoveTo(Instant when) {
    if (when > now_) now_ = when;
  }

  // REQUIRES: Next().
  void RunNext() {
    auto next = queue_.extract(queue_.begin());
    MoveTo(next.key().first);
    next.mapped()();
  }

 private:
  Instant now_;
  std::uint64_t order_ = 0;  // same moment: first come, first served
  std::map<std::pair<Instant, std::uint64_t>, std::function<void()>> queue_;
};

}  // namespace precision

#endif  // PRECISION_TESTS_SUPPORT_VIRTUAL_CLOCK_H_
