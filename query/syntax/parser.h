// Tokens to syntax trees, by recursive descent.
#pragma once

#include <string_view>

#include "query/syntax/ast.h"

namespace hearsay::query {

// Refuses (query/error.h) what is not in the language, write clauses by name.  Nesting deeper than
// 200 is refused too, so that no text can exhaust the stack.
Query Parse(std::string_view text);

}  // namespace hearsay::query
