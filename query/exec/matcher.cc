#include "query/exec/matcher.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <set>
#include <utility>

#include "query/exec/compare.h"
#include "query/exec/evaluate.h"
#include "query/exec/path_search.h"
#include "query/exec/slots.h"
#include "query/functions/hearsay.h"

namespace hearsay::query {

namespace {

std::size_t At(int slot) { return static_cast<std::size_t>(slot); }

// --- where a pattern may start ---

// How the candidates of a node pattern are found, and how many are expected.
struct Access {
  enum class Kind { kBound, kLookup, kId, kLabel, kAll } kind = Kind::kAll;
  std::uint64_t expected = 0;
  std::vector<NodeId> nodes;        // kLookup, kId
  const Expr* satisfied = nullptr;  // the conjunct that a look-up stands for
  std::optional<Symbol> label;
  std::string text;  // for EXPLAIN
};

using Lookup = Context::Lookup;

Lookup LookupOf(const Expr& e) {
  if (e.kind != Expr::Kind::kCall || e.args.size() != 2) return nullptr;
  static constexpr std::array<std::pair<std::string_view, Lookup>, 3> kLookups = {
      {{"named", FindNamed}, {"matches", FindMatching}, {"identified", FindIdentified}}};
  for (const auto& [name, lookup] : kLookups) {
    if (std::equal(e.name.begin(), e.name.end(), name.begin(), name.end(),
                   [](char a, char b) { return std::tolower(a) == b; })) {
      return lookup;
    }
  }
  return nullptr;
}

bool IsConstant(const Expr& e) {
  return e.kind == Expr::Kind::kLiteral || e.kind == Expr::Kind::kParameter;
}

bool IsVariable(const Expr& e, int slot) {
  return e.kind == Expr::Kind::kVariable && e.slot == slot;
}

// The names of which a node must carry at least every one.
void RequiredLabels(const LabelExpr& labels, std::vector<std::string>* out) {
  if (labels.kind == LabelExpr::Kind::kName) out->push_back(labels.name);
  if (labels.kind == LabelExpr::Kind::kAnd) {
    for (const LabelExpr& part : labels.parts) RequiredLabels(part, out);
  }
}

// The types of an alternation of names; nothing for any other combination.
bool Alternation(const LabelExpr& types, std::vector<std::string>* out) {
  if (types.kind == LabelExpr::Kind::kName) {
    out->push_back(types.name);
    return true;
  }
  return types.kind == LabelExpr::Kind::kOr && Alternation(types.parts[0], out) &&
         Alternation(types.parts[1], out);
}

// --- the steps of a match ---

struct Step {
  enum class Kind { kScan, kExpand, kShortest, kBindPath } kind = Kind::kScan;
  const PathPattern* path = nullptr;
  std::size_t node = 0;              // kScan: which; kExpand: where it starts
  std::size_t edge = 0;              // kExpand, kShortest
  bool backwards = false;            // kExpand: from nodes[edge + 1] to nodes[edge]
  std::vector<const Expr*> filters;  // conjuncts of WHERE that can be tested after this step
};

class Matching {
 public:
  Matching(const Context& context, const std::vector<PathPattern>& patterns, const Expr* where,
           Row& row)
      : context_(context), row_(row) {
    if (where != nullptr) SplitConjuncts(*where);
    Plan(patterns);
  }

  void Run(const std::function<bool(Row&)>& visit) {
    visit_ = &visit;
    for (const Expr* filter : first_filters_) {
      if (!Holds(context_, *filter, row_)) return;
    }
    RunFrom(0);
  }

  std::vector<std::string> Describe() {
    std::vector<std::string> lines;
    for (const Step& step : steps_) lines.push_back(DescribeStep(step));
    return lines;
  }

 private:
  // --- planning ---

  void SplitConjuncts(const Expr& e) {
    if (e.kind == Expr::Kind::kBinary && e.name == "AND") {
      SplitConjuncts(*e.args[0]);
      SplitConjuncts(*e.args[1]);
    } else {
      conjuncts_.push_back(&e);
    }
  }

