// Turns the two catalogues, the policy and the page's words into what several
// languages need.  Refuses a file that breaks its rules, so that a bad entry
// fails the build.

#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

#include "generate/tables.h"

namespace precision {

namespace {

void WriteFile(const std::filesystem::path& path, const std::string& text) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream out(path, std::ios::binary);
  out << text;
  out.close();
  if (!out) Refuse(path.string(), "cannot be written");
}

void Generate(char** files, const std::filesystem::path& out) {
  const Json endpoints = ReadJson(files[0]);
  const Json permissions = ReadJson(files[1]);
  Json policy = ReadJson(files[2]);
  const Json words = ReadJson(files[3]);
  CheckEndpoints(endpoints, CheckPermissions(permissions));
  CheckPolicy(policy, permissions);
  CheckWords(words);
  const std::filesystem::path headers = out / "include/precision";
  WriteFile(headers / "stripe/endpoints.inc", EndpointTable(endpoints));
  WriteFile(headers / "permission/permissions.inc",
            PermissionTable(permissions));
  // Where it comes from is for whoever reads the file.
  policy.erase("source");
  WriteFile(headers / "permission/policy.inc", Quoted(policy.dump()) + "\n");
  WriteFile(headers / "words/words.inc", WordsTable(words));
  WriteFile(out / "post_list.conf", PostList(permissions));
  WriteFile(out / "allow_list.conf", AllowList(endpoints, permissions));
}

}  // namespace

}  // namespace precision

int main(int argc, char** argv) {
  if (argc != 6) {
    std::cerr << "usage: precision-generate ENDPOINTS PERMISSIONS POLICY WORDS "
                 "OUTPUT\n";
    return 2;
  }
  try {
    precision::Generate(argv + 1, argv[5]);
  } catch (const std::exception& error) {
    std::cerr << "precision-generate: " << error.what() << "\n";
    return 1;
  }
  return 0;
}
