#include "query/plan/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "query/functions/functions.h"

namespace hearsay::query {

namespace {

// What is known of a variable before the query runs.
enum class VariableType { kAny, kNode, kEdge, kEdgeList, kPath };

struct Variable {
  int slot = kNoSlot;
  VariableType type = VariableType::kAny;
};
using Scope = std::map<std::string, Variable>;

bool EqualsNoCase(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return std::tolower(static_cast<unsigned char>(x)) ==
           std::tolower(static_cast<unsigned char>(y));
  });
}

bool HasAggregate(const Expr& e) {
  if (e.kind == Expr::Kind::kCall && IsAggregate(e.name)) return true;
  return std::any_of(e.args.begin(), e.args.end(),
                     [](const ExprPtr& a) { return a && HasAggregate(*a); });
}

class Checker {
 public:
  Checker(const Context& context, SingleQuery* query, Checked* out)
      : context_(context), query_(query), out_(out) {}

  std::vector<std::string> Run() {
    std::vector<std::string> columns;
    for (Clause& clause : query_->clauses) {
      switch (clause.kind) {
        case Clause::Kind::kMatch:
          CheckMatch(&clause);
          break;
        case Clause::Kind::kUnwind:
          CheckUnwind(&clause);
          break;
        case Clause::Kind::kWith:
          CheckProjection(&clause.projection, /*is_with=*/true);
          break;
        case Clause::Kind::kReturn:
          CheckProjection(&clause.projection, /*is_with=*/false);
          for (const ProjectionItem& item : clause.projection.items) columns.push_back(item.alias);
      }
    }
    query_->slots = slots_;
    return columns;
  }

 private:
  int NewSlot() { return slots_++; }

  // --- clauses ---

  void CheckMatch(Clause* clause) {
    CheckPatterns(&clause->patterns, /*may_bind=*/true);
    if (clause->expr) {
      RefuseAggregates(*clause->expr, "WHERE");
      CheckExpr(clause->expr.get());
    }
  }

  void CheckUnwind(Clause* clause) {
    RefuseAggregates(*clause->expr, "UNWIND");
    CheckExpr(clause->expr.get());
    if (scope_.contains(clause->variable)) {
      RefuseSyntax("VariableAlreadyBound", clause->position,
                   fmt::format("'{}' is a variable already", clause->variable));
    }
    clause->slot = NewSlot();
    scope_[clause->variable] = {clause->slot, VariableType::kAny};
  }

  void CheckProjection(Projection* projection, bool is_with) {
    if (projection->star) WriteStarOut(projection, is_with);
    const Scope before = scope_;
    Scope after;
    std::set<std::string> grouping;  // texts of the items without an aggregate
    bool aggregated = false;
    for (const ProjectionItem& item : projection->items) {
      if (HasAggregate(*item.expr)) {
        aggregated = true;
      } else {
        grouping.insert(item.text);
      }
    }
    for (ProjectionItem& item : projection->items) {
      CheckItem(projection, &item, is_with, grouping, &after);
    }
    CheckOrder(projection, before, after, aggregated);
    CheckCount(projection->skip.get(), "SKIP");
    CheckCount(projection->limit.get(), "LIMIT");
    scope_ = after;
    if (projection->where) {
      // Unless rows have been merged, WHERE sees what was there before as well.
      if (!aggregated && !projection->distinct) scope_.insert(before.begin(), before.end());
      RefuseAggregates(*projection->where, "WHERE");
      CheckExpr(projection->where.get());
    }
    scope_ = std::move(after);
  }

  void CheckItem(Projection* projection, ProjectionItem* item, bool is_with,
                 const std::set<std::string>& grouping, Scope* after) {
    if (is_with && !item->has_alias && item->expr->kind != Expr::Kind::kVariable) {
      RefuseSyntax("NoExpressionAlias", item->expr->position,
                   fmt::format("'{}' needs a name in WITH: add AS and one", item->text));
    }
    if (after->contains(item->alias)) {
      RefuseSyntax("ColumnNameConflict", item->expr->position,
                   fmt::format("two columns are called '{}'", item->alias));
    }
    VariableType type = VariableType::kAny;
    if (item->expr->kind == Expr::Kind::kVariable) {
      const auto found = scope_.find(item->expr->name);
      if (found != scope_.end()) type = found->second.type;
    }
    if (HasAggregate(*item->expr)) CheckGrouping(*item->expr, *projection, grouping);
    CheckExpr(item->expr.get());
    TakeAggregates(&item->expr, projection);
    item->slot = NewSlot();
    (*after)[item->alias] = {item->slot, type};
  }