  void Plan(const std::vector<PathPattern>& patterns) {
    CollectPatternSlots(patterns);
    std::vector<const PathPattern*> left;
    left.reserve(patterns.size());
    for (const PathPattern& path : patterns) left.push_back(&path);
    while (!left.empty()) {
      // The pattern with the cheapest start comes next; on a tie the one that is written first.
      std::size_t best = 0;
      std::size_t best_start = 0;
      std::uint64_t best_cost = std::numeric_limits<std::uint64_t>::max();
      for (std::size_t i = 0; i < left.size(); ++i) {
        // Nothing is cheaper than a node that is bound: the others need not be looked up.
        for (std::size_t n = 0; n < left[i]->nodes.size() && best_cost > 0; ++n) {
          const std::uint64_t cost = AccessOf(left[i]->nodes[n]).expected;
          if (cost < best_cost) {
            best = i;
            best_start = n;
            best_cost = cost;
          }
        }
      }
      PlanPath(*left[best], best_start);
      left.erase(left.begin() + static_cast<std::ptrdiff_t>(best));
    }
    PlaceFilters();
  }

  void PlanPath(const PathPattern& path, std::size_t start) {
    if (path.selector != PathPattern::Selector::kAll) {
      PlanScan(path, 0);
      PlanScan(path, 1);
      AddStep(Step::Kind::kShortest, path, 0, 0, false);
      planned_.insert(path.edges[0].slot);
    } else {
      PlanScan(path, start);
      for (std::size_t e = start; e < path.edges.size(); ++e) PlanExpand(path, e, false);
      for (std::size_t e = start; e-- > 0;) PlanExpand(path, e, true);
    }
    if (path.slot != kNoSlot) {
      AddStep(Step::Kind::kBindPath, path, 0, 0, false);
      planned_.insert(path.slot);
    }
  }

  void PlanScan(const PathPattern& path, std::size_t node) {
    AddStep(Step::Kind::kScan, path, node, 0, false);
    planned_.insert(path.nodes[node].slot);
  }

  void PlanExpand(const PathPattern& path, std::size_t edge, bool backwards) {
    AddStep(Step::Kind::kExpand, path, backwards ? edge + 1 : edge, edge, backwards);
    planned_.insert(path.edges[edge].slot);
    planned_.insert(path.nodes[backwards ? edge : edge + 1].slot);
  }

  void AddStep(Step::Kind kind, const PathPattern& path, std::size_t node, std::size_t edge,
               bool backwards) {
    Step step;
    step.kind = kind;
    step.path = &path;
    step.node = node;
    step.edge = edge;
    step.backwards = backwards;
    steps_.push_back(std::move(step));
  }

  void CollectPatternSlots(const std::vector<PathPattern>& patterns) {
    for (const PathPattern& path : patterns) {
      if (path.slot != kNoSlot) own_.insert(path.slot);
      for (const NodePattern& node : path.nodes) {
        if (!node.bound) own_.insert(node.slot);
      }
      for (const EdgePattern& edge : path.edges) {
        if (!edge.bound) own_.insert(edge.slot);
      }
    }
  }

  // Each conjunct goes behind the first step after which all its variables of this match have
  // values.
  void PlaceFilters() {
    for (const Expr* conjunct : conjuncts_) {
      std::set<int> missing;
      CollectSlots(*conjunct, &missing);
      std::erase_if(missing, [this](int slot) { return !own_.contains(slot); });
      if (missing.empty()) {
        first_filters_.push_back(conjunct);
        continue;
      }
      for (Step& step : steps_) {
        for (const int slot : SlotsOf(step)) missing.erase(slot);
        if (missing.empty()) {
          step.filters.push_back(conjunct);
          break;
        }
      }
    }
  }

  static std::vector<int> SlotsOf(const Step& step) {
    const PathPattern& path = *step.path;
    switch (step.kind) {
      case Step::Kind::kScan:
        return {path.nodes[step.node].slot};
      case Step::Kind::kExpand:
        return {path.edges[step.edge].slot,
                path.nodes[step.backwards ? step.edge : step.edge + 1].slot};
      case Step::Kind::kShortest:
        return {path.edges[step.edge].slot};
      case Step::Kind::kBindPath:
        return {path.slot};
    }
    return {};
  }

