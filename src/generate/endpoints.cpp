#include <sstream>

#include "generate/tables.h"

namespace precision {

void CheckEndpoints(const Json& catalogue,
                    const std::set<std::string>& permissions) {
  const Rule enumerator = [](const std::string& where, const Json& value) {
    SomeText()(where, value);
    if (!value.get<std::string>().starts_with('k')) {
      Refuse(where, "must begin with k");
    }
  };
  const Rules nested = {
      {"enumerator", enumerator},         {"name", Made(kSnakeCase)},
      {"path", Path(false, false, true)}, {"object", Made(kSnakeCase)},
      {"permission", OneOf(permissions)},
  };
  const Rules endpoint = {
      {"enumerator", enumerator},
      {"name", Made(kSnakeCase)},
      {"path", Path(false, false, false)},
      {"object", Made(kSnakeCase)},
      {"fixed", Text()},
      {"created_filter", Bool()},
      {"expand", Text()},
      {"permission", OneOf(permissions)},
  };
  Check("endpoints.json", catalogue,
        {{"source", SomeText()},
         {"endpoints",
          [&](const std::string&, const Json& list) {
            CheckList("endpoints", list, "name", endpoint);
            CheckList("endpoints", list, "enumerator", endpoint);
          }},
         {"nested", [&](const std::string&, const Json& list) {
            CheckList("nested", list, "name", nested);
            CheckList("nested", list, "enumerator", nested);
          }}});
}

std::string EndpointTable(const Json& catalogue) {
  std::ostringstream out;
  for (const Json& e : catalogue.at("endpoints")) {
    out << "PRECISION_ENDPOINT(" << e.at("enumerator").get<std::string>()
        << ", " << Quoted(e.at("name")) << ", " << Quoted(e.at("path")) << ", "
        << Quoted(e.at("object")) << ", " << Quoted(e.at("fixed")) << ", "
        << Quoted(e.at("expand")) << ", " << Flag(e.at("created_filter"))
        << ", " << Quoted(e.at("permission")) << ")\n";
  }
  for (const Json& e : catalogue.at("nested")) {
    out << "PRECISION_ENDPOINT(" << e.at("enumerator").get<std::string>()
        << ", " << Quoted(e.at("name")) << ", " << Quoted(e.at("path")) << ", "
        << Quoted(e.at("object")) << ", \"\", \"\", false, "
        << Quoted(e.at("permission")) << ")\n";
  }
  return out.str();
}

}  // namespace precision
