// Error bodies as they were seen in the wild, retold in made-up names.
// https://docs.stripe.com/error-handling

#include "precision/stripe/api_error.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "precision/json/json_writer.h"

namespace precision {
namespace {

std::string ErrorBody(std::string_view type, std::string_view code,
                      std::string_view message) {
  JsonWriter json;
  json.BeginObject().Name("error").BeginObject();
  if (!code.empty()) json.Name("code").String(code);
  json.Name("message").String(message);
  json.Name("type").String(type);
  json.EndObject().EndObject();
  return json.Take();
}

HttpResponse Response(int status, std::string_view body,
                      std::string content_type = "application/json") {
  HttpResponse response;
  response.status = status;
  response.body = body;
  response.content_type = std::move(content_type);
  return response;
}

struct Case {
  const char* name;
  int status;
  const char* type;
  const char* code;
  std::string message;
  ErrorCode expected;
};

// The pasted key of each message, in parts for the sake of secret scanners.
const std::string kMasked = std::string("rk_") + "live_****************wXyZ";
const std::string kShort = std::string("rk_") + "live_...SYT3";
constexpr const char* kInvalid = "invalid_request_error";

TEST(ApiErrorTest, ReadsEveryKnownRefusal) {
  using enum ErrorCode;
  const Case cases[] = {
      {"no key", 401, kInvalid, "",
       "You did not provide an API key. You need to provide your API key in "
       "the Authorization header, using Bearer auth.",
       kProxyMisconfigured},
      {"unknown key", 401, kInvalid, "", "Invalid API Key provided: " + kMasked,
       kKeyUnknown},
      {"expired", 401, "api_error", "api_key_expired",
       "Expired API Key provided: " + kMasked, kKeyExpired},
      {"expired, other type", 401, kInvalid, "api_key_expired",
       "Expired API Key provided: " + kMasked, kKeyExpired},
      {"expired without a code", 401, kInvalid, "",
       "Expired API Key provided: " + kMasked, kKeyExpired},
      {"expired platform key", 401, kInvalid, "platform_api_key_expired", "",
       kKeyExpired},
      {"address", 401, kInvalid, "",
       "The API key provided does not allow requests from your IP address.",
       kKeyIpRefused},
      {"address, newer", 403, kInvalid, "",
       "The API key provided does not allow requests from your IP address "
       "(1.2.3.4).",
       kKeyIpRefused},
      {"permission, older", 403, kInvalid, "",
       "The provided key '" + kMasked +
           "' does not have the required permissions for this endpoint on "
           "account 'acct_1OuEMLAlTWGaDypq'. Having the "
           "'rak_subscription_read' permission would allow this request to "
           "continue.",
       kPermissionMissing},
      {"permission, newer", 403, kInvalid, "more_permissions_required",
       "Permission denied. The provided key '" + kShort +
           "' does not have the required permissions for this endpoint on "
           "account 'acct_1'. Enabling Checkout Sessions Read "
           "('checkout_session_read') permissions on this key would allow "
           "this request to continue.",
       kPermissionMissing},
      {"permission, code alone", 403, kInvalid, "more_permissions_required", "",
       kPermissionMissing},
      {"permission, with a 400", 400, kInvalid, "more_permissions_required", "",
       kPermissionMissing},
      {"permission, application", 403, kInvalid,
       "more_permissions_required_for_application", "", kPermissionMissing},
      {"permission, with a 401", 401, kInvalid, "",
       "The provided key does not have the required permissions for this "
       "endpoint.",
       kPermissionMissing},
      {"not for restricted keys", 403, kInvalid, "",
       "The provided key '" + kMasked +
           "' does not have the required permissions for this endpoint on "
           "account 'acct_1'. This is a restricted API key, but the required "
           "permissions are not available for use by restricted keys.",
       kPermissionNotGrantable},
      {"publishable", 403, kInvalid, "secret_key_required", "",
       kKeyPublishable},
      {"wrong mode", 404, kInvalid, "resource_missing",
       "No such price: 'price_1'; a similar object exists in live mode, but a "
       "test mode key was used to make this request.",
       kKeyWrongMode},
      {"wrong mode on a write", 400, kInvalid, "resource_missing",
       "No such price: 'price_1'; a similar object exists in test mode, but a "
       "live mode key was used to make this request.",
       kKeyWrongMode},
      {"mode mismatch", 400, kInvalid, "livemode_mismatch", "", kKeyWrongMode},
      {"unknown object", 404, kInvalid, "resource_missing",
       "No such customer: 'nowaythiscanexist'", kNotFound},
      {"unknown object, 400", 400, kInvalid, "resource_missing",
       "No such source: 'nowaythiscanexist'", kNotFound},
      {"unknown path", 404, kInvalid, "",
       "Unrecognized request URL (GET: /v1/nothing).", kNotFound},
      {"account", 403, kInvalid, "account_invalid",
       "The provided key '" + kMasked +
           "' does not have access to account 'acct_1' (or that account does "
           "not exist). Application access may have been revoked.",
       kAccountRefused},
      {"no connect column", 400, kInvalid, "",
       "You passed a restricted API key with the Stripe-Account header, but "
       "the restricted API key does not have any Connect permissions.",
       kSecondRowEmpty},
      {"account rejected", 403, kInvalid, "",
       "Your account has been rejected. Please contact support.",
       kAccountClosed},
      {"account closed", 400, kInvalid, "account_closed", "", kAccountClosed},
      {"no platform", 400, kInvalid, "",
       "Only Stripe Connect platforms can work with other accounts. If you "
       "specified a client_id parameter, make sure it's correct.",
       kConnectNotInUse},
      {"product off", 400, kInvalid, "",
       "Your account is not set up to use Issuing. Please visit "
       "https://dashboard.stripe.com/issuing/overview to get started.",
       kProductNotEnabled},
      {"test clocks", 400, kInvalid, "",
       "Test clocks are only available in testmode.", kProductNotEnabled},
      {"rate limited", 429, "rate_limit_error", "rate_limit", "", kRateLimited},
      {"rate limited, older type", 429, kInvalid, "rate_limit",
       "Request rate limit exceeded.", kRateLimited},
      {"rate limited with a 400", 400, kInvalid, "rate_limit", "",
       kRateLimited},
      {"lock", 429, kInvalid, "lock_timeout",
       "This object cannot be accessed right now.", kRateLimited},
      {"version", 400, kInvalid, "", "Invalid Stripe API version: 2099-01-01",
       kVersionRefused},
      {"parameter", 400, kInvalid, "parameter_unknown",
       "Received unknown parameter: foo", kRequestRefused},
      {"403 for another reason", 403, kInvalid, "",
       "This request cannot be made.", kForbidden},
      {"server error", 500, "api_error", "", "Something went wrong.",
       kStripeDown},
      {"server error 503", 503, "api_error", "", "", kStripeDown},
      {"proxy: no upstream", 502, "proxy_error", "upstream_unreachable", "",
       kProxyDown},
      {"proxy: slow upstream", 504, "proxy_error", "upstream_unreachable", "",
       kProxyDown},
      {"proxy: path", 403, "proxy_error", "path_not_allowed", "",
       kProxyMisconfigured},
      {"proxy: path 404", 404, "proxy_error", "path_not_allowed", "",
       kProxyMisconfigured},
      {"proxy: method", 405, "proxy_error", "method_not_allowed", "",
       kProxyMisconfigured},
      {"proxy: its own limit", 429, "proxy_error", "too_many_requests", "",
       kRateLimited},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    const std::string body = ErrorBody(c.type, c.code, c.message);
    const ApiError error = ReadApiError(Response(c.status, body));
    EXPECT_EQ(ToString(error.code), ToString(c.expected));
    EXPECT_EQ(error.status, c.status);
    EXPECT_EQ(error.stripe_type, c.type);
    EXPECT_EQ(error.stripe_code, c.code);
    for (const char* secret :
         {"wXyZ", "SYT3", "acct_1", "1OuEMLAlTWGaDypq", "1.2.3.4"}) {
      EXPECT_FALSE(error.scrubbed_message.contains(secret))
          << error.scrubbed_message;
    }
  }
}

TEST(ApiErrorTest, ReadsAnswersWithoutAnEnvelope) {
  using enum ErrorCode;
  const struct {
    const char* name;
    int status;
    const char* body;
    const char* content_type;
    const char* request_id;
    ErrorCode expected;
  } cases[] = {
      {"nginx 502", 502, "<html><h1>502 Bad Gateway</h1></html>", "text/html",
       "", kProxyDown},
      {"nginx 403", 403, "\r\n<html>403 Forbidden</html>", "", "", kProxyDown},
      {"nginx 404", 404, "<!DOCTYPE html>", "text/html; charset=utf-8", "",
       kProxyMisconfigured},
      {"nginx 429", 429, "<html>429</html>", "text/html", "", kRateLimited},
      {"basic auth in between", 401, "<html>401</html>", "text/html", "",
       kProxyDown},
      {"another server's JSON", 404, R"({"message": "no route"})",
       "application/json", "", kProxyMisconfigured},
      {"another server's text", 404, "404 page not found", "text/plain", "",
       kProxyMisconfigured},
      {"redirect", 302, "", "", "", kProxyMisconfigured},
      {"Stripe's own 503 page", 503, "<html></html>", "text/html", "req_1",
       kStripeDown},
      {"5xx, empty", 500, "", "", "", kStripeDown},
      {"5xx, text", 503, "upstream connect error", "text/plain", "",
       kStripeDown},
      {"401, empty", 401, "", "", "", kKeyUnknown},
      {"403, empty", 403, "", "", "req_1", kForbidden},
      {"200, html", 200, "<html>Sign in to the hotel</html>", "text/html", "",
       kStripeUnreadable},
      {"200, cut off", 200, R"({"object": "list", "data": [)",
       "application/json", "req_1", kStripeUnreadable},
      {"200, empty", 200, "", "", "", kStripeUnreadable},
      {"envelope is a text", 400, R"({"error": "invalid_grant"})",
       "application/json", "req_1", kRequestRefused},
      {"envelope is null", 500, R"({"error": null})", "application/json", "",
       kStripeDown},
      {"fields of other types", 403,
       R"({"error": {"type": 1, "code": [], "message": {}}})",
       "application/json", "", kForbidden},
      {"no status", 0, "", "", "", kNetworkDown},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    HttpResponse response = Response(c.status, c.body, c.content_type);
    response.request_id = c.request_id;
    EXPECT_EQ(ToString(ReadApiError(response).code), ToString(c.expected));
  }
}

TEST(ApiErrorTest, CollectsThePermissionsAMessageNames) {
  const struct {
    const char* message;
    std::vector<std::string> names;
  } cases[] = {
      {"Having the 'rak_subscription_read' permission would allow this.",
       {"subscription_read"}},
      {"Enabling Prices Read ('plan_read') permissions on this key",
       {"plan_read"}},
      {"Enabling \"Prices Read\" (\"plan_read\") permissions", {"plan_read"}},
      {"Having 'rak_charge_read' or 'rak_charge_write' or 'charge_read'",
       {"charge_read", "charge_write"}},
      {"'rak_topup_read' and 'rak_financial_statement_read'",
       {"top_up_read", "report_runs_and_report_types_read"}},
      {"No such thing: 'something'", {}},
      {"subscription_read without quotes", {}},
      {"'rak_Customer_read'", {}},
      {"'", {}},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.message);
    const std::string body = ErrorBody(kInvalid, "", c.message);
    EXPECT_EQ(ReadApiError(Response(403, body)).named_permissions, c.names);
  }
}

TEST(ApiErrorTest, RebuildsTheKeysEditPage) {
  const auto url = [](std::string_view message) {
    const std::string body = ErrorBody(kInvalid, "", message);
    return ReadApiError(Response(403, body)).key_edit_url;
  };
  const std::string page =
      "https://dashboard.stripe.com/b/acct_1Ab?destination=%2Fapikeys%2F"
      "mk_2Cd%2Fedit";
  EXPECT_EQ(url("You can edit permissions at " + page), page);
  EXPECT_EQ(url("You can edit permissions at " + page + "%22onclick=x"), page);
  EXPECT_EQ(url("see https://evil.example/acct_1Ab?mk_2Cd"), "");
  EXPECT_EQ(url("see https://dashboard.stripe.com/apikeys"), "");
}

TEST(ApiErrorTest, KeepsAdviceAndDropsOddHeaders) {
  HttpResponse response = Response(429, "{}");
  response.request_id = "req_AbC123";
  response.should_retry = false;
  response.retry_after = Duration{2000000};
  response.rate_limited_reason = "endpoint-rate";
  ApiError error = ReadApiError(response);
  EXPECT_EQ(error.request_id, "req_AbC123");
  EXPECT_EQ(error.should_retry, false);
  EXPECT_EQ(error.retry_after, Duration{2000000});
  EXPECT_EQ(error.rate_limited_reason, "endpoint-rate");
  response.request_id = "<script>";
  EXPECT_EQ(ReadApiError(response).request_id, "");
}

TEST(ApiErrorTest, KeepsNoEchoInTypeOrCode) {
  const std::string body =
      ErrorBody("rk_" + std::string("live_51ABC"), "my password!", "");
  const ApiError error = ReadApiError(Response(400, body));
  EXPECT_EQ(error.stripe_type, "");
  EXPECT_EQ(error.stripe_code, "");
}

TEST(TransportFailureTest, HasACodeOfItsOwn) {
  EXPECT_EQ(FromTransportFailure(TransportFailure::kNetwork).code,
            ErrorCode::kNetworkDown);
  EXPECT_EQ(FromTransportFailure(TransportFailure::kOffline).code,
            ErrorCode::kOffline);
  EXPECT_EQ(FromTransportFailure(TransportFailure::kTruncated).code,
            ErrorCode::kNetworkDown);
  EXPECT_EQ(FromTransportFailure(TransportFailure::kTimeout).code,
            ErrorCode::kTimedOut);
}

TEST(ScrubTest, RemovesWhatMustNotBeShown) {
  const std::string key = std::string("rk_") + "live_51AbCdEfGh";
  const struct {
    const char* name;
    std::string text;
    std::string scrubbed;
  } cases[] = {
      {"echo of a password", "Invalid API Key provided: my pass word, o'clock!",
       "Invalid API Key provided: [removed]"},
      {"echo with a newline", "Invalid API Key provided: a\nb c",
       "Invalid API Key provided: [removed]"},
      {"expired", "Expired API Key provided: " + key,
       "Expired API Key provided: [removed]"},
      {"quoted password",
       "The provided key 'it's a secret' does not have the required",
       "The provided key '[removed]' does not have the required"},
      {"key anywhere", "see (" + key + ").", "see ([removed])."},
      {"upper-case key", "see RK_LIVE_51AB", "see [removed]"},
      {"account", "on account 'acct_1OuEM'.", "on account '[removed]'."},
      {"key id", "key mk_1Ab is", "key [removed] is"},
      {"mail", "ask anna.b+c@example.com, please", "ask [e-mail], please"},
      {"object", "No such customer: 'cus_NffrFeUfNV2Hib'",
       "No such customer: '[id]'"},
      {"address", "from 203.0.113.7.", "from [address]."},
      {"address 6", "from 2001:db8::1 now", "from [address] now"},
      {"link", "at https://dashboard.stripe.com/b/acct_1?x=mk_1 now",
       "at https://dashboard.stripe.com/... now"},
      {"bearer", "Authorization: Bearer hunter2",
       "Authorization: Bearer "
       "[removed]"},
      {"permission names stay",
       "Having the 'rak_subscription_read' permission would allow",
       "Having the 'rak_subscription_read' permission would allow"},
      {"ordinary words stay", "Request rate limit exceeded (v1 customers).",
       "Request rate limit exceeded (v1 customers)."},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(Scrub(c.text), c.scrubbed);
  }
}

TEST(ScrubTest, KeepsALongMessageShort) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "words and ";
  EXPECT_LE(Scrub(text).size(), 600U);
}

}  // namespace
}  // namespace precision
