// The network view: who quotes whom.  A pair is joined once for each statement of the one that the
// other passes on: the speaker of the statement around it or, where nothing is around it, the
// outlet of the article that carries it.  Statements without a speaker are stepped over.  Memory:
// one entry a pair and one a statement.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "graph/export/dating.h"
#include "graph/export/exporter.h"
#include "graph/export/graphml_writer.h"
#include "graph/export/looks.h"
#include "graph/export/value_text.h"
#include "graph/export/walk.h"

namespace hearsay {
namespace {

enum NodeColumn : std::size_t {
  kNodeLabel,
  kNodeKind,
  kNodeColor,
  kNodeSize,
  kNodeName,
  kNodeAliases,
  kNodeStatements,
  kNodeDate,
  kNodeDateMs
};
enum EdgeColumn : std::size_t {
  kEdgeLabel,
  kEdgeKind,
  kEdgeColor,
  kEdgeWeight,
  kEdgeStatements,
  kEdgeArticles,
  kEdgeDate,
  kEdgeDateMs,
  kEdgeLastDate,
  kEdgeLastDateMs
};

std::vector<GraphmlColumn> NodeColumns() {
  return {{"label", GraphmlType::kString},    {"kind", GraphmlType::kString},
          {"color", GraphmlType::kString},    {"size", GraphmlType::kDouble},
          {"name", GraphmlType::kString},     {"aliases", GraphmlType::kString},
          {"statements", GraphmlType::kLong}, {"date", GraphmlType::kString},
          {"date_ms", GraphmlType::kLong}};
}
std::vector<GraphmlColumn> EdgeColumns() {
  return {{"label", GraphmlType::kString},     {"kind", GraphmlType::kString},
          {"color", GraphmlType::kString},     {"weight", GraphmlType::kDouble},
          {"statements", GraphmlType::kLong},  {"articles", GraphmlType::kLong},
          {"date", GraphmlType::kString},      {"date_ms", GraphmlType::kLong},
          {"last_date", GraphmlType::kString}, {"last_date_ms", GraphmlType::kLong}};
}

// First and last of the dates seen; of equal moments the text that sorts first, so that order does
// not matter.
struct Dates {
  std::optional<PublishedDate> first;
  std::optional<PublishedDate> last;
  void See(const std::optional<PublishedDate>& date) {
    if (!date) return;
    const auto earlier = [](const PublishedDate& a, const PublishedDate& b) {
      return std::tie(a.ms, a.text) < std::tie(b.ms, b.text);
    };
    if (!first || earlier(*date, *first)) first = date;
    if (!last || earlier(*last, *date)) last = date;
  }
};

struct Pair {
  std::uint64_t statements = 0;
  std::set<NodeId> articles;
  Dates dates;
};

struct Participant {
  NodeId node{};
  std::int64_t statements = 0;  // that it said
  Dates dates;
};

class NetworkWriter {
 public:
  NetworkWriter(const View& view, const ExportOptions& options, const ExportSink& sink)
      : view_(view), sink_(sink), walk_(view, options.subset), dating_(view) {}

  Result<ExportReport> Write() {
    if (const auto label = view_.Find("Statement")) {
      Status status;
      HEARSAY_RETURN_IF_ERROR(view_.NodesByLabel(*label, [&](NodeId statement) {
        if (walk_.Holds(statement)) status = SeeStatement(statement);
        return status.ok();
      }));
      HEARSAY_RETURN_IF_ERROR(status);
    }
    GraphmlWriter writer(NodeColumns(), EdgeColumns(), sink_);
    HEARSAY_RETURN_IF_ERROR(WriteNodes(&writer));
    HEARSAY_RETURN_IF_ERROR(WriteEdges(&writer));
    HEARSAY_RETURN_IF_ERROR(writer.Finish());
    return writer.report();
  }

 private:
  Result<std::vector<NodeId>> Neighbours(NodeId node, Direction direction, const char* type) const {
    std::vector<NodeId> nodes;
    const auto symbol = view_.Find(type);
    if (!symbol) return nodes;
    HEARSAY_RETURN_IF_ERROR(
        view_.Edges(node, direction, std::span(&*symbol, 1), [&](const Edge& edge) {
          nodes.push_back(direction == Direction::kOut ? edge.dst : edge.src);
          return true;
        }));
    return nodes;
  }

  Status SeeStatement(NodeId statement) {
    HEARSAY_ASSIGN_OR_RETURN(const std::vector<NodeId> speakers,
                             Neighbours(statement, Direction::kIn, "SAID"));
    if (speakers.empty()) return Status::Ok();
    HEARSAY_ASSIGN_OR_RETURN(const std::vector<NodeId> articles,
                             Neighbours(statement, Direction::kOut, "IN"));
    std::optional<PublishedDate> date;
    if (!articles.empty()) date = dating_.OfArticle(view_.PublicId(articles[0]));
    for (NodeId speaker : speakers) ++Take(speaker, date).statements;
    HEARSAY_ASSIGN_OR_RETURN(const std::set<NodeId> quoters, QuotersOf(statement));
    for (NodeId quoter : quoters) {
      Take(quoter, date);
      for (NodeId speaker : speakers) {
        if (speaker == quoter) continue;
        Pair& pair = pairs_[{view_.PublicId(quoter), view_.PublicId(speaker)}];
        ++pair.statements;
        if (!articles.empty()) pair.articles.insert(articles[0]);
        pair.dates.See(date);
      }
    }
    return Status::Ok();
  }

