// The small tables of a graph that a view and a writer hold in memory: symbols and counts.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

#include "graph/base/result.h"
#include "graph/kv.h"
#include "graph/value.h"

namespace hearsay {

struct GraphTables {
  std::map<std::string, Symbol, std::less<>> symbols;
  std::unordered_map<std::uint32_t, std::string> names;   // symbol -> name
  std::unordered_map<std::string, std::uint64_t> counts;  // count key -> count
  std::uint64_t Count(const std::string& key) const {
    const auto it = counts.find(key);
    return it == counts.end() ? 0 : it->second;
  }
};

// Reads them from `snapshot`.  O(labels + types + property keys).
Result<GraphTables> LoadGraphTables(const KvSnapshot& snapshot);

// Bytes that are not what the writer put there.
Status DamagedKey(Family family, std::string_view key, std::string_view what);

}  // namespace hearsay
