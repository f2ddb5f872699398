// An operator takes rows one at a time and passes rows on to the next.  Rows are pushed, so that a
// match in the middle of its search can hand over what it has without a copy, and LIMIT ends the
// search by saying that it wants no more.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "query/exec/context.h"
#include "query/syntax/ast.h"

namespace hearsay::query {

class Operator {
 public:
  explicit Operator(const Context& context) : context_(context) {}
  virtual ~Operator() = default;
  Operator(const Operator&) = delete;
  Operator& operator=(const Operator&) = delete;

  void set_next(Operator* next) { next_ = next; }

  // False: no more rows are wanted.  The row may be changed while the call lasts, and is as before
  // when it returns.
  bool Take(Row& row) {
    ++rows_taken_;
    return DoTake(row);
  }
  // The input has ended: operators that wait for all rows pass theirs on now.
  void Finish() {
    DoFinish();
    if (next_ != nullptr) next_->Finish();
  }

  std::uint64_t rows_taken() const { return rows_taken_; }
  virtual std::string Describe() = 0;  // for EXPLAIN, one line or several

 protected:
  bool Pass(Row& row) { return next_->Take(row); }
  const Context& context() const { return context_; }

 private:
  virtual bool DoTake(Row& row) = 0;
  virtual void DoFinish() {}

  const Context& context_;
  Operator* next_ = nullptr;
  std::uint64_t rows_taken_ = 0;
};

// The operators, one a file.  What they are made of must outlive them.
std::unique_ptr<Operator> MakeMatch(const Context& context, const Clause& clause, int slots);
std::unique_ptr<Operator> MakeUnwind(const Context& context, const Clause& clause);
std::unique_ptr<Operator> MakeFilter(const Context& context, const Expr& condition);
std::unique_ptr<Operator> MakeProject(const Context& context, const Projection& projection);
std::unique_ptr<Operator> MakeAggregate(const Context& context, const Projection& projection,
                                        int slots);
std::unique_ptr<Operator> MakeDistinct(const Context& context, const Projection& projection);
// Keeps the first `keep` rows only, if `keep` is not 0: ORDER BY ... LIMIT needs no more.
std::unique_ptr<Operator> MakeSort(const Context& context, const Projection& projection,
                                   std::uint64_t keep);
std::unique_ptr<Operator> MakeSkip(const Context& context, std::uint64_t rows);
std::unique_ptr<Operator> MakeLimit(const Context& context, std::uint64_t rows);

}  // namespace hearsay::query
