#include "sync/rate_meter.h"

#include <algorithm>
#include <chrono>

namespace precision {

namespace {

constexpr Duration kSecond = std::chrono::seconds(1);

std::int64_t SecondOf(Instant at) { return at.since_start / kSecond; }

}  // namespace

void RateMeter::Add(std::uint64_t rows, Instant now) {
  if (!began_) began_ = now;
  const std::int64_t second = SecondOf(now);
  Slot& slot =
      slots_[static_cast<std::size_t>(((second % kSlots) + kSlots) % kSlots)];
  if (slot.second != second) slot = {second, 0};
  slot.rows += rows;
}

// The second that is running counts by the part that has passed.
double RateMeter::Over(std::int64_t seconds, Instant now) const {
  if (!began_) return 0;
  const std::int64_t current = SecondOf(now);
  const std::int64_t first = current - seconds + 1;
  std::uint64_t rows = 0;
  for (const Slot& slot : slots_) {
    if (slot.second >= first && slot.second <= current) rows += slot.rows;
  }
  const Instant from = std::max(*began_, Instant{first * kSecond});
  const Duration passed = std::max<Duration>(now - from, kSecond / 2);
  return static_cast<double>(rows) /
         std::chrono::duration<double>(passed).count();
}

double RateMeter::PerSecond(Instant now) const { return Over(kShort, now); }

}  // namespace precision
