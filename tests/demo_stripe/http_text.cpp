#include "demo_stripe/http_text.h"

#include <array>
#include <chrono>

#include "demo_stripe/ids.h"

namespace precision::demo {

namespace {

std::string Base64Decoded(std::string_view text) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  unsigned bits = 0;
  int held = 0;
  for (const char c : text) {
    const std::size_t digit = kDigits.find(c);
    if (digit == std::string_view::npos) break;
    bits = (bits << 6U) | static_cast<unsigned>(digit);
    held += 6;
    if (held < 8) continue;
    held -= 8;
    out += static_cast<char>((bits >> static_cast<unsigned>(held)) & 0xFFU);
  }
  return out;
}

std::string TwoDigits(unsigned value) {
  return std::to_string(100 + value).substr(1);
}

}  // namespace

std::string KeyIn(std::string_view authorization) {
  const std::size_t space = authorization.find(' ');
  if (space == std::string_view::npos) return {};
  const std::string_view scheme = authorization.substr(0, space);
  const std::string_view rest = authorization.substr(space + 1);
  if (scheme == "Bearer" || scheme == "bearer") return std::string(rest);
  if (scheme != "Basic" && scheme != "basic") return {};
  const std::string pair = Base64Decoded(rest);
  return pair.substr(0, pair.find(':'));
}

std::string HttpDate(UnixSeconds at) {
  constexpr std::array<const char*, 7> kDays = {"Sun", "Mon", "Tue", "Wed",
                                                "Thu", "Fri", "Sat"};
  constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr",
                                                   "May", "Jun", "Jul", "Aug",
                                                   "Sep", "Oct", "Nov", "Dec"};
  using std::chrono::days;
  using std::chrono::sys_days;
  const sys_days day{days{at.value / 86400}};
  const std::chrono::year_month_day date{day};
  const auto second = static_cast<unsigned>(at.value % 86400);
  return std::string(kDays[std::chrono::weekday{day}.c_encoding()]) + ", " +
         TwoDigits(static_cast<unsigned>(date.day())) + " " +
         kMonths[static_cast<unsigned>(date.month()) - 1] + " " +
         std::to_string(static_cast<int>(date.year())) + " " +
         TwoDigits(second / 3600) + ":" + TwoDigits(second / 60 % 60) + ":" +
         TwoDigits(second % 60) + " GMT";
}

std::vector<std::pair<std::string, std::string>> UsualHeaders(
    std::int64_t request_number, std::string_view version, UnixSeconds now) {
  static constexpr std::string_view kNobody = "acct_1DemoRequestIds";
  return {{"content-type", "application/json"},
          {"date", HttpDate(now)},
          {"request-id",
           IdMaker(kNobody, 7).Make(IdKind::kRequest, request_number)},
          {"stripe-version", std::string(version)},
          {"access-control-allow-origin", "*"},
          {"access-control-allow-credentials", "true"},
          {"access-control-expose-headers",
           "Request-Id, Stripe-Manage-Version, Stripe-Should-Retry, "
           "X-Stripe-External-Auth-Required, "
           "X-Stripe-Privileged-Session-Required"},
          {"cache-control", "no-cache, no-store"},
          {"vary", "Origin"},
          {"strict-transport-security",
           "max-age=63072000; includeSubDomains; preload"}};
}

}  // namespace precision::demo
