#include "precision/stripe/api_error.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "ascii.h"
#include "precision/json/json_value.h"

namespace precision {

namespace {

// What an answer that is no page consists of, before anything is decided.
struct Answer {
  int status = 0;
  bool is_json = false;
  bool is_html = false;
  bool has_envelope = false;  // {"error": {...}}
  bool from_stripe = false;   // has a request id, which only Stripe gives
  bool is_empty = false;
  std::string type;
  std::string code;
  std::string message;  // raw: never leaves this file
  std::string lower_message;
};

bool IsName(std::string_view text) {
  constexpr std::size_t kMaxName = 64;
  return text.size() <= kMaxName && std::ranges::all_of(text, [](char c) {
           return IsAsciiAlnum(c) || c == '_' || c == '-';
         });
}

// Stripe's types and codes are snake_case; whatever else stands there may be an
// echo.
std::string Name(JsonValue value) {
  const std::string_view text = value.AsString().value_or("");
  const bool snake_case =
      std::ranges::none_of(text, [](char c) { return 'A' <= c && c <= 'Z'; });
  return snake_case && IsName(text) ? std::string(text) : std::string();
}

Answer Read(const HttpResponse& response) {
  Answer answer;
  answer.status = response.status;
  answer.from_stripe = !response.request_id.empty();
  const std::size_t first = response.body.find_first_not_of(" \t\r\n");
  answer.is_empty = first == std::string_view::npos;
  answer.is_html = (!answer.is_empty && response.body[first] == '<') ||
                   ToLower(response.content_type).contains("text/html");
  const Result<JsonDocument> document = JsonDocument::Parse(response.body);
  if (!document.ok()) return answer;
  answer.is_json = true;
  const JsonValue error = document.value().root()["error"];
  // OAuth and a few old endpoints send {"error": "code", ...}: not ours.
  if (!error.IsObject()) return answer;
  answer.has_envelope = true;
  answer.type = Name(error["type"]);
  answer.code = Name(error["code"]);
  answer.message = error["message"].AsString().value_or("");
  answer.lower_message = ToLower(answer.message);
  return answer;
}

bool Says(const Answer& answer, std::string_view phrase) {
  return answer.lower_message.contains(phrase);
}

template <std::size_t N>
bool SaysAny(const Answer& answer, const std::string_view (&phrases)[N]) {
  return std::ranges::any_of(
      phrases, [&](std::string_view phrase) { return Says(answer, phrase); });
}

// The wordings for "this product is not switched on", none of which has a code
// of its own.
constexpr std::string_view kProductOff[] = {
    "not set up to use",
    "not enabled for",
    "is not enabled",
    "isn't enabled",
    "not been enabled",
    "not activated",
    "must activate",
    "only available in testmode",
    "only available in test",
    "only works in test mode",
    "not available in live",
    "only be used in test",
    "not available in your",
    "not available for your",
    "does not have access to this feature",
    "have access to this api",
    "need to enable",
    "must be enabled",
    "not eligible",
    "onboard",
};

constexpr std::string_view kAccountClosed[] = {
    "account has been rejected",   "account has been closed",
    "account is closed",           "account has been deactivated",
    "account has been disabled",   "account is restricted",
    "account has been restricted", "account was rejected",
};

constexpr std::string_view kAccountRefused[] = {
    "does not have access to account",
    "application access may have been revoked",
    "account does not exist",
};

constexpr std::string_view kConnectNotInUse[] = {
    "only stripe connect platforms",
    "signed up for connect",
    "sign up for connect",
};

// What is decided alike under any 4xx, because Stripe has been seen to answer
// it with more than one status.
std::optional<ErrorCode> CommonReason(const Answer& answer) {
  if (answer.code == "api_key_expired" ||
      answer.code == "platform_api_key_expired" ||
      Says(answer, "expired api key")) {
    return ErrorCode::kKeyExpired;
  }
  if (Says(answer, "requests from your ip address")) {
    return ErrorCode::kKeyIpRefused;
  }
  if (Says(answer, "not available for use by restricted keys")) {
    return ErrorCode::kPermissionNotGrantable;
  }
  if (answer.code == "secret_key_required" ||
      Says(answer, "publishable api key")) {
    return ErrorCode::kKeyPublishable;
  }
  if (Says(answer, "does not have any connect permissions")) {
    return ErrorCode::kSecondRowEmpty;
  }
  if (answer.code.starts_with("more_permissions_required") ||
      Says(answer, "not have the required permissions")) {
    return ErrorCode::kPermissionMissing;
  }
  if (answer.code == "livemode_mismatch" ||
      Says(answer, "a similar object exists in") ||
      Says(answer, "mode key was used")) {
    return ErrorCode::kKeyWrongMode;
  }
  if (SaysAny(answer, kConnectNotInUse)) return ErrorCode::kConnectNotInUse;
  if (answer.code == "account_closed" || SaysAny(answer, kAccountClosed)) {
    return ErrorCode::kAccountClosed;
  }
  if (answer.code == "account_invalid" || SaysAny(answer, kAccountRefused)) {
    return ErrorCode::kAccountRefused;
  }
  if (answer.code == "rate_limit" || answer.code == "lock_timeout" ||
      answer.type == "rate_limit_error") {
    return ErrorCode::kRateLimited;
  }
  if (SaysAny(answer, kProductOff)) return ErrorCode::kProductNotEnabled;
  return std::nullopt;
}

ErrorCode Unauthorized(const Answer& answer) {
  // We always send a key: somebody on the way has dropped it.
  if (Says(answer, "did not provide an api key")) {
    return ErrorCode::kProxyMisconfigured;
  }
  return CommonReason(answer).value_or(ErrorCode::kKeyUnknown);
}

ErrorCode BadRequest(const Answer& answer) {
  if (Says(answer, "invalid stripe api version") ||
      (Says(answer, "stripe-version") && Says(answer, "invalid")) ||
      Says(answer, "api version is not")) {
    return ErrorCode::kVersionRefused;
  }
  return CommonReason(answer).value_or(answer.code == "resource_missing"
                                           ? ErrorCode::kNotFound
                                           : ErrorCode::kRequestRefused);
}

// The proxy says of itself which of its own rules it kept.  Except for its
// limit, a rule that is in the way stays there.
ErrorCode FromProxy(const Answer& answer) {
  if (answer.status == 429) return ErrorCode::kRateLimited;
  return answer.status < 500 ? ErrorCode::kProxyMisconfigured
                             : ErrorCode::kProxyDown;
}

// Some server that knows nothing of Stripe where the proxy should stand.
bool IsSomebodyElse(const Answer& answer) {
  return answer.status < 400 || answer.status == 404 || answer.status == 405;
}

// An error page of some server in between: Stripe answers in its envelope, and
// gives a request id to most of what it answers.
bool IsForeign(const Answer& answer) {
  if (answer.has_envelope || answer.from_stripe || answer.is_empty)
    return false;
  return answer.status >= 500 ? answer.is_html : true;
}

ErrorCode Decide(const Answer& answer) {
  const int status = answer.status;
  if (status <= 0) return ErrorCode::kNetworkDown;
  if (answer.type == "proxy_error") return FromProxy(answer);
  // Of the three statuses that mean "slow down" or "later", the reading is the
  // same whoever sent them.
  if (status == 429) return ErrorCode::kRateLimited;
  if (status >= 200 && status < 300) return ErrorCode::kStripeUnreadable;
  // Neither Stripe nor the proxy redirects.
  if (status < 400 || IsForeign(answer)) {
    return IsSomebodyElse(answer) ? ErrorCode::kProxyMisconfigured
                                  : ErrorCode::kProxyDown;
  }
  if (status >= 500) return ErrorCode::kStripeDown;
  switch (status) {
    case 401:
      return Unauthorized(answer);
    case 403:
      return CommonReason(answer).value_or(ErrorCode::kForbidden);
    case 404:
      return CommonReason(answer).value_or(ErrorCode::kNotFound);
    case 408:
      return ErrorCode::kTimedOut;
    default:
      return BadRequest(answer);
  }
}

// Stripe's older and newer names of one permission.
struct Alias {
  std::string_view older;
  std::string_view name;
};
constexpr Alias kAliases[] = {
    {"topup_read", "top_up_read"},
    {"topup_write", "top_up_write"},
    {"tax_transaction_read", "tax_calculations_and_transactions_read"},
    {"tax_transaction_write", "tax_calculations_and_transactions_write"},
    {"financial_statement_read", "report_runs_and_report_types_read"},
    {"issuing_network_token_read", "issuing_token_read"},
    {"issuing_network_token_write", "issuing_token_write"},
};

std::string Unaliased(std::string_view name) {
  if (name.starts_with("rak_")) name.remove_prefix(4);
  for (const Alias& alias : kAliases) {
    if (alias.older == name) return std::string(alias.name);
  }
  return std::string(name);
}

// "Having the 'rak_subscription_read' permission would allow ...", and since
// 2026 "Enabling Prices Read ('plan_read') permissions ...".
std::vector<std::string> NamedPermissions(std::string_view message) {
  constexpr std::size_t kMaxNames = 16;
  std::vector<std::string> names;
  std::size_t begin = 0;
  while (begin < message.size() && names.size() < kMaxNames) {
    std::size_t end = begin;
    const auto in_name = [](char c) {
      return ('a' <= c && c <= 'z') || IsAsciiDigit(c) || c == '_';
    };
    while (end < message.size() && in_name(message[end])) ++end;
    const std::string_view word = message.substr(begin, end - begin);
    const bool quoted = begin > 0 && end < message.size() &&
                        std::string_view("'\"`").contains(message[begin - 1]) &&
                        message[begin - 1] == message[end];
    if (quoted && (word.ends_with("_read") || word.ends_with("_write"))) {
      std::string name = Unaliased(word);
      if (std::ranges::find(names, name) == names.end()) {
        names.push_back(std::move(name));
      }
    }
    begin = std::max(end, begin + 1);
  }
  return names;
}

// The id that follows `prefix`, made of letters and digits only.
std::string_view IdAfter(std::string_view text, std::string_view prefix) {
  constexpr std::size_t kMaxId = 64;
  const std::size_t at = text.find(prefix);
  if (at == std::string_view::npos) return {};
  std::size_t end = at + prefix.size();
  while (end < text.size() && IsAsciiAlnum(text[end])) ++end;
  const bool whole = end > at + prefix.size() && end - at <= kMaxId;
  return whole ? text.substr(at, end - at) : std::string_view();
}

// Built anew from two ids: an address in a message is not to be trusted as it
// stands.
std::string KeyEditUrl(std::string_view message) {
  const std::size_t link = message.find("https://dashboard.stripe.com/");
  if (link == std::string_view::npos) return {};
  const std::string_view address = message.substr(link);
  const std::string_view account = IdAfter(address, "acct_");
  const std::string_view key = IdAfter(address, "mk_");
  if (account.empty() || key.empty()) return {};
  const bool test = address.contains("test%2Fapikeys");
  std::string url = "https://dashboard.stripe.com/b/";
  url += account;
  url +=
      test ? "?destination=%2Ftest%2Fapikeys%2F" : "?destination=%2Fapikeys%2F";
  url += key;
  url += "%2Fedit";
  return url;
}

}  // namespace

ApiError ReadApiError(const HttpResponse& response) {
  const Answer answer = Read(response);
  ApiError error;
  error.code = Decide(answer);
  error.status = response.status;
  error.stripe_type = answer.type;
  error.stripe_code = answer.code;
  error.scrubbed_message = Scrub(answer.message);
  error.named_permissions = NamedPermissions(answer.message);
  error.key_edit_url = KeyEditUrl(answer.message);
  error.request_id = IsName(response.request_id) ? response.request_id : "";
  error.rate_limited_reason =
      IsName(response.rate_limited_reason) ? response.rate_limited_reason : "";
  error.should_retry = response.should_retry;
  error.retry_after = response.retry_after;
  return error;
}

ApiError FromTransportFailure(TransportFailure failure) {
  ApiError error;
  switch (failure) {
    case TransportFailure::kNetwork:
    case TransportFailure::kTruncated:
      error.code = ErrorCode::kNetworkDown;
      break;
    case TransportFailure::kOffline:
      error.code = ErrorCode::kOffline;
      break;
    case TransportFailure::kTimeout:
      error.code = ErrorCode::kTimedOut;
      break;
  }
  return error;
}

}  // namespace precision
