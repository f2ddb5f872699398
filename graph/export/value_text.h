// Values as text, for formats that know only numbers, truth values and strings.
#pragma once

#include <string>

#include "graph/value.h"

namespace hearsay {

// Shortest text that reads back as the same number; "NaN", "Infinity", "-Infinity".
std::string DoubleText(double number);

// A string as it is; numbers and truth values as in JSON; temporals as in ISO 8601; lists and maps
// as JSON.  Null: empty.
std::string ValueText(const Value& value);

// JSON without blanks; map keys in order, temporals and doubles that are no numbers as strings.
// Bytes that are no UTF-8 become U+FFFD.
std::string ValueJson(const Value& value);

}  // namespace hearsay
