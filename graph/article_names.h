// Looking articles up by what people call them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "graph/kv.h"

namespace hearsay {

// Public ids, sorted, of the articles whose id starts with `name` (four hex digits or more), or
// which came from the path or URL `name`, or which are items of the file `name` ("name:14").
// kInvalidArgument naming them if an id prefix fits several; kNotFound if nothing fits.
Result<std::vector<std::string>> FindArticlesByName(const KvSnapshot& snapshot,
                                                    std::string_view name);

}  // namespace hearsay
