// The endpoint catalogue: every list that a pull may walk, and the lists within
// objects that it may follow.  Generated from
// src/stripe/endpoints.json, the one place that knows paths, `created` filters
// and fixed parameters; the proxy's allow-list comes from the same file.

#ifndef PRECISION_STRIPE_ENDPOINT_H_
#define PRECISION_STRIPE_ENDPOINT_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "precision/base/time.h"

namespace precision {

// The newest version this project knows; sent with every request.
// https://docs.stripe.com/changelog
inline constexpr std::string_view kStripeVersion = "2026-10-28.endive";

// https://docs.stripe.com/api/pagination
inline constexpr int kMaxPageSize = 100;

// Lists that a pull walks.  The enumerators follow endpoints.json (a generated
// include), e.g. kCustomers, kInvoices, kSubscriptions, kPaymentIntents,
// kCharges; then the nested ones, kInvoiceLines and kSubscriptionItems.
enum class Endpoint : std::uint8_t {
#define PRECISION_ENDPOINT(enumerator, ...) enumerator,
#include "precision/stripe/endpoints.inc"
#undef PRECISION_ENDPOINT
};

struct EndpointFacts {
  std::string_view name;        // "customers"; also the name in reports
  std::string_view path;        // "/v1/customers"; nested: with "{id}" in it
  std::string_view object;      // "customer": `object` of each element
  std::string_view fixed;       // "status=all", or empty
  std::string_view expand;      // what to ask for in full, or empty
  std::string_view permission;  // id in permissions.json that reading needs
  Endpoint endpoint;
  bool has_created_filter;  // takes created[gte] and created[lt]

  // The list of one object: a query needs its parent.
  constexpr bool is_nested() const { return path.contains('{'); }
};

// Without the nested ones.
std::span<const EndpointFacts> AllEndpoints();
const EndpointFacts& FactsOf(Endpoint endpoint);
std::optional<Endpoint> FindEndpoint(std::string_view name);

struct ListQuery {
  int limit = kMaxPageSize;
  std::optional<UnixSeconds> created_gte;
  std::optional<UnixSeconds> created_lt;
  std::string starting_after;  // an object id, or empty
  std::string ending_before;   // likewise, and not both
  std::string parent;          // of a nested list
  bool expand = false;         // what the endpoint's facts name
};

// "/v1/invoices?limit=100&created%5Blt%5D=...".  Ids are percent-encoded.
std::string ListPath(Endpoint endpoint, const ListQuery& query);

}  // namespace precision

#endif  // PRECISION_STRIPE_ENDPOINT_H_
