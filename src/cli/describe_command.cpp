#include <iostream>
#include <span>
#include <string_view>

#include "commands.h"
#include "precision/base/error_code.h"
#include "precision/json/json_writer.h"
#include "precision/key/api_key.h"
#include "precision/permission/catalogue.h"
#include "precision/permission/report.h"
#include "precision/stripe/endpoint.h"

namespace precision {

namespace {

std::string_view ToString(Certainty sure) {
  switch (sure) {
    case Certainty::kProven:
      return "proven";
    case Certainty::kDocumented:
      return "documented";
    case Certainty::kUnverified:
      return "unverified";
  }
  return "";
}

void WritePermission(const PermissionFacts& facts, const Policy& policy,
                     JsonWriter& json) {
  json.BeginObject();
  json.Name("id").String(facts.id);
  json.Name("section").String(facts.section);
  json.Name("label").String(facts.label);
  json.Name("offers_read").Bool(facts.offers_read);
  json.Name("offers_write").Bool(facts.offers_write);
  json.Name("wanted").String(ToString(policy.WantedOf(facts)));
  json.Name("probe").String(facts.probe);
  json.Name("proves").String(facts.proves);
  json.Name("write_probe").String(facts.write_probe);
  json.Name("implied_by").String(facts.implied_by);
  json.Name("sure").String(ToString(facts.sure));
  json.Name("connect_column").Bool(facts.connect_column);
  json.Name("needed_by_pull").Bool(facts.needed_by_pull);
  json.Name("tables").String(facts.tables);
  json.Name("prefill").String(facts.prefill);
  json.EndObject();
}

void WriteEndpoint(const EndpointFacts& facts, JsonWriter& json) {
  json.BeginObject();
  json.Name("name").String(facts.name);
  json.Name("path").String(facts.path);
  json.Name("object").String(facts.object);
  json.Name("fixed").String(facts.fixed);
  json.Name("created_filter").Bool(facts.has_created_filter);
  json.Name("permission").String(facts.permission);
  json.EndObject();
}

// The last enumerators of the two lists that the page has words for.
constexpr auto kLastRepair = KeyRepair::kWords;
constexpr auto kLastVerdict = Verdict::kPending;

}  // namespace

int RunDescribe(std::span<char*> args) {
  if (args.size() == 1 && args[0] == std::string_view("tables")) {
    return DescribeTables();
  }
  if (!args.empty()) {
    std::cerr << "usage: precision-stripe describe [tables]\n";
    return 2;
  }
  JsonWriter json;
  json.BeginObject();
  json.Name("error_codes").BeginArray();
  for (const ErrorCode code : AllErrorCodes()) {
    json.String(precision::ToString(code));
  }
  json.EndArray();
  json.Name("key_repairs").BeginArray();
  for (int i = 0; i <= static_cast<int>(kLastRepair); ++i) {
    json.String(precision::ToString(static_cast<KeyRepair>(i)));
  }
  json.EndArray();
  json.Name("verdicts").BeginArray();
  for (int i = 0; i <= static_cast<int>(kLastVerdict); ++i) {
    json.String(precision::ToString(static_cast<Verdict>(i)));
  }
  json.EndArray();
  json.Name("stripe_version").String(kStripeVersion);
  json.Name("endpoints").BeginArray();
  for (const EndpointFacts& facts : AllEndpoints()) WriteEndpoint(facts, json);
  json.EndArray();
  json.Name("permissions").BeginArray();
  const Policy policy = GuidePolicy();
  for (const PermissionFacts& facts : AllPermissions()) {
    WritePermission(facts, policy, json);
  }
  json.EndArray();
  json.EndObject();
  std::cout << json.Take() << "\n";
  return 0;
}

}  // namespace precision
