#include "precision/stripe/response_headers.h"

#include <gtest/gtest.h>

namespace precision {
namespace {

TEST(ResponseHeadersTest, ReadsWhatTheCoreUses) {
  HttpResponse response;
  ReadHeaderLines(
      "content-type: application/json\r\n"
      "Request-Id: req_1\r\n"
      "stripe-version: 2026-10-28.endive\r\n"
      "Stripe-Should-Retry: false\r\n"
      "stripe-rate-limited-reason: global-rate\r\n"
      "retry-after: 7\r\n"
      "date: Mon, 23 Nov 2026 14:05:15 GMT\r\n"
      "x-else: 1\r\n"
      "no colon here",
      response);
  EXPECT_EQ(response.content_type, "application/json");
  EXPECT_EQ(response.request_id, "req_1");
  EXPECT_EQ(response.stripe_version, "2026-10-28.endive");
  EXPECT_EQ(response.should_retry, false);
  EXPECT_EQ(response.rate_limited_reason, "global-rate");
  EXPECT_EQ(response.retry_after, Duration(std::chrono::seconds{7}));
  EXPECT_EQ(response.date, UnixSeconds{1795442715});
}

TEST(ResponseHeadersTest, PassesOverAdviceItCannotFollow) {
  for (const char* text : {"-1", "soon", "999999999999", "86401", "1.5", ""}) {
    HttpResponse response;
    ReadHeader("Retry-After", text, response);
    EXPECT_FALSE(response.retry_after) << text;
  }
  HttpResponse response;
  ReadHeader("Stripe-Should-Retry", "maybe", response);
  EXPECT_FALSE(response.should_retry);
}

TEST(ResponseHeadersTest, RefusesDatesThatAreNone) {
  for (const char* text :
       {"", "Mon, 23 Nov 2026 14:05:15", "Mon, 31 Feb 2026 14:05:15 GMT",
        "Mon, 23 Nix 2026 14:05:15 GMT", "Mon, 23 Nov 2026 24:05:15 GMT",
        "Monday, 23-Nov-26 14:05:15 GMT", "xxxxxxxxxxxxxxxxxxxxxxxxxxGMT"}) {
    EXPECT_FALSE(ParseHttpDate(text)) << text;
  }
}

}  // namespace
}  // namespace precision
