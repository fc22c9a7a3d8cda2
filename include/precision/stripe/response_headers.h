// Header lines into the fields of an HttpResponse.  What is not known is
// passed over.

#ifndef PRECISION_STRIPE_RESPONSE_HEADERS_H_
#define PRECISION_STRIPE_RESPONSE_HEADERS_H_

#include <optional>
#include <string_view>

#include "precision/base/time.h"
#include "precision/stripe/http.h"

namespace precision {

// `name` in any case.
void ReadHeader(std::string_view name, std::string_view value,
                HttpResponse& response);

// "name: value" lines as XMLHttpRequest.getAllResponseHeaders() gives them.
void ReadHeaderLines(std::string_view lines, HttpResponse& response);

// The one form that servers may send, "Mon, 23 Nov 2026 14:05:15 GMT".
// https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7
std::optional<UnixSeconds> ParseHttpDate(std::string_view text);

}  // namespace precision

#endif  // PRECISION_STRIPE_RESPONSE_HEADERS_H_