  void WriteStarOut(Projection* projection, bool is_with) {
    if (scope_.empty() && !is_with) {
      RefuseSyntax("NoVariablesInScope", projection->position, "RETURN * has no variable to show");
    }
    std::vector<ProjectionItem> items;
    for (const auto& [name, variable] : scope_) {
      ProjectionItem item;
      item.expr = std::make_unique<Expr>();
      item.expr->kind = Expr::Kind::kVariable;
      item.expr->position = projection->position;
      item.expr->name = name;
      item.text = item.alias = name;
      items.push_back(std::move(item));
    }
    for (ProjectionItem& item : projection->items) items.push_back(std::move(item));
    projection->items = std::move(items);
    projection->star = false;
  }

  // ORDER BY sees the new names; the old ones too, unless rows have been merged since.
  void CheckOrder(Projection* projection, const Scope& before, const Scope& after,
                  bool aggregated) {
    const bool merged = aggregated || projection->distinct;
    for (SortKey& key : projection->order) {
      const auto item = std::find_if(
          projection->items.begin(), projection->items.end(),
          [&key](const ProjectionItem& i) { return i.text == key.text || i.alias == key.text; });
      if (item != projection->items.end()) {  // the very words of a column: its value
        key.expr = MakeVariable(item->alias, item->slot, key.expr->position);
        continue;
      }
      if (HasAggregate(*key.expr) && !aggregated) {
        RefuseSyntax("InvalidAggregation", key.expr->position,
                     "ORDER BY has an aggregate and the columns have none");
      }
      if (!merged || HasAggregate(*key.expr)) scope_ = before;
      if (merged && !HasAggregate(*key.expr)) scope_.clear();
      for (const auto& [name, variable] : after) scope_[name] = variable;
      if (merged) AddPropertyColumns(*projection, before);
      CheckExpr(key.expr.get());
      TakeAggregates(&key.expr, projection);
    }
    scope_ = before;
  }

  // `RETURN DISTINCT n ORDER BY n.name`: what is a column by itself stays visible.
  void AddPropertyColumns(const Projection& projection, const Scope& before) {
    for (const ProjectionItem& item : projection.items) {
      if (item.expr->kind == Expr::Kind::kVariable && before.contains(item.expr->name)) {
        scope_.emplace(item.expr->name, before.at(item.expr->name));
      }
    }
  }

  static ExprPtr MakeVariable(const std::string& name, int slot, const Position& position) {
    auto variable = std::make_unique<Expr>();
    variable->kind = Expr::Kind::kVariable;
    variable->position = position;
    variable->name = name;
    variable->slot = slot;
    return variable;
  }

  // After the projection no variable is left: the count is the same for all rows.
  void CheckCount(Expr* e, const std::string& clause) {
    if (e == nullptr) return;
    if (e->kind == Expr::Kind::kVariable || e->kind == Expr::Kind::kProperty) {
      RefuseSyntax("NonConstantExpression", e->position,
                   fmt::format("{} needs a number that is the same for all rows", clause));
    }
    const bool number = e->kind != Expr::Kind::kLiteral || e->value.kind() == Value::Kind::kInt;
    if (!number) {
      RefuseSyntax(
          "InvalidArgumentType", e->position,
          fmt::format("expected a whole number after {}, found {}", clause, KindName(e->value)));
    }
    if (e->kind == Expr::Kind::kLiteral && e->value.as_int() < 0) {
      RefuseSyntax("NegativeIntegerArgument", e->position,
                   fmt::format("{} needs a number that is not negative", clause));
    }
    RefuseAggregates(*e, clause);
    const Scope rows = std::exchange(scope_, {});
    CheckExpr(e);
    scope_ = rows;
  }

