// DISTINCT: the first of equal rows.

#include <algorithm>
#include <set>

#include "query/exec/compare.h"
#include "query/exec/operator.h"
#include "query/exec/row_key.h"

namespace hearsay::query {

namespace {

class DistinctOperator : public Operator {
 public:
  DistinctOperator(const Context& context, const Projection& projection) : Operator(context) {
    for (const ProjectionItem& item : projection.items) slots_.push_back(item.slot);
  }

  std::string Describe() override { return "distinct"; }

 private:
  bool DoTake(Row& row) override {
    return seen_.insert(KeyOf(row, slots_)).second ? Pass(row) : true;
  }

  std::vector<int> slots_;
  std::set<Row, RowLess> seen_;
};

}  // namespace

std::unique_ptr<Operator> MakeDistinct(const Context& context, const Projection& projection) {
  return std::make_unique<DistinctOperator>(context, projection);
}

}  // namespace hearsay::query
