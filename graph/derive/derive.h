// Derive brings the derived layer (nodes, relationships, indexes, resolution) up to the records:
// all of it, or what a change of some articles touches and nothing else.  Both give the same graph,
// byte for byte in every export: what was built step by step equals what is built at once.
// Store::Derive calls it and keeps the generations; see docs/storage-format.md, "Generations".
//
// How a change spreads: the join keys of the changed articles' old and new entities lead to all
// who share a key with them, and so on; each such closed set is resolved anew; articles some of
// whose entities are now part of another global entity are written again, with the changed ones.
//
// Memory: the join keys of the changed articles, one closed set of entities, one article's graph,
// and the writer's batch.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "graph/base/result.h"
#include "graph/graph_writer.h"
#include "graph/kv.h"

namespace hearsay {

struct DeriveInput {
  // The primary layer to derive from (read it with graph/primary.h) and, unless `all`, the derived
  // layer as it was made from the generation before.
  const KvSnapshot* snapshot = nullptr;
  // Make everything anew: the writer has been cleared.
  bool all = false;
  // Unless `all`: public ids of the articles added, replaced or deleted since, sorted.  Which of
  // the three: whether `snapshot` has the article, and whether the derived layer knows it.
  std::vector<std::string> changed;
  int threads = 1;
  std::function<void(std::size_t done, std::size_t total)> progress;  // articles; may be empty
};

// Writes through `writer`.  Calls writer->Checkpoint() between whole changes, so that memory stays
// bounded; the caller calls Finish.  Gives the first error of reading or writing; give the writer
// up then.
Status Derive(const DeriveInput& input, GraphWriter* writer);

}  // namespace hearsay
