// What the language knows of statements, chains and evidence.

#include <algorithm>
#include <array>
#include <set>

#include "graph/base/fold.h"
#include "query/functions/functions.h"
#include "query/functions/hearsay.h"

namespace hearsay::query {

namespace {

using Arguments = std::span<const Value>;

// The neighbours of `node` over edges of one type, by public id.
std::vector<NodeId> Neighbours(const View& view, NodeId node, Direction direction,
                               std::string_view type_name) {
  const auto type = view.Find(type_name);
  if (!type) return {};
  std::vector<NodeId> found;
  const std::array types = {*type};
  RequireOk(view.Edges(node, direction, types, [&](const Edge& edge) {
    found.push_back(direction == Direction::kOut ? edge.dst : edge.src);
    return true;
  }));
  std::sort(found.begin(), found.end(), [&view](NodeId a, NodeId b) {
    return view.PublicId(a) < view.PublicId(b);
  });
  return found;
}

std::string NameOf(const View& view, NodeId node) {
  for (const std::string_view key : {"name", "title", "id"}) {
    const Value value = view.Property(node, key);
    if (value.kind() == Value::Kind::kString) return value.as_string();
  }
  return view.PublicId(node);
}

// The speakers of one statement as one hop: "X", "X and Y" for a joint source.
std::string SpeakersOf(const View& view, NodeId statement) {
  std::string names;
  for (const NodeId speaker : Neighbours(view, statement, Direction::kIn, "SAID")) {
    names += (names.empty() ? "" : " and ") + NameOf(view, speaker);
  }
  return names;
}

// `statement`, then the statement that quotes it, and so on outward.  A statement is quoted by one
// at most; the set guards against a hand-made graph with a circle.
std::vector<NodeId> Outward(const View& view, NodeId statement) {
  std::vector<NodeId> hops;
  std::set<NodeId> seen;
  for (std::vector<NodeId> next = {statement}; !next.empty() && seen.insert(next.front()).second;
       next = Neighbours(view, hops.back(), Direction::kIn, "QUOTES")) {
    hops.push_back(next.front());
  }
  return hops;
}

std::vector<NodeId> OutletsOf(const View& view, NodeId statement) {
  std::vector<NodeId> outlets;
  for (const NodeId article : Neighbours(view, statement, Direction::kOut, "IN")) {
    for (const NodeId outlet : Neighbours(view, article, Direction::kOut, "PUBLISHED_BY")) {
      outlets.push_back(outlet);
    }
  }
  return outlets;
}

Value Chain(const Context& context, Arguments a, const Position& p) {
  RequireKind(a[0], Value::Kind::kNode, p);
  List names;
  for (const NodeId hop : Outward(context.view, a[0].as_node())) {
    std::string speakers = SpeakersOf(context.view, hop);
    if (!speakers.empty()) names.emplace_back(std::move(speakers));
  }
  for (const NodeId outlet : OutletsOf(context.view, a[0].as_node())) {
    names.emplace_back(NameOf(context.view, outlet));
  }
  return names;
}

Value EvidenceAsMap(const Evidence& evidence) {
  Map map;
  const auto put = [&map](const char* key, const std::string& value) {
    if (!value.empty()) map.emplace(key, value);
  };
  put("article", evidence.article);
  put("field", evidence.field);
  put("gazetteer", evidence.gazetteer);
  put("rule", evidence.rule);
  put("text", evidence.text);
  if (evidence.span) {
    map.emplace("begin", std::int64_t{evidence.span->begin});
    map.emplace("end", std::int64_t{evidence.span->end});
  }
  return map;
}

Value EvidenceList(const Context& context, Arguments a, const Position& p) {
  if (a[0].kind() != Value::Kind::kEdge) RequireKind(a[0], Value::Kind::kNode, p);
  const auto found = a[0].kind() == Value::Kind::kEdge
                         ? context.view.EvidenceOf(a[0].as_edge())
                         : context.view.EvidenceOf(a[0].as_node());
  RequireOk(found.status());
  List list;
  for (const Evidence& evidence : *found) list.push_back(EvidenceAsMap(evidence));
  return list;
}

Value Hops(const Context& context, Arguments a, const Position& p) {
  RequireKind(a[0], Value::Kind::kNode, p);
  List hops;
  for (const NodeId statement : Outward(context.view, a[0].as_node())) {
    const auto evidence = context.view.EvidenceOf(statement);
    RequireOk(evidence.status());
    Map hop;
    hop.emplace("speaker", SpeakersOf(context.view, statement));
    hop.emplace("form", context.view.Property(statement, "form"));
    hop.emplace("statement", context.view.PublicId(statement));
    List spans;
    for (const Evidence& item : *evidence) spans.push_back(EvidenceAsMap(item));
    hop.emplace("evidence", std::move(spans));
    hops.emplace_back(std::move(hop));
  }
  return hops;
}

// Membership of a node in what an index finds for a text.  The matcher asks the index first and
// filters last, so that this is mostly a check of what it has found.
template <std::vector<NodeId> (*lookup)(const View&, const std::string&)>
Value IsFound(const Context& context, Arguments a, const Position& p) {
  RequireKind(a[0], Value::Kind::kNode, p);
  RequireKind(a[1], Value::Kind::kString, p);
  const std::vector<NodeId> found = lookup(context.view, a[1].as_string());
  return std::find(found.begin(), found.end(), a[0].as_node()) != found.end();
}

const std::array kFunctions = {
    Function{"chain",
             "chain(s): the speakers of a statement from the innermost outward, then the outlet", 1,
             1, true, Chain},
    Function{"evidence",
             "evidence(x): where a node or relationship comes from, a map for each place", 1, 1,
             true, EvidenceList},
    Function{"hops", "hops(s): a map for each hop of a statement's chain, with its evidence", 1, 1,
             true, Hops},
    Function{"identified", "identified(x, 'id'): whether x has that public id or one so beginning",
             2, 2, true, IsFound<FindIdentified>},
    Function{"matches", "matches(s, 'words'): whether a statement or figure holds all the words", 2,
             2, true, IsFound<FindMatching>},
    Function{"named", "named(x, 'name'): whether x has that name or alias, however written", 2, 2,
             true, IsFound<FindNamed>},
};

}  // namespace

std::vector<NodeId> FindNamed(const View& view, const std::string& name) {
  return view.FindByName(name);
}

std::vector<NodeId> FindMatching(const View& view, const std::string& words) {
  return view.FindByWords(FoldWords(words));
}

std::vector<NodeId> FindIdentified(const View& view, const std::string& prefix) {
  constexpr std::size_t kMany = 1000;
  return view.FindByPrefix(prefix, kMany);
}

std::span<const Function> HearsayFunctions() { return kFunctions; }

}  // namespace hearsay::query