  Participant& Take(NodeId node, const std::optional<PublishedDate>& date) {
    Participant& participant = participants_[view_.PublicId(node)];
    participant.node = node;
    participant.dates.See(date);
    return participant;
  }

  // Outward from `statement` until somebody spoke.  `seen` guards against circles of other
  // people's graphs.
  Result<std::set<NodeId>> QuotersOf(NodeId statement) const {
    std::set<NodeId> quoters;
    std::set<NodeId> seen{statement};
    std::vector<NodeId> open{statement};
    while (!open.empty()) {
      const NodeId inner = open.back();
      open.pop_back();
      HEARSAY_RETURN_IF_ERROR(AddOutlets(inner, &quoters));
      HEARSAY_ASSIGN_OR_RETURN(const std::vector<NodeId> outers,
                               Neighbours(inner, Direction::kIn, "QUOTES"));
      for (NodeId outer : outers) {
        HEARSAY_ASSIGN_OR_RETURN(const std::vector<NodeId> speakers,
                                 Neighbours(outer, Direction::kIn, "SAID"));
        quoters.insert(speakers.begin(), speakers.end());
        if (speakers.empty() && seen.insert(outer).second) open.push_back(outer);
      }
    }
    return quoters;
  }

  // Of the articles that carry the statement as it is.
  Status AddOutlets(NodeId statement, std::set<NodeId>* outlets) const {
    HEARSAY_ASSIGN_OR_RETURN(const std::vector<NodeId> articles,
                             Neighbours(statement, Direction::kIn, "CARRIES"));
    for (NodeId article : articles) {
      HEARSAY_ASSIGN_OR_RETURN(const std::vector<NodeId> found,
                               Neighbours(article, Direction::kOut, "PUBLISHED_BY"));
      outlets->insert(found.begin(), found.end());
    }
    return Status::Ok();
  }

  std::string KindOfNode(NodeId node) const {
    std::vector<std::string> labels;
    for (Symbol label : view_.NodeLabels(node)) labels.emplace_back(view_.Name(label));
    return KindOf(labels);
  }

  static void AppendDate(const std::optional<PublishedDate>& date, std::size_t column,
                         std::vector<GraphmlCell>* cells) {
    if (!date) return;
    cells->push_back({column, date->text});
    cells->push_back({column + 1, std::to_string(date->ms)});
  }

  // Outlets are drawn large, unless there is nothing else, since Gephi spreads sizes that all
  // nodes have.
  Status WriteNodes(GraphmlWriter* writer) const {
    bool others = false;
    for (const auto& [id, participant] : participants_) {
      others = others || KindOfNode(participant.node) != "Media";
    }
    for (const auto& [id, participant] : participants_) {
      const std::string kind = KindOfNode(participant.node);
      const Map properties = view_.Properties(participant.node);
      const auto text = [&properties](const char* key) {
        const auto found = properties.find(key);
        return found == properties.end() ? std::string() : ValueText(found->second);
      };
      std::vector<GraphmlCell> cells = {{kNodeLabel, LabelOf(kind, properties, id)},
                                        {kNodeKind, kind},
                                        {kNodeColor, std::string(ColorOf(kind))}};
      if (others && kind == "Media") cells.push_back({kNodeSize, std::to_string(*SizeOf(kind))});
      cells.push_back({kNodeName, text("name")});
      cells.push_back({kNodeAliases, text("aliases")});
      cells.push_back({kNodeStatements, std::to_string(participant.statements)});
      AppendDate(participant.dates.first, kNodeDate, &cells);
      HEARSAY_RETURN_IF_ERROR(writer->Node(id, cells));
    }
    return Status::Ok();
  }

  Status WriteEdges(GraphmlWriter* writer) const {
    for (const auto& [ends, pair] : pairs_) {
      const std::string count = std::to_string(pair.statements);
      std::vector<GraphmlCell> cells = {{kEdgeLabel, "QUOTES"},
                                        {kEdgeKind, "QUOTES"},
                                        {kEdgeColor, std::string(ColorOf("QUOTES"))},
                                        {kEdgeWeight, count},
                                        {kEdgeStatements, count},
                                        {kEdgeArticles, std::to_string(pair.articles.size())}};
      AppendDate(pair.dates.first, kEdgeDate, &cells);
      AppendDate(pair.dates.last, kEdgeLastDate, &cells);
      // One edge a pair, so the ends are a name of it.
      HEARSAY_RETURN_IF_ERROR(
          writer->Edge(ends.first + "-" + ends.second, ends.first, ends.second, cells));
    }
    return Status::Ok();
  }

  const View& view_;
  const ExportSink& sink_;
  Walk walk_;
  Dating dating_;
  std::map<std::string, Participant> participants_;            // by public id
  std::map<std::pair<std::string, std::string>, Pair> pairs_;  // (quoter, quoted)
};

}  // namespace

Result<ExportReport> WriteNetworkGraphml(const View& view, const ExportOptions& options,
                                         const ExportSink& sink) {
  return NetworkWriter(view, options, sink).Write();
}

}  // namespace hearsay
