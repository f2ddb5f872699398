#include "graph/derive/edge_set.h"

namespace hearsay {

EdgeData& EdgeSet::Add(const std::string& src, std::string_view type, const std::string& dst,
                       const std::vector<Evidence>& evidence, const std::string& discriminator) {
  auto& [edge, seen] = edges_[{src, std::string(type), dst, discriminator}];
  if (edge.type.empty()) {
    edge.src = src;
    edge.type = type;
    edge.dst = dst;
    edge.discriminator = discriminator;
  }
  for (const Evidence& e : evidence) {
    if (seen.insert(e).second) edge.evidence.push_back(e);
  }
  return edge;
}

std::vector<EdgeData> EdgeSet::Take() {
  std::vector<EdgeData> edges;
  edges.reserve(edges_.size());
  for (auto& [key, entry] : edges_) edges.push_back(std::move(entry.edge));
  edges_.clear();
  return edges;
}

}  // namespace hearsay