  // --- aggregates ---

  static void RefuseAggregates(const Expr& e, const std::string& where) {
    if (HasAggregate(e)) {
      RefuseSyntax("InvalidAggregation", e.position,
                   fmt::format("{} cannot hold an aggregate; use WITH before it", where));
    }
  }

  // Outside its aggregates an aggregating item may use only what is a column of its own.
  void CheckGrouping(const Expr& e, const Projection& projection,
                     const std::set<std::string>& grouping) {
    if (e.kind == Expr::Kind::kCall && IsAggregate(e.name)) {
      for (const ExprPtr& argument : e.args) {
        if (HasAggregate(*argument)) {
          RefuseSyntax("NestedAggregation", argument->position,
                       "an aggregate cannot stand inside another");
        }
      }
      return;
    }
    if (e.kind == Expr::Kind::kVariable && scope_.contains(e.name) && !grouping.contains(e.name)) {
      RefuseSyntax(
          "AmbiguousAggregationExpression", e.position,
          fmt::format("'{}' stands beside an aggregate and is no column of its own", e.name));
    }
    if (e.kind == Expr::Kind::kProperty && e.args[0]->kind == Expr::Kind::kVariable &&
        grouping.contains(e.args[0]->name + "." + e.name)) {
      return;
    }
    for (const ExprPtr& argument : e.args) {
      if (argument) CheckGrouping(*argument, projection, grouping);
    }
  }

  void TakeAggregates(ExprPtr* e, Projection* projection) {
    if ((*e)->kind == Expr::Kind::kCall && IsAggregate((*e)->name)) {
      (*e)->slot = NewSlot();
      ExprPtr variable = MakeVariable((*e)->name, (*e)->slot, (*e)->position);
      projection->aggregates.push_back(std::move(*e));
      *e = std::move(variable);
      return;
    }
    for (ExprPtr& argument : (*e)->args) {
      if (argument) TakeAggregates(&argument, projection);
    }
  }

  // --- patterns ---

  // `may_bind`: new variables enter the scope (MATCH); else they are refused where the language
  // refuses them (a pattern used as a predicate).
  void CheckPatterns(std::vector<PathPattern>* patterns, bool may_bind) {
    std::set<std::string> edges;
    const Scope before = scope_;
    for (PathPattern& path : *patterns) {
      CheckSelector(path);
      for (std::size_t i = 0; i < path.nodes.size(); ++i) {
        CheckNode(&path.nodes[i], before, may_bind);
        if (i < path.edges.size()) CheckEdge(&path.edges[i], before, may_bind, &edges);
      }
      if (!path.variable.empty()) {
        if (scope_.contains(path.variable)) {
          RefuseSyntax("VariableAlreadyBound", path.position,
                       fmt::format("'{}' is a variable already", path.variable));
        }
        path.slot = NewSlot();
        scope_[path.variable] = {path.slot, VariableType::kPath};
      }
    }
    for (PathPattern& path : *patterns) {  // now that all variables are known
      for (NodePattern& node : path.nodes) CheckProperties(node.properties.get());
      for (EdgePattern& edge : path.edges) CheckEdgeConditions(&edge);
    }
  }

  static void CheckSelector(const PathPattern& path) {
    if (path.selector != PathPattern::Selector::kAll && path.edges.size() != 1) {
      RefuseSyntax("UnexpectedSyntax", path.position,
                   "a shortest path has one relationship, such as (a)-[:SAID*]-(b)");
    }
  }

  void CheckNode(NodePattern* node, const Scope& before, bool may_bind) {
    if (node->labels) CheckNames(*node->labels, context_.view.Labels(), "label");
    if (node->variable.empty()) {
      node->slot = NewSlot();
      return;
    }
    const auto found = scope_.find(node->variable);
    if (found == scope_.end()) {
      if (!may_bind) RefuseUndefined(node->variable, node->position);
      node->slot = NewSlot();
      scope_[node->variable] = {node->slot, VariableType::kNode};
      return;
    }
    RequireType(found->second, VariableType::kNode, node->variable, node->position);
    node->slot = found->second.slot;
    node->bound = before.contains(node->variable);
  }

