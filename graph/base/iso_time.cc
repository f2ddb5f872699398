#include "graph/base/iso_time.h"

#include <fmt/format.h>

#include <chrono>

namespace hearsay {
namespace {

constexpr std::int64_t kSecondMs = 1000;
constexpr std::int64_t kMinuteMs = 60 * kSecondMs;
constexpr std::int64_t kHourMs = 60 * kMinuteMs;
constexpr std::int64_t kDayMs = 24 * kHourMs;
constexpr std::int64_t kEastmostMs = 14 * kHourMs;  // Line Islands
constexpr std::int64_t kWestmostMs = 12 * kHourMs;  // Baker Island

bool IsLeap(std::int64_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int DaysInMonth(std::int64_t year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && IsLeap(year) ? 29 : kDays[month - 1];
}

// Reads fixed forms off the front of a text.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}
  bool done() const { return rest_.empty(); }
  bool Skip(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool Digits(std::size_t count, int* value) {
    if (rest_.size() < count) return false;
    int result = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (rest_[i] < '0' || rest_[i] > '9') return false;
      result = result * 10 + (rest_[i] - '0');
    }
    *value = result;
    rest_.remove_prefix(count);
    return true;
  }
  // Decimal fraction of a second in whole milliseconds; at least one digit.
  bool Fraction(int* ms) {
    int digits = 0;
    int value = 0;
    while (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') {
      if (digits < 3) value = value * 10 + (rest_.front() - '0');
      ++digits;
      rest_.remove_prefix(1);
    }
    for (int i = digits; i < 3; ++i) value *= 10;
    *ms = value;
    return digits > 0;
  }

 private:
  std::string_view rest_;
};

bool ParseOffset(Scanner* in, IsoTime* time) {
  if (in->done()) return true;
  if (in->Skip('Z') || in->Skip('z')) {
    time->offset_s = 0;
    return in->done();
  }
  const int sign = in->Skip('+') ? 1 : in->Skip('-') ? -1 : 0;
  int hours = 0;
  int minutes = 0;
  if (sign == 0 || !in->Digits(2, &hours)) return false;
  if (!in->done()) {
    in->Skip(':');
    if (!in->Digits(2, &minutes)) return false;
  }
  if (hours > 18 || minutes > 59) return false;
  time->offset_s = sign * (hours * 3600 + minutes * 60);
  return in->done();
}

void SetUnit(TimePrecision precision, std::int64_t start_ms, std::int64_t length_ms,
             IsoTime* time) {
  time->precision = precision;
  time->local_ms = start_ms;
  time->local_end_ms = start_ms + length_ms;
}

bool ParseClock(Scanner* in, IsoTime* time) {
  std::int64_t start = time->local_ms;
  int value = 0;
  if (!in->Digits(2, &value) || value > 23) return false;
  start += value * kHourMs;
  SetUnit(TimePrecision::kHour, start, kHourMs, time);
  if (in->Skip(':')) {
    if (!in->Digits(2, &value) || value > 59) return false;
    start += value * kMinuteMs;
    SetUnit(TimePrecision::kMinute, start, kMinuteMs, time);
    if (in->Skip(':')) {
      // A leap second, 60, is the second after 59: it must not be refused.
      if (!in->Digits(2, &value) || value > 60) return false;
      start += value * kSecondMs;
      SetUnit(TimePrecision::kSecond, start, kSecondMs, time);
      if (in->Skip('.') || in->Skip(',')) {
        if (!in->Fraction(&value)) return false;
        SetUnit(TimePrecision::kMillisecond, start + value, 1, time);
      }
    }
  }
  return ParseOffset(in, time);
}

}  // namespace

// The algorithm counts from March, so that the leap day ends the year: Hinnant,
// "chrono-Compatible Low-Level Date Algorithms" (2013).
std::int64_t DaysFromCivil(std::int64_t year, int month, int day) {
  const std::int64_t y = month <= 2 ? year - 1 : year;
  const std::int64_t era = (y >= 0 ? y : y - 399) / 400;
  const std::int64_t year_of_era = y - era * 400;
  const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const std::int64_t day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

void CivilFromDays(std::int64_t days, std::int64_t* year, int* month, int* day) {
  const std::int64_t z = days + 719468;
  const std::int64_t era = (z >= 0 ? z : z - 146096) / 146097;
  const std::int64_t day_of_era = z - era * 146097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted_month = (5 * day_of_year + 2) / 153;
  *day = static_cast<int>(day_of_year - (153 * shifted_month + 2) / 5 + 1);
  *month = static_cast<int>(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
  *year = year_of_era + era * 400 + (*month <= 2 ? 1 : 0);
}

std::int64_t IsoTime::begin_ms() const {
  return offset_s ? local_ms - *offset_s * kSecondMs : local_ms - kEastmostMs;
}

std::int64_t IsoTime::end_ms() const {
  return offset_s ? local_end_ms - *offset_s * kSecondMs : local_end_ms + kWestmostMs;
}

std::optional<IsoTime> ParseIsoTime(std::string_view text) {
  Scanner in(text);
  IsoTime time;
  int year = 0;
  int month = 0;
  int day = 0;
  if (!in.Digits(4, &year)) return std::nullopt;
  if (in.done()) {
    const std::int64_t start = DaysFromCivil(year, 1, 1);
    SetUnit(TimePrecision::kYear, start * kDayMs, (DaysFromCivil(year + 1, 1, 1) - start) * kDayMs,
            &time);
    return time;
  }
  if (!in.Skip('-') || !in.Digits(2, &month) || month < 1 || month > 12) return std::nullopt;
  const int month_days = DaysInMonth(year, month);
  if (in.done()) {
    SetUnit(TimePrecision::kMonth, DaysFromCivil(year, month, 1) * kDayMs, month_days * kDayMs,
            &time);
    return time;
  }
  if (!in.Skip('-') || !in.Digits(2, &day) || day < 1 || day > month_days) return std::nullopt;
  SetUnit(TimePrecision::kDay, DaysFromCivil(year, month, day) * kDayMs, kDayMs, &time);
  if (in.done()) return time;
  if (!in.Skip('T') && !in.Skip('t') && !in.Skip(' ')) return std::nullopt;
  if (!ParseClock(&in, &time)) return std::nullopt;
  return time;
}

std::string FormatUtc(std::int64_t epoch_ms) {
  std::int64_t days = epoch_ms / kDayMs;
  std::int64_t rest = epoch_ms % kDayMs;
  if (rest < 0) {
    rest += kDayMs;
    --days;
  }
  std::int64_t year = 0;
  int month = 0;
  int day = 0;
  CivilFromDays(days, &year, &month, &day);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", year, month, day, rest / kHourMs,
                     rest / kMinuteMs % 60, rest / kSecondMs % 60, rest % kSecondMs);
}

std::int64_t NowMs() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

}  // namespace hearsay
