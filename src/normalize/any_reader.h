// Finds Stripe objects in whatever a person hands in: list pages, single
// objects, arrays, JSON lines, events, webhook bodies, wrappers.

#ifndef PRECISION_NORMALIZE_ANY_READER_H_
#define PRECISION_NORMALIZE_ANY_READER_H_

#include <functional>
#include <optional>
#include <string_view>

#include "normalize/issue_log.h"
#include "precision/base/result.h"
#include "precision/normalize/normalizer.h"

namespace precision {

// What was asked for; neither is set when each object is to decide.
struct Wanted {
  std::optional<TableId> table;
  std::string_view object;  // of that table: what is without a type is this
  bool is_type = false;     // it alone was asked for, not its table
};

struct FoundObject {
  std::string_view object;  // its type, which has a table
  std::string_view json;
};

// Whether objects of a type are what was asked for.
using FitsType = std::function<bool(std::string_view)>;
using AddObject = std::function<void(const FoundObject&, ReadSummary&)>;

// kJsonMalformed: nothing was added.  kObjectUnknown: no object in it.
Result<ReadSummary> ReadAnything(std::string_view text, const Wanted& wanted,
                                 const FitsType& fits, const AddObject& add,
                                 IssueLog& issues);

}  // namespace precision

#endif  // PRECISION_NORMALIZE_ANY_READER_H_
