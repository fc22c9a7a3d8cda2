#include "generate/rules.h"

#include <fstream>
#include <stdexcept>
#include <utility>
#include <vector>

namespace precision {

void Refuse(const std::string& where, const std::string& what) {
  throw std::runtime_error(where + ": " + what);
}

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

Json ReadJson(const std::string& path) {
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

}  // namespace precision
