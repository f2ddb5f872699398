#include "ingest/text/dates.h"

#include <catch2/catch.hpp>

namespace hearsay::ingest {
namespace {

TEST_CASE("dates: as pages write them") {
  struct Case {
    const char* text;
    const char* iso;  // empty: none
  };
  const Case cases[] = {
      {"2022-01-06", "2022-01-06"},
      {"2022-01-06T10:40:00.000Z", "2022-01-06T10:40:00Z"},
      {"2022-01-06T10:40:00+06:00", "2022-01-06T10:40:00+06:00"},
      {"2022-01-06T10:40:00+0600", "2022-01-06T10:40:00+06:00"},
      {"2022-01-06 10:40", "2022-01-06T10:40"},
      {"2022-01-06T10:40", "2022-01-06T10:40"},
      {"20220106T104000Z", "2022-01-06T10:40:00Z"},
      {"20220106", "2022-01-06"},
      {"Thu, 06 Jan 2022 10:40:00 +0600", "2022-01-06T10:40:00+06:00"},
      {"Thu, 06 Jan 2022 10:40:00 GMT", "2022-01-06T10:40:00Z"},
      {"Thu Jan 6, 2022", "2022-01-06"},
      {"Friday 7 January 2022 - 13:45", "2022-01-07T13:45"},
      {"January 8, 2022, 8:21 am", "2022-01-08T08:21"},
      {"January 8, 2022 at 12:05 a.m. EST", "2022-01-08T00:05-05:00"},
      {"8th of January, 2022", "2022-01-08"},
      {"Jan. 8, 2022 8 p.m.", "2022-01-08T20:00"},
      {"06.01.2022 13:45", "2022-01-06T13:45"},
      {"13/01/2022", "2022-01-13"},
      {"01/13/2022", "2022-01-13"},
      {"01/02/2022", ""},
      {"7 January 2022, 13:45 (GMT+3)", "2022-01-07T13:45+03:00"},
      {"13:45, 7 January 2022", "2022-01-07T13:45"},
      {"1641465600", "2022-01-06T10:40:00Z"},
      {"1641465600000", "2022-01-06T10:40:00Z"},
      {"30 February 2022", ""},
      {"2022-13-01", ""},
      {"January 2022", ""},
      {"yesterday", ""},
      {"", ""},
  };
  for (const Case& c : cases) {
    INFO(c.text);
    CHECK(ParseDate(c.text).value_or("") == c.iso);
  }
}

TEST_CASE("dates: lines that are no more than a date") {
  struct Case {
    const char* line;
    const char* iso;
    bool updated;
  };
  const Case cases[] = {
      {"Published 6 January 2022", "2022-01-06", false},
      {"Last updated: January 6, 2022 10:40 GMT", "2022-01-06T10:40Z", true},
      {"Friday 7 January 2022 - 13:45", "2022-01-07T13:45", false},
      {"Posted on 6 January 2022 at 10:40", "2022-01-06T10:40", false},
      {"Protests began on 2 January 2022", "", false},
      {"He was born 2 January 1962 in a town.", "", false},
  };
  for (const Case& c : cases) {
    INFO(c.line);
    const auto line = ReadDateLine(c.line);
    CHECK((line ? line->date.iso : "") == c.iso);
    if (line) CHECK(line->updated == c.updated);
  }
}

TEST_CASE("dates: the span is that of the date") {
  const std::string_view text = "by Correspondent - January 8, 2022, 8:21 am";
  const auto match = FindDate(text);
  REQUIRE(match);
  CHECK(match->span.In(text) == "January 8, 2022, 8:21 am");
}

}  // namespace
}  // namespace hearsay::ingest
