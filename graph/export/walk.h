// Walks a view, or the part of it that a subset names, in the order exports have.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "graph/export/exporter.h"

namespace hearsay {

struct WalkedEdge {
  Edge edge;
  std::string id;  // public ids
  std::string dst;
  std::string type;  // name
};

class Walk {
 public:
  // REQUIRES: `view` outlives the walk.  O(size of the subset).
  Walk(const View& view, const std::optional<ExportSubset>& subset);

  using NodeVisitor = std::function<Status(NodeId node, const std::string& public_id)>;
  // In order of public id.  Memory: the ids of one part in 256 of the nodes.
  Status Nodes(const NodeVisitor& visit) const;
  // The same nodes in whatever order is cheap.
  Status NodesUnordered(const std::function<Status(NodeId)>& visit) const;

  // Edges out of `node`, by public id of the target, then type, then public id.
  Result<std::vector<WalkedEdge>> OutEdges(NodeId node) const;
  // The same edges in whatever order is cheap, without names.
  Result<std::vector<Edge>> OutEdgesUnordered(NodeId node) const;

  bool Holds(NodeId node) const;

 private:
  const View& view_;
  bool everything_;
  std::vector<NodeId> nodes_;  // sorted
  std::vector<Edge> edges_;    // sorted by source, then id
};

}  // namespace hearsay
