// What paging needs to know of a page, whatever its objects are.

#ifndef PRECISION_STRIPE_LIST_PAGE_H_
#define PRECISION_STRIPE_LIST_PAGE_H_

#include <cstdint>
#include <optional>
#include <string>

#include "precision/base/time.h"

namespace precision {

struct ListPage {
  std::size_t count = 0;  // elements in data, readable or not
  bool has_more = false;
  std::string first_id;  // empty when the element has none
  std::string last_id;
  // Smallest and largest `created` (for some objects `date`) on the page.
  std::optional<UnixSeconds> oldest;
  std::optional<UnixSeconds> newest;
  // Every element has such a time and none is newer than the one before it.
  // Stripe documents the order for some lists only; a list that breaks it is
  // walked as one chain.
  bool descending = true;
};

}  // namespace precision

#endif  // PRECISION_STRIPE_LIST_PAGE_H_
