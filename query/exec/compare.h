// How the language compares values: equality and order with three truth values (openCypher 9,
// "Comparability"), and the total order of ORDER BY, min, max and DISTINCT ("Orderability").
#pragma once

#include <compare>
#include <optional>

#include "graph/value.h"

namespace hearsay::query {

// Nothing = unknown (null).
std::optional<bool> Equals(const Value& a, const Value& b);

// a < b, as -1, 0 or 1; nothing where the two cannot be compared or one is null.  NaN: unordered.
std::optional<std::partial_ordering> Compare(const Value& a, const Value& b);

// Ascending order of all values: maps, nodes, relationships, lists, paths, temporals, strings,
// booleans, numbers, null.  1 and 1.0 stand together and are equal.
std::weak_ordering OrderOf(const Value& a, const Value& b);

struct OrderLess {
  bool operator()(const Value& a, const Value& b) const { return OrderOf(a, b) < 0; }
};

bool IsNumber(const Value& value);
double AsDouble(const Value& number);  // REQUIRES IsNumber

}  // namespace hearsay::query
