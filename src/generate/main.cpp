// Turns the two catalogues and the policy into what several languages need.
// Refuses a catalogue that breaks its rules, so that a bad entry fails the
// build.
//
//   precision-generate ENDPOINTS.json PERMISSIONS.json POLICY.json OUTPUT_DIR

#include <algorithm>
#include <exception>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

using Json = nlohmann::ordered_json;

[[noreturn]] void Refuse(const std::string& where, const std::string& what) {
  throw std::runtime_error(where + ": " + what);
}

// Rules for one value; each refuses by throwing.
using Rule = std::function<void(const std::string& where, const Json& value)>;

Rule Text() {
  return [](const std::string& where, const Json& value) {
    if (!value.is_string()) Refuse(where, "not a text");
    for (const char c : value.get<std::string>()) {
      if (c < ' ' || c > '~') Refuse(where, "not printable ASCII");
    }
  };
}

Rule SomeText() {
  return [](const std::string& where, const Json& value) {
    Text()(where, value);
    if (value.get<std::string>().empty()) Refuse(where, "empty");
  };
}

Rule Bool() {
  return [](const std::string& where, const Json& value) {
    if (!value.is_boolean()) Refuse(where, "neither true nor false");
  };
}

Rule Number() {
  return [](const std::string& where, const Json& value) {
    if (!value.is_number_unsigned()) Refuse(where, "not a number");
  };
}

Rule OneOf(std::set<std::string> names) {
  return
      [names = std::move(names)](const std::string& where, const Json& value) {
        if (!value.is_string() || !names.contains(value.get<std::string>())) {
          Refuse(where, "unknown value " + value.dump());
        }
      };
}

Rule Made(std::string_view alphabet) {
  return [alphabet](const std::string& where, const Json& value) {
    SomeText()(where, value);
    if (value.get<std::string>().find_first_not_of(alphabet) !=
        std::string::npos) {
      Refuse(where, "odd characters in " + value.dump());
    }
  };
}

constexpr std::string_view kSnakeCase = "abcdefghijklmnopqrstuvwxyz0123456789_";

Rule ListOf(Rule each) {
  return [each = std::move(each)](const std::string& where, const Json& value) {
    if (!value.is_array()) Refuse(where, "not a list");
    std::set<std::string> seen;
    for (const Json& element : value) {
      each(where, element);
      if (!seen.insert(element.dump()).second) Refuse(where, "said twice");
    }
  };
}

// A path of Stripe's API.  Nothing under /v2/iam may ever be asked: it can
// answer with keys in plain text.
Rule Path(bool may_be_empty, bool may_have_query, bool may_have_id) {
  return [=](const std::string& where, const Json& value) {
    Text()(where, value);
    const std::string path = value.get<std::string>();
    if (path.empty() && may_be_empty) return;
    if (!path.starts_with("/v1/") && !path.starts_with("/v2/")) {
      Refuse(where, "must begin with /v1/ or /v2/");
    }
    if (path.starts_with("/v2/iam")) Refuse(where, "/v2/iam is never asked");
    std::string allowed(kSnakeCase);
    allowed += "/";
    if (may_have_query) allowed += "?&=%[]BD";
    std::string plain = path;
    const std::size_t id = plain.find("/{id}/");
    if (may_have_id && id != std::string::npos) plain.erase(id, 5);
    constexpr std::string_view kIdAtEnd = "={id}";
    if (may_have_id && plain.ends_with(kIdAtEnd)) {
      plain.erase(plain.size() - kIdAtEnd.size());
      const std::size_t query = plain.find('?');
      if (query != std::string::npos) plain.erase(query, 1);
    }
    if (plain.find_first_not_of(allowed) != std::string::npos ||
        plain.contains("//") || plain.ends_with('/')) {
      Refuse(where, "odd path " + value.dump());
    }
  };
}

using Rules = std::map<std::string, Rule>;

// Every key of `rules`, and no other.
void Check(const std::string& where, const Json& object, const Rules& rules) {
  if (!object.is_object()) Refuse(where, "not an object");
  for (const auto& [key, value] : object.items()) {
    if (!rules.contains(key)) Refuse(where, "unknown key \"" + key + "\"");
  }
  for (const auto& [key, rule] : rules) {
    if (!object.contains(key)) Refuse(where, "lacks \"" + key + "\"");
    std::string place = where;
    place.append(".").append(key);
    rule(place, object.at(key));
  }
}

// Checks each entry of `list` and that `unique` values are; gives those values.
std::set<std::string> CheckList(const std::string& name, const Json& list,
                                const std::string& unique, const Rules& rules) {
  if (!list.is_array() || list.empty()) Refuse(name, "not a list of entries");
  std::set<std::string> values;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Json& entry = list.at(i);
    const bool named = entry.is_object() && entry.contains(unique) &&
                       entry.at(unique).is_string();
    const std::string where =
        name + "[" +
        (named ? entry.at(unique).get<std::string>() : std::to_string(i)) + "]";
    Check(where, entry, rules);
    if (!values.insert(entry.at(unique).get<std::string>()).second) {
      Refuse(where, "is there twice");
    }
  }
  return values;
}

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

std::string Quoted(const std::string& text) { return Json(text).dump(); }

std::string Words(const Json& list) {
  std::string words;
  for (const Json& word : list) {
    if (!words.empty()) words += ' ';
    words += word.get<std::string>();
  }
  return Quoted(words);
}

std::string Flag(const Json& value) {
  return value.get<bool>() ? "true" : "false";
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

// Lines for nginx's `map $uri $allowed { ... }`.
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

// The same for POSTs: what the audit's second step may ask.
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

Json Read(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) Refuse(path, "cannot be read");
  // Of two members with one name the parser would quietly keep the last.
  std::vector<std::set<std::string>> names;
  std::string twice;
  const Json document =
      Json::parse(in, [&](int, Json::parse_event_t event, Json& parsed) {
        if (event == Json::parse_event_t::object_start) names.emplace_back();
        if (event == Json::parse_event_t::object_end) names.pop_back();
        if (event == Json::parse_event_t::key &&
            !names.back().insert(parsed.get<std::string>()).second) {
          twice = parsed.get<std::string>();
        }
        return true;
      });
  if (!twice.empty()) Refuse(path, "key \"" + twice + "\" twice in one object");
  return document;
}

void WriteFile(const std::filesystem::path& path, const std::string& text) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream out(path, std::ios::binary);
  out << text;
  out.close();
  if (!out) Refuse(path.string(), "cannot be written");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) {
    std::cerr
        << "usage: precision-generate ENDPOINTS PERMISSIONS POLICY OUTPUT\n";
    return 2;
  }
  try {
    const Json endpoints = Read(argv[1]);
    const Json permissions = Read(argv[2]);
    CheckEndpoints(endpoints, CheckPermissions(permissions));
    Json policy = Read(argv[3]);
    CheckPolicy(policy, permissions);
    const std::filesystem::path out = argv[4];
    WriteFile(out / "include/precision/stripe/endpoints.inc",
              EndpointTable(endpoints));
    WriteFile(out / "include/precision/permission/permissions.inc",
              PermissionTable(permissions));
    // Where it comes from is for whoever reads the file.
    policy.erase("source");
    WriteFile(out / "include/precision/permission/policy.inc",
              Quoted(policy.dump()) + "\n");
    WriteFile(out / "post_list.conf", PostList(permissions));
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
