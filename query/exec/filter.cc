// WHERE behind WITH.

#include "query/exec/evaluate.h"
#include "query/exec/operator.h"

namespace hearsay::query {

namespace {

class FilterOperator : public Operator {
 public:
  FilterOperator(const Context& context, const Expr& condition)
      : Operator(context), condition_(condition) {}

  std::string Describe() override { return "filter"; }

 private:
  bool DoTake(Row& row) override { return Holds(context(), condition_, row) ? Pass(row) : true; }

  const Expr& condition_;
};

}  // namespace

std::unique_ptr<Operator> MakeFilter(const Context& context, const Expr& condition) {
  return std::make_unique<FilterOperator>(context, condition);
}

}  // namespace hearsay::query
