// A Kv in memory: one persistent treap a family (Seidel and Aragon, "Randomized Search Trees",
// 1996), whose nodes never change, so that a snapshot is a copy of the roots: O(1), and writers
// beside it copy only a path, O(log n).  For tests, one-shot work and other people's graphs.
#pragma once

#include <memory>

#include "graph/kv.h"

namespace hearsay {

std::unique_ptr<Kv> NewMemoryKv();

}  // namespace hearsay
