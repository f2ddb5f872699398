// The semantic check: gives every variable its slot and refuses, before anything runs, what the
// grammar allows and the language does not (unknown variables and functions, misplaced aggregates,
// clashing types and names), with the errors of the openCypher TCK.
#pragma once

#include <string>
#include <vector>

#include "query/exec/context.h"
#include "query/syntax/ast.h"

namespace hearsay::query {

struct Checked {
  std::vector<std::string> columns;
  // Labels, types and properties that the store does not know, each with what may be meant.
  std::vector<std::string> notices;
};

// Changes `query`: fills in slots, moves aggregates out, writes `*` out.
Checked Check(const Context& context, Query* query);

// Whether `name` is an aggregating function: count, sum, avg, min, max, collect.
bool IsAggregate(std::string_view name);

}  // namespace hearsay::query
