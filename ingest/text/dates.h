// Dates and times as news pages write them, normalised to ISO 8601 exactly as precise as stated:
//   "Friday 7 January 2022 - 13:45"          2022-01-07T13:45
//   "January 8, 2022, 8:21 am"               2022-01-08T08:21
//   "Thu, 06 Jan 2022 10:40:00 +0600"        2022-01-06T10:40:00+06:00
//   "2022-01-06T10:40:00.000Z"               2022-01-06T10:40:00Z
// No zone is ever invented, fractions of a second are dropped, and 01/02/2022, which is two dates,
// is none.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "graph/record.h"

namespace hearsay::ingest {

struct DateMatch {
  Span span;  // in the text that was searched: the date with its time and weekday
  std::string iso;
};

// The first date in the first 4,096 bytes of `text`; a year must be stated.
std::optional<DateMatch> FindDate(std::string_view text);

// The whole of `text` is one date.
std::optional<std::string> ParseDate(std::string_view text);

// A line that says no more than a date and what it is the date of: "Published 6 January 2022".
struct DateLine {
  DateMatch date;
  bool updated = false;  // it is the date of a change, not of publication
};
std::optional<DateLine> ReadDateLine(std::string_view line);

}  // namespace hearsay::ingest
