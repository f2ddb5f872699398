// What the Tab key completes: verbs, keywords, labels, types, properties, functions, and inside
// quotes the names of the store.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "graph/view.h"

namespace hearsay::query {

struct Completion {
  std::size_t typed = 0;           // bytes before the cursor that the words replace
  std::vector<std::string> words;  // sorted
};

Completion Complete(const View& view, std::string_view before_cursor);
std::string CommonPrefix(const std::vector<std::string>& words);  // empty for none

}  // namespace hearsay::query
