#include <sstream>

#include "generate/tables.h"

namespace precision {

std::string AllowList(const Json& endpoints, const Json& permissions) {
  std::set<std::string> paths;
  for (const Json& e : endpoints.at("endpoints")) paths.insert(e.at("path"));
  for (const Json& e : endpoints.at("nested")) {
    const std::string path = e.at("path");
    paths.insert(path.substr(0, path.find('?')));
  }
  for (const Json& p : permissions.at("permissions")) {
    const std::string probe = p.at("probe");
    if (!probe.empty()) paths.insert(probe.substr(0, probe.find('?')));
  }
  std::ostringstream out;
  for (const std::string& path : paths) {
    constexpr std::string_view kId = "{id}";
    const std::size_t id = path.find(kId);
    if (id == std::string::npos) {
      out << Quoted(path) << " 1;\n";
      continue;
    }
    std::string pattern = path;
    pattern.replace(id, kId.size(), "[A-Za-z0-9_]+");
    out << Quoted("~^" + pattern + "$") << " 1;\n";
  }
  return out.str();
}

std::string PostList(const Json& permissions) {
  std::set<std::string> paths;
  for (const Json& p : permissions.at("permissions")) {
    const std::string path = p.at("write_probe");
    if (!path.empty()) paths.insert(path);
  }
  std::ostringstream out;
  for (const std::string& path : paths) out << Quoted(path) << " 1;\n";
  return out.str();
}

}  // namespace precision
