#include <sstream>

#include "generate/tables.h"

namespace precision {

namespace {

// A POST may only act on an object that cannot exist, so that nothing can come
// of it: never on a list, where it would create something.
void CheckWriteProbe(const std::string& where, const Json& p) {
  const std::string path = p.at("write_probe");
  if (path.empty()) return;
  if (!p.at("offers_write").get<bool>() ||
      p.at("probe").get<std::string>().empty()) {
    Refuse(where, "a POST is asked only where a GET has shown Read");
  }
  constexpr std::string_view kNobody = "/nowaythiscanexist";
  const std::size_t id = path.find(kNobody);
  const std::string action =
      id == std::string::npos ? "" : path.substr(id + kNobody.size());
  const std::set<std::string> harmless = {"", "/approve", "/expire"};
  if (id == std::string::npos || !harmless.contains(action)) {
    Refuse(where, "a POST acts on nowaythiscanexist and on nothing else");
  }
}

void CheckOnePermission(const Json& p, const std::set<std::string>& ids) {
  const std::string where =
      "permissions[" + p.at("id").get<std::string>() + "]";
  const bool reads = p.at("offers_read").get<bool>();
  const bool probed = !p.at("probe").get<std::string>().empty();
  if (!reads && !p.at("offers_write").get<bool>()) {
    Refuse(where, "offers neither Read nor Write");
  }
  if (probed && !reads) Refuse(where, "a GET cannot probe what offers no Read");
  std::istringstream statuses(p.at("proves").get<std::string>());
  int count = 0;
  for (int status = 0; statuses >> status; ++count) {
    if (status != 200 && status != 400 && status != 404) {
      Refuse(where, "only 200, 400 and 404 can prove anything");
    }
  }
  if (!statuses.eof() || probed != (count > 0)) {
    Refuse(where, "statuses that prove belong to a probe");
  }
  if (!p.at("tables").empty() && !probed) {
    Refuse(where, "a table needs it, so it must have a probe");
  }
  CheckWriteProbe(where, p);
  const std::string prefill = p.at("prefill");
  if (!prefill.empty() &&
      (!prefill.starts_with("rak_") || !prefill.ends_with("_read") || !reads)) {
    Refuse(where, "only a row with Read may be in the link, as rak_..._read");
  }
  for (const Json& id : p.at("implied_by")) {
    if (!ids.contains(id.get<std::string>()) || id == p.at("id")) {
      Refuse(where, "implied by an unknown row " + id.dump());
    }
  }
}

}  // namespace

std::set<std::string> CheckPermissions(const Json& catalogue) {
  const Rules permission = {
      {"id", Made(kSnakeCase)},
      {"section", SomeText()},
      {"label", SomeText()},
      {"offers_read", Bool()},
      {"offers_write", Bool()},
      {"probe", Path(true, true, false)},
      {"proves", Text()},
      {"write_probe", Path(true, false, false)},
      {"sure", OneOf({"proven", "documented", "unverified"})},
      {"implied_by", ListOf(Made(kSnakeCase))},
      {"connect_column", Bool()},
      {"tables",
       ListOf(OneOf({"customers", "invoices", "payments", "subscriptions"}))},
      {"ask", Number()},
      {"prefill", Text()},
      {"source", SomeText()},
      {"note", Text()},
  };
  std::set<std::string> ids;
  Check("permissions.json", catalogue,
        {{"about", SomeText()},
         {"permissions", [&](const std::string&, const Json& list) {
            ids = CheckList("permissions", list, "id", permission);
            for (const Json& p : list) CheckOnePermission(p, ids);
          }}});
  // A section that comes twice would be shown twice.
  std::set<std::string> closed;
  std::string open;
  for (const Json& p : catalogue.at("permissions")) {
    const std::string section = p.at("section");
    if (section == open) continue;
    if (!closed.insert(section).second) {
      Refuse("section " + section, "is not in one piece");
    }
    open = section;
  }
  return ids;
}

std::string PermissionTable(const Json& catalogue) {
  const std::map<std::string, std::string> sure = {
      {"proven", "kProven"},
      {"documented", "kDocumented"},
      {"unverified", "kUnverified"}};
  std::ostringstream out;
  for (const Json& p : catalogue.at("permissions")) {
    out << "PRECISION_PERMISSION(" << Quoted(p.at("id")) << ", "
        << Quoted(p.at("section")) << ", " << Quoted(p.at("label")) << ", "
        << Quoted(p.at("probe")) << ", " << Quoted(p.at("proves")) << ", "
        << Quoted(p.at("write_probe")) << ", " << Words(p.at("implied_by"))
        << ", " << Words(p.at("tables")) << ", " << Quoted(p.at("prefill"))
        << ", " << p.at("ask") << ", " << Flag(p.at("offers_read")) << ", "
        << Flag(p.at("offers_write")) << ", " << Flag(p.at("connect_column"))
        << ", " << (p.at("tables").empty() ? "false" : "true")
        << ", Certainty::" << sure.at(p.at("sure").get<std::string>()) << ")\n";
  }
  return out.str();
}

}  // namespace precision
