// Dates of the proleptic Gregorian calendar, in UTC.
// Algorithms: https://howardhinnant.github.io/date_algorithms.html

#ifndef PRECISION_DEMO_STRIPE_CALENDAR_H_
#define PRECISION_DEMO_STRIPE_CALENDAR_H_

#include <chrono>
#include <cstdint>

namespace precision::demo {

inline constexpr std::int64_t kHour = 3600;
inline constexpr std::int64_t kDay = 24 * kHour;

// The same time of day `months` later; the last day of a shorter month.
inline std::int64_t AddMonths(std::int64_t unix_time, std::int64_t months) {
  using std::chrono::days;
  using std::chrono::sys_days;
  const std::int64_t day = unix_time / kDay;
  const std::chrono::year_month_day from{sys_days{days{day}}};
  const auto month = std::chrono::year_month{from.year(), from.month()} +
                     std::chrono::months{months};
  const auto last =
      std::chrono::year_month_day_last{month.year(),
                                       month.month() / std::chrono::last}
          .day();
  const auto to = month / (from.day() < last ? from.day() : last);
  return sys_days{to}.time_since_epoch().count() * kDay + unix_time % kDay;
}

}  // namespace precision::demo

#endif  // PRECISION_DEMO_STRIPE_CALENDAR_H_
