#include "ingest/text/dates.h"

#include <fmt/format.h>

#include <array>
#include <map>
#include <vector>

#include "ingest/lexicon/lexicons.h"
#include "ingest/text/utf8.h"

namespace hearsay::ingest {
namespace {

constexpr std::size_t kSearchBytesMax = 4096;
constexpr std::size_t kLineBytesMax = 160;

// Names of months, weekdays and zones (calendar.tsv), read once.
struct Calendar {
  std::map<std::string_view, int, std::less<>> months, weekdays, zones;
};

const Calendar& TheCalendar() {
  static const Calendar kCalendar = [] {
    Calendar c;
    for (const auto& row : LexiconRows("calendar.tsv")) {
      auto& table = row[1] == "month" ? c.months : row[1] == "weekday" ? c.weekdays : c.zones;
      table.emplace(row[0], std::stoi(std::string(row[2])));
    }
    return c;
  }();
  return kCalendar;
}

// A date is read from pieces: runs of digits, runs of letters, single other characters.
struct Piece {
  enum class Kind { kNumber, kWord, kMark } kind = Kind::kMark;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::string lower;
  bool space_before = false;
};

std::vector<Piece> Cut(std::string_view text) {
  std::vector<Piece> pieces;
  bool space = false;
  for (std::size_t at = 0; at < text.size();) {
    CodePoint c = DecodeAt(text, at);
    if (IsSpace(c.value)) {
      space = true;
      at += c.size;
      continue;
    }
    Piece piece;
    piece.begin = static_cast<std::uint32_t>(at);
    piece.space_before = space;
    space = false;
    auto same = [&](char32_t v) {
      return piece.kind == Piece::Kind::kNumber ? (v >= '0' && v <= '9') : IsLetter(v);
    };
    if (c.value >= '0' && c.value <= '9') {
      piece.kind = Piece::Kind::kNumber;
    } else if (IsLetter(c.value)) {
      piece.kind = Piece::Kind::kWord;
    }
    do {
      at += c.size;
      c = DecodeAt(text, at);
    } while (piece.kind != Piece::Kind::kMark && c.size > 0 && same(c.value));
    piece.end = static_cast<std::uint32_t>(at);
    piece.lower = FoldWord(text.substr(piece.begin, piece.end - piece.begin));
    pieces.push_back(std::move(piece));
  }
  return pieces;
}

struct Parts {
  int year = 0, month = 0, day = 0;
  int hour = -1, minute = -1, second = -1;
  std::optional<int> offset_minutes;
};

bool IsLeap(int y) { return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0; }

bool IsDay(int year, int month, int day) {
  static constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12 || day < 1 || year < 1600 || year > 2200) return false;
  const int days =
      kDays[static_cast<std::size_t>(month - 1)] + (month == 2 && IsLeap(year) ? 1 : 0);
  return day <= days;
}

std::string Iso(const Parts& p) {
  std::string iso = fmt::format("{:04}-{:02}-{:02}", p.year, p.month, p.day);
  if (p.hour < 0) return iso;
  iso += fmt::format("T{:02}:{:02}", p.hour, p.minute);
  if (p.second >= 0) iso += fmt::format(":{:02}", p.second);
  if (!p.offset_minutes) return iso;
  const int offset = *p.offset_minutes;
  if (offset == 0) return iso + "Z";
  const int size = offset < 0 ? -offset : offset;
  return iso + fmt::format("{}{:02}:{:02}", offset < 0 ? '-' : '+', size / 60, size % 60);
}

class DateReader {
 public:
  explicit DateReader(std::string_view text) : pieces_(Cut(text)) {}

  std::optional<DateMatch> First() {
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      at_ = i;
      parts_ = {};
      if (!ReadDate()) continue;
      std::size_t begin = i;
      const std::size_t date_end = at_;
      if (!ReadTimeAfter()) {
        at_ = date_end;
        begin = ReadTimeBefore(i);
        at_ = date_end;
      }
      begin = WeekdayBefore(begin);
      return DateMatch{{pieces_[begin].begin, pieces_[at_ - 1].end}, Iso(parts_)};
    }
    return std::nullopt;
  }

 private:
  const Piece* Look(std::size_t ahead = 0) const {
    return at_ + ahead < pieces_.size() ? &pieces_[at_ + ahead] : nullptr;
  }
  bool Mark(std::string_view mark, std::size_t ahead = 0) const {
    const Piece* p = Look(ahead);
    return p != nullptr && p->kind == Piece::Kind::kMark && p->lower == mark;
  }
  // Number of `digits_min` to `digits_max` digits at `ahead`, or -1.
  int Number(std::size_t ahead, std::size_t digits_min, std::size_t digits_max) const {
    const Piece* p = Look(ahead);
    if (p == nullptr || p->kind != Piece::Kind::kNumber || p->lower.size() < digits_min ||
        p->lower.size() > digits_max) {
      return -1;
    }
    return std::stoi(p->lower);
  }
  int Month(std::size_t ahead) const {
    const Piece* p = Look(ahead);
    if (p == nullptr || p->kind != Piece::Kind::kWord) return -1;
    const auto& months = TheCalendar().months;
    const auto found = months.find(p->lower);
    return found == months.end() ? -1 : found->second;
  }

