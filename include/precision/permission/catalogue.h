// The permission catalogue: every row of the Dashboard's restricted-key form
// that is known, in the Dashboard's words and order, and how each can be shown
// from outside.  Generated from src/permission/permissions.json, which also
// says where each fact comes from; a permission that Stripe adds tomorrow is
// one entry there.  What a row should be is policy.h.

#ifndef PRECISION_PERMISSION_CATALOGUE_H_
#define PRECISION_PERMISSION_CATALOGUE_H_

#include <cstdint>
#include <span>
#include <string_view>

namespace precision {

// How well it is known which row a probe is about.
enum class Certainty : std::uint8_t {
  kProven,      // others have probed it and seen both answers
  kDocumented,  // Stripe or a prober says so
  kUnverified,  // nobody has shown it: its answers give weaker verdicts
};

struct PermissionFacts {
  std::string_view id;       // "customer": machine name less _read/_write
  std::string_view section;  // "Core", as the Dashboard writes it
  std::string_view label;    // "Customers"
  std::string_view probe;    // "/v1/customers?limit=1"; empty: none is known
  std::string_view proves;   // statuses that prove Read, "200", "404 400"
  // A POST without a body to an object that cannot exist: 404 shows Write, and
  // nothing can be changed.  Empty: none is known.
  std::string_view write_probe;
  std::string_view implied_by;  // ids whose grant also opens the probe
  std::string_view tables;      // "payments": what cannot be read without it
  std::string_view prefill;     // "rak_customer_read"; empty: not in the link
  int ask;                      // an audit asks the lower numbers first
  bool offers_read;
  bool offers_write;
  bool connect_column;  // the row has a second box for Connect
  bool needed_by_pull;  // one of the default tables cannot be read without it
  Certainty sure;       // of the row and of its probe
};

// The row whose probe also finds out whether there are connected accounts.
inline constexpr std::string_view kConnectedAccounts = "connected_account";

std::span<const PermissionFacts> AllPermissions();
const PermissionFacts* FindPermission(std::string_view id);

}  // namespace precision

#endif  // PRECISION_PERMISSION_CATALOGUE_H_
