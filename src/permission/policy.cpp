#include "precision/permission/policy.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "precision/json/json_value.h"

namespace precision {

namespace {

constexpr std::string_view kGuide =
#include "precision/permission/policy.inc"
    ;

constexpr std::int64_t kPolicyVersion = 1;

Error Unreadable(std::string detail) {
  return Error{ErrorCode::kPolicyUnreadable, std::move(detail)};
}

std::optional<Wanted> WantedNamed(std::string_view name) {
  for (const Wanted wanted : {Wanted::kRead, Wanted::kNone, Wanted::kAny}) {
    if (ToString(wanted) == name) return wanted;
  }
  return std::nullopt;
}

bool KnowsSection(std::string_view name) {
  return std::ranges::contains(AllPermissions(), name,
                               &PermissionFacts::section);
}

bool KnowsPermission(std::string_view id) {
  return FindPermission(id) != nullptr;
}

// False: something else than a list of names that `known` knows.
bool ReadNames(JsonValue value, bool (*known)(std::string_view),
               std::vector<std::string>& names) {
  if (!value.present()) return true;
  if (!value.IsArray() || value.size() == 0) return false;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const std::string_view name = value.At(i).AsString().value_or("");
    if (!known(name)) return false;
    names.emplace_back(name);
  }
  return true;
}

bool Fits(const std::vector<std::string>& names, std::string_view name) {
  return names.empty() || std::ranges::contains(names, name);
}

}  // namespace

std::string_view ToString(Wanted wanted) {
  switch (wanted) {
    case Wanted::kRead:
      return "read";
    case Wanted::kNone:
      return "none";
    case Wanted::kAny:
      return "any";
  }
  return "";
}

const PolicyRule* Policy::RuleFor(const PermissionFacts& facts) const {
  const auto found = std::ranges::find_if(rules, [&](const PolicyRule& rule) {
    return (rule.wanted != Wanted::kRead || facts.offers_read) &&
           Fits(rule.sections, facts.section) &&
           Fits(rule.permissions, facts.id);
  });
  return found == rules.end() ? nullptr : &*found;
}

Wanted Policy::WantedOf(const PermissionFacts& facts) const {
  const PolicyRule* rule = RuleFor(facts);
  return rule == nullptr ? Wanted::kAny : rule->wanted;
}

Result<Policy> ReadPolicy(std::string_view json) {
  const Result<JsonDocument> document = JsonDocument::Parse(json);
  if (!document.ok()) return Unreadable("not JSON");
  const JsonValue root = document.value().root();
  if (root["version"].AsInt() != kPolicyVersion) return Unreadable("version");
  const JsonValue rules = root["rules"];
  if (!rules.IsArray() || rules.size() == 0) return Unreadable("rules");
  Policy policy;
  policy.name = root["name"].AsString().value_or("");
  policy.key_name = root["key_name"].AsString().value_or("Precision");
  policy.second_row = root["second_row"].AsString().value_or("");
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const JsonValue given = rules.At(i);
    const std::optional<Wanted> wanted =
        WantedNamed(given["level"].AsString().value_or(""));
    PolicyRule rule;
    if (!wanted || !ReadNames(given["sections"], KnowsSection, rule.sections) ||
        !ReadNames(given["permissions"], KnowsPermission, rule.permissions)) {
      return Unreadable("rule " + std::to_string(i + 1));
    }
    rule.wanted = *wanted;
    rule.sentence = given["sentence"].AsString().value_or("");
    policy.rules.push_back(std::move(rule));
  }
  return policy;
}

// The build has checked it: see src/generate.
Policy GuidePolicy() { return ReadPolicy(kGuide).value(); }

}  // namespace precision
