// Strings.  Lengths and places count code points.

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <array>

#include "query/functions/functions.h"

namespace hearsay::query {

namespace {

using Arguments = std::span<const Value>;

icu::UnicodeString Wide(const Value& value, const Position& position) {
  RequireKind(value, Value::Kind::kString, position);
  return icu::UnicodeString::fromUTF8(value.as_string());
}

Value Narrow(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

std::int32_t Count(const Value& value, const Position& position) {
  RequireKind(value, Value::Kind::kInt, position);
  if (value.as_int() < 0) {
    Refuse("ArgumentError", kRuntime, "NegativeIntegerArgument", position,
           "a length or place is never negative");
  }
  return static_cast<std::int32_t>(std::min<std::int64_t>(value.as_int(), INT32_MAX));
}

Value ToLower(const Context&, Arguments a, const Position& p) {
  return Narrow(Wide(a[0], p).toLower(icu::Locale::getRoot()));
}
Value ToUpper(const Context&, Arguments a, const Position& p) {
  return Narrow(Wide(a[0], p).toUpper(icu::Locale::getRoot()));
}
Value Trim(const Context&, Arguments a, const Position& p) { return Narrow(Wide(a[0], p).trim()); }

Value LeftTrim(const Context&, Arguments a, const Position& p) {
  RequireKind(a[0], Value::Kind::kString, p);
  const std::string& text = a[0].as_string();
  const std::size_t begin = text.find_first_not_of(" \t\n\r");
  return begin == std::string::npos ? Value("") : Value(text.substr(begin));
}

Value RightTrim(const Context&, Arguments a, const Position& p) {
  RequireKind(a[0], Value::Kind::kString, p);
  const std::string& text = a[0].as_string();
  return Value(text.substr(0, text.find_last_not_of(" \t\n\r") + 1));
}

Value Replace(const Context&, Arguments a, const Position& p) {
  for (const Value& value : a) RequireKind(value, Value::Kind::kString, p);
  const std::string& search = a[1].as_string();
  if (search.empty()) return a[0];
  std::string out = a[0].as_string();
  for (std::size_t at = 0; (at = out.find(search, at)) != std::string::npos;
       at += a[2].as_string().size()) {
    out.replace(at, search.size(), a[2].as_string());
  }
  return out;
}

Value Split(const Context&, Arguments a, const Position& p) {
  for (const Value& value : a) RequireKind(value, Value::Kind::kString, p);
  const std::string& text = a[0].as_string();
  const std::string& mark = a[1].as_string();
  List parts;
  std::size_t begin = 0;
  if (!mark.empty()) {
    for (std::size_t at = 0; (at = text.find(mark, begin)) != std::string::npos;
         begin = at + mark.size()) {
      parts.emplace_back(text.substr(begin, at - begin));
    }
  }
  parts.emplace_back(text.substr(begin));
  return parts;
}

Value Substring(const Context&, Arguments a, const Position& p) {
  const icu::UnicodeString text = Wide(a[0], p);
  const std::int32_t begin = text.moveIndex32(0, Count(a[1], p));
  const std::int32_t end = a.size() < 3 ? text.length() : text.moveIndex32(begin, Count(a[2], p));
  return Narrow(text.tempSubStringBetween(begin, end));
}

Value Left(const Context&, Arguments a, const Position& p) {
  const icu::UnicodeString text = Wide(a[0], p);
  return Narrow(text.tempSubStringBetween(0, text.moveIndex32(0, Count(a[1], p))));
}

Value Right(const Context&, Arguments a, const Position& p) {
  const icu::UnicodeString text = Wide(a[0], p);
  return Narrow(text.tempSubString(text.moveIndex32(text.length(), -Count(a[1], p))));
}

const std::array kFunctions = {
    Function{"left", "left(text, n): the first n characters", 2, 2, true, Left},
    Function{"lTrim", "lTrim(text): without space before it", 1, 1, true, LeftTrim},
    Function{"replace", "replace(text, what, by)", 3, 3, true, Replace},
    Function{"right", "right(text, n): the last n characters", 2, 2, true, Right},
    Function{"rTrim", "rTrim(text): without space behind it", 1, 1, true, RightTrim},
    Function{"split", "split(text, mark): the list of what stands between the marks", 2, 2, true,
             Split},
    Function{"substring", "substring(text, from [, length])", 2, 3, true, Substring},
    Function{"toLower", "toLower(text)", 1, 1, true, ToLower},
    Function{"toUpper", "toUpper(text)", 1, 1, true, ToUpper},
    Function{"trim", "trim(text): without space around it", 1, 1, true, Trim},
};

}  // namespace

std::span<const Function> StringFunctions() { return kFunctions; }

}  // namespace hearsay::query
