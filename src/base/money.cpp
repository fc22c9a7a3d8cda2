#include "precision/base/money.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace precision {

namespace {

// https://docs.stripe.com/currencies#zero-decimal, less ugx: a special case
// there, sent with two decimals for the sake of older integrations, as isk is.
constexpr std::string_view kZeroDecimal[] = {"bif", "clp", "djf", "gnf", "jpy",
                                             "kmf", "krw", "mga", "pyg", "rwf",
                                             "vnd", "vuv", "xaf", "xof", "xpf"};

// https://docs.stripe.com/currencies#three-decimal
constexpr std::string_view kThreeDecimal[] = {"bhd", "jod", "kwd", "omr",
                                              "tnd"};

}  // namespace

int MinorUnitDigits(std::string_view currency) {
  if (currency.size() != 3) return 2;
  std::array<char, 3> lower{};
  std::ranges::transform(currency, lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  const std::string_view code(lower.data(), lower.size());
  if (std::ranges::find(kZeroDecimal, code) != std::end(kZeroDecimal)) return 0;
  if (std::ranges::find(kThreeDecimal, code) != std::end(kThreeDecimal)) {
    return 3;
  }
  return 2;
}

}  // namespace precision
