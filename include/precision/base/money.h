// Currencies' minor units, as Stripe counts them.
// https://docs.stripe.com/currencies#zero-decimal

#ifndef PRECISION_BASE_MONEY_H_
#define PRECISION_BASE_MONEY_H_

#include <cstdint>
#include <string_view>

namespace precision {

// 2^53 - 1: no whole number above it, either way, is exact in JavaScript, and
// so in the page.
inline constexpr std::int64_t kMaxExact = (std::int64_t{1} << 53) - 1;

// How many decimals Stripe's minor unit has: 0 for jpy, 3 for kwd, 2 for most,
// and 2 for isk, ugx and huf, whatever Intl says of them.  `currency` is the
// ISO code in either case; 2 for one that is not known.
int MinorUnitDigits(std::string_view currency);

}  // namespace precision

#endif  // PRECISION_BASE_MONEY_H_
