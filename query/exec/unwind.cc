// UNWIND: one row for each item of a list.

#include "query/exec/evaluate.h"
#include "query/exec/operator.h"

namespace hearsay::query {

namespace {

class UnwindOperator : public Operator {
 public:
  UnwindOperator(const Context& context, const Clause& clause)
      : Operator(context), clause_(clause) {}

  std::string Describe() override { return "unwind as " + clause_.variable; }

 private:
  bool DoTake(Row& row) override {
    const Value list = Evaluate(context(), *clause_.expr, row);
    if (list.is_null()) return true;
    if (list.kind() != Value::Kind::kList) return PassWith(row, list);
    for (const Value& item : list.as_list()) {
      if (!PassWith(row, item)) return false;
    }
    return true;
  }

  bool PassWith(Row& row, Value value) {
    const auto slot = static_cast<std::size_t>(clause_.slot);
    std::swap(row[slot], value);
    const bool wanted = Pass(row);
    std::swap(row[slot], value);
    return wanted;
  }

  const Clause& clause_;
};

}  // namespace

std::unique_ptr<Operator> MakeUnwind(const Context& context, const Clause& clause) {
  return std::make_unique<UnwindOperator>(context, clause);
}

}  // namespace hearsay::query
