// MATCH and OPTIONAL MATCH: each row extended by every match.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "query/exec/matcher.h"
#include "query/exec/operator.h"

namespace hearsay::query {

namespace {

class MatchOperator : public Operator {
 public:
  MatchOperator(const Context& context, const Clause& clause, int slots)
      : Operator(context), clause_(clause), slots_(slots) {}

  std::string Describe() override {
    Row row(static_cast<std::size_t>(slots_));
    return fmt::format(
        "{}match\n  {}", clause_.optional ? "optional " : "",
        fmt::join(DescribeMatch(context(), clause_.patterns, clause_.expr.get(), row), "\n  "));
  }

 private:
  bool DoTake(Row& row) override {
    bool found = false;
    bool wanted = true;
    Match(context(), clause_.patterns, clause_.expr.get(), row, [&](Row& matched) {
      found = true;
      wanted = Pass(matched);
      return wanted;
    });
    if (found || !clause_.optional) return wanted;
    return Pass(row);  // the new variables are null
  }

  const Clause& clause_;
  int slots_;
};

}  // namespace

std::unique_ptr<Operator> MakeMatch(const Context& context, const Clause& clause, int slots) {
  return std::make_unique<MatchOperator>(context, clause, slots);
}

}  // namespace hearsay::query
