#include "query/exec/path_search.h"

#include <algorithm>
#include <map>
#include <vector>

namespace hearsay::query {

namespace {

class Search {
 public:
  Search(NodeId to, const Neighbours& forward, const PathSearch& search,
         const std::function<bool(const Path&)>& visit)
      : to_(to), forward_(forward), search_(search), visit_(visit) {}

  // Hops from every node near enough to the goal.
  void Measure(const Neighbours& backward) {
    distances_[to_] = 0;
    std::vector<NodeId> layer = {to_};
    for (std::uint32_t hops = 1; hops <= search_.hops_max && !layer.empty(); ++hops) {
      std::vector<NodeId> next;
      for (const NodeId node : layer) {
        for (const PathStep& step : backward(node)) {
          if (distances_.emplace(step.node, hops).second) next.push_back(step.node);
        }
      }
      layer = std::move(next);
    }
  }

  void Run(NodeId from) {
    const auto nearest = distances_.find(from);
    if (nearest == distances_.end()) return;
    path_.nodes = {from};
    for (length_ = std::max(search_.hops_min, nearest->second); length_ <= search_.hops_max;
         ++length_) {
      const std::uint64_t before = found_;
      if (!Extend(from)) return;
      if (search_.shortest_only && found_ > before) return;
    }
  }

 private:
  // Goes on from `node`, the end of path_.  False: stop altogether.
  bool Extend(NodeId node) {
    const auto depth = static_cast<std::uint32_t>(path_.edges.size());
    if (depth == length_) {
      if (node != to_) return true;
      ++found_;
      return visit_(path_) && found_ < search_.count_max;
    }
    for (const PathStep& step : forward_(node)) {
      const auto left = distances_.find(step.node);
      if (left == distances_.end() || left->second > length_ - depth - 1) continue;
      if (IsRepeated(step)) continue;
      path_.edges.push_back(step.edge);
      path_.nodes.push_back(step.node);
      const bool go_on = Extend(step.node);
      path_.edges.pop_back();
      path_.nodes.pop_back();
      if (!go_on) return false;
    }
    return true;
  }

  bool IsRepeated(const PathStep& step) const {
    if (search_.acyclic) {
      return std::find(path_.nodes.begin(), path_.nodes.end(), step.node) != path_.nodes.end();
    }
    return std::any_of(path_.edges.begin(), path_.edges.end(),
                       [&step](const Edge& edge) { return edge.id == step.edge.id; });
  }

  NodeId to_;
  const Neighbours& forward_;
  const PathSearch& search_;
  const std::function<bool(const Path&)>& visit_;
  std::map<NodeId, std::uint32_t> distances_;
  Path path_;
  std::uint32_t length_ = 0;
  std::uint64_t found_ = 0;
};

}  // namespace

void FindPaths(NodeId from, NodeId to, const Neighbours& forward, const Neighbours& backward,
               const PathSearch& search, const std::function<bool(const Path&)>& visit) {
  if (search.count_max == 0) return;
  Search run(to, forward, search, visit);
  run.Measure(backward);
  run.Run(from);
}

}  // namespace hearsay::query
