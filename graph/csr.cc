#include "graph/csr.h"

#include <algorithm>
#include <limits>
#include <tuple>

#include "graph/view.h"

namespace hearsay {
namespace {

constexpr std::size_t kCountMax = std::numeric_limits<std::uint32_t>::max() - 1;

Status CheckCounts(std::size_t nodes, std::size_t edges) {
  if (nodes <= kCountMax && edges <= kCountMax) return Status::Ok();
  return Status::InvalidArgument("graph: " + std::to_string(nodes) + " nodes and " +
                                 std::to_string(edges) + " edges: path search takes at most " +
                                 std::to_string(kCountMax) + " of each (name fewer types)");
}

}  // namespace

Result<Csr> Csr::Make(const View& view, std::span<const std::string> types) {
  std::vector<Symbol> symbols;
  for (const std::string& type : types) {
    if (const auto symbol = view.Find(type)) symbols.push_back(*symbol);
  }
  std::vector<NodeId> nodes;
  nodes.reserve(view.NodeCount());
  HEARSAY_RETURN_IF_ERROR(view.Nodes([&nodes](NodeId node) {
    nodes.push_back(node);
    return true;
  }));
  std::vector<Edge> edges;
  const bool wants_edges = types.empty() || !symbols.empty();
  for (std::size_t i = 0; wants_edges && i < nodes.size(); ++i) {
    HEARSAY_RETURN_IF_ERROR(
        view.Edges(nodes[i], Direction::kOut, symbols, [&edges](const Edge& edge) {
          edges.push_back(edge);
          return edges.size() <= kCountMax;
        }));
  }
  HEARSAY_RETURN_IF_ERROR(CheckCounts(nodes.size(), edges.size()));
  return FromParts(std::move(nodes), std::move(edges));
}

Csr Csr::FromParts(std::vector<NodeId> nodes, std::vector<Edge> edges) {
  Csr csr;
  std::sort(nodes.begin(), nodes.end());
  csr.nodes_ = std::move(nodes);
  std::sort(edges.begin(), edges.end(), [](const Edge& a, const Edge& b) {
    return std::tie(a.src, a.dst, a.type, a.id) < std::tie(b.src, b.dst, b.type, b.id);
  });
  csr.sources_.reserve(edges.size());
  csr.targets_.reserve(edges.size());
  csr.types_.reserve(edges.size());
  csr.edge_ids_.reserve(edges.size());
  for (const Edge& edge : edges) {
    const auto source = csr.VertexOf(edge.src);
    const auto target = csr.VertexOf(edge.dst);
    HEARSAY_CHECK(source && target);
    csr.sources_.push_back(*source);
    csr.targets_.push_back(*target);
    csr.types_.push_back(edge.type);
    csr.edge_ids_.push_back(edge.id);
  }
  csr.FillOffsets();
  return csr;
}

// Counting sort of the edge indices by target; within a target they keep their order.
void Csr::FillOffsets() {
  out_offsets_.assign(nodes_.size() + 1, 0);
  in_offsets_.assign(nodes_.size() + 1, 0);
  for (std::size_t edge = 0; edge < targets_.size(); ++edge) {
    ++out_offsets_[sources_[edge] + 1];
    ++in_offsets_[targets_[edge] + 1];
  }
  for (std::size_t v = 0; v < nodes_.size(); ++v) {
    out_offsets_[v + 1] += out_offsets_[v];
    in_offsets_[v + 1] += in_offsets_[v];
  }
  in_edges_.resize(targets_.size());
  std::vector<std::uint32_t> next(in_offsets_.begin(), in_offsets_.end() - 1);
  for (std::uint32_t edge = 0; edge < edge_count(); ++edge) {
    in_edges_[next[targets_[edge]]++] = edge;
  }
}

std::optional<Csr::Vertex> Csr::VertexOf(NodeId node) const {
  const auto found = std::lower_bound(nodes_.begin(), nodes_.end(), node);
  if (found == nodes_.end() || *found != node) return std::nullopt;
  return static_cast<Vertex>(found - nodes_.begin());
}

}  // namespace hearsay