  bool Set(int year, int month, int day, std::size_t pieces) {
    if (!IsDay(year, month, day)) return false;
    parts_.year = year;
    parts_.month = month;
    parts_.day = day;
    at_ += pieces;
    return true;
  }

  bool ReadDate() {
    return ReadCompact() || ReadYearFirst() || ReadDayFirst() || ReadMonthFirst() || ReadNumeric();
  }

  bool ReadCompact() {  // 20220106T104000Z
    const Piece* p = Look();
    if (p->kind != Piece::Kind::kNumber || p->lower.size() != 8) return false;
    return Set(std::stoi(p->lower.substr(0, 4)), std::stoi(p->lower.substr(4, 2)),
               std::stoi(p->lower.substr(6, 2)), 1);
  }

  bool ReadYearFirst() {  // 2022-01-06, 2022/01/06, 2022.01.06
    const int year = Number(0, 4, 4);
    if (year < 0) return false;
    for (std::string_view mark : {"-", "/", "."}) {
      if (!Mark(mark, 1) || !Mark(mark, 3)) continue;
      const int month = Number(2, 1, 2);
      const int day = Number(4, 1, 2);
      if (month > 0 && day > 0) return Set(year, month, day, 5);
    }
    return false;
  }

  std::size_t SkipOrdinal(std::size_t ahead) const {  // 6th
    const Piece* p = Look(ahead);
    const bool ordinal =
        p != nullptr && !p->space_before &&
        (p->lower == "st" || p->lower == "nd" || p->lower == "rd" || p->lower == "th");
    return ordinal ? ahead + 1 : ahead;
  }

  bool ReadDayFirst() {  // 6 January 2022, 6th of Jan., 2022, 06-Jan-2022
    const int day = Number(0, 1, 2);
    if (day < 0) return false;
    std::size_t ahead = SkipOrdinal(1);
    if (Look(ahead) != nullptr && Look(ahead)->lower == "of") ++ahead;
    if (Mark("-", ahead)) ++ahead;
    const int month = Month(ahead);
    if (month < 0) return false;
    ++ahead;
    while (Mark(",", ahead) || Mark(".", ahead) || Mark("-", ahead)) ++ahead;
    const int year = Number(ahead, 4, 4);
    return year > 0 && Set(year, month, day, ahead + 1);
  }

  bool ReadMonthFirst() {  // January 6, 2022; Jan. 6th 2022
    const int month = Month(0);
    if (month < 0) return false;
    std::size_t ahead = Mark(".", 1) ? 2 : 1;
    const int day = Number(ahead, 1, 2);
    if (day < 0) return false;
    ahead = SkipOrdinal(ahead + 1);
    if (Mark(",", ahead)) ++ahead;
    const int year = Number(ahead, 4, 4);
    return year > 0 && Set(year, month, day, ahead + 1);
  }

  bool ReadNumeric() {  // 06.01.2022 by convention day first; 13/01/2022 since it can be no other
    const int first = Number(0, 1, 2);
    const int second = Number(2, 1, 2);
    const int year = Number(4, 4, 4);
    if (first < 0 || second < 0 || year < 0) return false;
    if (Mark(".", 1) && Mark(".", 3)) return Set(year, second, first, 5);
    const bool slashes = Mark("/", 1) && Mark("/", 3);
    const bool hyphens = Mark("-", 1) && Mark("-", 3);
    if (!slashes && !hyphens) return false;
    if (first == second || first > 12) return Set(year, second, first, 5);
    return second > 12 && Set(year, first, second, 5);
  }

  // What may stand between a date and its time.
  bool SkipGap() {
    for (int i = 0; i < 3; ++i) {
      const Piece* p = Look();
      if (p == nullptr) return false;
      if (p->kind == Piece::Kind::kNumber) return true;
      const bool gap = p->lower == "," || p->lower == "-" || p->lower == "|" || p->lower == "at" ||
                       p->lower == "t" || p->lower == "–" || p->lower == "—" || p->lower == "·" ||
                       p->lower == "•" || p->lower == "/" || p->lower == "(";
      if (!gap) return false;
      ++at_;
    }
    return Look() != nullptr && Look()->kind == Piece::Kind::kNumber;
  }

