#include <cstdio>
#include <sstream>

#include "generate/tables.h"

namespace precision {

namespace {

// In any language, so not of ASCII alone.
Rule Sentence() {
  return [](const std::string& where, const Json& value) {
    if (!value.is_string() || value.get<std::string>().empty()) {
      Refuse(where, "not a sentence");
    }
  };
}

void CheckErrorWords(const std::string& where, const Json& list) {
  if (!list.is_object()) Refuse(where, "not an object");
  for (const auto& [code, told] : list.items()) {
    Rules parts = {
        {"title", Sentence()},
        {"body", Sentence()},
        {"step", OneOf({"create", "clear", "move", "retry", "another-key",
                        "check-again", "help", "none"})}};
    if (told.contains("known")) {
      parts.emplace("known", [](const std::string& place, const Json& known) {
        for (const auto& [part, text] : known.items()) {
          OneOf({"title", "body"})(place, Json(part));
          Sentence()(place, text);
        }
      });
    }
    // NOLINTNEXTLINE(performance-inefficient-string-concatenation)
    Check(where + "." + code, told, parts);
  }
}

void CheckSentences(const std::string& where, const Json& list) {
  if (!list.is_object()) Refuse(where, "not an object");
  for (const auto& [name, text] : list.items()) {
    // NOLINTNEXTLINE(performance-inefficient-string-concatenation)
    const std::string place = where + "." + name;
    if (!text.is_object()) {
      Sentence()(place, text);
      continue;
    }
    Check(place, text, {{"one", Sentence()}, {"other", Sentence()}});
    for (const Json& form : text) {
      if (!form.get<std::string>().contains('#')) Refuse(place, "lacks the #");
    }
  }
}

// C++ sources are ASCII: what is not goes in as octal, which ends by itself.
std::string InAscii(const Json& text) {
  std::string out = "\"";
  for (const char c : text.get<std::string>()) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out.append("\\").push_back(c);
    } else if (byte >= ' ' && byte <= '~') {
      out.push_back(c);
    } else {
      char octal[5];
      std::snprintf(octal, sizeof octal, "\\%03o", byte);
      out += octal;
    }
  }
  return out + '"';
}

}  // namespace

void CheckWords(const Json& words) {
  Check("words", words,
        {{"errors", CheckErrorWords},
         {"kinds", [](const std::string&, const Json&) {}},
         {"report", CheckSentences}});
}

std::string WordsTable(const Json& words) {
  std::ostringstream out;
  for (const auto& [code, told] : words.at("errors").items()) {
    out << "PRECISION_ERROR_WORDS(" << Quoted(code) << ", "
        << InAscii(told.at("title")) << ", " << InAscii(told.at("body")) << ", "
        << Quoted(told.at("step")) << ")\n";
  }
  for (const auto& [name, text] : words.at("report").items()) {
    const bool counts = text.is_object();
    out << "PRECISION_SENTENCE(" << Quoted(name) << ", "
        << InAscii(counts ? text.at("one") : text) << ", "
        << InAscii(counts ? text.at("other") : text) << ")\n";
  }
  return out.str();
}

}  // namespace precision
