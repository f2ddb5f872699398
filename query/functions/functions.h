// The table of functions.  Adding one: its code in the file of its group, one row in that file's
// table, one case in tests/cases.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "query/exec/context.h"

namespace hearsay::query {

struct Function {
  std::string_view name;  // as written in docs; calls ignore case
  std::string_view help;  // "head(list): the first item, or null"
  int arguments_min;
  int arguments_max;
  bool null_in_null_out;  // a null argument makes the result null without a call
  Value (*call)(const Context& context, std::span<const Value> arguments, const Position& position);
};

// Case does not matter.  Null if there is none.
const Function* FindFunction(std::string_view name);
std::vector<const Function*> AllFunctions();  // by name

// One table a file.
std::span<const Function> ScalarFunctions();
std::span<const Function> StringFunctions();
std::span<const Function> ListFunctions();
std::span<const Function> MathFunctions();
std::span<const Function> GraphFunctions();
std::span<const Function> HearsayFunctions();

// "a string", "a node", ... for messages.
std::string_view KindName(const Value& value);
// REQUIRES nothing; refuses with TypeError InvalidArgumentType unless `value` is of `kind`.
void RequireKind(const Value& value, Value::Kind kind, const Position& position);

}  // namespace hearsay::query