  bool ReadTimeAfter() { return SkipGap() && (ReadCompactTime() || ReadTime()); }

  bool ReadCompactTime() {  // T104000
    const Piece* p = Look();
    const bool after_t = at_ > 0 && pieces_[at_ - 1].lower == "t";
    if (!after_t || p->lower.size() != 6) return false;
    if (!SetTime(std::stoi(p->lower.substr(0, 2)), std::stoi(p->lower.substr(2, 2)),
                 std::stoi(p->lower.substr(4, 2)))) {
      return false;
    }
    ++at_;
    ReadZone();
    return true;
  }

  bool SetTime(int hour, int minute, int second) {
    if (hour > 23 || minute > 59 || second > 60) return false;
    parts_.hour = hour;
    parts_.minute = minute;
    parts_.second = second;
    return true;
  }

  // 13:45, 8:21 am, 10:40:00.123 +0600, 8 p.m. EST; at_ ends after it.
  bool ReadTime() {
    int hour = Number(0, 1, 2);
    int minute = -1;
    int second = -1;
    std::size_t ahead = 1;
    if (hour < 0) return false;
    const bool minutes = Mark(":", 1) || (Mark(".", 1) && IsHalf(3));
    if (minutes) {
      minute = Number(2, 2, 2);
      ahead = 3;
      if (minute < 0) return false;
      if (Mark(":", 3) && Number(4, 2, 2) >= 0) {
        second = Number(4, 2, 2);
        ahead = 5;
        if (Mark(".", 5) && Number(6, 1, 9) >= 0) ahead = 7;
      }
    }
    const char half = Half(&ahead);
    if (minute < 0 && half == 0) return false;
    if (half != 0) {
      if (hour < 1 || hour > 12) return false;
      hour = hour % 12 + (half == 'p' ? 12 : 0);
    }
    if (!SetTime(hour, minute < 0 ? 0 : minute, second)) return false;
    at_ += ahead;
    ReadZone();
    return true;
  }

  bool IsHalf(std::size_t ahead) const {
    std::size_t end = ahead;
    return Half(&end) != 0;
  }

  // 'a' or 'p' if am, pm, a.m., p.m. stands at *ahead, which then moves past it; else 0.
  char Half(std::size_t* ahead) const {
    const Piece* p = Look(*ahead);
    if (p == nullptr) return 0;
    if (p->lower == "am" || p->lower == "pm") {
      ++*ahead;
      return p->lower[0];
    }
    if ((p->lower == "a" || p->lower == "p") && Mark(".", *ahead + 1)) {
      const Piece* m = Look(*ahead + 2);
      if (m == nullptr || m->lower != "m") return 0;
      *ahead += Mark(".", *ahead + 3) ? 4 : 3;
      return p->lower[0];
    }
    return 0;
  }

  void ReadZone() {
    const bool bracket =
        Mark("(") && Look(1) != nullptr && TheCalendar().zones.contains(Look(1)->lower);
    if (bracket) ++at_;
    ReadBareZone();
    if (bracket && Mark(")")) ++at_;
  }

  void ReadBareZone() {
    const Piece* p = Look();
    if (p == nullptr) return;
    if (p->kind == Piece::Kind::kWord) {
      const auto zone = TheCalendar().zones.find(p->lower);
      if (zone == TheCalendar().zones.end()) return;
      parts_.offset_minutes = zone->second;
      ++at_;
      if (zone->second == 0) ReadOffset();  // "GMT+3"
      return;
    }
    ReadOffset();
  }

  void ReadOffset() {
    const bool minus = Mark("-");
    const Piece* digits = Look(1);
    if ((!minus && !Mark("+")) || digits == nullptr || digits->space_before ||
        digits->kind != Piece::Kind::kNumber) {
      return;
    }
    int hours = -1;
    int minutes = 0;
    std::size_t pieces = 2;
    if (digits->lower.size() == 4) {
      hours = std::stoi(digits->lower.substr(0, 2));
      minutes = std::stoi(digits->lower.substr(2, 2));
    } else if (digits->lower.size() <= 2) {
      hours = std::stoi(digits->lower);
      if (Mark(":", 2) && Number(3, 2, 2) >= 0) {
        minutes = Number(3, 2, 2);
        pieces = 4;
      }
    }
    if (hours < 0 || hours > 14 || minutes > 59) return;
    parts_.offset_minutes = (minus ? -1 : 1) * (hours * 60 + minutes);
    at_ += pieces;
  }

