#include <algorithm>
#include <charconv>
#include <chrono>
#include <iostream>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "commands.h"
#include "precision/json/json_writer.h"
#include "precision/permission/catalogue.h"
#include "precision/stripe/api_error.h"
#include "precision/stripe/response_headers.h"
#include "precision/words/words.h"

namespace precision {

namespace {

constexpr std::string_view kSpace = " \t\r\n";

std::string_view Trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

std::string_view TakeLine(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return Trim(line);
}

// "403", "403 Forbidden", "HTTP/2 403" and "HTTP/1.1 403 Forbidden".
std::optional<int> ReadStatus(std::string_view line) {
  if (line.starts_with("HTTP/") || line.starts_with("http/")) {
    line = Trim(line.substr(std::min(line.find(' '), line.size())));
  }
  int status = 0;
  const auto [end, error] =
      std::from_chars(line.data(), line.data() + line.size(), status);
  const auto used = static_cast<std::size_t>(end - line.data());
  const bool whole = used == line.size() || kSpace.contains(line[used]);
  constexpr int kHighest = 999;
  if (error != std::errc() || !whole || status < 100 || status > kHighest) {
    return std::nullopt;
  }
  return status;
}

bool IsHeader(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == 0 || colon == std::string_view::npos) return false;
  for (const char c : line.substr(0, colon)) {
    const bool token = ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') ||
                       ('0' <= c && c <= '9') || c == '-' || c == '_';
    if (!token) return false;
  }
  return true;
}

struct Input {
  HttpResponse response;
  bool from_proxy = false;
};

std::optional<Input> Read(std::string_view text) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) {
    text.remove_prefix(kByteOrderMark.size());
  }
  text = text.substr(std::min(text.find_first_not_of(kSpace), text.size()));
  const std::optional<int> status = ReadStatus(TakeLine(text));
  if (!status) return std::nullopt;
  Input input;
  input.response.status = *status;
  // Headers end at an empty line; where there is none, at the first line that
  // is no header.
  while (!text.empty()) {
    std::string_view rest = text;
    const std::string_view line = TakeLine(rest);
    if (line.empty()) {
      text = rest;
      break;
    }
    if (!IsHeader(line)) break;
    const std::size_t colon = line.find(':');
    const std::string_view name = line.substr(0, colon);
    ReadHeader(name, line.substr(colon + 1), input.response);
    if (name == "X-Precision-Proxy" || name == "x-precision-proxy") {
      input.from_proxy = true;
    }
    text = rest;
  }
  input.response.body = text;
  return input;
}

std::string_view CategoryOf(const ApiError& error) {
  switch (error.code) {
    case ErrorCode::kRateLimited:
    case ErrorCode::kStripeDown:
    case ErrorCode::kStripeUnreadable:
    case ErrorCode::kProxyDown:
    case ErrorCode::kNetworkDown:
    case ErrorCode::kOffline:
    case ErrorCode::kTimedOut:
      return "later";
    case ErrorCode::kProxyMisconfigured:
      return "proxy";
    case ErrorCode::kPermissionMissing:
    case ErrorCode::kPermissionNotGrantable:
    case ErrorCode::kSecondRowEmpty:
    case ErrorCode::kProductNotEnabled:
    case ErrorCode::kConnectNotInUse:
    case ErrorCode::kNotFound:
    case ErrorCode::kVersionRefused:
    case ErrorCode::kRequestRefused:
    case ErrorCode::kForbidden:
      return "request";
    default:
      return "key";
  }
}

void WritePermission(std::string_view name, JsonWriter& json) {
  const bool write = name.ends_with("_write");
  const std::size_t cut = name.rfind('_');
  const PermissionFacts* facts = FindPermission(name.substr(0, cut));
  json.BeginObject();
  json.Name("name").String(name);
  json.Name("level").String(write ? "Write" : "Read");
  json.Name("known").Bool(facts != nullptr);
  json.Name("section").String(facts != nullptr ? facts->section : "");
  json.Name("label").String(facts != nullptr ? facts->label : "");
  json.EndObject();
}

void WriteDiagnosis(const ApiError& error, JsonWriter& json) {
  const std::string_view category = CategoryOf(error);
  json.BeginObject();
  json.Name("code").String(ToString(error.code));
  const ErrorWords words = WordsFor(error.code);
  json.Name("title").String(words.title);
  json.Name("body").String(words.body);
  json.Name("step").String(words.step);
  json.Name("about").String(category);
  json.Name("status").Int(error.status);
  json.Name("retry").Bool(error.should_retry.value_or(category == "later"));
  json.Name("retry_after_s");
  if (error.retry_after) {
    json.Int(
        std::chrono::duration_cast<std::chrono::seconds>(*error.retry_after)
            .count());
  } else {
    json.Null();
  }
  json.Name("permissions").BeginArray();
  for (const std::string& name : error.named_permissions) {
    WritePermission(name, json);
  }
  json.EndArray();
  json.Name("message").String(error.scrubbed_message);
  json.Name("stripe_type").String(error.stripe_type);
  json.Name("stripe_code").String(error.stripe_code);
  json.Name("request_id").String(error.request_id);
  json.Name("rate_limited_reason").String(error.rate_limited_reason);
  json.EndObject();
}

ApiError Diagnose(const Input& input) {
  ApiError error = ReadApiError(input.response);
  if (input.from_proxy && error.code != ErrorCode::kRateLimited &&
      error.code != ErrorCode::kProxyMisconfigured) {
    error.code = ErrorCode::kProxyDown;
  }
  return error;
}

void Explain(const Input& input, JsonWriter& json) {
  const HttpResponse& response = input.response;
  const std::size_t first = response.body.find_first_not_of(kSpace);
  const bool object =
      first != std::string_view::npos && response.body[first] == '{';
  if (response.status < 200 || response.status >= 300 || !object) {
    WriteDiagnosis(Diagnose(input), json);
    return;
  }
  json.BeginObject();
  json.Name("code").Null();
  json.Name("about").String("nothing");
  json.Name("status").Int(response.status);
  json.Name("retry").Bool(false);
  json.EndObject();
}

}  // namespace

int RunExplain(std::span<char*> args) {
  if (!args.empty()) {
    std::cerr
        << "precision-stripe explain: give the answer on standard input\n";
    return 2;
  }
  const std::string text = ReadStandardInput();
  JsonWriter json;
  // What the page's event `error` gave, where there was no answer to show.
  if (const auto code = FindErrorCode(Trim(text))) {
    ApiError error;
    error.code = *code;
    WriteDiagnosis(error, json);
  } else if (const std::optional<Input> input = Read(text)) {
    Explain(*input, json);
  } else {
    std::cerr << "precision-stripe explain: the first line must be an HTTP "
                 "status, such as 403 or HTTP/1.1 403 Forbidden, or all of it "
                 "an error code of the page\n";
    return 1;
  }
  std::cout << json.Take() << "\n";
  return 0;
}

}  // namespace precision
