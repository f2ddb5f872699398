// Evaluates expressions over one row.
#pragma once

#include "query/exec/context.h"
#include "query/syntax/ast.h"

namespace hearsay::query {

// REQUIRES: the check has given slots to the variables of `expr`; it holds no aggregate.  Refuses
// (query/error.h) on runtime errors.  `row` is left as it was; comprehensions use it meanwhile.
Value Evaluate(const Context& context, const Expr& expr, Row& row);

// WHERE: true only if the value is true; a value that is neither boolean nor null is refused.
bool Holds(const Context& context, const Expr& expr, Row& row);

// Whether labels (of a node) or a type satisfy a label expression.
bool Satisfies(const Context& context, const LabelExpr& labels, NodeId node);
bool Satisfies(const Context& context, const LabelExpr& types, Symbol type);

}  // namespace hearsay::query
