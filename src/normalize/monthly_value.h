// What a subscription item is worth in a month, in exact arithmetic.

#ifndef PRECISION_NORMALIZE_MONTHLY_VALUE_H_
#define PRECISION_NORMALIZE_MONTHLY_VALUE_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace precision {

// `amount` is in minor units, a decimal of at most 12 places ("1999", "0.05"),
// for one piece and one interval of `interval_count` times `interval`: "day",
// "week", "month", "year".  A year is 12 months, 52 weeks or 365 days.  The
// result is rounded once, half away from zero, to a whole minor unit.
//
// Empty for what it cannot tell: no decimal, an unknown interval, a result
// beyond 2^53.
std::optional<std::int64_t> MonthlyValue(std::string_view amount,
                                         std::int64_t quantity,
                                         std::string_view interval,
                                         std::int64_t interval_count);

}  // namespace precision

#endif  // PRECISION_NORMALIZE_MONTHLY_VALUE_H_
