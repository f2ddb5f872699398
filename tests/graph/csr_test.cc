#include "graph/csr.h"

#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/graph/graph_concepts.hpp>
#include <boost/property_map/function_property_map.hpp>
#include <catch2/catch.hpp>
#include <limits>
#include <map>

#include "generate.h"
#include "graph/csr_boost.h"

namespace hearsay {
namespace {

BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<Csr>));
BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<Csr>));
BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<Csr>));

constexpr std::uint32_t kFar = std::numeric_limits<std::uint32_t>::max();

struct Shape {
  std::vector<NodeId> nodes;
  std::vector<Edge> edges;
};

// Node ids are sparse and shuffled, edges may be loops or parallel.
Shape RandomShape(std::uint64_t seed) {
  test::Random random(seed);
  Shape shape;
  const std::uint32_t nodes = 1 + random.Below(30);
  for (std::uint32_t i = 0; i < nodes; ++i) shape.nodes.push_back(NodeId{1000 - 17 * i});
  const std::uint32_t edges = random.Below(60);
  for (std::uint32_t i = 0; i < edges; ++i) {
    shape.edges.push_back({EdgeId{500 + i}, Symbol{random.Below(3)},
                           shape.nodes[random.Below(nodes)], shape.nodes[random.Below(nodes)]});
  }
  return shape;
}

// Hops from the first node, the slow way: relax all edges until nothing changes.
std::map<NodeId, std::uint32_t> HopsFrom(const Shape& shape, NodeId start) {
  std::map<NodeId, std::uint32_t> hops{{start, 0}};
  for (bool changed = true; changed;) {
    changed = false;
    for (const Edge& edge : shape.edges) {
      const auto from = hops.find(edge.src);
      if (from == hops.end()) continue;
      const auto [to, is_new] = hops.emplace(edge.dst, kFar);
      if (from->second + 1 < to->second) {
        to->second = from->second + 1;
        changed = true;
      }
    }
  }
  return hops;
}

TEST_CASE("a snapshot holds each node and edge once, in both directions") {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const Shape shape = RandomShape(seed);
    const Csr csr = Csr::FromParts(shape.nodes, shape.edges);
    REQUIRE(csr.vertex_count() == shape.nodes.size());
    REQUIRE(csr.edge_count() == shape.edges.size());
    std::vector<Edge> out, in;
    for (Csr::Vertex v = 0; v < csr.vertex_count(); ++v) {
      REQUIRE(csr.VertexOf(csr.NodeOf(v)) == v);
      for (std::uint32_t e = csr.out_begin(v); e < csr.out_end(v); ++e) {
        REQUIRE(csr.EdgeOf(e).src == csr.NodeOf(v));
        out.push_back(csr.EdgeOf(e));
      }
      for (std::uint32_t e : csr.in_edges(v)) {
        REQUIRE(csr.EdgeOf(e).dst == csr.NodeOf(v));
        in.push_back(csr.EdgeOf(e));
      }
    }
    std::vector<Edge> all = shape.edges;
    for (std::vector<Edge>* list : {&all, &out, &in}) std::sort(list->begin(), list->end());
    REQUIRE(out == all);
    REQUIRE(in == all);
  }
  CHECK_FALSE(Csr::FromParts({NodeId{3}}, {}).VertexOf(NodeId{4}).has_value());
}

TEST_CASE("Boost's searches run on a snapshot and find the hops that brute force finds") {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const Shape shape = RandomShape(seed);
    const Csr csr = Csr::FromParts(shape.nodes, shape.edges);
    const std::map<NodeId, std::uint32_t> expected = HopsFrom(shape, shape.nodes[0]);
    const Csr::Vertex start = *csr.VertexOf(shape.nodes[0]);

    std::vector<std::uint32_t> breadth(csr.vertex_count(), kFar);
    breadth[start] = 0;
    boost::breadth_first_search(csr, start,
                                boost::visitor(boost::make_bfs_visitor(boost::record_distances(
                                    breadth.data(), boost::on_tree_edge()))));
    std::vector<std::uint32_t> dijkstra(csr.vertex_count());
    boost::dijkstra_shortest_paths(
        csr, start,
        boost::weight_map(boost::make_function_property_map<CsrEdge>(
                              [](const CsrEdge&) { return std::uint32_t{1}; }))
            .distance_map(boost::make_iterator_property_map(dijkstra.begin(),
                                                            get(boost::vertex_index, csr))));
    for (Csr::Vertex v = 0; v < csr.vertex_count(); ++v) {
      const auto found = expected.find(csr.NodeOf(v));
      const std::uint32_t hops = found == expected.end() ? kFar : found->second;
      REQUIRE(breadth[v] == hops);
      REQUIRE(dijkstra[v] == hops);
    }
  }
}

}  // namespace
}  // namespace hearsay
