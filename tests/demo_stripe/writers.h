// Tells a business's objects as Stripe does, in the shape of the version asked
// for.  Shapes: https://docs.stripe.com/api, changes between versions:
// https://docs.stripe.com/changelog

#ifndef PRECISION_DEMO_STRIPE_WRITERS_H_
#define PRECISION_DEMO_STRIPE_WRITERS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "demo_stripe/business.h"
#include "demo_stripe/json_writer.h"

namespace precision::demo {

// Versions as numbers: 2025-03-31.basil is 20250331.
inline constexpr int kAugust2020 = 20200827;
inline constexpr int kNovember2022 = 20221115;
inline constexpr int kBasil = 20250331;
inline constexpr int kMay2025 = 20250528;
inline constexpr int kClover = 20250930;
inline constexpr int kDecember2025 = 20251215;
inline constexpr int kDahlia = 20260325;
inline constexpr int kMay2026 = 20260527;
inline constexpr int kJuly2026 = 20260729;
inline constexpr int kEndive = 20260930;

// One object being told.
struct Telling {
  const Business& business;
  JsonWriter& json;
  int version = 0;
  std::vector<std::string> expand;  // "customer", "latest_charge.refunds"

  bool Since(int date) const { return version >= date; }
  bool Expands(std::string_view name) const;
  // For what is told within `name`.
  Telling Inside(std::string_view name) const;
  std::string Id(IdKind kind, std::int64_t value) const {
    return business.Id(kind, value);
  }
};

// Each writes one object, as the member `key` or, without one, as an element.
void WriteCustomer(const Telling& t, CustomerNumber number,
                   std::string_view key = {});
void WriteSubscription(const Telling& t, std::int64_t index,
                       std::string_view key = {});
void WriteSubscriptionItem(const Telling& t, const SubscriptionFacts& facts,
                           std::size_t item);
void WriteInvoice(const Telling& t, std::int64_t index,
                  std::string_view key = {});
void WriteInvoiceLine(const Telling& t, const InvoiceFacts& facts,
                      std::size_t line);
void WriteInvoicePayment(const Telling& t, std::int64_t index,
                         std::string_view key = {});
void WriteCreditNote(const Telling& t, std::int64_t index,
                     std::string_view key = {});
void WritePaymentIntent(const Telling& t, std::int64_t index,
                        std::string_view key = {});
void WriteCharge(const Telling& t, std::int64_t index,
                 std::string_view key = {});
void WriteRefund(const Telling& t, std::int64_t index,
                 std::string_view key = {});
void WriteDispute(const Telling& t, std::int64_t index,
                  std::string_view key = {});
void WriteMovement(const Telling& t, std::int64_t index,
                   std::string_view key = {});
void WritePayout(const Telling& t, std::int64_t index,
                 std::string_view key = {});
void WriteBalance(const Telling& t);
void WriteAccount(const Telling& t);
void WriteProduct(const Telling& t, std::int64_t index,
                  std::string_view key = {});
void WritePrice(const Telling& t, std::int64_t index,
                std::string_view key = {});
void WritePlan(const Telling& t, std::int64_t index, std::string_view key = {});
void WriteCoupon(const Telling& t, std::int64_t index,
                 std::string_view key = {});
void WriteEvent(const Telling& t, std::int64_t index,
                std::string_view key = {});

// A reference: the id, or the object where it is expanded.
void WriteCustomerRef(const Telling& t, CustomerNumber number);
void WriteAddress(const Telling& t, std::string_view key,
                  const CustomerFacts& customer);
// The ends of a list object: what is between are its elements.
void BeginList(JsonWriter& json, std::string_view key);
void EndList(JsonWriter& json, bool has_more, std::string_view url);
// A discount of `coupon`, under the id of `owner`.
void WriteDiscount(const Telling& t, std::string_view key, int coupon,
                   std::int64_t subscription, CustomerNumber customer,
                   std::int64_t start);

}  // namespace precision::demo

#endif  // PRECISION_DEMO_STRIPE_WRITERS_H_
