#include "precision/stripe/response_headers.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <string>

namespace precision {

namespace {

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if ('A' <= c && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

std::string_view Trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

std::optional<int> Number(std::string_view text) {
  int value = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return value;
}

constexpr std::string_view kMonths[] = {"Jan", "Feb", "Mar", "Apr",
                                        "May", "Jun", "Jul", "Aug",
                                        "Sep", "Oct", "Nov", "Dec"};

// A wait longer than this is no advice that anyone can follow.
constexpr int kLongestRetryAfter = 24 * 60 * 60;

}  // namespace

std::optional<UnixSeconds> ParseHttpDate(std::string_view text) {
  // "Mon, 23 Nov 2026 14:05:15 GMT"
  if (text.size() != 29 || text.substr(26) != "GMT") return std::nullopt;
  const std::optional<int> day = Number(text.substr(5, 2));
  const auto* month = std::ranges::find(kMonths, text.substr(8, 3));
  const std::optional<int> year = Number(text.substr(12, 4));
  const std::optional<int> hour = Number(text.substr(17, 2));
  const std::optional<int> minute = Number(text.substr(20, 2));
  const std::optional<int> second = Number(text.substr(23, 2));
  if (!day || !year || !hour || !minute || !second ||
      month == std::ranges::end(kMonths)) {
    return std::nullopt;
  }
  const std::chrono::year_month_day date{
      std::chrono::year{*year},
      std::chrono::month{static_cast<unsigned>(month - kMonths) + 1},
      std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok() || *hour < 0 || *hour > 23 || *minute < 0 || *minute > 59 ||
      *second < 0 || *second > 60) {
    return std::nullopt;
  }
  const std::int64_t days =
      std::chrono::sys_days{date}.time_since_epoch().count();
  return UnixSeconds{(((days * 24) + *hour) * 60 + *minute) * 60 + *second};
}

void ReadHeader(std::string_view name, std::string_view value,
                HttpResponse& response) {
  const std::string key = Lower(Trim(name));
  const std::string_view text = Trim(value);
  if (key == "content-type") {
    response.content_type = text;
  } else if (key == "request-id") {
    response.request_id = text;
  } else if (key == "stripe-version") {
    response.stripe_version = text;
  } else if (key == "stripe-should-retry") {
    if (text == "true") response.should_retry = true;
    if (text == "false") response.should_retry = false;
  } else if (key == "stripe-rate-limited-reason") {
    response.rate_limited_reason = text;
  } else if (key == "date") {
    response.date = ParseHttpDate(text);
  } else if (key == "retry-after") {
    const std::optional<int> seconds = Number(text);
    if (seconds && *seconds >= 0 && *seconds <= kLongestRetryAfter) {
      response.retry_after = std::chrono::seconds{*seconds};
    }
  }
}

void ReadHeaderLines(std::string_view lines, HttpResponse& response) {
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    const std::string_view line = lines.substr(0, end);
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos) {
      ReadHeader(line.substr(0, colon), line.substr(colon + 1), response);
    }
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
}

}  // namespace precision
