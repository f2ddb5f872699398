// The syntax of GraphML, in the form that Gephi, NetworkX and igraph all read whole: all keys
// before the graph, one direction, four of the six types, no defaults, no XML beyond the schema.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "graph/export/exporter.h"

namespace hearsay {

enum class GraphmlType { kBoolean, kLong, kDouble, kString };

struct GraphmlColumn {
  std::string name;  // attr.name: what a user sees as the title
  GraphmlType type = GraphmlType::kString;
};

// The values of one node or edge, by column.  An empty text is a missing value.
struct GraphmlCell {
  std::size_t column;
  std::string text;
};

class GraphmlWriter {
 public:
  // Writes the head.  Key ids are made from the names: unique ignoring case, never one that Gephi
  // owns.
  GraphmlWriter(const std::vector<GraphmlColumn>& node_columns,
                const std::vector<GraphmlColumn>& edge_columns, const ExportSink& sink);

  // Nodes first.  Ids are NMTOKENs: letters, digits and . - _ :
  Status Node(std::string_view id, const std::vector<GraphmlCell>& cells);
  Status Edge(std::string_view id, std::string_view src, std::string_view dst,
              const std::vector<GraphmlCell>& cells);
  // Closes the document and empties the buffer.
  Status Finish();

  const ExportReport& report() const { return report_; }

 private:
  std::vector<std::string> WriteKeys(const std::vector<GraphmlColumn>& columns, const char* what,
                                     char prefix);
  void WriteCells(const std::vector<std::string>& keys, const std::vector<GraphmlCell>& cells);
  Status FlushIfFull();

  const ExportSink& sink_;
  std::string buffer_;
  std::vector<std::string> node_keys_;
  std::vector<std::string> edge_keys_;
  ExportReport report_;
};

// `name` as an attr.name for a property of a graph: blanks and other characters outside NMTOKEN
// become _; names that Gephi or this exporter reads as something else ("color", "kind") get
// "_property" behind.  Gives each a name of its own, ignoring case: "a_b", "a_b_2".
class ColumnNames {
 public:
  explicit ColumnNames(const std::vector<GraphmlColumn>& taken);
  std::string NameFor(std::string_view property);

 private:
  std::set<std::string> reserved_;  // lower case, both
  std::set<std::string> taken_;
};

}  // namespace hearsay
