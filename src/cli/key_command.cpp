#include <cstdint>
#include <iostream>
#include <span>
#include <string>

#include "commands.h"
#include "precision/base/wipe.h"
#include "precision/json/json_writer.h"
#include "precision/key/api_key.h"

namespace precision {

int RunKey(std::span<char*> args) {
  if (!args.empty()) {
    // Not taken from the arguments: those stand in the shell's history.
    std::cerr << "precision-stripe key: give the text on standard input\n";
    return 2;
  }
  std::string text = ReadStandardInput();
  const KeyVerdict verdict = CheckKey(text);
  Wipe(text);

  JsonWriter json;
  json.BeginObject();
  json.Name("ok").Bool(!verdict.error);
  json.Name("error");
  verdict.error ? json.String(ToString(*verdict.error)) : json.Null();
  json.Name("mode");
  verdict.mode ? json.String(ToString(*verdict.mode)) : json.Null();
  json.Name("redacted").String(verdict.redacted);
  json.Name("repairs").BeginArray();
  for (const KeyRepair repair : verdict.repairs) json.String(ToString(repair));
  json.EndArray();
  json.Name("length").Int(static_cast<std::int64_t>(verdict.length));
  json.Name("length_unusual").Bool(verdict.length_unusual);
  json.Name("bad_character").String(verdict.bad_character);
  json.Name("bad_position")
      .Int(static_cast<std::int64_t>(verdict.bad_position));
  json.Name("object_kind").String(verdict.object_kind);
  json.Name("keys_found").Int(static_cast<std::int64_t>(verdict.keys_found));
  json.EndObject();
  std::cout << json.Take() << "\n";
  return verdict.error ? 1 : 0;
}

}  // namespace precision
