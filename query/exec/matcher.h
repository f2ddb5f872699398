// Finds all ways to lay patterns onto the graph: the core of MATCH, EXISTS, pattern predicates and
// comprehensions.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "query/exec/context.h"
#include "query/syntax/ast.h"

namespace hearsay::query {

// Calls `visit` with `row` extended by one match after another, until it returns false; then `row`
// is as before.  No relationship stands twice in one match.  `where` may be null; its conjuncts are
// tested as soon as their variables are bound.  Variables that have a value in `row` stay bound.
// Patterns are walked from the end that promises the fewest candidates.
void Match(const Context& context, const std::vector<PathPattern>& patterns, const Expr* where,
           Row& row, const std::function<bool(Row&)>& visit);

// One line a step: where each pattern starts and how it goes on.  For EXPLAIN.
std::vector<std::string> DescribeMatch(const Context& context,
                                       const std::vector<PathPattern>& patterns, const Expr* where,
                                       Row& row);

// Shortest paths with more hops than this are not looked for; a notice says so where it matters.
inline constexpr std::uint32_t kHopsMax = 64;

}  // namespace hearsay::query
