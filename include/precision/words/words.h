// What the page says to people, in English, for the command line tool: it and
// the page read one file, web/element/words.en.json.  Never in the module.

#ifndef PRECISION_WORDS_WORDS_H_
#define PRECISION_WORDS_WORDS_H_

#include <string>
#include <string_view>

#include "precision/base/error_code.h"
#include "precision/permission/policy.h"
#include "precision/permission/report.h"

namespace precision {

struct ErrorWords {
  std::string_view title;  // what happened
  std::string_view body;   // what it means and the next step
  std::string_view step;   // the button beside it on the page, "create"
};

ErrorWords WordsFor(ErrorCode code);

// A report as sentences, what blocks most first: what the page copies.
std::string ReportText(const PermissionReport& report, const Policy& policy);

}  // namespace precision

#endif  // PRECISION_WORDS_WORDS_H_
