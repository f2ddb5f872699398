// Csr is an immutable copy of a view's shape in compressed sparse rows: nodes become the vertices
// 0 .. n-1, the edges out of one vertex stand side by side, and so do those into it.  Path search
// and graph algorithms run on it several times faster than on the view, whose every step is a
// lookup in the store.  graph/csr_boost.h makes it a graph of the Boost Graph Library.
//
// Cost: building is one pass over the nodes and their edges and one sort, O(n + m log m).  Memory
// is 16 bytes a vertex and 24 bytes an edge.  All accessors are O(1) but VertexOf, O(log n).
// A finished Csr needs its view no more, and may be read by any number of threads.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "graph/base/result.h"
#include "graph/value.h"

namespace hearsay {

class View;  // graph/view.h

// Names an edge of one Csr: `index` counts the edges in order of source, then target.
struct CsrEdge {
  std::uint32_t source = 0;
  std::uint32_t target = 0;
  std::uint32_t index = 0;
  auto operator<=>(const CsrEdge&) const = default;
};

class Csr {
 public:
  using Vertex = std::uint32_t;

  // All nodes of `view` and its edges of `types`; of all types if empty.  A type that the view has
  // never seen has no edges.  kInvalidArgument from 2^32 - 1 nodes or edges on.
  static Result<Csr> Make(const View& view, std::span<const std::string> types);

  // The same of given nodes and edges.  REQUIRES that the ends of edges are among `nodes`.
  static Csr FromParts(std::vector<NodeId> nodes, std::vector<Edge> edges);

  std::uint32_t vertex_count() const { return static_cast<std::uint32_t>(nodes_.size()); }
  std::uint32_t edge_count() const { return static_cast<std::uint32_t>(targets_.size()); }

  NodeId NodeOf(Vertex vertex) const { return nodes_[vertex]; }
  std::optional<Vertex> VertexOf(NodeId node) const;
  Edge EdgeOf(std::uint32_t edge) const {
    return {edge_ids_[edge], types_[edge], nodes_[sources_[edge]], nodes_[targets_[edge]]};
  }
  CsrEdge EdgeAt(std::uint32_t edge) const { return {sources_[edge], targets_[edge], edge}; }

  // The edges out of a vertex are those with an index in [out_begin, out_end), by target.
  std::uint32_t out_begin(Vertex vertex) const { return out_offsets_[vertex]; }
  std::uint32_t out_end(Vertex vertex) const { return out_offsets_[vertex + 1]; }
  // Indices of the edges into a vertex, ascending.
  std::span<const std::uint32_t> in_edges(Vertex vertex) const {
    return std::span(in_edges_).subspan(in_offsets_[vertex],
                                        in_offsets_[vertex + 1] - in_offsets_[vertex]);
  }

  std::uint32_t source(std::uint32_t edge) const { return sources_[edge]; }
  std::uint32_t target(std::uint32_t edge) const { return targets_[edge]; }
  Symbol type(std::uint32_t edge) const { return types_[edge]; }

 private:
  Csr() = default;
  void FillOffsets();

  std::vector<NodeId> nodes_;  // ascending
  std::vector<std::uint32_t> out_offsets_;
  std::vector<std::uint32_t> in_offsets_;
  std::vector<std::uint32_t> in_edges_;
  std::vector<std::uint32_t> sources_;  // these four by edge index
  std::vector<std::uint32_t> targets_;
  std::vector<Symbol> types_;
  std::vector<EdgeId> edge_ids_;
};

}  // namespace hearsay
