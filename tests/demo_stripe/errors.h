// Stripe's error bodies, in its own words where tests and people rely on them.
// https://docs.stripe.com/api/errors

#ifndef PRECISION_DEMO_STRIPE_ERRORS_H_
#define PRECISION_DEMO_STRIPE_ERRORS_H_

#include <string>
#include <string_view>

namespace precision::demo {

struct DemoError {
  int status = 400;
  std::string type = "invalid_request_error";
  std::string code;
  std::string message;
  std::string param;
};

std::string ErrorBody(const DemoError& error);

// "rk_live_****...wXyZ" and "rk_live_...wXyZ".
std::string Starred(std::string_view key);
std::string Dotted(std::string_view key);

DemoError NoKey();
DemoError UnknownKey(std::string_view key);
DemoError ExpiredKey(std::string_view key);
DemoError IpRefused();
// `permission`: "customer_read"; `label`: "Customers".
DemoError NoPermission(std::string_view key, std::string_view account,
                       std::string_view permission, std::string_view label,
                       bool old_wording);
DemoError AccountRefused(std::string_view key, std::string_view account);
DemoError NoConnectPermissions();
DemoError BadVersion(std::string_view version);
DemoError UnknownUrl(std::string_view method, std::string_view path);
DemoError NoSuch(std::string_view object, std::string_view id,
                 std::string_view param, bool live_twin);
DemoError UnknownParameter(std::string_view name);
DemoError BadParameter(std::string_view name, std::string_view message);
DemoError RateLimited();
DemoError ServerTrouble(int status);

}  // namespace precision::demo

#endif  // PRECISION_DEMO_STRIPE_ERRORS_H_
