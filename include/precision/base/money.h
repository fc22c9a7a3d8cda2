// Currencies' minor units, as Stripe counts them.
// https://docs.stripe.com/currencies#zero-decimal

#ifndef PRECISION_BASE_MONEY_H_
#define PRECISION_BASE_MONEY_H_

#include <string_view>

namespace precision {

// How many decimals Stripe's minor unit has: 0 for jpy, 3 for kwd, 2 for most,
// and 2 for isk, ugx and huf, whatever Intl says of them.  `currency` is the
// ISO code in either case; 2 for one that is not known.
int MinorUnitDigits(std::string_view currency);

}  // namespace precision

#endif  // PRECISION_BASE_MONEY_H_
