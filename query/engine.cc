#include "query/engine.h"

#include <fmt/format.h>

#include <memory>
#include <set>

#include "query/error.h"
#include "query/exec/evaluate.h"
#include "query/exec/operator.h"
#include "query/exec/row_key.h"
#include "query/plan/check.h"
#include "query/syntax/parser.h"
#include "query/verbs/verbs.h"

namespace hearsay::query {

namespace {

// The last operator of every part: keeps the rows of the answer.
class Collector : public Operator {
 public:
  Collector(const Context& context, const Projection& projection, ResultSet* result)
      : Operator(context), result_(result) {
    for (const ProjectionItem& item : projection.items) slots_.push_back(item.slot);
  }
  std::string Describe() override { return "return"; }

 private:
  bool DoTake(Row& row) override {
    const std::uint64_t rows_max = context().options.rows_max;
    if (rows_max > 0 && result_->rows.size() >= rows_max) {
      result_->notices.push_back(
          fmt::format("only the first {} rows are shown; there are more", rows_max));
      return false;
    }
    result_->rows.push_back(KeyOf(row, slots_));
    return true;
  }

  ResultSet* result_;
  std::vector<int> slots_;
};

std::uint64_t CountOf(const Context& context, const Expr& e, const std::string& clause) {
  Row none;
  const Value count = Evaluate(context, e, none);
  if (count.kind() != Value::Kind::kInt) {
    Refuse("SyntaxError", kRuntime, "InvalidArgumentType", e.position,
           fmt::format("{} needs a whole number", clause));
  }
  if (count.as_int() < 0) {
    Refuse("SyntaxError", kRuntime, "NegativeIntegerArgument", e.position,
           fmt::format("{} needs a number that is not negative", clause));
  }
  return static_cast<std::uint64_t>(count.as_int());
}

// The operators of one part of a query, in the order in which rows go through them.
class Pipeline {
 public:
  Pipeline(const Context& context, const SingleQuery& query, ResultSet* result)
      : context_(context), slots_(query.slots) {
    for (const Clause& clause : query.clauses) {
      switch (clause.kind) {
        case Clause::Kind::kMatch:
          Add(MakeMatch(context, clause, query.slots));
          break;
        case Clause::Kind::kUnwind:
          Add(MakeUnwind(context, clause));
          break;
        case Clause::Kind::kWith:
        case Clause::Kind::kReturn:
          AddProjection(clause.projection);
      }
    }
    Add(std::make_unique<Collector>(context, query.clauses.back().projection, result));
  }

  void Run() {
    Row row(static_cast<std::size_t>(slots_));
    operators_.front()->Take(row);
    operators_.front()->Finish();
  }

  std::vector<std::string> Describe() {
    std::vector<std::string> lines;
    for (const auto& one : operators_) lines.push_back(one->Describe());
    return lines;
  }

 private:
  void Add(std::unique_ptr<Operator> next) {
    if (!operators_.empty()) operators_.back()->set_next(next.get());
    operators_.push_back(std::move(next));
  }

  void AddProjection(const Projection& projection) {
    Add(projection.aggregates.empty() ? MakeProject(context_, projection)
                                      : MakeAggregate(context_, projection, slots_));
    if (projection.distinct) Add(MakeDistinct(context_, projection));
    std::uint64_t skip = 0;
    std::uint64_t limit = 0;
    if (projection.skip) skip = CountOf(context_, *projection.skip, "SKIP");
    if (projection.limit) limit = CountOf(context_, *projection.limit, "LIMIT");
    if (!projection.order.empty()) {
      Add(MakeSort(context_, projection, projection.limit ? skip + limit : 0));
    }
    if (projection.skip) Add(MakeSkip(context_, skip));
    if (projection.limit) Add(MakeLimit(context_, limit));
    if (projection.where) Add(MakeFilter(context_, *projection.where));
  }

  const Context& context_;
  int slots_;
  std::vector<std::unique_ptr<Operator>> operators_;
};

void KeepFirstOfEqualRows(ResultSet* result) {
  std::set<Row, RowLess> seen;
  std::erase_if(result->rows, [&seen](const Row& row) { return !seen.insert(row).second; });
}

ResultSet RunCore(const View& view, std::string_view text, const RunOptions& options) {
  const Context context{view, options};
  Query query = Parse(text);
  Checked checked = Check(context, &query);
  ResultSet result;
  result.columns = std::move(checked.columns);
  result.notices = std::move(checked.notices);
  for (const SingleQuery& part : query.parts) Pipeline(context, part, &result).Run();
  if (!query.all.empty() && !query.all.front()) KeepFirstOfEqualRows(&result);
  return result;
}

ResultSet ExplainCore(const View& view, std::string_view text, const RunOptions& options) {
  const Context context{view, options};
  Query query = Parse(text);
  const Checked checked = Check(context, &query);
  ResultSet result;
  result.columns = {"plan"};
  ResultSet unused;
  for (const SingleQuery& part : query.parts) {
    for (const std::string& line : Pipeline(context, part, &unused).Describe()) {
      result.rows.push_back({Value(line)});
    }
  }
  result.notices = checked.notices;
  return result;
}

// Runs `body`, turning a refusal into the error of the outcome.
template <typename Body>
Outcome Guard(const Body& body) {
  Outcome outcome;
  try {
    outcome.result = body();
  } catch (const Refusal& refusal) {
    outcome.error = refusal.error;
  }
  return outcome;
}

}  // namespace

Outcome Run(const View& view, std::string_view text, const RunOptions& options) {
  return Guard([&]() -> ResultSet {
    const std::optional<Expansion> verb = Expand(view, text);
    if (!verb) return RunCore(view, text, options);
    if (verb->only_expand) return {{"query"}, {{Value(verb->core)}}, verb->notices};
    ResultSet result = RunCore(view, verb->core, options);
    result.notices.insert(result.notices.begin(), verb->notices.begin(), verb->notices.end());
    return result;
  });
}

Outcome Explain(const View& view, std::string_view text, const RunOptions& options) {
  return Guard([&] {
    const std::optional<Expansion> verb = Expand(view, text);
    return ExplainCore(view, verb ? std::string_view(verb->core) : text, options);
  });
}

}  // namespace hearsay::query
