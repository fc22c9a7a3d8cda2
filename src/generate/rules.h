// What a file of data must be like, and how its values are written down for
// C++.  Each rule refuses by throwing.

#ifndef PRECISION_SRC_GENERATE_RULES_H_
#define PRECISION_SRC_GENERATE_RULES_H_

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>

namespace precision {

using Json = nlohmann::ordered_json;

[[noreturn]] void Refuse(const std::string& where, const std::string& what);

// For one value.
using Rule = std::function<void(const std::string& where, const Json& value)>;

Rule Text();
Rule SomeText();
Rule Bool();
Rule Number();
Rule OneOf(std::set<std::string> names);
Rule Made(std::string_view alphabet);
Rule ListOf(Rule each);
// A path of Stripe's API.  Nothing under /v2/iam may ever be asked: it can
// answer with keys in plain text.
Rule Path(bool may_be_empty, bool may_have_query, bool may_have_id);

inline constexpr std::string_view kSnakeCase =
    "abcdefghijklmnopqrstuvwxyz0123456789_";

using Rules = std::map<std::string, Rule>;

// Every key of `rules`, and no other.
void Check(const std::string& where, const Json& object, const Rules& rules);
// Checks each entry of `list` and that `unique` values are; gives those values.
std::set<std::string> CheckList(const std::string& name, const Json& list,
                                const std::string& unique, const Rules& rules);

// Refuses what has a key twice in one object.
Json ReadJson(const std::string& path);

std::string Quoted(const std::string& text);
std::string Words(const Json& list);
std::string Flag(const Json& value);

}  // namespace precision

#endif  // PRECISION_SRC_GENERATE_RULES_H_
