// Turns the two catalogues into what several languages need.  Refuses a
// catalogue that breaks its rules, so that a bad entry fails the build.
//
//   precision-generate ENDPOINTS.json PERMISSIONS.json OUTPUT_DIR

#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>

namespace {

using Json = nlohmann::ordered_json;

std::string Quoted(const std::string& text) { return Json(text).dump(); }

std::string Bool(const Json& value) {
  return value.get<bool>() ? "true" : "false";
}

// Written only when it differs, so that nothing is rebuilt without need.
void WriteFile(const std::filesystem::path& path, const std::string& text) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

std::string EndpointTable(const Json& catalogue) {
  std::ostringstream out;
  for (const Json& e : catalogue.at("endpoints")) {
    out << "PRECISION_ENDPOINT(" << e.at("enumerator").get<std::string>()
        << ", " << Quoted(e.at("name")) << ", " << Quoted(e.at("path")) << ", "
        << Quoted(e.at("object")) << ", " << Quoted(e.at("fixed")) << ", "
        << Bool(e.at("created_filter")) << ", " << Quoted(e.at("permission"))
        << ")\n";
  }
  return out.str();
}

std::string PermissionTable(const Json& catalogue) {
  std::ostringstream out;
  for (const Json& p : catalogue.at("permissions")) {
    out << "PRECISION_PERMISSION(" << Quoted(p.at("id")) << ", "
        << Quoted(p.at("section")) << ", " << Quoted(p.at("label")) << ", "
        << Bool(p.at("offers_read")) << ", " << Bool(p.at("offers_write"))
        << ", " << (p.at("rule") == "read" ? "kRead" : "kNone") << ", "
        << Quoted(p.at("reason")) << ", " << Quoted(p.at("probe")) << ", "
        << Quoted(p.at("proves")) << ", " << Quoted(p.at("implied_by")) << ", "
        << Bool(p.at("connect_column")) << ", " << Bool(p.at("needed_by_pull"))
        << ", " << Quoted(p.at("source")) << ")\n";
  }
  return out.str();
}

std::string AllowList(const Json& endpoints, const Json& permissions) {
  std::set<std::string> paths;
  for (const Json& e : endpoints.at("endpoints")) paths.insert(e.at("path"));
  for (const Json& p : permissions.at("permissions")) {
    const std::string probe = p.at("probe");
    if (!probe.empty()) paths.insert(probe.substr(0, probe.find('?')));
  }
  std::ostringstream out;
  for (const std::string& path : paths) out << Quoted(path) << " 1;\n";
  return out.str();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "usage: precision-generate ENDPOINTS PERMISSIONS OUTPUT\n";
    return 2;
  }
  try {
    const Json endpoints = Json::parse(std::ifstream(argv[1]));
    const Json permissions = Json::parse(std::ifstream(argv[2]));
    const std::filesystem::path out = argv[3];
    WriteFile(out / "include/precision/stripe/endpoints.inc",
              EndpointTable(endpoints));
    WriteFile(out / "include/precision/permission/permissions.inc",
              PermissionTable(permissions));
    WriteFile(out / "allow_list.conf", AllowList(endpoints, permissions));
    WriteFile(out / "catalogue.json",
              Json{{"endpoints", endpoints.at("endpoints")},
                   {"permissions", permissions.at("permissions")}}
                  .dump(1));
  } catch (const std::exception& error) {
    std::cerr << "precision-generate: " << error.what() << "\n";
    return 1;
  }
  return 0;
}
