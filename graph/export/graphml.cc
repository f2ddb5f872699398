// The full view as GraphML.  Two passes: the first finds the properties there are and their types,
// since keys stand before the graph; the second writes.  Memory: see Walk, and the edges of one
// node.
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "graph/export/dating.h"
#include "graph/export/exporter.h"
#include "graph/export/graphml_writer.h"
#include "graph/export/looks.h"
#include "graph/export/value_text.h"
#include "graph/export/walk.h"

namespace hearsay {
namespace {

// The columns that every file has, in the order of the enums below.
enum NodeColumn : std::size_t {
  kNodeLabel,
  kNodeKind,
  kNodeColor,
  kNodeSize,
  kNodeLabels,
  kNodeDate,
  kNodeDateMs,
  kNodeArticle,
  kNodeBegin,
  kNodeEnd,
  kNodeField,
  kNodeQuote
};
enum EdgeColumn : std::size_t {
  kEdgeLabel,
  kEdgeKind,
  kEdgeColor,
  kEdgeWeight,
  kEdgeDate,
  kEdgeDateMs,
  kEdgeArticle,
  kEdgeBegin,
  kEdgeEnd,
  kEdgeField,
  kEdgeQuote,
  kEdgeEdges
};

std::vector<GraphmlColumn> NodeColumns() {
  return {{"label", GraphmlType::kString},          {"kind", GraphmlType::kString},
          {"color", GraphmlType::kString},          {"size", GraphmlType::kDouble},
          {"labels", GraphmlType::kString},         {"date", GraphmlType::kString},
          {"date_ms", GraphmlType::kLong},          {"evidence_article", GraphmlType::kString},
          {"evidence_begin", GraphmlType::kLong},   {"evidence_end", GraphmlType::kLong},
          {"evidence_field", GraphmlType::kString}, {"evidence_quote", GraphmlType::kString}};
}
std::vector<GraphmlColumn> EdgeColumns() {
  return {{"label", GraphmlType::kString},
          {"kind", GraphmlType::kString},
          {"color", GraphmlType::kString},
          {"weight", GraphmlType::kDouble},
          {"date", GraphmlType::kString},
          {"date_ms", GraphmlType::kLong},
          {"evidence_article", GraphmlType::kString},
          {"evidence_begin", GraphmlType::kLong},
          {"evidence_end", GraphmlType::kLong},
          {"evidence_field", GraphmlType::kString},
          {"evidence_quote", GraphmlType::kString},
          {"edges", GraphmlType::kString}};
}

// The narrowest type that holds all values of a property.
class TypeFinder {
 public:
  void See(const Value& value) {
    switch (value.kind()) {
      case Value::Kind::kNull:
        return;
      case Value::Kind::kBool:
        return Widen(GraphmlType::kBoolean);
      case Value::Kind::kInt:
        return Widen(GraphmlType::kLong);
      case Value::Kind::kDouble:
        return Widen(GraphmlType::kDouble);
      default:
        return Widen(GraphmlType::kString);
    }
  }
  GraphmlType type() const { return type_.value_or(GraphmlType::kString); }

 private:
  void Widen(GraphmlType type) {
    if (!type_ || *type_ == type) {
      type_ = type;
      return;
    }
    const auto is_number = [](GraphmlType t) {
      return t == GraphmlType::kLong || t == GraphmlType::kDouble;
    };
    type_ = is_number(*type_) && is_number(type) ? GraphmlType::kDouble : GraphmlType::kString;
  }
  std::optional<GraphmlType> type_;
};

// Properties as columns behind the fixed ones.
class PropertyColumns {
 public:
  void See(const Map& properties) {
    for (const auto& [key, value] : properties) finders_[key].See(value);
  }

  // Call once, after all were seen.  Appends to the fixed columns.
  void Settle(std::vector<GraphmlColumn>* columns) {
    ColumnNames names(*columns);
    for (const auto& [key, finder] : finders_) {
      if (key == "id") continue;  // is the id already
      columns_[key] = {columns->size(), finder.type()};
      columns->push_back({names.NameFor(key), finder.type()});
    }
  }

