// Sorting where there is little to sort.

#ifndef PRECISION_BASE_SORT_FEW_H_
#define PRECISION_BASE_SORT_FEW_H_

#include <utility>
#include <vector>

namespace precision {

// Sorts by insertion, stable: a hundred items at most.  std::sort() costs the
// module three to seven kilobytes for each type of item.
template <typename T, typename Before>
void SortFew(std::vector<T>& items, const Before& before) {
  for (auto at = items.begin(); at != items.end(); ++at) {
    T item = std::move(*at);
    auto to = at;
    for (; to != items.begin() && before(item, *(to - 1)); --to) {
      *to = std::move(*(to - 1));
    }
    *to = std::move(item);
  }
}

}  // namespace precision

#endif  // PRECISION_BASE_SORT_FEW_H_