  bool IsPlanned(const NodePattern& node) const {
    return node.bound || planned_.contains(node.slot);
  }

  // The best way to candidates for `node` before anything of this match is walked.
  Access AccessOf(const NodePattern& node) {
    Access access;
    if (IsPlanned(node)) {
      access.kind = Access::Kind::kBound;
      return access;
    }
    if (FindByLookup(node, &access) || FindById(node, &access)) return access;
    access.expected = context_.view.NodeCount() + 1;
    std::vector<std::string> labels;
    if (node.labels) RequiredLabels(*node.labels, &labels);
    for (const std::string& label : labels) {
      const auto symbol = context_.view.Find(label);
      const std::uint64_t count = symbol ? context_.view.NodeCount(*symbol) : 0;
      if (count < access.expected) {
        access.kind = Access::Kind::kLabel;
        access.expected = count;
        access.label = symbol;
        access.text = ":" + label;
      }
    }
    access.expected += 2;  // a look-up or a bound node wins over an empty label too
    return access;
  }

  bool FindByLookup(const NodePattern& node, Access* access) {
    for (const Expr* conjunct : conjuncts_) {
      const Lookup lookup = LookupOf(*conjunct);
      if (lookup == nullptr || !IsVariable(*conjunct->args[0], node.slot)) continue;
      if (!IsConstant(*conjunct->args[1])) continue;
      const Value text = Evaluate(context_, *conjunct->args[1], row_);
      if (text.kind() != Value::Kind::kString) continue;
      access->kind = Access::Kind::kLookup;
      access->nodes = context_.Find(lookup, text.as_string()).nodes;
      access->expected = 1 + access->nodes.size();
      access->satisfied = conjunct;
      access->text = fmt::format("{}('{}')", conjunct->name, text.as_string());
      return true;
    }
    return false;
  }

  // {id: 'hex'} or WHERE n.id = 'hex', where a node of that public id is there.
  bool FindById(const NodePattern& node, Access* access) {
    std::vector<const Expr*> values;
    if (node.properties && node.properties->kind == Expr::Kind::kMap) {
      for (std::size_t i = 0; i < node.properties->keys.size(); ++i) {
        if (node.properties->keys[i] == "id") values.push_back(node.properties->args[i].get());
      }
    }
    for (const Expr* conjunct : conjuncts_) {
      const bool equals = conjunct->kind == Expr::Kind::kBinary && conjunct->name == "=";
      if (!equals) continue;
      const Expr& left = *conjunct->args[0];
      if (left.kind == Expr::Kind::kProperty && left.name == "id" &&
          IsVariable(*left.args[0], node.slot)) {
        values.push_back(conjunct->args[1].get());
      }
    }
    for (const Expr* expr : values) {
      if (!IsConstant(*expr)) continue;
      const Value id = Evaluate(context_, *expr, row_);
      if (id.kind() != Value::Kind::kString) continue;
      const auto found = context_.view.FindByPublicId(id.as_string());
      if (!found) continue;
      access->kind = Access::Kind::kId;
      access->nodes = {*found};
      access->expected = 1;
      access->text = fmt::format("id {}", id.as_string());
      return true;
    }
    return false;
  }

  // --- running ---

  // False: the visitor wants no more.
  bool RunFrom(std::size_t index) {
    context_.CheckCancelled();
    if (index == steps_.size()) return (*visit_)(row_);
    const Step& step = steps_[index];
    switch (step.kind) {
      case Step::Kind::kScan:
        return RunScan(step, index);
      case Step::Kind::kExpand:
        return step.path->edges[step.edge].variable_length ? RunVariableLength(step, index)
                                                           : RunExpand(step, index);
      case Step::Kind::kShortest:
        return RunShortest(step, index);
      case Step::Kind::kBindPath:
        return WithValue(step.path->slot, PathOf(*step.path), step, index);
    }
    return true;
  }

  // Goes on to the next step if the filters of this one hold.
  bool GoOn(const Step& step, std::size_t index, const Expr* satisfied = nullptr) {
    for (const Expr* filter : step.filters) {
      if (filter != satisfied && !Holds(context_, *filter, row_)) return true;
    }
    return RunFrom(index + 1);
  }

