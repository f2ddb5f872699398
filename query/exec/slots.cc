#include "query/exec/slots.h"

namespace hearsay::query {

void CollectSlots(const Expr& expr, std::set<int>* slots) {
  if (expr.kind == Expr::Kind::kVariable) slots->insert(expr.slot);
  for (const ExprPtr& argument : expr.args) {
    if (argument) CollectSlots(*argument, slots);
  }
  for (const PathPattern& path : expr.patterns) {
    for (const NodePattern& node : path.nodes) {
      slots->insert(node.slot);
      if (node.properties) CollectSlots(*node.properties, slots);
    }
    for (const EdgePattern& edge : path.edges) {
      slots->insert(edge.slot);
      if (edge.properties) CollectSlots(*edge.properties, slots);
      if (edge.where) CollectSlots(*edge.where, slots);
    }
  }
}

}  // namespace hearsay::query
