// Conversions and choices between values.

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>

#include "query/exec/compare.h"
#include "query/exec/value_text.h"
#include "query/functions/functions.h"

namespace hearsay::query {

namespace {

using Arguments = std::span<const Value>;

std::string Trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(" \t\n\r");
  if (begin == std::string::npos) return "";
  return text.substr(begin, text.find_last_not_of(" \t\n\r") - begin + 1);
}

[[noreturn]] void RefuseConversion(std::string_view to, const Value& value,
                                   const Position& position) {
  RefuseType("InvalidArgumentValue", position,
             fmt::format("{} cannot be made {}", KindName(value), to));
}

Value ToDouble(const std::string& text) {
  const std::string trimmed = Trimmed(text);
  double number = 0;
  const auto [end, error] =
      std::from_chars(trimmed.data(), trimmed.data() + trimmed.size(), number);
  if (trimmed.empty() || error != std::errc() || end != trimmed.data() + trimmed.size()) return {};
  return number;
}

Value Truncated(double number) {
  constexpr double kTwo63 = 9223372036854775808.0;
  if (std::isnan(number) || number >= kTwo63 || number < -kTwo63) return {};
  return static_cast<std::int64_t>(number);
}

Value ToInteger(const Context&, Arguments a, const Position& position) {
  switch (a[0].kind()) {
    case Value::Kind::kInt:
      return a[0];
    case Value::Kind::kDouble:
      return Truncated(a[0].as_double());
    case Value::Kind::kString: {
      const std::string text = Trimmed(a[0].as_string());
      std::int64_t number = 0;
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
      if (error == std::errc() && end == text.data() + text.size()) return number;
      const Value as_double = ToDouble(text);
      return as_double.is_null() ? Value() : Truncated(as_double.as_double());
    }
    default:
      RefuseConversion("a whole number", a[0], position);
  }
}

Value ToFloat(const Context&, Arguments a, const Position& position) {
  if (IsNumber(a[0])) return AsDouble(a[0]);
  if (a[0].kind() == Value::Kind::kString) return ToDouble(a[0].as_string());
  RefuseConversion("a number", a[0], position);
}

Value ToBoolean(const Context&, Arguments a, const Position& position) {
  if (a[0].kind() == Value::Kind::kBool) return a[0];
  if (a[0].kind() != Value::Kind::kString) RefuseConversion("a boolean", a[0], position);
  std::string text = Trimmed(a[0].as_string());
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  if (text == "true") return true;
  if (text == "false") return false;
  return {};
}

Value ToText(const Context& context, Arguments a, const Position& position) {
  switch (a[0].kind()) {
    case Value::Kind::kString:
      return a[0];
    case Value::Kind::kList:
    case Value::Kind::kMap:
    case Value::Kind::kNode:
    case Value::Kind::kEdge:
    case Value::Kind::kPath:
      RefuseConversion("a string", a[0], position);
    default:
      return ValueText(context.view, a[0]);
  }
}

Value Coalesce(const Context&, Arguments a, const Position&) {
  for (const Value& value : a) {
    if (!value.is_null()) return value;
  }
  return {};
}

constexpr int kMany = 1000;

const std::array kFunctions = {
    Function{"coalesce", "coalesce(a, b, ...): the first that is not null", 1, kMany, false,
             Coalesce},
    Function{"toBoolean", "toBoolean(x): true or false from a word, else null", 1, 1, true,
             ToBoolean},
    Function{"toFloat", "toFloat(x): a number from a number or its text, else null", 1, 1, true,
             ToFloat},
    Function{"toInteger", "toInteger(x): a whole number from a number or its text, else null", 1, 1,
             true, ToInteger},
    Function{"toString", "toString(x): the text of a number, boolean or time", 1, 1, true, ToText},
};

}  // namespace

std::span<const Function> ScalarFunctions() { return kFunctions; }

}  // namespace hearsay::query
