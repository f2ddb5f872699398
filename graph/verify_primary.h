// The part of Verify that looks at articles, texts and records.
#pragma once

#include <cstddef>
#include <functional>

#include "graph/kv.h"
#include "graph/problems.h"
#include "graph/store_state.h"

namespace hearsay {

// Returns the number of articles.
std::size_t VerifyPrimary(const KvSnapshot& snapshot, const StoreState& state,
                          const std::function<void(std::size_t, std::size_t)>& progress,
                          Problems* problems);

}  // namespace hearsay
