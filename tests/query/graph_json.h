// Start graphs of tests, from the JSON in which the conformance kit gives its graphs.
#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>

#include "graph/view.h"

namespace hearsay::query::test {

// {"nodes": [{"id", "labels", "props"}], "rels": [{"id", "type", "from", "to", "props"}]}, where a
// property is plain JSON, or {"$float": "text"}.  The ids may be any whole numbers.
std::unique_ptr<View> MakeViewFromJson(const nlohmann::json& graph);

}  // namespace hearsay::query::test