  void CheckEdge(EdgePattern* edge, const Scope& before, bool may_bind,
                 std::set<std::string>* edges) {
    if (edge->types) CheckNames(*edge->types, context_.view.Types(), "relationship type");
    if (edge->variable.empty()) {
      edge->slot = NewSlot();
      return;
    }
    const VariableType type = edge->variable_length ? VariableType::kEdgeList : VariableType::kEdge;
    if (!edges->insert(edge->variable).second) {
      RefuseSyntax("RelationshipUniquenessViolation", edge->position,
                   fmt::format("'{}' stands for two relationships of one MATCH", edge->variable));
    }
    const auto found = scope_.find(edge->variable);
    if (found == scope_.end()) {
      if (!may_bind) RefuseUndefined(edge->variable, edge->position);
      edge->slot = NewSlot();
      scope_[edge->variable] = {edge->slot, type};
      return;
    }
    RequireType(found->second, type, edge->variable, edge->position);
    edge->slot = found->second.slot;
    edge->bound = before.contains(edge->variable);
  }

  void CheckEdgeConditions(EdgePattern* edge) {
    CheckProperties(edge->properties.get());
    if (!edge->where) return;
    RefuseAggregates(*edge->where, "WHERE");
    edge->each_slot = NewSlot();
    const Scope outer = scope_;
    if (!edge->variable.empty()) scope_[edge->variable] = {edge->each_slot, VariableType::kEdge};
    CheckExpr(edge->where.get());
    scope_ = outer;
  }

  void CheckProperties(Expr* properties) {
    if (properties == nullptr) return;
    if (properties->kind == Expr::Kind::kParameter) {
      RefuseSyntax("InvalidParameterUse", properties->position,
                   "a parameter cannot stand for all properties of a pattern; name them: "
                   "{name: $name}");
    }
    CheckExpr(properties);
  }

  static void RequireType(const Variable& variable, VariableType type, const std::string& name,
                          const Position& position) {
    const bool list = type == VariableType::kEdgeList && variable.type == VariableType::kAny;
    if (variable.type == type || variable.type == VariableType::kAny || list) return;
    RefuseSyntax("VariableTypeConflict", position,
                 fmt::format("'{}' is already something else", name));
  }

  void CheckNames(const LabelExpr& names, const std::vector<std::string>& known,
                  const std::string& what) {
    if (names.kind == LabelExpr::Kind::kName) {
      if (std::find(known.begin(), known.end(), names.name) != known.end()) return;
      const std::string hint = DidYouMean(names.name, known);
      std::string notice =
          fmt::format("{}:{}: nothing in the store has the {} `{}`", names.position.line,
                      names.position.column, what, names.name);
      if (!hint.empty()) notice += "; " + hint;
      if (std::find(out_->notices.begin(), out_->notices.end(), notice) == out_->notices.end()) {
        out_->notices.push_back(std::move(notice));
      }
      return;
    }
    for (const LabelExpr& part : names.parts) CheckNames(part, known, what);
  }

  // --- expressions ---

  [[noreturn]] void RefuseUndefined(const std::string& name, const Position& position) {
    std::vector<std::string> names;
    for (const auto& [other, variable] : scope_) names.push_back(other);
    RefuseSyntax("UndefinedVariable", position, fmt::format("'{}' is no variable here", name),
                 DidYouMean(name, names));
  }

  void CheckExpr(Expr* e) {
    switch (e->kind) {
      case Expr::Kind::kVariable: {
        const auto found = scope_.find(e->name);
        if (found == scope_.end()) RefuseUndefined(e->name, e->position);
        e->slot = found->second.slot;
        return;
      }
      case Expr::Kind::kCall:
        CheckCall(e);
        return;
      case Expr::Kind::kListComprehension:
      case Expr::Kind::kQuantifier:
        CheckComprehension(e);
        return;
      case Expr::Kind::kPatternPredicate:
        CheckPatterns(&e->patterns, /*may_bind=*/false);
        return;
      case Expr::Kind::kExists:
      case Expr::Kind::kPatternComprehension: {
        const Scope outer = scope_;
        CheckPatterns(&e->patterns, /*may_bind=*/true);
        CheckArguments(e);
        scope_ = outer;
        return;
      }
      case Expr::Kind::kProperty:
        CheckArguments(e);
        CheckPropertyOf(*e);
        return;
      default:
        CheckArguments(e);
    }
  }

