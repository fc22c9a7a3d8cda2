// One reading of everything that is not a page: HTTP status first, then
// error.code, then the message.  Pure.
// https://docs.stripe.com/error-handling

#ifndef PRECISION_STRIPE_API_ERROR_H_
#define PRECISION_STRIPE_API_ERROR_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "precision/base/error_code.h"
#include "precision/stripe/http.h"

namespace precision {

struct ApiError {
  ErrorCode code = ErrorCode::kInternal;
  int status = 0;           // 0: no HTTP answer
  std::string stripe_type;  // error.type as Stripe wrote it
  std::string stripe_code;  // error.code as Stripe wrote it
  // Stripe's message without anything that could be a key, an account id, an
  // API key id, an e-mail or what the person pasted.  For support, not for the
  // page's own sentences.
  std::string scrubbed_message;
  // Permission names the message mentions, without `rak_`, e.g.
  // "subscription_read".  A hint: Stripe names the wrong one at times.
  std::vector<std::string> named_permissions;
  // The key's edit page in the Dashboard, rebuilt from the ids a 403 names;
  // empty when it names none.  For the key's owner alone: it holds ids.
  std::string key_edit_url;
  std::string request_id;
  std::string rate_limited_reason;
  std::optional<bool> should_retry;
  std::optional<Duration> retry_after;
};

// For any response that is not a readable page, 200 with a body that is no
// JSON included (kStripeUnreadable).  nginx's own error pages (HTML, or
// error.type "proxy_error") are kProxyDown or, where trying again cannot help,
// kProxyMisconfigured; a limit of its own is kRateLimited.
ApiError ReadApiError(const HttpResponse& response);

ApiError FromTransportFailure(TransportFailure failure);

// Removes keys (masked ones too), acct_ and mk_ ids, e-mail addresses and
// quoted text that follows "Invalid API Key provided".
std::string Scrub(std::string_view text);

}  // namespace precision

#endif  // PRECISION_STRIPE_API_ERROR_H_