  bool WithValue(int slot, Value value, const Step& step, std::size_t index,
                 const Expr* satisfied = nullptr) {
    std::swap(row_[At(slot)], value);
    const bool go_on = GoOn(step, index, satisfied);
    std::swap(row_[At(slot)], value);
    return go_on;
  }

  bool RunScan(const Step& step, std::size_t index) {
    const NodePattern& node = step.path->nodes[step.node];
    const Value& bound = row_[At(node.slot)];
    if (node.bound || !bound.is_null()) {
      const bool fits = bound.kind() == Value::Kind::kNode && Fits(node, bound.as_node());
      return fits ? GoOn(step, index) : true;
    }
    planned_.clear();  // so that AccessOf looks at this node alone
    const Access access = AccessOf(node);
    bool go_on = true;
    const auto visit = [&](NodeId candidate) {
      if (Fits(node, candidate)) {
        go_on = WithValue(node.slot, candidate, step, index, access.satisfied);
      }
      return go_on;
    };
    switch (access.kind) {
      case Access::Kind::kLookup:
      case Access::Kind::kId:
        for (const NodeId candidate : access.nodes) {
          if (!visit(candidate)) break;
        }
        break;
      case Access::Kind::kLabel:
        if (access.label) RequireOk(context_.view.NodesByLabel(*access.label, visit));
        break;
      default:
        RequireOk(context_.view.Nodes(visit));
    }
    return go_on;
  }

  bool Fits(const NodePattern& node, NodeId candidate) {
    return (!node.labels || Satisfies(context_, *node.labels, candidate)) &&
           HasProperties(node.properties.get(), Value(candidate));
  }

  bool HasProperties(const Expr* properties, const Value& object) {
    if (properties == nullptr) return true;
    const Value wanted = Evaluate(context_, *properties, row_);
    if (wanted.kind() != Value::Kind::kMap) return wanted.is_null();
    for (const auto& [key, value] : wanted.as_map()) {
      const Value actual = object.kind() == Value::Kind::kNode
                               ? context_.view.Property(object.as_node(), key)
                               : context_.view.Property(object.as_edge(), key);
      if (Equals(actual, value) != true) return false;
    }
    return true;
  }

  // The steps that `edge` allows from `node`, in stable order.
  std::vector<PathStep> StepsFrom(const EdgePattern& edge, NodeId node, bool backwards) {
    std::vector<PathStep> found;
    std::vector<Symbol> types;
    std::vector<std::string> names;
    const bool listed = edge.types && Alternation(*edge.types, &names);
    for (const std::string& name : names) {
      if (const auto symbol = context_.view.Find(name)) types.push_back(*symbol);
    }
    if (listed && types.empty()) return found;
    if (!listed) types.clear();
    const bool any_way = edge.direction == EdgePattern::Direction::kBoth;
    const bool out = (edge.direction == EdgePattern::Direction::kOut) != backwards;
    for (const Direction direction : {Direction::kOut, Direction::kIn}) {
      if (!any_way && (direction == Direction::kOut) != out) continue;
      RequireOk(context_.view.Edges(node, direction, types, [&](const Edge& candidate) {
        // A loop is met from both sides; once is enough.
        const bool again = any_way && direction == Direction::kIn && candidate.src == candidate.dst;
        if (!again && FitsEdge(edge, candidate)) {
          found.push_back(
              {candidate, direction == Direction::kOut ? candidate.dst : candidate.src});
        }
        return true;
      }));
    }
    std::sort(found.begin(), found.end(), [](const PathStep& a, const PathStep& b) {
      return std::tie(a.node, a.edge.id) < std::tie(b.node, b.edge.id);
    });
    return found;
  }

  bool FitsEdge(const EdgePattern& edge, const Edge& candidate) {
    if (edge.types && !Satisfies(context_, *edge.types, candidate.type)) return false;
    if (!HasProperties(edge.properties.get(), Value(candidate))) return false;
    if (!edge.where) return true;
    Value each = candidate;
    std::swap(row_[At(edge.each_slot)], each);
    const bool holds = Holds(context_, *edge.where, row_);
    std::swap(row_[At(edge.each_slot)], each);
    return holds;
  }

