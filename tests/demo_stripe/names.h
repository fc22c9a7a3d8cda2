// Made-up people and places, in several scripts.

#ifndef PRECISION_DEMO_STRIPE_NAMES_H_
#define PRECISION_DEMO_STRIPE_NAMES_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "demo_stripe/hash.h"

namespace precision::demo {

std::string MadeUpName(const Dice& dice, std::int64_t number, int currency);
std::string_view MadeUpCity(int currency, std::uint64_t roll);

}  // namespace precision::demo

#endif  // PRECISION_DEMO_STRIPE_NAMES_H_
