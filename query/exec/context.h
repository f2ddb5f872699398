// What every part of a running query may look at.
#pragma once

#include <atomic>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "graph/value.h"
#include "graph/view.h"
#include "query/engine.h"
#include "query/error.h"

namespace hearsay::query {

// Values of the variables, by slot.  Unbound slots are null.
using Row = std::vector<Value>;

struct Context {
  const View& view;
  const RunOptions& options;
  // What look-ups by name, words or id have found so far: one query asks the same again for each
  // row.
  using Lookup = std::vector<NodeId> (*)(const View&, const std::string&);
  mutable std::map<std::pair<Lookup, std::string>, std::set<NodeId>> lookups = {};

  // Refuses (query/error.h) if the user has cancelled.  Cheap enough for inner loops.
  void CheckCancelled() const {
    if (options.cancelled != nullptr && options.cancelled->load(std::memory_order_relaxed)) {
      Refuse("Cancelled", kRuntime, "Cancelled", Position{0, 0, 0}, "the query was cancelled");
    }
  }
};

// The status of a view call as a refusal.
inline void RequireOk(const Status& status) {
  if (!status.ok()) {
    Refuse("StorageError", kRuntime, "StorageError", Position{0, 0, 0}, status.message());
  }
}

}  // namespace hearsay::query
