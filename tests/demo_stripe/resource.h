// What lists and retrievals need to know of each kind of object.

#ifndef PRECISION_DEMO_STRIPE_RESOURCE_H_
#define PRECISION_DEMO_STRIPE_RESOURCE_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "demo_stripe/business.h"
#include "demo_stripe/query.h"
#include "demo_stripe/writers.h"

namespace precision::demo {

struct Resource {
  std::string_view path;     // "/v1/invoices"
  std::string_view object;   // "invoice", as in "No such invoice"
  bool has_created;          // takes the `created` filter
  std::string_view filters;  // other list parameters, each between spaces
  std::int64_t (*count)(const Business&);
  // Never falls as the index rises.
  std::int64_t (*created)(const Business&, std::int64_t index);
  // Beyond count() for what is in no list: deleted customers.
  std::optional<std::int64_t> (*find)(const Business&, std::string_view id);
  void (*write)(const Telling&, std::int64_t index, std::string_view key);
  // Whether the object passes the list's other filters, defaults included.
  bool (*matches)(const Business&, std::int64_t index, const Query&);
};

std::span<const Resource> AllResources();
// `path`: of the list or of one object.
const Resource* FindResource(std::string_view path);

// Subscription items have no order of their own; they are listed by
// subscription.
std::optional<std::int64_t> FindSubscriptionItem(const Business& business,
                                                 std::string_view id);

}  // namespace precision::demo

#endif  // PRECISION_DEMO_STRIPE_RESOURCE_H_
