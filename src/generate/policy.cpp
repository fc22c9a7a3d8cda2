#include "generate/tables.h"

namespace precision {

void CheckPolicy(const Json& policy, const Json& permissions) {
  std::set<std::string> sections;
  std::set<std::string> ids;
  for (const Json& p : permissions.at("permissions")) {
    sections.insert(p.at("section").get<std::string>());
    ids.insert(p.at("id").get<std::string>());
  }
  Check("policy.json", policy,
        {{"version", Number()},
         {"name", SomeText()},
         {"source", SomeText()},
         {"key_name", SomeText()},
         {"second_row", Text()},
         {"rules", [&](const std::string& where, const Json& rules) {
            if (!rules.is_array() || rules.empty()) Refuse(where, "no rules");
            for (const Json& rule : rules) {
              Rules parts = {{"level", OneOf({"read", "none", "any"})},
                             {"sentence", SomeText()}};
              if (rule.contains("sections")) {
                parts.emplace("sections", ListOf(OneOf(sections)));
              }
              if (rule.contains("permissions")) {
                parts.emplace("permissions", ListOf(OneOf(ids)));
              }
              Check(where, rule, parts);
            }
          }}});
}

}  // namespace precision
