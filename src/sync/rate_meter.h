// Rows a second over the last few seconds.

#ifndef PRECISION_SRC_SYNC_RATE_METER_H_
#define PRECISION_SRC_SYNC_RATE_METER_H_

#include <array>
#include <cstdint>
#include <optional>

#include "precision/base/time.h"

namespace precision {

class RateMeter {
 public:
  void Add(std::uint64_t rows, Instant now);
  double PerSecond(Instant now) const;

 private:
  static constexpr std::int64_t kSlots = 8;
  static constexpr std::int64_t kShort = 5;

  double Over(std::int64_t seconds, Instant now) const;

  struct Slot {
    std::int64_t second = -1;
    std::uint64_t rows = 0;
  };
  std::array<Slot, kSlots> slots_{};
  std::optional<Instant> began_;
};

}  // namespace precision

#endif  // PRECISION_SRC_SYNC_RATE_METER_H_
