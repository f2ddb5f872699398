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
  // What a look-up by name, words or id finds: one query asks the same again for each row.
  using Lookup = std::vector<NodeId> (*)(const View&, const std::string&);
  struct Found {
    std::vector<NodeId> nodes;  // in the order of the look-up
    std::set<NodeId> set;
  };
  mutable std::map<std::pair<Lookup, std::string>, Found> lookups = {};

  const Found& Find(Lookup lookup, const std::string& text) const {
    constexpr std::size_t kKept = 64;  // a text of each row's own must not fill the memory
    const std::pair key(lookup, text);
    if (const auto kept = lookups.find(key); kept != lookups.end()) return kept->second;
    if (lookups.size() >= kKept) lookups.clear();
    Found found;
    found.nodes = lookup(view, text);
    found.set.insert(found.nodes.begin(), found.nodes.end());
    return lookups.emplace(key, std::move(found)).first->second;
  }

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
