// Shortest paths between two nodes, in the three flavours of ISO GQL: any, all, the k shortest.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>

#include "graph/value.h"

namespace hearsay::query {

// One step from a node: the edge and the node it leads to.
struct PathStep {
  Edge edge;
  NodeId node;
};
using Neighbours = std::function<std::vector<PathStep>(NodeId)>;

struct PathSearch {
  std::uint32_t hops_min = 1;
  std::uint32_t hops_max = 0;
  std::uint64_t count_max = std::numeric_limits<std::uint64_t>::max();  // paths wanted
  bool shortest_only = false;  // only those of the smallest length
  bool acyclic = false;        // no node twice; else no edge twice
};

// Calls `visit` with the paths from `from` to `to`, shortest first and those of one length in the
// order in which `forward` lists the steps, until it returns false or enough are found.
// `backward` lists the steps against the direction, for the distances to `to` by which the search
// is pruned: a breadth-first pass first, then depth-first search by rising length, so that only
// prefixes of answers are walked.  Memory O(nodes within hops_max of `to`).
void FindPaths(NodeId from, NodeId to, const Neighbours& forward, const Neighbours& backward,
               const PathSearch& search, const std::function<bool(const Path&)>& visit);

}  // namespace hearsay::query
