// Nodes, relationships and paths.

#include <array>

#include "query/functions/functions.h"

namespace hearsay::query {

namespace {

using Arguments = std::span<const Value>;

[[noreturn]] void RefuseArgument(const Value& value, const Position& position) {
  RefuseType("InvalidArgumentType", position,
             "expected a node or relationship, found " + std::string(KindName(value)));
}

Value Id(const Context& context, Arguments a, const Position& p) {
  if (a[0].kind() == Value::Kind::kNode) return context.view.PublicId(a[0].as_node());
  if (a[0].kind() == Value::Kind::kEdge) return context.view.PublicId(a[0].as_edge());
  RefuseArgument(a[0], p);
}

Value Labels(const Context& context, Arguments a, const Position& p) {
  RequireKind(a[0], Value::Kind::kNode, p);
  List labels;
  for (const Symbol label : context.view.NodeLabels(a[0].as_node())) {
    labels.emplace_back(context.view.Name(label));
  }
  return labels;
}

Value Type(const Context& context, Arguments a, const Position& p) {
  RequireKind(a[0], Value::Kind::kEdge, p);
  return context.view.Name(a[0].as_edge().type);
}

Value Properties(const Context& context, Arguments a, const Position& p) {
  if (a[0].kind() == Value::Kind::kMap) return a[0];
  if (a[0].kind() == Value::Kind::kNode) return context.view.Properties(a[0].as_node());
  if (a[0].kind() == Value::Kind::kEdge) return context.view.Properties(a[0].as_edge());
  RefuseArgument(a[0], p);
}

Value Keys(const Context& context, Arguments a, const Position& p) {
  const Value properties = Properties(context, a, p);
  List keys;
  for (const auto& [key, value] : properties.as_map()) keys.emplace_back(key);
  return keys;
}

Value StartNode(const Context&, Arguments a, const Position& p) {
  RequireKind(a[0], Value::Kind::kEdge, p);
  return a[0].as_edge().src;
}

Value EndNode(const Context&, Arguments a, const Position& p) {
  RequireKind(a[0], Value::Kind::kEdge, p);
  return a[0].as_edge().dst;
}

Value Nodes(const Context&, Arguments a, const Position& p) {
  RequireKind(a[0], Value::Kind::kPath, p);
  return List(a[0].as_path().nodes.begin(), a[0].as_path().nodes.end());
}

Value Relationships(const Context&, Arguments a, const Position& p) {
  RequireKind(a[0], Value::Kind::kPath, p);
  return List(a[0].as_path().edges.begin(), a[0].as_path().edges.end());
}

Value Length(const Context&, Arguments a, const Position& p) {
  RequireKind(a[0], Value::Kind::kPath, p);
  return static_cast<std::int64_t>(a[0].as_path().edges.size());
}

const std::array kFunctions = {
    Function{"endNode", "endNode(r): the node a relationship points to", 1, 1, true, EndNode},
    Function{"id", "id(x): the public id of a node or relationship", 1, 1, true, Id},
    Function{"keys", "keys(x): the property keys of a node, relationship or map", 1, 1, true, Keys},
    Function{"labels", "labels(n)", 1, 1, true, Labels},
    Function{"length", "length(path): its relationships", 1, 1, true, Length},
    Function{"nodes", "nodes(path)", 1, 1, true, Nodes},
    Function{"properties", "properties(x): all of them as a map", 1, 1, true, Properties},
    Function{"relationships", "relationships(path)", 1, 1, true, Relationships},
    Function{"startNode", "startNode(r): the node a relationship leaves", 1, 1, true, StartNode},
    Function{"type", "type(r)", 1, 1, true, Type},
};

}  // namespace

std::span<const Function> GraphFunctions() { return kFunctions; }

}  // namespace hearsay::query
