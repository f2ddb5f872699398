// RETURN and WITH without aggregates: the values of the columns.

#include <fmt/format.h>

#include "query/exec/evaluate.h"
#include "query/exec/operator.h"

namespace hearsay::query {

namespace {

class ProjectOperator : public Operator {
 public:
  ProjectOperator(const Context& context, const Projection& projection)
      : Operator(context), projection_(projection) {}

  std::string Describe() override {
    std::string line = "project";
    for (const ProjectionItem& item : projection_.items) line += " " + item.alias;
    return line;
  }

 private:
  // The columns have slots of their own, which nothing before has used.
  bool DoTake(Row& row) override {
    for (const ProjectionItem& item : projection_.items) {
      row[static_cast<std::size_t>(item.slot)] = Evaluate(context(), *item.expr, row);
    }
    return Pass(row);
  }

  const Projection& projection_;
};

}  // namespace

std::unique_ptr<Operator> MakeProject(const Context& context, const Projection& projection) {
  return std::make_unique<ProjectOperator>(context, projection);
}

}  // namespace hearsay::query
