// Rows as keys of sets and maps, in the order of ORDER BY, under which 1 and 1.0 are one.
#pragma once

#include <algorithm>
#include <vector>

#include "query/exec/compare.h"
#include "query/exec/context.h"

namespace hearsay::query {

struct RowLess {
  bool operator()(const Row& a, const Row& b) const {
    return std::lexicographical_compare_three_way(a.begin(), a.end(), b.begin(), b.end(), OrderOf) <
           0;
  }
};

// The values of some slots.
inline Row KeyOf(const Row& row, const std::vector<int>& slots) {
  Row key;
  key.reserve(slots.size());
  for (const int slot : slots) key.push_back(row[static_cast<std::size_t>(slot)]);
  return key;
}

}  // namespace hearsay::query
