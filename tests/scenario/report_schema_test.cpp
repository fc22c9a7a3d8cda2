// The report as JSON against the schema that hosts are promised, by a walker
// of the part of JSON Schema that it uses.

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "support/repository.h"
#include "support/session_world.h"

namespace precision {
namespace {

using Json = nlohmann::json;

bool HasType(const Json& value, const std::string& type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "integer") return value.is_number_integer();
  if (type == "boolean") return value.is_boolean();
  if (type == "null") return value.is_null();
  return false;
}

class Walker {
 public:
  explicit Walker(const Json& root) : root_(root) {}

  // What is wrong, with where; empty: nothing.
  std::string Walk(const Json& schema, const Json& value,
                   const std::string& at = "report") {
    if (schema.contains("$ref")) {
      const std::string name = schema["$ref"];
      return Walk(root_.at(Json::json_pointer(name.substr(1))), value, at);
    }
    for (const auto& [word, _] : schema.items()) {
      if (!kKnown.contains(word)) return at + ": unknown word " + word;
    }
    if (schema.contains("const") && schema["const"] != value) {
      return at + ": not the constant";
    }
    if (schema.contains("enum") &&
        std::ranges::find(schema["enum"], value) == schema["enum"].end()) {
      return at + ": " + value.dump() + " is none of the words";
    }
    if (schema.contains("minimum") && value < schema["minimum"]) {
      return at + ": too small";
    }
    if (std::string wrong = Type(schema, value, at); !wrong.empty()) {
      return wrong;
    }
    if (schema.contains("items")) {
      for (std::size_t i = 0; i < value.size(); ++i) {
        std::string wrong =
            Walk(schema["items"], value[i], at + "[" + std::to_string(i) + "]");
        if (!wrong.empty()) return wrong;
      }
    }
    return schema.contains("properties") ? Members(schema, value, at) : "";
  }

 private:
  static std::string Type(const Json& schema, const Json& value,
                          const std::string& at) {
    if (!schema.contains("type")) return "";
    const Json& type = schema["type"];
    bool fits = false;
    for (const Json& one : type.is_array() ? type : Json::array({type})) {
      fits = fits || HasType(value, one.get<std::string>());
    }
    return fits ? "" : at + ": of another type";
  }

  std::string Members(const Json& schema, const Json& value,
                      const std::string& at) {
    for (const Json& name : schema["required"]) {
      if (!value.contains(name.get<std::string>())) {
        return at + ": lacks " + name.get<std::string>();
      }
    }
    for (const auto& [name, member] : value.items()) {
      if (!schema["properties"].contains(name)) {
        return at + ": has " + name;
      }
      std::string wrong =
          Walk(schema["properties"][name], member, at + "." + name);
      if (!wrong.empty()) return wrong;
    }
    return "";
  }

  inline static const std::set<std::string> kKnown = {
      "$schema", "$defs",    "title",      "description",
      "type",    "required", "properties", "additionalProperties",
      "items",   "enum",     "const",      "minimum"};
  const Json& root_;
};

Json Schema() {
  std::ifstream file(test::RepositoryRoot() /
                     "src/permission/report.schema.json");
  return Json::parse(file);
}

TEST(ReportSchema, HoldsForEveryDemoKey) {
  const Json schema = Schema();
  for (const demo::KeySpec& key : demo::DemoKeys()) {
    if (!key.prefix.starts_with("rk_")) continue;
    SCOPED_TRACE(key.name);
    SessionWorld world(key.name);
    world.session.CheckWrite(true);
    world.Audit();
    const std::string text =
        WriteReport(world.session.report(), world.session.policy());
    EXPECT_EQ(Walker(schema).Walk(schema, Json::parse(text)), "");
    // Neither the key nor any part of it that Stripe's texts carry.
    EXPECT_FALSE(text.contains(KeyText(key).substr(8)));
    EXPECT_FALSE(text.contains(KeyText(key).substr(99) + "'"));
  }
}

TEST(ReportSchema, NoticesWhatDoesNotFit) {
  const Json schema = Schema();
  SessionWorld world("three_mistakes");
  world.Audit();
  const Json good =
      Json::parse(WriteReport(world.session.report(), world.session.policy()));
  const auto wrong = [&](auto change) {
    Json report = good;
    change(report);
    return !Walker(schema).Walk(schema, report).empty();
  };
  EXPECT_TRUE(wrong([](Json& r) { r.erase("whole"); }));
  EXPECT_TRUE(wrong([](Json& r) { r["more"] = 1; }));
  EXPECT_TRUE(wrong([](Json& r) { r["version"] = 2; }));
  EXPECT_TRUE(wrong([](Json& r) { r["asked"] = -1; }));
  EXPECT_TRUE(wrong([](Json& r) { r["findings"][3]["verdict"] = "fine"; }));
  EXPECT_TRUE(wrong([](Json& r) { r["findings"][3]["hint"] = nullptr; }));
}

}  // namespace
}  // namespace precision
