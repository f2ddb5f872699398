// Which variables an expression reads.
#pragma once

#include <set>

#include "query/syntax/ast.h"

namespace hearsay::query {

// Adds the slots of all variables in `expr`, those of patterns inside it included.
void CollectSlots(const Expr& expr, std::set<int>* slots);

}  // namespace hearsay::query
