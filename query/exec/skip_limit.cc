// SKIP and LIMIT.

#include "query/exec/operator.h"

namespace hearsay::query {

namespace {

class SkipOperator : public Operator {
 public:
  SkipOperator(const Context& context, std::uint64_t rows) : Operator(context), rows_(rows) {}
  std::string Describe() override { return "skip " + std::to_string(rows_); }

 private:
  bool DoTake(Row& row) override { return rows_taken() > rows_ ? Pass(row) : true; }

  std::uint64_t rows_;
};

class LimitOperator : public Operator {
 public:
  LimitOperator(const Context& context, std::uint64_t rows) : Operator(context), rows_(rows) {}
  std::string Describe() override { return "limit " + std::to_string(rows_); }

 private:
  bool DoTake(Row& row) override {
    if (rows_taken() > rows_) return false;
    return Pass(row) && rows_taken() < rows_;
  }

  std::uint64_t rows_;
};

}  // namespace

std::unique_ptr<Operator> MakeSkip(const Context& context, std::uint64_t rows) {
  return std::make_unique<SkipOperator>(context, rows);
}

std::unique_ptr<Operator> MakeLimit(const Context& context, std::uint64_t rows) {
  return std::make_unique<LimitOperator>(context, rows);
}

}  // namespace hearsay::query