  bool IsUsed(const Edge& edge) const {
    return std::find(used_.begin(), used_.end(), edge.id) != used_.end();
  }

  // Binds the node at the far end, if it fits, and goes on.
  bool Arrive(const NodePattern& node, NodeId reached, const Step& step, std::size_t index) {
    const Value& bound = row_[At(node.slot)];
    if (node.bound || !bound.is_null()) {
      const bool fits =
          bound.kind() == Value::Kind::kNode && bound.as_node() == reached && Fits(node, reached);
      return fits ? GoOn(step, index) : true;
    }
    if (!Fits(node, reached)) return true;
    return WithValue(node.slot, reached, step, index);
  }

  bool RunExpand(const Step& step, std::size_t index) {
    const PathPattern& path = *step.path;
    const EdgePattern& edge = path.edges[step.edge];
    const NodePattern& far = path.nodes[step.backwards ? step.edge : step.edge + 1];
    const NodeId from = row_[At(path.nodes[step.node].slot)].as_node();
    const Value bound = row_[At(edge.slot)];
    if (edge.bound && bound.is_null()) return true;
    for (const PathStep& next : StepsFrom(edge, from, step.backwards)) {
      if (!bound.is_null() && bound != Value(next.edge)) continue;
      if (IsUsed(next.edge)) continue;
      used_.push_back(next.edge.id);
      row_[At(edge.slot)] = next.edge;
      const bool go_on = Arrive(far, next.node, step, index);
      row_[At(edge.slot)] = bound;
      used_.pop_back();
      if (!go_on) return false;
    }
    return true;
  }

  bool RunVariableLength(const Step& step, std::size_t index) {
    const PathPattern& path = *step.path;
    const EdgePattern& edge = path.edges[step.edge];
    const Value bound = row_[At(edge.slot)];
    const NodeId from = row_[At(path.nodes[step.node].slot)].as_node();
    std::vector<Edge> walked;
    std::vector<NodeId> visited = {from};
    const bool go_on = Walk(step, index, from, bound, &walked, &visited);
    row_[At(edge.slot)] = bound;
    return go_on;
  }

  // One more hop of a variable-length relationship; `walked` are the hops before it.
  bool Walk(const Step& step, std::size_t index, NodeId node, const Value& bound,
            std::vector<Edge>* walked, std::vector<NodeId>* visited) {
    const PathPattern& path = *step.path;
    const EdgePattern& edge = path.edges[step.edge];
    const auto hops = static_cast<std::uint32_t>(walked->size());
    if (hops >= edge.hops_min) {
      List edges(walked->begin(), walked->end());
      if (step.backwards) std::reverse(edges.begin(), edges.end());
      Value value(std::move(edges));
      if (bound.is_null() || bound == value) {
        row_[At(edge.slot)] = std::move(value);
        const NodePattern& far = path.nodes[step.backwards ? step.edge : step.edge + 1];
        if (!Arrive(far, node, step, index)) return false;
      }
    }
    if (edge.hops_max && hops >= *edge.hops_max) return true;
    context_.CheckCancelled();
    for (const PathStep& next : StepsFrom(edge, node, step.backwards)) {
      if (IsUsed(next.edge)) continue;
      const bool again = path.mode == PathPattern::Mode::kAcyclic &&
                         std::find(visited->begin(), visited->end(), next.node) != visited->end();
      if (again) continue;
      used_.push_back(next.edge.id);
      walked->push_back(next.edge);
      visited->push_back(next.node);
      const bool go_on = Walk(step, index, next.node, bound, walked, visited);
      visited->pop_back();
      walked->pop_back();
      used_.pop_back();
      if (!go_on) return false;
    }
    return true;
  }

