// What goes to Stripe and what comes back, without the credential: requests
// inside the core carry no key; the transport adds it at the moment of sending.

#ifndef PRECISION_STRIPE_HTTP_H_
#define PRECISION_STRIPE_HTTP_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "precision/base/time.h"

namespace precision {

using RequestId = std::uint32_t;

// A GET; the permission audit alone also sends POSTs, without a body and to
// objects that cannot exist.
struct HttpRequest {
  std::string path;  // "/v1/customers?limit=100", already encoded
  std::string
      stripe_version;  // empty: not sent (the account's default answers)
  std::string stripe_account;  // empty: not sent
  bool post = false;
  Duration timeout{std::chrono::seconds{60}};
};

struct OutgoingRequest {
  RequestId id = 0;
  HttpRequest request;
};

// `body` is borrowed: it lives as long as the call that hands the response in.
struct HttpResponse {
  int status = 0;
  std::string_view body;
  std::string content_type;
  std::string request_id;
  std::string stripe_version;
  std::optional<bool> should_retry;     // Stripe-Should-Retry
  std::optional<Duration> retry_after;  // not documented by Stripe; honoured
  std::string rate_limited_reason;      // Stripe-Rate-Limited-Reason
  std::optional<UnixSeconds> date;      // Date, to know Stripe's clock
};

// No HTTP answer at all, or none that is whole.
enum class TransportFailure {
  kNetwork,    // refused, reset, unreachable, DNS
  kTimeout,    // nothing within HttpRequest::timeout
  kTruncated,  // fewer bytes than Content-Length said
  kOffline,    // the browser says it has no network
};

}  // namespace precision

#endif  // PRECISION_STRIPE_HTTP_H_
