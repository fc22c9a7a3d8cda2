// Lists of names, as the tables' descriptions hold them.

#ifndef PRECISION_SRC_NORMALIZE_NAME_LIST_H_
#define PRECISION_SRC_NORMALIZE_NAME_LIST_H_

#include <algorithm>
#include <cstddef>
#include <span>
#include <string_view>

namespace precision {

// The front of `list` up to `mark`, which is taken off it.
inline std::string_view TakeUntil(std::string_view& list, char mark) {
  const std::size_t end = std::min(list.find(mark), list.size());
  const std::string_view front = list.substr(0, end);
  list.remove_prefix(std::min(end + 1, list.size()));
  return front;
}

// What the newest version calls what others call otherwise.
struct Renamed {
  std::string_view was;
  std::string_view is;
};

// Empty where `name` is called as ever.
inline std::string_view NewName(std::span<const Renamed> names,
                                std::string_view name) {
  for (const Renamed& renamed : names) {
    if (renamed.was == name) return renamed.is;
  }
  return {};
}

// What objects of type `card` call the brands that payment_method_details names
// otherwise.  https://docs.stripe.com/api/cards/object#card_object-brand
// https://docs.stripe.com/api/charges/object#charge_object-payment_method_details-card-brand
inline constexpr Renamed kCardBrands[] = {
    {"Visa", "visa"},
    {"MasterCard", "mastercard"},
    {"American Express", "amex"},
    {"Discover", "discover"},
    {"Diners Club", "diners"},
    {"JCB", "jcb"},
    {"UnionPay", "unionpay"},
    {"Cartes Bancaires", "cartes_bancaires"},
    {"Eftpos Australia", "eftpos_au"},
    {"Unknown", "unknown"},
};

// The method of a charge by its `source` is the source's type, but for this:
// https://docs.stripe.com/api/charges/object#charge_object-payment_method_details-ach_debit
inline constexpr Renamed kMethodNames[] = {{"bank_account", "ach_debit"}};

}  // namespace precision

#endif  // PRECISION_SRC_NORMALIZE_NAME_LIST_H_
