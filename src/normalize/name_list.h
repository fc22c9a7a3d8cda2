// Lists of names in one text, as the tables' descriptions hold them.

#ifndef PRECISION_SRC_NORMALIZE_NAME_LIST_H_
#define PRECISION_SRC_NORMALIZE_NAME_LIST_H_

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace precision {

// The front of `list` up to `mark`, which is taken off it.
inline std::string_view TakeUntil(std::string_view& list, char mark) {
  const std::size_t end = std::min(list.find(mark), list.size());
  const std::string_view front = list.substr(0, end);
  list.remove_prefix(std::min(end + 1, list.size()));
  return front;
}

// What `name` is called in the newest version, by "was=is,..."; empty where it
// is called as ever.
inline std::string_view NewName(std::string_view names, std::string_view name) {
  while (!names.empty()) {
    std::string_view is = TakeUntil(names, ',');
    if (TakeUntil(is, '=') == name) return is;
  }
  return {};
}

// What objects of type `card` call the brands that payment_method_details names
// as below.  https://docs.stripe.com/api/cards/object#card_object-brand
// https://docs.stripe.com/api/charges/object#charge_object-payment_method_details-card-brand
inline constexpr std::string_view kCardBrands =
    "Visa=visa,MasterCard=mastercard,American Express=amex,Discover=discover,"
    "Diners Club=diners,JCB=jcb,UnionPay=unionpay,"
    "Cartes Bancaires=cartes_bancaires,Eftpos Australia=eftpos_au,"
    "Unknown=unknown";

// The method of a charge by its `source` is the source's type, but for this:
// https://docs.stripe.com/api/charges/object#charge_object-payment_method_details-ach_debit
inline constexpr std::string_view kMethodNames = "bank_account=ach_debit";

}  // namespace precision

#endif  // PRECISION_SRC_NORMALIZE_NAME_LIST_H_
