// What is generated: the files of data in, checked, and texts for C++ and the
// proxy out.

#ifndef PRECISION_SRC_GENERATE_TABLES_H_
#define PRECISION_SRC_GENERATE_TABLES_H_

#include <set>
#include <string>

#include "generate/rules.h"

namespace precision {

// Gives the ids.
std::set<std::string> CheckPermissions(const Json& catalogue);
std::string PermissionTable(const Json& catalogue);

void CheckEndpoints(const Json& catalogue,
                    const std::set<std::string>& permissions);
std::string EndpointTable(const Json& catalogue);

void CheckPolicy(const Json& policy, const Json& permissions);

// The page's sentences, of which the command line tool says the same.
void CheckWords(const Json& words);
std::string WordsTable(const Json& words);

// Lines for nginx's `map $uri $allowed { ... }`.
std::string AllowList(const Json& endpoints, const Json& permissions);
// The same for POSTs: what the audit's second step may ask.
std::string PostList(const Json& permissions);

}  // namespace precision

#endif  // PRECISION_SRC_GENERATE_TABLES_H_