  void Append(const Map& properties, std::vector<GraphmlCell>* cells) const {
    for (const auto& [key, value] : properties) {
      const auto column = columns_.find(key);
      if (column == columns_.end()) continue;
      const bool is_number = value.kind() != Value::Kind::kDouble ||
                             column->second.type != GraphmlType::kDouble ||
                             std::isfinite(value.as_double());
      if (is_number) cells->push_back({column->second.index, ValueText(value)});
    }
  }

 private:
  struct Column {
    std::size_t index = 0;
    GraphmlType type = GraphmlType::kString;
  };
  std::map<std::string, TypeFinder> finders_;
  std::map<std::string, Column> columns_;
};

class FullWriter {
 public:
  FullWriter(const View& view, const ExportOptions& options, const ExportSink& sink)
      : view_(view), options_(options), sink_(sink), walk_(view, options.subset), dating_(view) {}

  Result<ExportReport> Write() {
    HEARSAY_RETURN_IF_ERROR(FindColumns());
    std::vector<GraphmlColumn> node_columns = NodeColumns();
    std::vector<GraphmlColumn> edge_columns = EdgeColumns();
    node_properties_.Settle(&node_columns);
    edge_properties_.Settle(&edge_columns);
    GraphmlWriter writer(node_columns, edge_columns, sink_);
    writer_ = &writer;
    HEARSAY_RETURN_IF_ERROR(
        walk_.Nodes([this](NodeId node, const std::string& id) { return WriteNode(node, id); }));
    HEARSAY_RETURN_IF_ERROR(
        walk_.Nodes([this](NodeId node, const std::string& id) { return WriteEdges(node, id); }));
    HEARSAY_RETURN_IF_ERROR(writer.Finish());
    ExportReport report = writer.report();
    report.edges_combined = combined_;
    return report;
  }

 private:
  std::vector<std::string> LabelsOf(NodeId node) const {
    std::vector<std::string> labels;
    for (Symbol label : view_.NodeLabels(node)) labels.emplace_back(view_.Name(label));
    return labels;
  }

  Status FindColumns() {
    return walk_.NodesUnordered([this](NodeId node) -> Status {
      node_properties_.See(view_.Properties(node));
      if (!SizeOf(KindOf(LabelsOf(node)))) some_have_no_size_ = true;
      HEARSAY_ASSIGN_OR_RETURN(const std::vector<Edge> edges, walk_.OutEdgesUnordered(node));
      for (const Edge& edge : edges) edge_properties_.See(view_.Properties(edge));
      return Status::Ok();
    });
  }

  // Date and first evidence, into the columns from `date` on, which nodes and edges have alike.
  void AppendEvidence(const std::vector<Evidence>& evidence, std::size_t date_column,
                      std::vector<GraphmlCell>* cells) {
    if (const auto date = dating_.Of(evidence)) {
      cells->push_back({date_column, date->text});
      cells->push_back({date_column + 1, std::to_string(date->ms)});
    }
    if (evidence.empty()) return;
    const Evidence& first = evidence[0];
    cells->push_back({date_column + 2, first.article});
    if (first.span) {
      cells->push_back({date_column + 3, std::to_string(first.span->begin)});
      cells->push_back({date_column + 4, std::to_string(first.span->end)});
    }
    cells->push_back({date_column + 5, first.field.empty() ? first.gazetteer : first.field});
    cells->push_back({date_column + 6, first.text});
  }

