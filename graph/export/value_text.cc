#include "graph/export/value_text.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "graph/base/iso_time.h"

namespace hearsay {
namespace {

template <typename... Args>
std::string Printed(const char* format, Args... args) {
  std::array<char, 96> buffer{};
  const int size = std::snprintf(buffer.data(), buffer.size(), format, args...);
  return {buffer.data(), static_cast<std::size_t>(size)};
}

constexpr std::int64_t kNanosPerSecond = 1'000'000'000;

// ".5" of 500,000,000 nanoseconds; empty of none.
std::string Fraction(std::int64_t nanos) {
  if (nanos == 0) return {};
  std::string digits = Printed(".%09lld", static_cast<long long>(nanos));
  return digits.substr(0, digits.find_last_not_of('0') + 1);
}

std::string DateText(Date date) {
  std::int64_t year = 0;
  int month = 0;
  int day = 0;
  CivilFromDays(date.days, &year, &month, &day);
  return Printed("%04lld-%02d-%02d", static_cast<long long>(year), month, day);
}

std::string TimeText(LocalTime time) {
  const std::int64_t seconds = time.nanos / kNanosPerSecond;
  return Printed("%02d:%02d:%02d", static_cast<int>(seconds / 3600),
                 static_cast<int>(seconds / 60 % 60), static_cast<int>(seconds % 60)) +
         Fraction(time.nanos % kNanosPerSecond);
}

std::string OffsetText(std::int32_t offset_s) {
  if (offset_s == 0) return "Z";
  const int minutes = std::abs(offset_s) / 60;
  return Printed("%c%02d:%02d", offset_s < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

std::string LocalText(const LocalDateTime& time) {
  return DateText(time.date) + "T" + TimeText(time.time);
}

std::string DurationText(const Duration& d) {
  std::string text =
      Printed("P%lldM%lldDT", static_cast<long long>(d.months), static_cast<long long>(d.days));
  // Seconds and nanoseconds are one number: -1 s + 500,000,000 ns is -0.5 s.
  std::int64_t seconds = d.seconds;
  std::int64_t nanos = d.nanos;
  const bool negative = seconds < 0;
  if (negative && nanos > 0) {
    ++seconds;
    nanos = kNanosPerSecond - nanos;
  }
  return text +
         Printed("%s%lld", negative ? "-" : "", static_cast<long long>(std::llabs(seconds))) +
         Fraction(nanos) + "S";
}

std::string TemporalText(const Value& value) {
  switch (value.kind()) {
    case Value::Kind::kDate:
      return DateText(value.as_date());
    case Value::Kind::kLocalTime:
      return TimeText(value.as_local_time());
    case Value::Kind::kTime:
      return TimeText(value.as_time().local) + OffsetText(value.as_time().offset_s);
    case Value::Kind::kLocalDateTime:
      return LocalText(value.as_local_date_time());
    case Value::Kind::kDateTime: {
      const DateTime& time = value.as_date_time();
      return LocalText(time.local) + OffsetText(time.offset_s) +
             (time.zone.empty() ? "" : "[" + time.zone + "]");
    }
    case Value::Kind::kDuration:
      return DurationText(value.as_duration());
    default:
      return {};
  }
}

nlohmann::ordered_json ToJson(const Value& value) {
  switch (value.kind()) {
    case Value::Kind::kNull:
      return nullptr;
    case Value::Kind::kBool:
      return value.as_bool();
    case Value::Kind::kInt:
      return value.as_int();
    case Value::Kind::kDouble:
      if (std::isfinite(value.as_double())) return value.as_double();
      return DoubleText(value.as_double());
    case Value::Kind::kString:
      return value.as_string();
    case Value::Kind::kList: {
      auto list = nlohmann::ordered_json::array();
      for (const Value& element : value.as_list()) list.push_back(ToJson(element));
      return list;
    }
    case Value::Kind::kMap: {
      auto map = nlohmann::ordered_json::object();
      for (const auto& [key, element] : value.as_map()) map[key] = ToJson(element);
      return map;
    }
    default:
      return TemporalText(value);
  }
}

}  // namespace

std::string DoubleText(double number) {
  if (std::isnan(number)) return "NaN";
  if (std::isinf(number)) return number < 0 ? "-Infinity" : "Infinity";
  std::array<char, 32> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
  return {buffer.data(), end};
}

std::string ValueText(const Value& value) {
  switch (value.kind()) {
    case Value::Kind::kNull:
      return {};
    case Value::Kind::kBool:
      return value.as_bool() ? "true" : "false";
    case Value::Kind::kInt:
      return std::to_string(value.as_int());
    case Value::Kind::kDouble:
      return DoubleText(value.as_double());
    case Value::Kind::kString:
      return value.as_string();
    case Value::Kind::kList:
    case Value::Kind::kMap:
      return ValueJson(value);
    default:
      return TemporalText(value);
  }
}

std::string ValueJson(const Value& value) {
  return ToJson(value).dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace hearsay
