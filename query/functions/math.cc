// Numbers.

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <cstdlib>
#include <numbers>

#include "query/exec/compare.h"
#include "query/functions/functions.h"

namespace hearsay::query {

namespace {

using Arguments = std::span<const Value>;

double Number(const Value& value, const Position& position) {
  if (!IsNumber(value)) RequireKind(value, Value::Kind::kDouble, position);
  return AsDouble(value);
}

template <double (*function)(double)>
Value Apply(const Context&, Arguments a, const Position& p) {
  return function(Number(a[0], p));
}

Value Abs(const Context&, Arguments a, const Position& p) {
  if (a[0].kind() == Value::Kind::kInt && a[0].as_int() != INT64_MIN) {
    return std::int64_t{std::llabs(a[0].as_int())};
  }
  return std::fabs(Number(a[0], p));
}

Value Sign(const Context&, Arguments a, const Position& p) {
  const double number = Number(a[0], p);
  return number > 0 ? 1 : number < 0 ? -1 : 0;
}

Value Round(const Context&, Arguments a, const Position& p) {
  return std::floor(Number(a[0], p) + 0.5);
}

Value Pi(const Context&, Arguments, const Position&) { return std::numbers::pi; }
Value E(const Context&, Arguments, const Position&) { return std::numbers::e; }

const std::array kFunctions = {
    Function{"abs", "abs(x)", 1, 1, true, Abs},
    Function{"acos", "acos(x)", 1, 1, true, Apply<std::acos>},
    Function{"asin", "asin(x)", 1, 1, true, Apply<std::asin>},
    Function{"atan", "atan(x)", 1, 1, true, Apply<std::atan>},
    Function{"ceil", "ceil(x): the next whole number up", 1, 1, true, Apply<std::ceil>},
    Function{"cos", "cos(x)", 1, 1, true, Apply<std::cos>},
    Function{"e", "e(): 2.71...", 0, 0, false, E},
    Function{"exp", "exp(x)", 1, 1, true, Apply<std::exp>},
    Function{"floor", "floor(x): the next whole number down", 1, 1, true, Apply<std::floor>},
    Function{"log", "log(x): natural logarithm", 1, 1, true, Apply<std::log>},
    Function{"log10", "log10(x)", 1, 1, true, Apply<std::log10>},
    Function{"pi", "pi(): 3.14...", 0, 0, false, Pi},
    Function{"round", "round(x): the nearest whole number, halves up", 1, 1, true, Round},
    Function{"sign", "sign(x): -1, 0 or 1", 1, 1, true, Sign},
    Function{"sin", "sin(x)", 1, 1, true, Apply<std::sin>},
    Function{"sqrt", "sqrt(x)", 1, 1, true, Apply<std::sqrt>},
    Function{"tan", "tan(x)", 1, 1, true, Apply<std::tan>},
};

}  // namespace

std::span<const Function> MathFunctions() { return kFunctions; }

}  // namespace hearsay::query
