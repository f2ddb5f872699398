// The canonical text of a value: 'str', 1.0, [1, 2], {a: 1}, (:Label {p: 1}), [:TYPE {p: 1}],
// <(a)-[:T]->(b)>, the form of the openCypher TCK.  At the outermost level a string stands bare.
#pragma once

#include <string>

#include "graph/value.h"
#include "graph/view.h"

namespace hearsay::query {

std::string ValueText(const View& view, const Value& value);
// The same, strings quoted at every level: text that parses to the value again where it is no
// node, relationship or path.
std::string QuotedValueText(const View& view, const Value& value);

// 'text' with quotes and backslashes escaped.
std::string QuotedText(std::string_view text);
// Shortest text that reads back as the same number, always with a dot, exponent, NaN or Infinity.
std::string DoubleText(double number);

}  // namespace hearsay::query
