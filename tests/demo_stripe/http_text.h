// The plain text around an answer: the key in a request's Authorization, the
// headers Stripe sends.

#ifndef PRECISION_DEMO_STRIPE_HTTP_TEXT_H_
#define PRECISION_DEMO_STRIPE_HTTP_TEXT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "precision/base/time.h"

namespace precision::demo {

// From "Bearer KEY" or "Basic base64(KEY:)"; empty when there is none.
std::string KeyIn(std::string_view authorization);

// "Fri, 20 Nov 2026 00:00:00 GMT"
std::string HttpDate(UnixSeconds at);

std::vector<std::pair<std::string, std::string>> UsualHeaders(
    std::int64_t request_number, std::string_view version, UnixSeconds now);

}  // namespace precision::demo

#endif  // PRECISION_DEMO_STRIPE_HTTP_TEXT_H_
