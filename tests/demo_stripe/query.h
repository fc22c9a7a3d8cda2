// Reads a request's path and form-style query.

#ifndef PRECISION_DEMO_STRIPE_QUERY_H_
#define PRECISION_DEMO_STRIPE_QUERY_H_

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace precision::demo {

std::string PercentDecoded(std::string_view text, bool plus_is_space);

struct Query {
  std::string path;  // as sent, without the query
  std::vector<std::pair<std::string, std::string>> parameters;  // decoded

  const std::string* Find(std::string_view name) const;
  // "expand[]" and "expand[0]" alike.
  std::vector<std::string> All(std::string_view name) const;
};

Query ReadQuery(std::string_view path_with_query);

}  // namespace precision::demo

#endif  // PRECISION_DEMO_STRIPE_QUERY_H_
