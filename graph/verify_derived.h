// The part of Verify that looks at the derived layer.
#pragma once

#include "graph/kv.h"
#include "graph/problems.h"
#include "graph/store_state.h"
#include "graph/verify.h"

namespace hearsay {

// Notes numbers of nodes and edges in `report`.
void VerifyDerived(const KvSnapshot& snapshot, const StoreState& state, Problems* problems,
                   VerifyReport* report);

}  // namespace hearsay
