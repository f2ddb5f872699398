// The View over one snapshot of a Kv.
#pragma once

#include <memory>

#include "graph/base/result.h"
#include "graph/graph_tables.h"
#include "graph/kv.h"
#include "graph/view.h"

namespace hearsay {

// O(1).  `tables` are those of `snapshot`.
std::unique_ptr<View> NewKvView(std::shared_ptr<const KvSnapshot> snapshot,
                                std::shared_ptr<const GraphTables> tables);

}  // namespace hearsay
