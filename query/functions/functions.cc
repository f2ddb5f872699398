#include "query/functions/functions.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>

namespace hearsay::query {

namespace {

std::string Lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

const std::map<std::string, const Function*>& Table() {
  static const auto* const kTable = [] {
    auto* made = new std::map<std::string, const Function*>;
    for (const auto group : {ScalarFunctions(), StringFunctions(), ListFunctions(), MathFunctions(),
                             GraphFunctions(), HearsayFunctions()}) {
      for (const Function& function : group) made->emplace(Lower(function.name), &function);
    }
    return made;
  }();
  return *kTable;
}

}  // namespace

const Function* FindFunction(std::string_view name) {
  const auto found = Table().find(Lower(name));
  return found == Table().end() ? nullptr : found->second;
}

std::vector<const Function*> AllFunctions() {
  std::vector<const Function*> all;
  for (const auto& [name, function] : Table()) all.push_back(function);
  return all;
}

std::string_view KindName(const Value& value) {
  switch (value.kind()) {
    case Value::Kind::kNull:
      return "null";
    case Value::Kind::kBool:
      return "a boolean";
    case Value::Kind::kInt:
      return "a whole number";
    case Value::Kind::kDouble:
      return "a number";
    case Value::Kind::kString:
      return "a string";
    case Value::Kind::kList:
      return "a list";
    case Value::Kind::kMap:
      return "a map";
    case Value::Kind::kNode:
      return "a node";
    case Value::Kind::kEdge:
      return "a relationship";
    case Value::Kind::kPath:
      return "a path";
    default:
      return "a point in time";
  }
}

void RequireKind(const Value& value, Value::Kind kind, const Position& position) {
  if (value.kind() == kind) return;
  static const std::map<Value::Kind, std::string_view> kNames = {
      {Value::Kind::kBool, "a boolean"},  {Value::Kind::kInt, "a whole number"},
      {Value::Kind::kDouble, "a number"}, {Value::Kind::kString, "a string"},
      {Value::Kind::kList, "a list"},     {Value::Kind::kMap, "a map"},
      {Value::Kind::kNode, "a node"},     {Value::Kind::kEdge, "a relationship"},
      {Value::Kind::kPath, "a path"}};
  RefuseType("InvalidArgumentType", position,
             fmt::format("expected {}, found {}", kNames.at(kind), KindName(value)));
}

}  // namespace hearsay::query
