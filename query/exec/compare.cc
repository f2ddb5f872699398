#include "query/exec/compare.h"

#include <algorithm>
#include <cmath>

namespace hearsay::query {

namespace {

// Exact comparison of an integer with a double: a cast would lose digits above 2^53.
std::partial_ordering CompareMixed(std::int64_t i, double d) {
  if (std::isnan(d)) return std::partial_ordering::unordered;
  constexpr double kTwo63 = 9223372036854775808.0;
  if (d >= kTwo63) return std::partial_ordering::less;
  if (d < -kTwo63) return std::partial_ordering::greater;
  const auto whole = static_cast<std::int64_t>(d);
  if (i != whole) return i <=> whole;
  return 0.0 <=> d - static_cast<double>(whole);
}

std::partial_ordering CompareNumbers(const Value& a, const Value& b) {
  const bool a_int = a.kind() == Value::Kind::kInt;
  const bool b_int = b.kind() == Value::Kind::kInt;
  if (a_int && b_int) return a.as_int() <=> b.as_int();
  if (!a_int && !b_int) return a.as_double() <=> b.as_double();
  if (a_int) return CompareMixed(a.as_int(), b.as_double());
  return 0 <=> CompareMixed(b.as_int(), a.as_double());
}

std::optional<bool> EqualLists(const List& a, const List& b) {
  if (a.size() != b.size()) return false;
  bool unknown = false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const std::optional<bool> same = Equals(a[i], b[i]);
    if (same == false) return false;
    unknown = unknown || !same.has_value();
  }
  return unknown ? std::nullopt : std::optional<bool>(true);
}

std::optional<bool> EqualMaps(const Map& a, const Map& b) {
  if (a.size() != b.size()) return false;
  bool unknown = false;
  for (auto i = a.begin(), j = b.begin(); i != a.end(); ++i, ++j) {
    if (i->first != j->first) return false;
    const std::optional<bool> same = Equals(i->second, j->second);
    if (same == false) return false;
    unknown = unknown || !same.has_value();
  }
  return unknown ? std::nullopt : std::optional<bool>(true);
}

std::optional<std::partial_ordering> CompareLists(const List& a, const List& b) {
  const std::size_t both = std::min(a.size(), b.size());
  for (std::size_t i = 0; i < both; ++i) {
    const auto order = Compare(a[i], b[i]);
    if (!order.has_value() || *order != 0) return order;
  }
  return std::partial_ordering(a.size() <=> b.size());
}

bool IsTemporal(Value::Kind kind) { return kind >= Value::Kind::kDate; }

int Rank(const Value& value) {
  switch (value.kind()) {
    case Value::Kind::kMap:
      return 0;
    case Value::Kind::kNode:
      return 1;
    case Value::Kind::kEdge:
      return 2;
    case Value::Kind::kList:
      return 3;
    case Value::Kind::kPath:
      return 4;
    case Value::Kind::kString:
      return 20;
    case Value::Kind::kBool:
      return 21;
    case Value::Kind::kInt:
    case Value::Kind::kDouble:
      return 22;
    case Value::Kind::kNull:
      return 23;
    default:
      return 5 + static_cast<int>(value.kind());
  }
}

std::weak_ordering OrderOfNumbers(const Value& a, const Value& b) {
  const std::partial_ordering order = CompareNumbers(a, b);
  if (order < 0) return std::weak_ordering::less;
  if (order > 0) return std::weak_ordering::greater;
  if (order == 0) return std::weak_ordering::equivalent;
  const auto is_nan = [](const Value& v) {
    return v.kind() == Value::Kind::kDouble && std::isnan(v.as_double());
  };
  return is_nan(a) <=> is_nan(b);  // NaN comes after all numbers
}

std::weak_ordering OrderOfLists(const List& a, const List& b) {
  return std::lexicographical_compare_three_way(a.begin(), a.end(), b.begin(), b.end(), OrderOf);
}

std::weak_ordering OrderOfMaps(const Map& a, const Map& b) {
  return std::lexicographical_compare_three_way(
      a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
        const std::weak_ordering key = x.first <=> y.first;
        return key != 0 ? key : OrderOf(x.second, y.second);
      });
}

}  // namespace

bool IsNumber(const Value& value) {
  return value.kind() == Value::Kind::kInt || value.kind() == Value::Kind::kDouble;
}

double AsDouble(const Value& number) {
  return number.kind() == Value::Kind::kInt ? static_cast<double>(number.as_int())
                                            : number.as_double();
}

std::optional<bool> Equals(const Value& a, const Value& b) {
  if (a.is_null() || b.is_null()) return std::nullopt;
  if (IsNumber(a) && IsNumber(b)) return CompareNumbers(a, b) == 0;
  if (a.kind() != b.kind()) return false;
  if (a.kind() == Value::Kind::kList) return EqualLists(a.as_list(), b.as_list());
  if (a.kind() == Value::Kind::kMap) return EqualMaps(a.as_map(), b.as_map());
  return a == b;
}

std::optional<std::partial_ordering> Compare(const Value& a, const Value& b) {
  if (a.is_null() || b.is_null()) return std::nullopt;
  if (IsNumber(a) && IsNumber(b)) return CompareNumbers(a, b);
  if (a.kind() != b.kind()) return std::nullopt;
  if (a.kind() == Value::Kind::kList) return CompareLists(a.as_list(), b.as_list());
  const bool ordered = a.kind() == Value::Kind::kString || a.kind() == Value::Kind::kBool ||
                       (IsTemporal(a.kind()) && a.kind() != Value::Kind::kDuration);
  if (!ordered) return std::nullopt;
  return std::partial_ordering(a <=> b);
}

std::weak_ordering OrderOf(const Value& a, const Value& b) {
  const int rank = Rank(a);
  if (rank != Rank(b)) return rank <=> Rank(b);
  if (IsNumber(a)) return OrderOfNumbers(a, b);
  if (a.kind() == Value::Kind::kList) return OrderOfLists(a.as_list(), b.as_list());
  if (a.kind() == Value::Kind::kMap) return OrderOfMaps(a.as_map(), b.as_map());
  return a <=> b;
}

}  // namespace hearsay::query
