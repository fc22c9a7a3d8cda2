#include "demo_stripe/ids.h"

#include <array>

#include "demo_stripe/hash.h"

namespace precision::demo {

namespace {

struct IdForm {
  IdKind kind;
  std::string_view prefix;
  char lead;  // 0: the short form
};

// Ids are opaque; these only look familiar.
constexpr std::array kForms = std::to_array<IdForm>({
    {IdKind::kCustomer, "cus_", 0},
    {IdKind::kSubscription, "sub_", '1'},
    {IdKind::kSubscriptionItem, "si_", 0},
    {IdKind::kInvoice, "in_", '1'},
    {IdKind::kInvoiceLine, "il_", '1'},
    {IdKind::kInvoicePayment, "inpay_", '1'},
    {IdKind::kInvoiceItem, "ii_", '1'},
    {IdKind::kPaymentIntent, "pi_", '3'},
    {IdKind::kPaymentMethod, "pm_", '1'},
    {IdKind::kCharge, "ch_", '3'},
    {IdKind::kRefund, "re_", '3'},
    {IdKind::kDispute, "du_", '1'},
    {IdKind::kProduct, "prod_", 0},
    {IdKind::kPrice, "price_", '1'},
    {IdKind::kDiscount, "di_", '1'},
    {IdKind::kBalanceTransaction, "txn_", '3'},
    {IdKind::kPayout, "po_", '1'},
    {IdKind::kEvent, "evt_", '1'},
    {IdKind::kCreditNote, "cn_", '1'},
    {IdKind::kCreditNoteLine, "cnli_", '1'},
    {IdKind::kBankAccount, "ba_", '1'},
    {IdKind::kTaxRate, "txr_", '1'},
    {IdKind::kRequest, "req_", 0},
});

constexpr std::string_view kBase62 =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr int kCodeSize = 8;
constexpr std::uint64_t kMask = (std::uint64_t{1} << 47U) - 1;
// Odd, so that multiplication modulo 2^47 can be undone.
constexpr std::uint64_t kSpread = 0x5DEECE66D4A5ULL;

// Newton's iteration doubles the correct low bits with each step.
constexpr std::uint64_t Inverse(std::uint64_t odd) {
  std::uint64_t x = odd;
  for (int i = 0; i < 6; ++i) x *= 2 - odd * x;
  return x & kMask;
}
static_assert(((kSpread * Inverse(kSpread)) & kMask) == 1);

void AppendBase62(std::string& out, std::uint64_t value, int digits) {
  const std::size_t at = out.size();
  out.resize(at + static_cast<std::size_t>(digits));
  for (int i = digits - 1; i >= 0; --i) {
    out[at + static_cast<std::size_t>(i)] = kBase62[value % 62];
    value /= 62;
  }
}

}  // namespace

IdMaker::IdMaker(std::string_view account_id, std::uint64_t seed)
    : fragment_(account_id.substr(account_id.size() - 10)), seed_(seed) {}

std::string IdMaker::Make(IdKind kind, std::int64_t value) const {
  const IdForm& form = kForms[static_cast<std::size_t>(kind)];
  const auto raw = static_cast<std::uint64_t>(value);
  const std::uint64_t salt = Mix(seed_ + static_cast<std::uint64_t>(kind));
  std::string id(form.prefix);
  const std::uint64_t check = Mix(salt ^ raw);
  if (form.lead != 0) {
    id += form.lead;
    AppendBase62(id, check, 5);
    id += fragment_;
  } else {
    AppendBase62(id, check, 6);
  }
  AppendBase62(id, ((raw ^ salt) * kSpread) & kMask, kCodeSize);
  return id;
}

std::optional<std::int64_t> IdMaker::Find(IdKind kind,
                                          std::string_view id) const {
  const IdForm& form = kForms[static_cast<std::size_t>(kind)];
  const std::size_t body = form.lead != 0 ? 24 : 14;
  if (id.size() != form.prefix.size() + body) return std::nullopt;
  std::uint64_t code = 0;
  for (const char c : id.substr(id.size() - kCodeSize)) {
    const std::size_t digit = kBase62.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    code = code * 62 + digit;
  }
  const std::uint64_t salt = Mix(seed_ + static_cast<std::uint64_t>(kind));
  const auto value = static_cast<std::int64_t>(
      (((code * Inverse(kSpread)) & kMask) ^ salt) & kMask);
  // The check digits settle whether it is one of ours.
  if (Make(kind, value) != id) return std::nullopt;
  return value;
}

}  // namespace precision::demo
