// Times as news states them: ISO 8601 with whatever precision was given.  A time is an interval,
// never a made-up instant: "2022-01-06" is the whole day, in every zone there is.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hearsay {

enum class TimePrecision { kYear, kMonth, kDay, kHour, kMinute, kSecond, kMillisecond };

struct IsoTime {
  TimePrecision precision = TimePrecision::kDay;
  std::int64_t local_ms = 0;             // start of the stated unit as if UTC, since 1970-01-01
  std::int64_t local_end_ms = 0;         // start of the next unit
  std::optional<std::int32_t> offset_s;  // seconds east of UTC; none: no zone was stated

  // The instants the time may mean, [begin_ms, end_ms) UTC since 1970-01-01.  Without a zone it is
  // the union over all zones, UTC+14 to UTC-12.
  std::int64_t begin_ms() const;
  std::int64_t end_ms() const;
};

// "2022", "2022-01", "2022-01-06", "2022-01-06T10", "...T10:40", "...T10:40:05", "...T10:40:05.123"
// (further digits are cut), a space for the T; "Z", "+06:00", "+0600", "+06" after an hour.
// Nothing for anything else, and for dates that do not exist.  Years 0000 to 9999.
std::optional<IsoTime> ParseIsoTime(std::string_view text);

// "2022-01-06T04:40:00.000Z"
std::string FormatUtc(std::int64_t epoch_ms);

// Days since 1970-01-01 of a proleptic Gregorian date, and back.
std::int64_t DaysFromCivil(std::int64_t year, int month, int day);
void CivilFromDays(std::int64_t days, std::int64_t* year, int* month, int* day);

// System clock, milliseconds since 1970-01-01 UTC: for the ingest log only, never for the graph.
std::int64_t NowMs();

}  // namespace hearsay
