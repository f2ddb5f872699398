// A View shows one instant of a property graph and never changes: nodes with labels and
// properties, typed relationships with properties, and the evidence of each.  Everything that
// reads the graph (query/, graph/export, the CSR snapshot) reads it through this header.
//
// A view may be used by several threads at once.  It must not outlive its Store.  A living view
// keeps superseded versions on disk, so drop it early.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "graph/record.h"
#include "graph/value.h"

namespace hearsay {

enum class Direction { kOut, kIn };

// Where a node or edge comes from.  Exactly one of the three forms:
//   span:      `article` and [begin, end) with the bytes that stand there in `text`;
//   metadata:  `article` and the name of its metadata `field`, its value in `text`;
//   gazetteer: `gazetteer` row, "geonames:1526384".
// `rule` says what derived it, where something did.
struct Evidence {
  std::string article;  // public id of the article, or empty
  std::optional<Span> span;
  std::string field;
  std::string gazetteer;
  std::string text;
  std::string rule;
  auto operator<=>(const Evidence&) const = default;
};

class View {
 public:
  virtual ~View() = default;

  // Labels, types and property keys by name.  Find: nothing if the store has never seen it.
  virtual std::optional<Symbol> Find(std::string_view name) const = 0;
  virtual std::string_view Name(Symbol symbol) const = 0;
  virtual std::vector<std::string> Labels() const = 0;        // in use, sorted
  virtual std::vector<std::string> Types() const = 0;         // in use, sorted
  virtual std::vector<std::string> PropertyKeys() const = 0;  // in use, sorted

  // Counts kept by the writer; O(1).  For the planner and `stats`.
  virtual std::uint64_t NodeCount() const = 0;
  virtual std::uint64_t NodeCount(Symbol label) const = 0;
  virtual std::uint64_t EdgeCount() const = 0;
  virtual std::uint64_t EdgeCount(Symbol type) const = 0;

  // One node.  REQUIRES it is in the view, but for Exists.
  virtual bool Exists(NodeId node) const = 0;
  virtual std::vector<Symbol> NodeLabels(NodeId node) const = 0;  // sorted by name
  virtual bool HasLabel(NodeId node, Symbol label) const = 0;
  virtual Value Property(NodeId node, std::string_view key) const = 0;  // null if absent
  virtual Map Properties(NodeId node) const = 0;
  virtual Value Property(const Edge& edge, std::string_view key) const = 0;
  virtual Map Properties(const Edge& edge) const = 0;

  // Calls `visit` until it returns false.  Orders are the store's own: sort what users see.
  using NodeVisitor = std::function<bool(NodeId)>;
  using EdgeVisitor = std::function<bool(const Edge&)>;
  virtual Status Nodes(const NodeVisitor& visit) const = 0;
  virtual Status NodesByLabel(Symbol label, const NodeVisitor& visit) const = 0;
  // Edges of `node` leaving (kOut) or entering (kIn) it; of `types` only, all types if empty.
  virtual Status Edges(NodeId node, Direction direction, std::span<const Symbol> types,
                       const EdgeVisitor& visit) const = 0;

  // Public names: a node's `id` property is its content hash, 32 hex digits.
  virtual std::string PublicId(NodeId node) const = 0;
  virtual std::string PublicId(const Edge& edge) const = 0;
  virtual std::optional<NodeId> FindByPublicId(std::string_view id) const = 0;
  // All nodes whose public id starts with `prefix` (hex), at most `limit`, in order of id.
  virtual std::vector<NodeId> FindByPrefix(std::string_view prefix, std::size_t limit) const = 0;
  // Entities (and articles by path, URL or title) one of whose names or aliases is `name` after
  // normalisation (graph/base/fold.h).  In order of public id.  O(matches).
  virtual std::vector<NodeId> FindByName(std::string_view name) const = 0;
  // The names of the name index that start with `prefix` after normalisation, for completion.
  virtual std::vector<std::string> CompleteName(std::string_view prefix,
                                                std::size_t limit) const = 0;
  // Statements and figures whose words hold all of `words` (normalised), in order of public id.
  virtual std::vector<NodeId> FindByWords(std::span<const std::string> words) const = 0;

  // Never empty for a graph that derive/ made; empty for hand-made graphs.
  virtual Result<std::vector<Evidence>> EvidenceOf(NodeId node) const = 0;
  virtual Result<std::vector<Evidence>> EvidenceOf(const Edge& edge) const = 0;

  // Stored text of an article, for printing evidence in context.
  virtual Result<std::string> ArticleText(std::string_view article_id) const = 0;

  // The first damage or I/O error met by one of the functions above that return no status; those
  // then answer as if nothing were there.  To be asked once after a query.
  virtual Status Health() const { return Status::Ok(); }
};

}  // namespace hearsay
