#include "graph/export/walk.h"

#include <algorithm>
#include <limits>
#include <tuple>

namespace hearsay {
namespace {

template <typename T>
void SortUnique(std::vector<T>* list) {
  std::sort(list->begin(), list->end());
  list->erase(std::unique(list->begin(), list->end()), list->end());
}

}  // namespace

Walk::Walk(const View& view, const std::optional<ExportSubset>& subset)
    : view_(view), everything_(!subset) {
  if (!subset) return;
  nodes_ = subset->nodes;
  edges_ = subset->edges;
  for (const Edge& edge : edges_) {
    nodes_.push_back(edge.src);
    nodes_.push_back(edge.dst);
  }
  SortUnique(&nodes_);
  SortUnique(&edges_);
  std::sort(edges_.begin(), edges_.end(), [](const Edge& a, const Edge& b) {
    return std::tie(a.src, a.id) < std::tie(b.src, b.id);
  });
}

bool Walk::Holds(NodeId node) const {
  return everything_ || std::binary_search(nodes_.begin(), nodes_.end(), node);
}

// A part at a time by the first byte of the id, so that a large graph's ids need not be in memory
// all at once.
Status Walk::Nodes(const NodeVisitor& visit) const {
  if (!everything_) {
    std::vector<std::pair<std::string, NodeId>> named;
    for (NodeId node : nodes_) named.emplace_back(view_.PublicId(node), node);
    std::sort(named.begin(), named.end());
    for (const auto& [id, node] : named) HEARSAY_RETURN_IF_ERROR(visit(node, id));
    return Status::Ok();
  }
  static constexpr std::string_view kDigits = "0123456789abcdef";
  for (char high : kDigits) {
    for (char low : kDigits) {
      const std::string prefix{high, low};
      for (NodeId node : view_.FindByPrefix(prefix, std::numeric_limits<std::size_t>::max())) {
        HEARSAY_RETURN_IF_ERROR(visit(node, view_.PublicId(node)));
      }
    }
  }
  return Status::Ok();
}

Status Walk::NodesUnordered(const std::function<Status(NodeId)>& visit) const {
  Status status;
  const auto step = [&](NodeId node) {
    status = visit(node);
    return status.ok();
  };
  if (everything_) {
    HEARSAY_RETURN_IF_ERROR(view_.Nodes(step));
    return status;
  }
  for (NodeId node : nodes_) {
    if (!step(node)) break;
  }
  return status;
}

Result<std::vector<Edge>> Walk::OutEdgesUnordered(NodeId node) const {
  std::vector<Edge> edges;
  if (everything_) {
    HEARSAY_RETURN_IF_ERROR(view_.Edges(node, Direction::kOut, {}, [&edges](const Edge& edge) {
      edges.push_back(edge);
      return true;
    }));
    return edges;
  }
  auto edge = std::lower_bound(edges_.begin(), edges_.end(), node,
                               [](const Edge& e, NodeId n) { return e.src < n; });
  for (; edge != edges_.end() && edge->src == node; ++edge) edges.push_back(*edge);
  return edges;
}

Result<std::vector<WalkedEdge>> Walk::OutEdges(NodeId node) const {
  HEARSAY_ASSIGN_OR_RETURN(const std::vector<Edge> edges, OutEdgesUnordered(node));
  std::vector<WalkedEdge> walked;
  walked.reserve(edges.size());
  for (const Edge& edge : edges) {
    walked.push_back(
        {edge, view_.PublicId(edge), view_.PublicId(edge.dst), std::string(view_.Name(edge.type))});
  }
  std::sort(walked.begin(), walked.end(), [](const WalkedEdge& a, const WalkedEdge& b) {
    return std::tie(a.dst, a.type, a.id) < std::tie(b.dst, b.type, b.id);
  });
  return walked;
}

}  // namespace hearsay
