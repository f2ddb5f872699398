// Lists.

#include <unicode/unistr.h>

#include <algorithm>
#include <array>

#include "query/functions/functions.h"

namespace hearsay::query {

namespace {

using Arguments = std::span<const Value>;

const List& AsList(const Value& value, const Position& position) {
  RequireKind(value, Value::Kind::kList, position);
  return value.as_list();
}

Value Head(const Context&, Arguments a, const Position& p) {
  const List& list = AsList(a[0], p);
  return list.empty() ? Value() : list.front();
}

Value Last(const Context&, Arguments a, const Position& p) {
  const List& list = AsList(a[0], p);
  return list.empty() ? Value() : list.back();
}

Value Tail(const Context&, Arguments a, const Position& p) {
  const List& list = AsList(a[0], p);
  return list.empty() ? Value(List()) : Value(List(list.begin() + 1, list.end()));
}

Value Reverse(const Context&, Arguments a, const Position& p) {
  if (a[0].kind() == Value::Kind::kString) {
    std::string out;
    icu::UnicodeString::fromUTF8(a[0].as_string()).reverse().toUTF8String(out);
    return out;
  }
  List list = AsList(a[0], p);
  std::reverse(list.begin(), list.end());
  return list;
}

Value Size(const Context&, Arguments a, const Position& p) {
  if (a[0].kind() == Value::Kind::kString) {
    return icu::UnicodeString::fromUTF8(a[0].as_string()).countChar32();
  }
  return static_cast<std::int64_t>(AsList(a[0], p).size());
}

Value Range(const Context& context, Arguments a, const Position& p) {
  for (const Value& value : a) RequireKind(value, Value::Kind::kInt, p);
  const std::int64_t first = a[0].as_int();
  const std::int64_t last = a[1].as_int();
  const std::int64_t step = a.size() > 2 ? a[2].as_int() : 1;
  if (step == 0) {
    Refuse("ArgumentError", kRuntime, "NumberOutOfRange", p, "the step of a range is never 0");
  }
  constexpr std::size_t kItemsMax = 10'000'000;
  List list;
  for (std::int64_t i = first; step > 0 ? i <= last : i >= last; i += step) {
    if (list.size() == kItemsMax) {
      Refuse("ArgumentError", kRuntime, "NumberOutOfRange", p,
             "a range has at most 10,000,000 items");
    }
    if (list.size() % 4096 == 0) context.CheckCancelled();
    list.emplace_back(i);
    if (step > 0 ? i > INT64_MAX - step : i < INT64_MIN - step) break;
  }
  return list;
}

const std::array kFunctions = {
    Function{"head", "head(list): the first item, or null", 1, 1, true, Head},
    Function{"last", "last(list): the last item, or null", 1, 1, true, Last},
    Function{"range", "range(first, last [, step]): the numbers between, both ends included", 2, 3,
             true, Range},
    Function{"reverse", "reverse(list or text)", 1, 1, true, Reverse},
    Function{"size", "size(list or text): items or characters", 1, 1, true, Size},
    Function{"tail", "tail(list): all but the first item", 1, 1, true, Tail},
};

}  // namespace

std::span<const Function> ListFunctions() { return kFunctions; }

}  // namespace hearsay::query