  void CheckArguments(Expr* e) {
    for (const ExprPtr& argument : e->args) {
      if (argument) CheckExpr(argument.get());
    }
  }

  void CheckPropertyOf(const Expr& e) {
    const Expr& object = *e.args[0];
    if (object.kind == Expr::Kind::kLiteral && !object.value.is_null()) {
      RefuseSyntax("InvalidArgumentType", e.position,
                   fmt::format("{} has no properties", KindName(object.value)));
    }
    if (object.kind != Expr::Kind::kVariable) return;
    const auto found = scope_.find(object.name);
    if (found != scope_.end() && found->second.type == VariableType::kPath) {
      RefuseSyntax("InvalidArgumentType", e.position, "a path has no properties");
    }
  }

  void CheckComprehension(Expr* e) {
    CheckExpr(e->args[0].get());
    const Scope outer = scope_;
    e->slot = NewSlot();
    scope_[e->name] = {e->slot, VariableType::kAny};
    for (std::size_t i = 1; i < e->args.size(); ++i) {
      if (!e->args[i]) continue;
      RefuseAggregates(*e->args[i], "a comprehension");
      CheckExpr(e->args[i].get());
    }
    scope_ = outer;
  }

  void CheckCall(Expr* e) {
    if (IsAggregate(e->name)) {
      if (!e->star && e->args.size() != 1) {
        RefuseSyntax("InvalidNumberOfArguments", e->position,
                     fmt::format("{}() takes one argument", e->name));
      }
    } else {
      CheckFunction(*e);
    }
    CheckArguments(e);
  }

  static void CheckFunction(const Expr& e) {
    const Function* function = FindFunction(e.name);
    if (function == nullptr) {
      std::vector<std::string> names = {"count", "sum", "avg", "min", "max", "collect"};
      for (const Function* other : AllFunctions()) names.emplace_back(other->name);
      RefuseSyntax("UnknownFunction", e.position, fmt::format("there is no function '{}'", e.name),
                   DidYouMean(e.name, names));
    }
    const int given = static_cast<int>(e.args.size());
    if (given < function->arguments_min || given > function->arguments_max) {
      RefuseSyntax("InvalidNumberOfArguments", e.position,
                   fmt::format("wrong number of arguments; {}", function->help));
    }
  }

  const Context& context_;
  SingleQuery* query_;
  Checked* out_;
  Scope scope_;
  int slots_ = 0;
};

}  // namespace

bool IsAggregate(std::string_view name) {
  static constexpr std::array<std::string_view, 6> kNames = {"count", "sum", "avg",
                                                             "min",   "max", "collect"};
  return std::any_of(kNames.begin(), kNames.end(),
                     [name](std::string_view other) { return EqualsNoCase(name, other); });
}

Checked Check(const Context& context, Query* query) {
  Checked out;
  for (SingleQuery& part : query->parts) {
    std::vector<std::string> columns = Checker(context, &part, &out).Run();
    if (&part == &query->parts.front()) {
      out.columns = std::move(columns);
    } else if (columns != out.columns) {
      RefuseSyntax("DifferentColumnsInUnion", part.clauses.back().position,
                   "the parts of a UNION have different columns");
    }
  }
  const bool mixed = std::adjacent_find(query->all.begin(), query->all.end(),
                                        std::not_equal_to<>()) != query->all.end();
  if (mixed) {
    RefuseSyntax("InvalidClauseComposition", query->parts.back().clauses.front().position,
                 "UNION and UNION ALL cannot be mixed");
  }
  return out;
}

}  // namespace hearsay::query