  Status WriteNode(NodeId node, const std::string& id) {
    const std::vector<std::string> labels = LabelsOf(node);
    const std::string kind = KindOf(labels);
    const Map properties = view_.Properties(node);
    std::vector<GraphmlCell> cells = {{kNodeLabel, LabelOf(kind, properties, id)},
                                      {kNodeKind, kind},
                                      {kNodeColor, std::string(ColorOf(kind))}};
    const std::optional<int> size = SizeOf(kind);
    if (size && some_have_no_size_) cells.push_back({kNodeSize, std::to_string(*size)});
    cells.push_back({kNodeLabels, ValueJson(List(labels.begin(), labels.end()))});
    HEARSAY_ASSIGN_OR_RETURN(const std::vector<Evidence> evidence, view_.EvidenceOf(node));
    AppendEvidence(evidence, kNodeDate, &cells);
    node_properties_.Append(properties, &cells);
    return writer_->Node(id, cells);
  }

  Status WriteEdges(NodeId node, const std::string& id) {
    HEARSAY_ASSIGN_OR_RETURN(const std::vector<WalkedEdge> edges, walk_.OutEdges(node));
    for (auto begin = edges.begin(); begin != edges.end();) {
      auto end = begin + 1;
      while (options_.combine_parallel && end != edges.end() && end->dst == begin->dst) ++end;
      HEARSAY_RETURN_IF_ERROR(WriteEdge(id, {begin, end}));
      begin = end;
    }
    return Status::Ok();
  }

  // One edge of the file for `edges`, which have the same ends: its id and evidence are those of
  // the first, its weight their number.
  Status WriteEdge(const std::string& src, const std::vector<WalkedEdge>& edges) {
    const WalkedEdge& first = edges[0];
    std::string kind = first.type;
    for (std::size_t i = 1; i < edges.size(); ++i) {
      if (edges[i].type != edges[i - 1].type) kind += "+" + edges[i].type;
    }
    std::vector<GraphmlCell> cells = {{kEdgeLabel, kind},
                                      {kEdgeKind, kind},
                                      {kEdgeColor, std::string(ColorOf(first.type))},
                                      {kEdgeWeight, std::to_string(edges.size())}};
    HEARSAY_ASSIGN_OR_RETURN(const std::vector<Evidence> evidence, view_.EvidenceOf(first.edge));
    AppendEvidence(evidence, kEdgeDate, &cells);
    if (edges.size() > 1) {
      HEARSAY_ASSIGN_OR_RETURN(std::string list, EdgeList(edges));
      cells.push_back({kEdgeEdges, std::move(list)});
      combined_ += edges.size() - 1;
    }
    edge_properties_.Append(view_.Properties(first.edge), &cells);
    return writer_->Edge(first.id, src, first.dst, cells);
  }

  // All edges of one pair as JSON, with what each alone would have had.
  Result<std::string> EdgeList(const std::vector<WalkedEdge>& edges) {
    List list;
    for (const WalkedEdge& edge : edges) {
      Map map = {{"id", edge.id}, {"type", edge.type}};
      Map properties = view_.Properties(edge.edge);
      if (!properties.empty()) map["properties"] = std::move(properties);
      HEARSAY_ASSIGN_OR_RETURN(const std::vector<Evidence> evidence, view_.EvidenceOf(edge.edge));
      if (!evidence.empty()) {
        map["article"] = evidence[0].article;
        map["quote"] = evidence[0].text;
        if (evidence[0].span) {
          map["begin"] = std::int64_t{evidence[0].span->begin};
          map["end"] = std::int64_t{evidence[0].span->end};
        }
      }
      list.emplace_back(std::move(map));
    }
    return ValueJson(list);
  }

  const View& view_;
  const ExportOptions& options_;
  const ExportSink& sink_;
  Walk walk_;
  Dating dating_;
  PropertyColumns node_properties_;
  PropertyColumns edge_properties_;
  bool some_have_no_size_ = false;
  std::uint64_t combined_ = 0;
  GraphmlWriter* writer_ = nullptr;
};

}  // namespace

Result<ExportReport> WriteGraphml(const View& view, const Store*, const ExportOptions& options,
                                  const ExportSink& sink) {
  if (options.view == ExportView::kNetwork) return WriteNetworkGraphml(view, options, sink);
  return FullWriter(view, options, sink).Write();
}

}  // namespace hearsay
