#include "precision/stripe/endpoint.h"

#include <algorithm>
#include <cstddef>

namespace precision {

namespace {

constexpr EndpointFacts kFacts[] = {
#define PRECISION_ENDPOINT(enumerator, name, path, object, fixed, expand,     \
                           has_created, permission)                           \
  {name,       path, object, fixed, expand, permission, Endpoint::enumerator, \
   has_created},
#include "precision/stripe/endpoints.inc"
#undef PRECISION_ENDPOINT
};

constexpr auto kListCount = static_cast<std::size_t>(
    std::ranges::find_if(kFacts, &EndpointFacts::is_nested) - kFacts);

// RFC 3986's unreserved characters; an id of Stripe's has no others, but an
// id comes from outside and must not be able to add a parameter.
bool IsUnreserved(char c) {
  return ('0' <= c && c <= '9') || ('A' <= c && c <= 'Z') ||
         ('a' <= c && c <= 'z') || c == '-' || c == '_' || c == '.' || c == '~';
}

std::string PercentEncode(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    if (IsUnreserved(c)) {
      encoded += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      encoded += '%';
      encoded += kHex[byte >> 4];
      encoded += kHex[byte & 15];
    }
  }
  return encoded;
}

}  // namespace

std::span<const EndpointFacts> AllEndpoints() {
  return std::span(kFacts).first(kListCount);
}

const EndpointFacts& FactsOf(Endpoint endpoint) {
  return kFacts[static_cast<std::size_t>(endpoint)];
}

std::optional<Endpoint> FindEndpoint(std::string_view name) {
  for (const EndpointFacts& facts : AllEndpoints()) {
    if (facts.name == name) return facts.endpoint;
  }
  return std::nullopt;
}

std::string ListPath(Endpoint endpoint, const ListQuery& query) {
  const EndpointFacts& facts = FactsOf(endpoint);
  std::string path(facts.path);
  if (facts.is_nested()) {
    constexpr std::string_view kId = "{id}";
    path.replace(path.find(kId), kId.size(), PercentEncode(query.parent));
  }
  path += path.contains('?') ? '&' : '?';
  path += "limit=" + std::to_string(query.limit);
  if (!facts.fixed.empty()) {
    path += '&';
    path += facts.fixed;
  }
  if (query.expand) {
    path += "&expand%5B%5D=data.";
    path += facts.expand;
  }
  if (facts.has_created_filter && query.created_gte) {
    path += "&created%5Bgte%5D=" + std::to_string(query.created_gte->value);
  }
  if (facts.has_created_filter && query.created_lt) {
    path += "&created%5Blt%5D=" + std::to_string(query.created_lt->value);
  }
  if (!query.starting_after.empty()) {
    path += "&starting_after=" + PercentEncode(query.starting_after);
  }
  if (!query.ending_before.empty()) {
    path += "&ending_before=" + PercentEncode(query.ending_before);
  }
  return path;
}

}  // namespace precision
