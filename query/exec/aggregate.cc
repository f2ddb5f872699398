// RETURN and WITH with aggregates: one row for each group of equal values of the other columns.

#include <fmt/format.h>

#include <map>
#include <set>

#include "query/exec/compare.h"
#include "query/exec/evaluate.h"
#include "query/exec/operator.h"
#include "query/exec/row_key.h"
#include "query/functions/functions.h"

namespace hearsay::query {

namespace {

bool Is(const Expr& call, std::string_view name) {
  return call.name.size() == name.size() &&
         std::equal(name.begin(), name.end(), call.name.begin(), [](char a, char b) {
           return a == std::tolower(static_cast<unsigned char>(b));
         });
}

// The state of one aggregate over one group.
class Accumulator {
 public:
  void Add(const Expr& call, const Value& value) {
    if (call.star) {
      ++count_;
      return;
    }
    if (value.is_null()) return;
    if (call.distinct && !seen_.insert(value).second) return;
    ++count_;
    if (Is(call, "collect")) {
      list_.push_back(value);
    } else if (Is(call, "min")) {
      if (best_.is_null() || OrderOf(value, best_) < 0) best_ = value;
    } else if (Is(call, "max")) {
      if (best_.is_null() || OrderOf(value, best_) > 0) best_ = value;
    } else if (!Is(call, "count")) {
      AddNumber(call, value);
    }
  }

  Value Result(const Expr& call) {
    if (Is(call, "count")) return static_cast<std::int64_t>(count_);
    if (Is(call, "collect")) return std::move(list_);
    if (Is(call, "min") || Is(call, "max")) return best_;
    if (Is(call, "avg")) {
      return count_ == 0 ? Value() : Value(Sum() / static_cast<double>(count_));
    }
    return is_double_ ? Value(Sum()) : Value(whole_);
  }

 private:
  void AddNumber(const Expr& call, const Value& value) {
    if (!IsNumber(value)) {
      RefuseType("InvalidArgumentType", call.position,
                 fmt::format("{}() needs numbers, found {}", call.name, KindName(value)));
    }
    if (value.kind() == Value::Kind::kDouble) {
      is_double_ = true;
      double_ += value.as_double();
    } else if (__builtin_add_overflow(whole_, value.as_int(), &whole_)) {
      Refuse("ArithmeticError", kRuntime, "IntegerOverflow", call.position,
             "the sum does not fit into 64 bits");
    }
  }

  double Sum() const { return double_ + static_cast<double>(whole_); }

  std::uint64_t count_ = 0;
  std::int64_t whole_ = 0;
  double double_ = 0;
  bool is_double_ = false;
  Value best_;
  List list_;
  std::set<Value, OrderLess> seen_;
};

class AggregateOperator : public Operator {
 public:
  AggregateOperator(const Context& context, const Projection& projection, int slots)
      : Operator(context), projection_(projection), slots_(static_cast<std::size_t>(slots)) {
    std::set<int> results;
    for (const ExprPtr& call : projection.aggregates) results.insert(call->slot);
    for (const ProjectionItem& item : projection.items) {
      (Reads(*item.expr, results) ? late_ : early_).push_back(&item);
    }
  }

  std::string Describe() override {
    std::string line = "aggregate";
    for (const ExprPtr& call : projection_.aggregates) line += " " + call->name;
    if (!early_.empty()) line += " by";
    for (const ProjectionItem* item : early_) line += " " + item->alias;
    return line;
  }

 private:
  struct Group {
    Row row;  // the first of the group
    std::vector<Accumulator> accumulators;
  };

  static bool Reads(const Expr& e, const std::set<int>& slots) {
    if (e.kind == Expr::Kind::kVariable && slots.contains(e.slot)) return true;
    return std::any_of(e.args.begin(), e.args.end(),
                       [&slots](const ExprPtr& a) { return a && Reads(*a, slots); });
  }

  bool DoTake(Row& row) override {
    Row key;
    for (const ProjectionItem* item : early_) {
      Value value = Evaluate(context(), *item->expr, row);
      key.push_back(value);
      row[static_cast<std::size_t>(item->slot)] = std::move(value);
    }
    const auto [group, is_new] = groups_.try_emplace(std::move(key));
    if (is_new) {
      group->second.row = row;
      group->second.accumulators.resize(projection_.aggregates.size());
    }
    for (std::size_t i = 0; i < projection_.aggregates.size(); ++i) {
      const Expr& call = *projection_.aggregates[i];
      group->second.accumulators[i].Add(
          call, call.star ? Value() : Evaluate(context(), *call.args[0], row));
    }
    return true;
  }

  void DoFinish() override {
    if (groups_.empty() && early_.empty()) {  // an empty input still has a count: 0
      Group& group = groups_[{}];
      group.row.resize(slots_);
      group.accumulators.resize(projection_.aggregates.size());
    }
    for (auto& [key, group] : groups_) {
      for (std::size_t i = 0; i < projection_.aggregates.size(); ++i) {
        const Expr& call = *projection_.aggregates[i];
        group.row[static_cast<std::size_t>(call.slot)] = group.accumulators[i].Result(call);
      }
      for (const ProjectionItem* item : late_) {
        group.row[static_cast<std::size_t>(item->slot)] =
            Evaluate(context(), *item->expr, group.row);
      }
      if (!Pass(group.row)) return;
    }
  }

  const Projection& projection_;
  std::vector<const ProjectionItem*> early_;  // the grouping columns
  std::vector<const ProjectionItem*> late_;   // those with an aggregate
  std::map<Row, Group, RowLess> groups_;
  std::size_t slots_;  // length of a row
};

}  // namespace

std::unique_ptr<Operator> MakeAggregate(const Context& context, const Projection& projection,
                                        int slots) {
  return std::make_unique<AggregateOperator>(context, projection, slots);
}

}  // namespace hearsay::query
