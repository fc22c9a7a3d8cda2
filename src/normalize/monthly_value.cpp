#include "normalize/monthly_value.h"

#include <cstddef>

#include "precision/base/money.h"

namespace precision {

namespace {

// Both compilers of this project have it; there is no standard 128-bit type.
__extension__ using Wide = __int128;

constexpr int kPlaces = 12;
// Numerators and denominators stay below: 10^9 pieces, 10^4 intervals.
constexpr std::int64_t kMaxQuantity = 1'000'000'000;
constexpr std::int64_t kMaxIntervals = 10'000;

// In units of 10^-12.
std::optional<Wide> Scaled(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  Wide value = 0;
  int places = -1;  // before the point
  std::size_t digits = 0;
  for (const char c : text) {
    if (c == '.') {
      if (places >= 0) return std::nullopt;
      places = 0;
      continue;
    }
    if (c < '0' || c > '9') return std::nullopt;
    if (places == kPlaces) {
      if (c != '0') return std::nullopt;
      continue;
    }
    value = value * 10 + (c - '0');
    ++digits;
    if (places >= 0) ++places;
    // 28 digits are room for 2^53 and 12 places.
    if (value >= Wide{10'000'000'000'000'000} * 1'000'000'000'000) {
      return std::nullopt;
    }
  }
  if (digits == 0) return std::nullopt;
  for (int i = places < 0 ? 0 : places; i < kPlaces; ++i) value *= 10;
  if (value >= Wide{10'000'000'000'000'000} * 1'000'000'000'000) {
    return std::nullopt;
  }
  return negative ? -value : value;
}

// Intervals a year.
std::optional<int> PerYear(std::string_view interval) {
  if (interval == "month") return 12;
  if (interval == "year") return 1;
  if (interval == "week") return 52;
  if (interval == "day") return 365;
  return std::nullopt;
}

}  // namespace

std::optional<std::int64_t> MonthlyValue(std::string_view amount,
                                         std::int64_t quantity,
                                         std::string_view interval,
                                         std::int64_t interval_count) {
  const std::optional<Wide> scaled = Scaled(amount);
  const std::optional<int> per_year = PerYear(interval);
  if (!scaled || !per_year || interval_count < 1 ||
      interval_count > kMaxIntervals || quantity < 0 ||
      quantity > kMaxQuantity) {
    return std::nullopt;
  }
  Wide value = *scaled;
  const bool negative = value < 0;
  if (negative) value = -value;
  const Wide factor = Wide{quantity} * *per_year;
  constexpr Wide kHuge = ~(Wide{1} << 127) / 4;
  if (factor != 0 && value > kHuge / factor) return std::nullopt;
  const Wide above = value * factor;
  const Wide below = Wide{1'000'000'000'000} * 12 * interval_count;
  const Wide rounded = (above + below / 2) / below;
  if (rounded > kMaxExact) return std::nullopt;
  const auto whole = static_cast<std::int64_t>(rounded);
  return negative ? -whole : whole;
}

}  // namespace precision
