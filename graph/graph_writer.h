// GraphWriter puts nodes and edges of a plain property graph (any labels, types and values) into
// the derived layer of a store: the derivation writes through it, and so do loaders of other
// people's graphs (conformance kits, tests).
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "graph/kv.h"
#include "graph/value.h"
#include "graph/view.h"

namespace hearsay {

struct NodeData {
  std::string public_id;  // 32 lower-case hex digits; unique
  std::vector<std::string> labels;
  Map properties;
  std::vector<Evidence> evidence;
  // An edge type, or empty: the evidence of the node's outgoing edges of that type is the node's
  // too.  Keeps a node small that is mentioned in every article.
  std::string evidence_via;
  std::vector<std::string> names;  // for the name index
  std::string words;               // text for the word index; empty: not indexed
};

struct EdgeData {
  std::string src;  // public ids
  std::string type;
  std::string dst;
  std::string discriminator;  // tells apart edges of one type between the same ends
  Map properties;
  std::vector<Evidence> evidence;
};

struct GraphWriterOptions {
  // Checkpoint() writes what has been collected once it is larger than this.
  std::size_t batch_bytes_max = std::size_t{8} << 20;
  // Called before the first of several batches is written, to mark in it that the graph is half
  // made.  Not called if all goes into one atomic batch.
  std::function<void(KvBatch*)> before_split;
};

// Keeps label, name and word index and the counts right: what a put made, a delete or a later put
// of the same node takes away again, exactly.  Puts of what is there already write nothing.
//
// One thread; nobody else may write to the derived families meanwhile.  Errors: kInvalidArgument
// for ids that are no ids and edges of nodes that are not there; kCorruption, kIo from below.
// After an error give the writer up: nothing since the last Checkpoint that wrote is in the store.
class GraphWriter {
 public:
  GraphWriter(Kv& kv, GraphWriterOptions options);  // REQUIRES: `kv` outlives the writer
  ~GraphWriter();

  // Puts or replaces.
  Status PutNode(const NodeData& node);
  // Puts or replaces the edge of the same ends, type and discriminator.
  Status PutEdge(const EdgeData& edge);
  // Together with all edges of the node.  Nothing happens if it is not there.
  Status DeleteNode(std::string_view public_id);
  Status DeleteEdge(std::string_view src, std::string_view type, std::string_view dst,
                    std::string_view discriminator);
  // Everything: all nodes, edges, indexes, counts and symbols, and the rows of resolution.
  Status Clear();

  // For further keys that belong into the same batch (kMeta).
  KvBatch& batch();

  // Rows of Family::kResolve, which are derive/'s, in the same batch.  Reads see what is pending.
  Result<std::optional<std::string>> GetResolve(std::string_view key) const;
  Result<std::vector<std::string>> ResolveKeys(std::string_view prefix) const;  // in no order
  void PutResolve(std::string key, std::string value);
  void DeleteResolve(std::string key);

  // Call between whole changes: a batch boundary may fall here.
  Status Checkpoint();
  // Writes the rest.  Once, last.
  Status Finish(Durability durability);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

// Public id of an edge, 32 hex digits.
std::string EdgePublicId(std::string_view src, std::string_view type, std::string_view dst,
                         std::string_view discriminator);

// A whole graph in memory as a View: for tests and for other people's graphs.  REQUIRES: ids are
// ids, unique, and edges join nodes that are there.
std::unique_ptr<View> MakeView(const std::vector<NodeData>& nodes,
                               const std::vector<EdgeData>& edges);

}  // namespace hearsay
