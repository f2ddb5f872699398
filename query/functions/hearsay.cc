// What the language knows of statements, chains and evidence.

#include "query/functions/hearsay.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "graph/base/fold.h"
#include "graph/base/iso_time.h"
#include "query/format/value_display.h"
#include "query/functions/functions.h"

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
  std::sort(found.begin(), found.end(),
            [&view](NodeId a, NodeId b) { return view.PublicId(a) < view.PublicId(b); });
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
  const auto found = a[0].kind() == Value::Kind::kEdge ? context.view.EvidenceOf(a[0].as_edge())
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
template <Context::Lookup lookup>
Value IsFound(const Context& context, Arguments a, const Position& p) {
  RequireKind(a[0], Value::Kind::kNode, p);
  RequireKind(a[1], Value::Kind::kString, p);
  return context.Find(lookup, a[1].as_string()).set.contains(a[0].as_node());
}

Value Begins(const Context&, Arguments a, const Position& p) {
  RequireKind(a[0], Value::Kind::kString, p);
  const auto time = ParseIsoTime(a[0].as_string());
  return time ? Value(time->begin_ms()) : Value();
}

Value Ends(const Context&, Arguments a, const Position& p) {
  RequireKind(a[0], Value::Kind::kString, p);
  const auto time = ParseIsoTime(a[0].as_string());
  return time ? Value(time->end_ms()) : Value();
}

std::string Number(const Value& value) {
  std::string digits = value.kind() == Value::Kind::kInt ? std::to_string(value.as_int()) : "?";
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, 1, ',');
  return digits;
}

// A figure as one would write it: 26, > 160, at least 12, up to 750, about 2,000, 10 to 12.
Value Quantity(const Context& context, Arguments a, const Position& p) {
  RequireKind(a[0], Value::Kind::kNode, p);
  const NodeId node = a[0].as_node();
  const Value low = context.view.Property(node, "low");
  const Value high = context.view.Property(node, "high");
  const Value bound = context.view.Property(node, "bound");
  if (bound.kind() != Value::Kind::kString) return {};
  const std::string& word = bound.as_string();
  if (word == "exact") return Number(low);
  if (word == "at_least") return "at least " + Number(low);
  if (word == "more_than") return "more than " + Number(low);
  if (word == "at_most") return "up to " + Number(high);
  if (word == "fewer_than") return "fewer than " + Number(high);
  if (word == "about") return "about " + Number(low.is_null() ? high : low);
  if (word == "between") return Number(low) + " to " + Number(high);
  return context.view.Property(node, "text");  // vague: the words themselves
}

// Where the words of a statement stand; nothing for a relayed one, of which no words are known.
std::optional<Evidence> WordsOf(const View& view, NodeId statement) {
  const Value form = view.Property(statement, "form");
  if (form.kind() == Value::Kind::kString && form.as_string() == "relayed") return std::nullopt;
  const auto evidence = view.EvidenceOf(statement);
  RequireOk(evidence.status());
  if (evidence->empty()) return std::nullopt;
  return evidence->front();  // content comes first
}

// One line of a path: "(a witness) -SAID-> (statement 3fa2b1c0)", with the place it comes from.
Map StepOf(const View& view, NodeId from, const Edge& edge, NodeId to) {
  const bool forward = edge.src == from;
  const std::string type(view.Name(edge.type));
  Map step;
  step.emplace("from", ShortName(view, from));
  step.emplace("to", ShortName(view, to));
  step.emplace("type", type);
  step.emplace("arrow", forward ? "-" + type + "->" : "<-" + type + "-");
  const auto evidence = view.EvidenceOf(edge);
  RequireOk(evidence.status());
  List places;
  for (const Evidence& item : *evidence) places.push_back(EvidenceAsMap(item));
  if (type == "SAID") {
    const std::optional<Evidence> words = WordsOf(view, edge.dst);
    if (words) places.push_back(EvidenceAsMap(*words));
  }
  step.emplace("evidence", std::move(places));
  return step;
}

// The steps of a path, and for each statement on it those who said it and are not on it.
Value Steps(const Context& context, Arguments a, const Position& p) {
  RequireKind(a[0], Value::Kind::kPath, p);
  const Path& path = a[0].as_path();
  const View& view = context.view;
  const auto said = view.Find("SAID");
  List steps;
  for (std::size_t i = 0; i < path.edges.size(); ++i) {
    steps.emplace_back(StepOf(view, path.nodes[i], path.edges[i], path.nodes[i + 1]));
    if (!said) continue;
    std::vector<Edge> speakers;
    const std::array types = {*said};
    RequireOk(view.Edges(path.nodes[i + 1], Direction::kIn, types, [&](const Edge& edge) {
      const bool on_path =
          std::find(path.nodes.begin(), path.nodes.end(), edge.src) != path.nodes.end();
      if (!on_path) speakers.push_back(edge);
      return true;
    }));
    std::sort(speakers.begin(), speakers.end(),
              [](const Edge& x, const Edge& y) { return x.src < y.src; });
    for (const Edge& edge : speakers) {
      Map step = StepOf(view, edge.dst, edge, edge.src);
      step.emplace("aside", true);
      steps.emplace_back(std::move(step));
    }
  }
  return steps;
}

const std::array kFunctions = {
    Function{"begins", "begins(date): the first instant an ISO 8601 time may mean, in epoch ms", 1,
             1, true, Begins},
    Function{"chain",
             "chain(s): the speakers of a statement from the innermost outward, then the outlet", 1,
             1, true, Chain},
    Function{"ends", "ends(date): the instant behind an ISO 8601 time, in epoch ms", 1, 1, true,
             Ends},
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
    Function{"quantity", "quantity(f): the number of a figure as one would write it", 1, 1, true,
             Quantity},
    Function{"steps", "steps(path): a map for each step of a path, with its evidence", 1, 1, true,
             Steps},
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
