#include "demo_stripe/errors.h"

#include "demo_stripe/json_writer.h"

namespace precision::demo {

namespace {

constexpr std::size_t kPrefix = 8;  // "rk_live_"

DemoError Refused(int status, std::string message) {
  DemoError error;
  error.status = status;
  error.message = std::move(message);
  return error;
}

template <typename... Parts>
std::string Text(const Parts&... parts) {
  std::string text;
  (text.append(parts), ...);
  return text;
}

}  // namespace

std::string ErrorBody(const DemoError& error) {
  std::string body;
  JsonWriter json(body);
  json.Object();
  json.Object("error");
  if (!error.code.empty()) {
    json.Str("code", error.code);
    json.Str("doc_url", "https://stripe.com/docs/error-codes/" + error.code);
  }
  json.Str("message", error.message);
  if (!error.param.empty()) json.Str("param", error.param);
  json.Str("type", error.type);
  json.End();
  json.End();
  body += '\n';
  return body;
}

std::string Starred(std::string_view key) {
  if (key.size() <= kPrefix + 4) return std::string(key.size(), '*');
  return Text(key.substr(0, kPrefix),
              std::string(key.size() - kPrefix - 4, '*'),
              key.substr(key.size() - 4));
}

std::string Dotted(std::string_view key) {
  if (key.size() <= kPrefix + 4) return "...";
  return Text(key.substr(0, kPrefix), "...", key.substr(key.size() - 4));
}

DemoError NoKey() {
  return Refused(
      401,
      "You did not provide an API key. You need to provide your API key in the "
      "Authorization header, using Bearer auth (e.g. 'Authorization: Bearer "
      "YOUR_SECRET_KEY'). See https://stripe.com/docs/api#authentication for "
      "details, or we can help at https://support.stripe.com/.");
}

DemoError UnknownKey(std::string_view key) {
  return Refused(401, Text("Invalid API Key provided: ", Starred(key)));
}

DemoError ExpiredKey(std::string_view key) {
  DemoError error =
      Refused(401, Text("Expired API Key provided: ", Starred(key)));
  error.type = "api_error";
  error.code = "api_key_expired";
  return error;
}

DemoError IpRefused() {
  return Refused(401,
                 "The API key provided does not allow requests from your IP "
                 "address (192.0.2.1).");
}

DemoError NoPermission(std::string_view key, std::string_view account,
                       std::string_view permission, std::string_view label,
                       bool old_wording) {
  if (old_wording) {
    return Refused(
        403, Text("The provided key '", Starred(key),
                  "' does not have the required permissions for this endpoint "
                  "on account '",
                  account, "'. Having the 'rak_", permission,
                  "' permission would allow this request to continue."));
  }
  const std::string_view level =
      permission.ends_with("_write") ? " Write" : " Read";
  DemoError error = Refused(
      403,
      Text("Permission denied. The provided key '", Dotted(key),
           "' does not have the required permissions for this endpoint on "
           "account '",
           account, "'. Enabling ", label, level, " ('", permission,
           "') permissions on this key would allow this request to continue. "
           "You can edit permissions at https://dashboard.stripe.com/b/",
           account, "?destination=%2Fapikeys%2Fmk_1Demo%2Fedit"));
  error.code = "more_permissions_required";
  return error;
}

DemoError AccountRefused(std::string_view key, std::string_view account) {
  DemoError error = Refused(
      403, Text("The provided key '", Dotted(key),
                "' does not have access to account '", account,
                "' (or that account does not exist). Application access may "
                "have been revoked."));
  error.code = "account_invalid";
  return error;
}

DemoError NoConnectPermissions() {
  return Refused(403,
                 "You passed a restricted API key with the Stripe-Account "
                 "header, but the restricted API key does not have any Connect "
                 "permissions.");
}

DemoError BadVersion(std::string_view version) {
  return Refused(400, Text("Invalid Stripe API version: ", version));
}

DemoError UnknownUrl(std::string_view method, std::string_view path) {
  return Refused(404,
                 Text("Unrecognized request URL (", method, ": ", path,
                      "). Please see https://stripe.com/docs or we can help at "
                      "https://support.stripe.com/."));
}

DemoError NoSuch(std::string_view object, std::string_view id,
                 std::string_view param, bool live_twin) {
  DemoError error =
      Refused(404, Text("No such ", object, ": '", id, "'",
                        live_twin ? "; a similar object exists in live mode, "
                                    "but a test mode key was used to make this "
                                    "request."
                                  : ""));
  error.code = "resource_missing";
  error.param = param;
  return error;
}

DemoError UnknownParameter(std::string_view name) {
  DemoError error = Refused(400, Text("Received unknown parameter: ", name));
  error.code = "parameter_unknown";
  error.param = name;
  return error;
}

DemoError BadParameter(std::string_view name, std::string_view message) {
  DemoError error = Refused(400, std::string(message));
  error.param = name;
  return error;
}

DemoError RateLimited() {
  DemoError error =
      Refused(429,
              "Request rate limit exceeded. Learn more about rate limits here "
              "https://stripe.com/docs/rate-limits.");
  error.code = "rate_limit";
  error.type = "rate_limit_error";
  return error;
}

DemoError ServerTrouble(int status) {
  DemoError error = Refused(
      status,
      "Sorry! There was an error while talking to one of our backends. Support "
      "has been notified. If you have any questions, we can help at "
      "https://support.stripe.com/.");
  error.type = "api_error";
  return error;
}

}  // namespace precision::demo
