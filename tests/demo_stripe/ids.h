// Object ids that carry their index, so that an object is found by its id
// without a table, and look as Stripe's do (24 characters with a piece of the
// account's id, or 14 without).

#ifndef PRECISION_DEMO_STRIPE_IDS_H_
#define PRECISION_DEMO_STRIPE_IDS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace precision::demo {

enum class IdKind : std::uint8_t {
  kCustomer,  // deleted ones too: kDeletedBit
  kSubscription,
  kSubscriptionItem,
  kInvoice,
  kInvoiceLine,
  kInvoicePayment,
  kInvoiceItem,
  kPaymentIntent,
  kPaymentMethod,
  kCharge,
  kRefund,
  kDispute,
  kProduct,
  kPrice,
  kDiscount,
  kBalanceTransaction,
  kPayout,
  kEvent,
  kCreditNote,
  kCreditNoteLine,
  kBankAccount,
  kTaxRate,
  kRequest,
};

inline constexpr std::int64_t kDeletedBit = std::int64_t{1} << 40;

class IdMaker {
 public:
  // `account_id`: "acct_1...".
  IdMaker(std::string_view account_id, std::uint64_t seed);

  // REQUIRES: 0 <= value < 2^46.
  std::string Make(IdKind kind, std::int64_t value) const;
  // The value `id` was made from; nothing when it was not made here.
  std::optional<std::int64_t> Find(IdKind kind, std::string_view id) const;

 private:
  std::string fragment_;
  std::uint64_t seed_;
};

}  // namespace precision::demo

#endif  // PRECISION_DEMO_STRIPE_IDS_H_
