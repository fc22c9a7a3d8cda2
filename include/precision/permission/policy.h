// What a key should hold, as data: rules, the first that fits a row counts.
// The setup guide's is src/permission/policy.json; a host may load another of
// the same form.  Facts about the rows are in catalogue.h.

#ifndef PRECISION_PERMISSION_POLICY_H_
#define PRECISION_PERMISSION_POLICY_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "precision/base/result.h"
#include "precision/permission/catalogue.h"

namespace precision {

enum class Wanted : std::uint8_t {
  kRead,
  kNone,
  kAny,  // not looked at
};
std::string_view ToString(Wanted wanted);  // "read", ...

struct PolicyRule {
  // Each empty list fits every row.
  std::vector<std::string> sections;
  std::vector<std::string> permissions;
  Wanted wanted = Wanted::kAny;  // kRead fits only rows that offer Read
  std::string sentence;          // the guide's, beside the rule
};

struct Policy {
  std::string name;
  std::string key_name;  // in the create link
  std::vector<PolicyRule> rules;
  // The sentence for a Connect account's second row, to which the same rules
  // apply; empty: the second row is not looked at.
  std::string second_row;

  // Absent: no rule fits, and the row is not looked at.
  const PolicyRule* RuleFor(const PermissionFacts& facts) const;
  Wanted WantedOf(const PermissionFacts& facts) const;
};

// Errors: kPolicyUnreadable, also for sections and permissions that the
// catalogue does not know: a misspelled rule must not pass in silence.
Result<Policy> ReadPolicy(std::string_view json);

// The setup guide's.
Policy GuidePolicy();

}  // namespace precision

#endif  // PRECISION_PERMISSION_POLICY_H_
