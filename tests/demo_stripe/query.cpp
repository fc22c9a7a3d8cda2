#include "demo_stripe/query.h"

#include <algorithm>

namespace precision::demo {

namespace {

int HexDigit(char c) {
  if ('0' <= c && c <= '9') return c - '0';
  if ('a' <= c && c <= 'f') return c - 'a' + 10;
  if ('A' <= c && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::string PercentDecoded(std::string_view text, bool plus_is_space) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      const int high = HexDigit(text[i + 1]);
      const int low = HexDigit(text[i + 2]);
      if (high >= 0 && low >= 0) {
        out += static_cast<char>(high * 16 + low);
        i += 2;
        continue;
      }
    }
    out += text[i] == '+' && plus_is_space ? ' ' : text[i];
  }
  return out;
}

const std::string* Query::Find(std::string_view name) const {
  const auto found =
      std::find_if(parameters.begin(), parameters.end(),
                   [&](const auto& p) { return p.first == name; });
  return found == parameters.end() ? nullptr : &found->second;
}

std::vector<std::string> Query::All(std::string_view name) const {
  std::vector<std::string> values;
  for (const auto& [key, value] : parameters) {
    if (key.starts_with(name) && key.ends_with(']') &&
        key.substr(name.size()).starts_with('[')) {
      values.push_back(value);
    }
  }
  return values;
}

Query ReadQuery(std::string_view path_with_query) {
  Query query;
  const std::size_t mark =
      std::min(path_with_query.find('?'), path_with_query.size());
  query.path = path_with_query.substr(0, mark);
  if (mark == path_with_query.size()) return query;
  std::string_view rest = path_with_query.substr(mark + 1);
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('&'), rest.size());
    const std::string_view pair = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (pair.empty()) continue;
    const std::size_t equals = std::min(pair.find('='), pair.size());
    query.parameters.emplace_back(
        PercentDecoded(pair.substr(0, equals), true),
        equals == pair.size() ? std::string()
                              : PercentDecoded(pair.substr(equals + 1), true));
  }
  return query;
}

}  // namespace precision::demo