  // "13:45, 7 January 2022": returns the piece where the time begins, or `date` if there is none.
  std::size_t ReadTimeBefore(std::size_t date) {
    for (std::size_t back = 3; back <= 12 && back <= date; ++back) {
      at_ = date - back;
      const bool inside = at_ > 0 && pieces_[at_ - 1].lower == ":";  // not from the middle
      if (inside || !ReadTime()) {
        parts_.hour = parts_.minute = parts_.second = -1;
        parts_.offset_minutes.reset();
        continue;
      }
      while (Mark(",") || Mark("-") || Mark("|") || Mark(")") ||
             (Look() != nullptr && TheCalendar().weekdays.contains(Look()->lower)) ||
             (Look() != nullptr && Look()->lower == "on")) {
        ++at_;
      }
      if (at_ == date) return date - back;
      parts_.hour = parts_.minute = parts_.second = -1;
      parts_.offset_minutes.reset();
    }
    return date;
  }

  std::size_t WeekdayBefore(std::size_t begin) const {
    std::size_t i = begin;
    while (i > 0 && (pieces_[i - 1].lower == "," || pieces_[i - 1].lower == ".")) --i;
    if (i > 0 && TheCalendar().weekdays.contains(pieces_[i - 1].lower)) return i - 1;
    return begin;
  }

  std::vector<Piece> pieces_;
  std::size_t at_ = 0;
  Parts parts_;
};

// Seconds or milliseconds since 1970, as some pages give them.
std::optional<std::string> ParseEpoch(std::string_view text) {
  if ((text.size() != 10 && text.size() != 13) ||
      text.find_first_not_of("0123456789") != std::string_view::npos) {
    return std::nullopt;
  }
  std::int64_t seconds = std::stoll(std::string(text));
  if (text.size() == 13) seconds /= 1000;
  // Civil date from days: the usual 400-year era arithmetic, shifted so that March begins a year.
  const std::int64_t days = seconds / 86400 + 719468;
  const std::int64_t era = days / 146097;
  const std::int64_t of_era = days - era * 146097;
  const std::int64_t year_of_era =
      (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  const std::int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted = (5 * of_year + 2) / 153;
  Parts p;
  p.day = static_cast<int>(of_year - (153 * shifted + 2) / 5 + 1);
  p.month = static_cast<int>(shifted < 10 ? shifted + 3 : shifted - 9);
  p.year = static_cast<int>(year_of_era + era * 400 + (p.month <= 2 ? 1 : 0));
  p.hour = static_cast<int>(seconds % 86400 / 3600);
  p.minute = static_cast<int>(seconds % 3600 / 60);
  p.second = static_cast<int>(seconds % 60);
  p.offset_minutes = 0;
  return Iso(p);
}

bool IsDateWord(std::string_view lower) {
  static constexpr std::array<std::string_view, 18> kWords = {
      "published", "updated", "posted", "created", "modified", "on",  "at",     "last",   "first",
      "date",      "time",    "local",  "hrs",     "and",      "the", "edited", "issued", "by"};
  for (std::string_view word : kWords) {
    if (word == lower) return true;
  }
  return TheCalendar().zones.contains(lower) || TheCalendar().weekdays.contains(lower);
}

}  // namespace

std::optional<DateMatch> FindDate(std::string_view text) {
  return DateReader(text.substr(0, kSearchBytesMax)).First();
}

std::optional<std::string> ParseDate(std::string_view text) {
  text = TrimSpace(text);
  if (text.size() > kLineBytesMax) return std::nullopt;
  if (auto epoch = ParseEpoch(text)) return epoch;
  const std::optional<DateMatch> match = FindDate(text);
  if (!match || match->span.begin != 0) return std::nullopt;
  const std::string_view rest = TrimSpace(text.substr(match->span.end));
  // "(Central European Time)" and the like say nothing that an offset has not said
  if (!rest.empty() && rest.front() != '(' && rest.front() != '[') return std::nullopt;
  return match->iso;
}

std::optional<DateLine> ReadDateLine(std::string_view line) {
  line = TrimSpace(line);
  if (line.size() > kLineBytesMax) return std::nullopt;
  std::optional<DateMatch> match = FindDate(line);
  if (!match) return std::nullopt;
  DateLine result{*match, false};
  const std::vector<Piece> outside[] = {Cut(line.substr(0, match->span.begin)),
                                        Cut(line.substr(match->span.end))};
  for (const std::vector<Piece>& pieces : outside) {
    for (const Piece& piece : pieces) {
      if (piece.kind == Piece::Kind::kWord && !IsDateWord(piece.lower)) return std::nullopt;
    }
  }
  for (const Piece& piece : outside[0]) {
    if (piece.lower == "updated" || piece.lower == "modified") result.updated = true;
    if (piece.lower == "published" || piece.lower == "posted") result.updated = false;
  }
  return result;
}

}  // namespace hearsay::ingest
