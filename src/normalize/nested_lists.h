// Lists within objects, read without looking into their elements.

#ifndef PRECISION_SRC_NORMALIZE_NESTED_LISTS_H_
#define PRECISION_SRC_NORMALIZE_NESTED_LISTS_H_

#include <string>
#include <string_view>

#include "normalize/row_writer.h"
#include "precision/base/result.h"
#include "precision/normalize/normalizer.h"

namespace precision {

// Hands what may be an expanded object, or a list of such, to their table.
void AddChildren(Sink& sink, TableId table, const raw::View& children);

// A page of the list within an object: adds the page's elements to `elements`,
// a comma behind each. kJsonMalformed, kStripeUnreadable: nothing was added.
Result<ReadSummary> ReadRestPage(std::string_view body, std::string& elements);

}  // namespace precision

#endif  // PRECISION_SRC_NORMALIZE_NESTED_LISTS_H_
