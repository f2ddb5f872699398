// Shortest paths against an oracle that lists every path there is.

#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "graph_json.h"
#include "query/engine.h"

namespace hearsay::query::test {
namespace {

struct Arc {
  int from;
  int to;
};

struct Graph {
  int nodes;
  std::vector<Arc> arcs;
};

// Every trail (no arc twice) or acyclic path (no node twice) of 1 to `hops_max` hops, as the list
// of its arcs.
class Oracle {
 public:
  Oracle(const Graph& graph, bool directed, bool acyclic, std::size_t hops_max)
      : graph_(graph), directed_(directed), acyclic_(acyclic), hops_max_(hops_max) {}

  std::vector<std::vector<int>> Paths(int from, int to) {
    to_ = to;
    nodes_ = {from};
    found_.clear();
    Walk(from);
    std::stable_sort(found_.begin(), found_.end(),
                     [](const auto& a, const auto& b) { return a.size() < b.size(); });
    return found_;
  }

 private:
  void Walk(int node) {
    if (node == to_ && !arcs_.empty()) found_.push_back(arcs_);
    if (arcs_.size() == hops_max_) return;
    for (int a = 0; a < static_cast<int>(graph_.arcs.size()); ++a) {
      const Arc& arc = graph_.arcs[static_cast<std::size_t>(a)];
      int next = arc.to;
      if (arc.from != node) {
        if (directed_ || arc.to != node) continue;
        next = arc.from;
      }
      if (std::count(arcs_.begin(), arcs_.end(), a) != 0) continue;
      if (acyclic_ && std::count(nodes_.begin(), nodes_.end(), next) != 0) continue;
      arcs_.push_back(a);
      nodes_.push_back(next);
      Walk(next);
      arcs_.pop_back();
      nodes_.pop_back();
    }
  }

  const Graph& graph_;
  bool directed_;
  bool acyclic_;
  std::size_t hops_max_;
  int to_ = 0;
  std::vector<int> arcs_;
  std::vector<int> nodes_;
  std::vector<std::vector<int>> found_;
};

std::unique_ptr<View> ViewOf(const Graph& graph) {
  nlohmann::json json = {{"nodes", nlohmann::json::array()}, {"rels", nlohmann::json::array()}};
  for (int n = 0; n < graph.nodes; ++n) {
    json["nodes"].push_back({{"id", n}, {"labels", {"N"}}, {"props", {{"n", n}}}});
  }
  for (std::size_t a = 0; a < graph.arcs.size(); ++a) {
    json["rels"].push_back({{"id", a},
                            {"type", "R"},
                            {"from", graph.arcs[a].from},
                            {"to", graph.arcs[a].to},
                            {"props", {{"a", a}}}});
  }
  return MakeViewFromJson(json);
}

std::vector<std::vector<int>> RunPaths(const View& view, const std::string& query) {
  const Outcome outcome = Run(view, query, {});
  INFO(query << (outcome.error ? outcome.error->Render(query) : ""));
  REQUIRE(outcome.result);
  std::vector<std::vector<int>> paths;
  for (const auto& row : outcome.result->rows) {
    std::vector<int> arcs;
    for (const Value& arc : row.at(0).as_list()) arcs.push_back(static_cast<int>(arc.as_int()));
    paths.push_back(arcs);
  }
  return paths;
}

void CheckAgainstOracle(const Graph& graph, const View& view, int from, int to, bool directed,
                        bool acyclic) {
  constexpr std::size_t kHopsMax = 4;
  const auto all = Oracle(graph, directed, acyclic, kHopsMax).Paths(from, to);
  const std::multiset<std::vector<int>> all_set(all.begin(), all.end());
  const auto query = [&](const std::string& selector) {
    return fmt::format(
        "MATCH p = {} {} (x:N)-[:R*1..{}]-{}(y:N) WHERE x.n = {} AND y.n = {} "
        "RETURN [r IN relationships(p) | r.a] AS arcs",
        selector, acyclic ? "ACYCLIC" : "TRAIL", kHopsMax, directed ? ">" : "", from, to);
  };
  const auto shortest = all.empty() ? 0 : std::count_if(all.begin(), all.end(), [&](const auto& p) {
    return p.size() == all[0].size();
  });

  const auto any = RunPaths(view, query("ANY SHORTEST"));
  REQUIRE(any.size() == (all.empty() ? 0 : 1));
  if (!any.empty()) {
    CHECK(any[0].size() == all[0].size());
    CHECK(all_set.contains(any[0]));
  }

  const auto all_shortest = RunPaths(view, query("ALL SHORTEST"));
  CHECK(std::multiset(all_shortest.begin(), all_shortest.end()) ==
        std::multiset(all.begin(), all.begin() + shortest));

  for (const std::size_t k : {2U, 5U, 1000U}) {
    const auto some = RunPaths(view, query(fmt::format("SHORTEST {}", k)));
    REQUIRE(some.size() == std::min(k, all.size()));
    for (std::size_t i = 0; i < some.size(); ++i) {
      CHECK(some[i].size() == all[i].size());  // lengths, in order
      CHECK(all_set.contains(some[i]));
    }
    CHECK(std::set(some.begin(), some.end()).size() == some.size());
  }
}

TEST_CASE("shortest paths are those of brute force") {
  std::mt19937 random(20220107);
  for (int round = 0; round < 60; ++round) {
    Graph graph;
    graph.nodes = 2 + static_cast<int>(random() % 5);
    const int arcs = static_cast<int>(random() % 10);
    for (int a = 0; a < arcs; ++a) {
      graph.arcs.push_back({static_cast<int>(random() % static_cast<unsigned>(graph.nodes)),
                            static_cast<int>(random() % static_cast<unsigned>(graph.nodes))});
    }
    const auto view = ViewOf(graph);
    const int from = static_cast<int>(random() % static_cast<unsigned>(graph.nodes));
    int to = static_cast<int>(random() % static_cast<unsigned>(graph.nodes));
    if (from == to) to = (to + 1) % graph.nodes;
    for (const bool directed : {false, true}) {
      for (const bool acyclic : {false, true}) {
        CAPTURE(round, from, to, directed, acyclic);
        CheckAgainstOracle(graph, *view, from, to, directed, acyclic);
      }
    }
  }
}

}  // namespace
}  // namespace hearsay::query::test
