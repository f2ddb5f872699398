// Makes a Csr a graph of the Boost Graph Library: it models VertexListGraph, EdgeListGraph and
// BidirectionalGraph, so breadth_first_search, dijkstra_shortest_paths and the rest take it as it
// is.  Include this only in sources that run such algorithms: Boost's headers are heavy.
//
//   boost::breadth_first_search(csr, boost::vertex(0, csr), boost::visitor(...));
//
// Vertices are their own index; CsrEdge::index is the index of an edge, for weight maps:
//   boost::make_function_property_map<CsrEdge>([&](const CsrEdge& e) { return weight[e.index]; })
#pragma once

#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/iterator/transform_iterator.hpp>
#include <boost/property_map/property_map.hpp>
#include <cstdint>
#include <utility>

#include "graph/csr.h"

namespace hearsay {

// From the index of an edge to the edge.
struct CsrEdgeAt {
  const Csr* csr = nullptr;
  CsrEdge operator()(std::uint32_t edge) const { return csr->EdgeAt(edge); }
};

using CsrEdgeIterator =
    boost::transform_iterator<CsrEdgeAt, boost::counting_iterator<std::uint32_t>>;
using CsrInEdgeIterator = boost::transform_iterator<CsrEdgeAt, const std::uint32_t*>;
using CsrVertexIterator = boost::counting_iterator<std::uint32_t>;

struct CsrTraversal : boost::vertex_list_graph_tag,
                      boost::edge_list_graph_tag,
                      boost::bidirectional_graph_tag {};

// The functions that Boost's algorithms find by argument-dependent lookup; their names are theirs.
inline std::pair<CsrVertexIterator, CsrVertexIterator> vertices(const Csr& csr) {
  return {CsrVertexIterator(0), CsrVertexIterator(csr.vertex_count())};
}
inline std::uint32_t num_vertices(const Csr& csr) { return csr.vertex_count(); }
inline std::uint32_t vertex(std::uint32_t n, const Csr&) { return n; }

inline std::pair<CsrEdgeIterator, CsrEdgeIterator> edges(const Csr& csr) {
  return {CsrEdgeIterator(CsrVertexIterator(0), {&csr}),
          CsrEdgeIterator(CsrVertexIterator(csr.edge_count()), {&csr})};
}
inline std::uint32_t num_edges(const Csr& csr) { return csr.edge_count(); }
inline std::uint32_t source(const CsrEdge& edge, const Csr&) { return edge.source; }
inline std::uint32_t target(const CsrEdge& edge, const Csr&) { return edge.target; }

inline std::pair<CsrEdgeIterator, CsrEdgeIterator> out_edges(std::uint32_t v, const Csr& csr) {
  return {CsrEdgeIterator(CsrVertexIterator(csr.out_begin(v)), {&csr}),
          CsrEdgeIterator(CsrVertexIterator(csr.out_end(v)), {&csr})};
}
inline std::uint32_t out_degree(std::uint32_t v, const Csr& csr) {
  return csr.out_end(v) - csr.out_begin(v);
}
inline std::pair<CsrInEdgeIterator, CsrInEdgeIterator> in_edges(std::uint32_t v, const Csr& csr) {
  const auto indices = csr.in_edges(v);
  return {CsrInEdgeIterator(indices.data(), {&csr}),
          CsrInEdgeIterator(indices.data() + indices.size(), {&csr})};
}
inline std::uint32_t in_degree(std::uint32_t v, const Csr& csr) {
  return static_cast<std::uint32_t>(csr.in_edges(v).size());
}
inline std::uint32_t degree(std::uint32_t v, const Csr& csr) {
  return out_degree(v, csr) + in_degree(v, csr);
}

inline boost::typed_identity_property_map<std::uint32_t> get(boost::vertex_index_t, const Csr&) {
  return {};
}
inline std::uint32_t get(boost::vertex_index_t, const Csr&, std::uint32_t v) { return v; }

}  // namespace hearsay

namespace boost {

template <>
struct graph_traits<hearsay::Csr> {
  using vertex_descriptor = std::uint32_t;
  using edge_descriptor = hearsay::CsrEdge;
  using directed_category = bidirectional_tag;
  using edge_parallel_category = allow_parallel_edge_tag;
  using traversal_category = hearsay::CsrTraversal;
  using vertices_size_type = std::uint32_t;
  using edges_size_type = std::uint32_t;
  using degree_size_type = std::uint32_t;
  using vertex_iterator = hearsay::CsrVertexIterator;
  using edge_iterator = hearsay::CsrEdgeIterator;
  using out_edge_iterator = hearsay::CsrEdgeIterator;
  using in_edge_iterator = hearsay::CsrInEdgeIterator;
  using adjacency_iterator = void;
  static vertex_descriptor null_vertex() { return UINT32_MAX; }
};

template <>
struct property_map<hearsay::Csr, vertex_index_t> {
  using type = typed_identity_property_map<std::uint32_t>;
  using const_type = type;
};

}  // namespace boost