  bool RunShortest(const Step& step, std::size_t index) {
    const PathPattern& path = *step.path;
    const EdgePattern& edge = path.edges[0];
    PathSearch search;
    search.hops_min = edge.variable_length ? edge.hops_min : 1;
    search.hops_max =
        edge.variable_length ? std::min(edge.hops_max.value_or(kHopsMax), kHopsMax) : 1;
    search.acyclic = path.mode == PathPattern::Mode::kAcyclic;
    search.shortest_only = path.selector == PathPattern::Selector::kAllShortest;
    if (path.selector == PathPattern::Selector::kAnyShortest) search.count_max = 1;
    if (path.selector == PathPattern::Selector::kShortestK) search.count_max = path.k;
    bool go_on = true;
    const auto steps = [&](bool backwards) {
      return [this, &edge, backwards](NodeId node) {
        context_.CheckCancelled();
        return StepsFrom(edge, node, backwards);
      };
    };
    FindPaths(row_[At(path.nodes[0].slot)].as_node(), row_[At(path.nodes[1].slot)].as_node(),
              steps(false), steps(true), search, [&](const Path& found) {
                Value edges = edge.variable_length
                                  ? Value(List(found.edges.begin(), found.edges.end()))
                                  : Value(found.edges.front());
                go_on = WithValue(edge.slot, std::move(edges), step, index);
                return go_on;
              });
    return go_on;
  }

  // The path as matched, from its first node on.
  Value PathOf(const PathPattern& pattern) const {
    Path path;
    path.nodes.push_back(row_[At(pattern.nodes[0].slot)].as_node());
    const auto add = [&path](const Edge& edge) {
      path.nodes.push_back(edge.src == path.nodes.back() ? edge.dst : edge.src);
      path.edges.push_back(edge);
    };
    for (const EdgePattern& edge : pattern.edges) {
      const Value& value = row_[At(edge.slot)];
      if (value.kind() == Value::Kind::kEdge) {
        add(value.as_edge());
      } else {
        for (const Value& item : value.as_list()) add(item.as_edge());
      }
    }
    return path;
  }

  // --- describing ---

  static std::string NodeName(const NodePattern& node) { return "(" + node.variable + ")"; }

  std::string DescribeStep(const Step& step) {
    std::string line;
    const PathPattern& path = *step.path;
    switch (step.kind) {
      case Step::Kind::kScan: {
        const NodePattern& node = path.nodes[step.node];
        planned_.clear();
        const Access access = AccessOf(node);
        static constexpr std::array<std::string_view, 5> kNames = {"bound", "lookup", "id", "label",
                                                                   "all nodes"};
        line = fmt::format("scan {} by {}{}{}, about {}", NodeName(node),
                           kNames[static_cast<std::size_t>(access.kind)],
                           access.text.empty() ? "" : " ", access.text, access.expected);
        break;
      }
      case Step::Kind::kExpand:
        line = fmt::format("expand {} to {}{}", NodeName(path.nodes[step.node]),
                           NodeName(path.nodes[step.backwards ? step.edge : step.edge + 1]),
                           path.edges[step.edge].variable_length ? ", any number of hops" : "");
        break;
      case Step::Kind::kShortest:
        line = fmt::format("shortest paths from {} to {}", NodeName(path.nodes[0]),
                           NodeName(path.nodes[1]));
        break;
      case Step::Kind::kBindPath:
        line = "bind path " + path.variable;
    }
    if (!step.filters.empty()) line += fmt::format(", {} conditions", step.filters.size());
    return line;
  }

  const Context& context_;
  Row& row_;
  const std::function<bool(Row&)>* visit_ = nullptr;
  std::vector<const Expr*> conjuncts_;
  std::vector<const Expr*> first_filters_;
  std::vector<Step> steps_;
  std::set<int> own_;      // slots that this match gives values to
  std::set<int> planned_;  // slots that steps planned so far give values to
  std::vector<EdgeId> used_;
};

}  // namespace

void Match(const Context& context, const std::vector<PathPattern>& patterns, const Expr* where,
           Row& row, const std::function<bool(Row&)>& visit) {
  Matching(context, patterns, where, row).Run(visit);
}

std::vector<std::string> DescribeMatch(const Context& context,
                                       const std::vector<PathPattern>& patterns, const Expr* where,
                                       Row& row) {
  return Matching(context, patterns, where, row).Describe();
}

}  // namespace hearsay::query
