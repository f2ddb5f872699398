// Derive brings the derived layer (nodes, relationships, indexes, resolution) up to the records.
// Store::Derive calls it and keeps the generations; see docs/storage-format.md, "Generations".
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
  // Make everything anew: the writer has been cleared and Family::kResolve is emptied by its batch.
  bool all = false;
  // Unless `all`: public ids of the articles added, replaced or deleted since, sorted.  Which of
  // the three: whether `snapshot` has the article, and whether the derived layer knows it.
  std::vector<std::string> changed;
  int threads = 1;
  std::function<void(std::size_t done, std::size_t total)> progress;  // articles; may be empty
};

// Writes through `writer`; keys of Family::kResolve go into writer->batch().  Calls
// writer->Checkpoint() between whole changes, so that memory stays bounded; the caller calls
// Finish.  What was built step by step equals what is built at once.
Status Derive(const DeriveInput& input, GraphWriter* writer);

}  // namespace hearsay
