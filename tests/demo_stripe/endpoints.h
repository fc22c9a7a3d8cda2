// Every path the demo answers, and the permission that opens it.
// https://docs.stripe.com/api,
// https://docs.stripe.com/stripe-apps/reference/permissions

#ifndef PRECISION_DEMO_STRIPE_ENDPOINTS_H_
#define PRECISION_DEMO_STRIPE_ENDPOINTS_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace precision::demo {

enum class Answer : std::uint8_t {
  kList,      // of a resource that the demo has (resource.h)
  kRetrieve,  // one of them
  kNested,    // a list within one of them: /lines
  kBalance,
  kAccount,
  kEmptyList,   // a list that is always empty here
  kEmptyV2,     // the same in v2's form
  kMissing,     // 404 resource_missing for any id
  kMissing400,  // as kMissing, with status 400
  kSettings,    // a small object
};

struct EndpointRule {
  std::string_view path;  // "{id}" stands for one segment
  Answer answer;
  std::string_view permission;  // bare name without _read; empty: any key
  std::string_view label;       // the Dashboard's row
};

struct EndpointMatch {
  const EndpointRule* rule = nullptr;
  std::string id;  // decoded
};

std::span<const EndpointRule> AllEndpointRules();

// `path` has no query.
std::optional<EndpointMatch> FindEndpointRule(std::string_view path);

// "customer_read" and the like: every row that offers Read.
std::vector<std::string> AllReadPermissions();

// The guide's bottom sections.
bool MustBeNone(std::string_view permission);

// Whether a key with `granted` may do what `wanted` names: Write includes Read,
// and some rows open others.
bool Grants(const std::vector<std::string>& granted, std::string_view wanted);

}  // namespace precision::demo

#endif  // PRECISION_DEMO_STRIPE_ENDPOINTS_H_
