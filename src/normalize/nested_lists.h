// Lists within objects, read without looking into their elements.

#ifndef PRECISION_SRC_NORMALIZE_NESTED_LISTS_H_
#define PRECISION_SRC_NORMALIZE_NESTED_LISTS_H_

#include <string>
#include <string_view>

#include "normalize/row_writer.h"
#include "normalize/stripe_objects.h"
#include "precision/base/result.h"
#include "precision/normalize/normalizer.h"

namespace precision {

// Hands the discounts that stand expanded anywhere in the object to their
// table: in `discount`, `discounts` or the `discount` of an amount.  An id
// alone makes no row.
void AddDiscounts(Sink& sink, std::string_view object);

// Hands the lines of an invoice's three lists to their table, with what their
// list says of them; returns how many there are, absent where no list is there.
raw::IntCell AddOldLines(Sink& sink, const raw::Invoice& invoice,
                         std::string_view id);

// Hands the refunds of a charge to their table: a list, or before 2014-06-17 an
// array.  True where the list is cut short.
bool AddRefunds(Sink& sink, const raw::Charge& charge, std::string_view id);

// Hands the elements of a list object to their table.  True where the list is
// cut short.
bool AddList(Sink& sink, TableId table, const raw::View& list,
             std::string_view parent);

// A page of the list within an object: adds the page's elements to `elements`,
// a comma behind each. kJsonMalformed, kStripeUnreadable: nothing was added.
Result<ReadSummary> ReadRestPage(std::string_view body, std::string& elements);

}  // namespace precision

#endif  // PRECISION_SRC_NORMALIZE_NESTED_LISTS_H_
