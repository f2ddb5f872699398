#include "bench/rewrite.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <span>

#include "bench/random.h"

namespace hearsay::bench {

namespace {

enum class Kind { kGiven, kFamily, kPlace, kAgency, kPaper };

struct Renamed {
  std::string_view word;
  Kind kind;
};

// Words of samples/articles that name somebody or something.
constexpr auto kRenamed = std::to_array<Renamed>({
    {"Mireille", Kind::kGiven},   {"Osgar", Kind::kFamily},        {"Rustem", Kind::kGiven},
    {"Baidak", Kind::kFamily},    {"Aoife", Kind::kGiven},         {"Brannock", Kind::kFamily},
    {"Teodor", Kind::kGiven},     {"Valk", Kind::kFamily},         {"Chidi", Kind::kGiven},
    {"Okonjo", Kind::kFamily},    {"Varga", Kind::kFamily},        {"Björn", Kind::kGiven},
    {"Åkerhielm", Kind::kFamily}, {"Ilarion", Kind::kGiven},       {"Vasht", Kind::kFamily},
    {"Nadia", Kind::kGiven},      {"Korrell", Kind::kFamily},      {"Leila", Kind::kGiven},
    {"Haddadin", Kind::kFamily},  {"Quintal", Kind::kFamily},      {"Yusuf", Kind::kGiven},
    {"Tarazi", Kind::kFamily},    {"Nguyen", Kind::kFamily},       {"Farid", Kind::kGiven},
    {"Maksoudi", Kind::kFamily},  {"Wanjiru", Kind::kGiven},       {"Mbeki", Kind::kFamily},
    {"Konstantin", Kind::kGiven}, {"Merriweather", Kind::kFamily}, {"Hana", Kind::kGiven},
    {"Petrosyan", Kind::kFamily}, {"Oluwaseun", Kind::kGiven},     {"Castellanos", Kind::kFamily},
    {"Sulmar", Kind::kPlace},     {"Velikar", Kind::kPlace},       {"Tamen", Kind::kPlace},
    {"Dorvask", Kind::kPlace},    {"Lanmere", Kind::kPlace},       {"MNA", Kind::kAgency},
    {"CPA", Kind::kAgency},       {"ARDA", Kind::kAgency},         {"KTV", Kind::kAgency},
    {"Courier", Kind::kPaper},    {"Gazette", Kind::kPaper},       {"Islander", Kind::kPaper},
});
// Words that begin with these are names of countries and what belongs to them: "Ardavian".
constexpr auto kCountryStems = std::to_array<std::string_view>({"Ardavi", "Carpeni"});

constexpr auto kGivenNames = std::to_array<std::string_view>(
    {"Amara",   "Bogdan", "Carmen", "Dilnoza", "Emeka",  "Freja",  "Goran",   "Hiroko",
     "Ines",    "Jamal",  "Katya",  "Lars",    "Mariam", "Nikola", "Olena",   "Pedro",
     "Qadir",   "Ruth",   "Sanjay", "Tamara",  "Umar",   "Viktor", "Wen",     "Ximena",
     "Yerlan",  "Zofia",  "Anders", "Bich",    "Cyrus",  "Dalia",  "Esteban", "Fatou",
     "Gulnara", "Henrik", "Imani",  "Jelena",  "Kwame",  "Lucia",  "Mehmet",  "Noor",
     "Oksana",  "Pavel",  "Rania",  "Stefan",  "Thandi", "Ulrich", "Vera",    "Wojciech"});
constexpr auto kFamilyStarts =
    std::to_array<std::string_view>({"Bar", "Dal", "Fen", "Gor", "Hal", "Kor", "Lam", "Mor", "Nas",
                                     "Per", "Rav", "Sal", "Tor", "Vel", "Wes", "Zab"});
constexpr auto kFamilyMiddles =
    std::to_array<std::string_view>({"a", "e", "i", "o", "an", "en", "in", "or", "est", "ul", "ami",
                                     "eru", "ino", "ash", "ek", "ond"});
constexpr auto kFamilyEnds =
    std::to_array<std::string_view>({"ov", "ski", "dze", "yan", "sen", "ez", "wala", "ko", "berg",
                                     "ani", "idis", "u", "ter", "mann", "kar", "oglu"});
constexpr auto kPlaceEnds = std::to_array<std::string_view>(
    {"mar", "grad", "ton", "vik", "pol", "abad", "burg", "ino", "ster", "haven", "sk", "tov"});
constexpr auto kPapers = std::to_array<std::string_view>(
    {"Courier", "Herald", "Tribune", "Observer", "Chronicle", "Messenger", "Standard", "Register"});
constexpr auto kMonths =
    std::to_array<std::string_view>({"January", "February", "March", "April", "May", "June", "July",
                                     "August", "September", "October", "November", "December"});

// The samples play in this month; every date in them is moved by whole weeks, so weekdays hold.
constexpr auto kSampleMonth = std::chrono::year{2025} / std::chrono::March;
constexpr std::string_view kSampleIso = "2025-03-";
constexpr std::uint64_t kStoriesPerCast = 4;
constexpr std::uint64_t kAgencies = 40;
constexpr std::uint64_t kWeeks = 500;

std::string_view Pick(std::span<const std::string_view> from, std::uint64_t draw) {
  return from[draw % from.size()];
}

std::string FamilyName(std::uint64_t draw) {
  return fmt::format("{}{}{}", Pick(kFamilyStarts, draw), Pick(kFamilyMiddles, draw >> 8),
                     Pick(kFamilyEnds, draw >> 16));
}

std::string PlaceName(std::uint64_t draw) {
  return fmt::format("{}{}{}", Pick(kFamilyStarts, draw), Pick(kFamilyMiddles, draw >> 8),
                     Pick(kPlaceEnds, draw >> 16));
}

std::string AgencyName(std::uint64_t draw) {
  std::string name;
  for (std::uint64_t rest = draw % kAgencies; name.size() < 3; rest = rest * 7 + 11) {
    name += static_cast<char>('A' + rest % 26);
  }
  return name;
}

std::string NewName(const Renamed& renamed, std::size_t index, const Story& story) {
  const std::uint64_t cast = story.number / kStoriesPerCast;
  const std::uint64_t draw = Draw(story.seed, cast, index);
  switch (renamed.kind) {
    case Kind::kGiven:
      return std::string(Pick(kGivenNames, draw));
    case Kind::kFamily:
      return FamilyName(draw);
    case Kind::kPlace:
      return PlaceName(draw);
    case Kind::kAgency:
      return AgencyName(draw);
    case Kind::kPaper:
      return std::string(Pick(kPapers, draw));
  }
  return {};
}

// What one story turns names and dates into.
class Plan {
 public:
  explicit Plan(const Story& story)
      : weeks_(static_cast<int>(Draw(story.seed, story.number, 1'000'001) % kWeeks)),
        sixteenths_(Draw(story.seed, story.number, 1'000'002) % 9),
        shed_(fmt::format("Shed {}", 9 + story.number)) {
    for (std::size_t i = 0; i < kRenamed.size(); ++i) {
      names_[kRenamed[i].word] = NewName(kRenamed[i], i, story);
    }
    for (std::size_t i = 0; i < kCountryStems.size(); ++i) {
      const std::uint64_t cast = story.number / kStoriesPerCast;
      stems_[i] = PlaceName(Draw(story.seed, cast, 1'000 + i)) + "i";
    }
  }

  std::string Word(std::string_view word) const {
    if (const auto found = names_.find(word); found != names_.end()) return found->second;
    for (std::size_t i = 0; i < kCountryStems.size(); ++i) {
      if (word.starts_with(kCountryStems[i])) {
        return stems_[i] + std::string(word.substr(kCountryStems[i].size()));
      }
    }
    return std::string(word);
  }

  // Counts of people move together, so that what agreed still agrees.
  std::uint64_t Figure(std::uint64_t n) const { return n + n * sixteenths_ / 16; }

  std::chrono::year_month_day Date(unsigned day) const {
    return std::chrono::sys_days{kSampleMonth / static_cast<int>(day)} + std::chrono::weeks{weeks_};
  }

  const std::string& shed() const { return shed_; }

 private:
  int weeks_;
  std::uint64_t sixteenths_;
  std::string shed_;
  std::map<std::string_view, std::string> names_;
  std::array<std::string, kCountryStems.size()> stems_;
};

std::string WithCommas(std::uint64_t n) {
  std::string digits = std::to_string(n);
  for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, 1, ',');
  return digits;
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0 || (static_cast<unsigned char>(c) & 0x80);
}
bool IsLower(char c) { return c >= 'a' && c <= 'z'; }

// One pass over a text; each Take* writes what the text at the cursor becomes and moves past it.
class Rewriting {
 public:
  Rewriting(std::string_view text, const Plan& plan) : rest_(text), plan_(plan) {}

  std::string Run() {
    while (!rest_.empty()) {
      if (TakeIsoDate() || TakeDate() || TakeShed() || TakeFigure() || TakeWord()) continue;
      Copy(1);
    }
    return std::move(out_);
  }

 private:
  void Copy(std::size_t length) {
    if (rest_.front() != ' ') after_capitalised_ = false;
    previous_ = rest_[length - 1];
    out_ += rest_.substr(0, length);
    rest_.remove_prefix(length);
  }
  void Replace(std::size_t length, std::string_view by) {
    previous_ = rest_[length - 1];
    out_ += by;
    rest_.remove_prefix(length);
  }
  bool AtWordStart() const { return !IsLetter(previous_) && !IsDigit(previous_); }

  // A whole number of one or two digits at the head of `text`.
  static std::optional<unsigned> Day(std::string_view text, std::size_t* length) {
    unsigned day = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), day);
    *length = static_cast<std::size_t>(end.ptr - text.data());
    if (*length < 1 || *length > 2 || day < 1 || day > 31) return std::nullopt;
    return day;
  }

  bool TakeIsoDate() {
    std::size_t length = 0;
    if (!rest_.starts_with(kSampleIso)) return false;
    const auto day = Day(rest_.substr(kSampleIso.size()), &length);
    if (!day) return false;
    const auto date = plan_.Date(*day);
    Replace(kSampleIso.size() + length,
            fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day())));
    return true;
  }

  // "March 12", "12 March", "12 March 2025".
  bool TakeDate() {
    if (!AtWordStart()) return false;
    constexpr std::string_view kMonth = "March";
    std::size_t length = 0;
    if (rest_.starts_with(kMonth) && rest_.size() > kMonth.size() + 1) {
      const auto day = Day(rest_.substr(kMonth.size() + 1), &length);
      if (!day) return false;
      Replace(kMonth.size() + 1 + length, fmt::format("{} {}", Month(*day), DayOf(*day)));
      return true;
    }
    if (!IsDigit(rest_.front())) return false;
    const auto day = Day(rest_, &length);
    if (!day || !rest_.substr(length + (length < rest_.size())).starts_with(kMonth)) return false;
    length += 1 + kMonth.size();
    Replace(length, fmt::format("{} {}", DayOf(*day), Month(*day)));
    constexpr std::string_view kYear = " 2025";
    if (rest_.starts_with(kYear)) {
      Replace(kYear.size(), fmt::format(" {}", static_cast<int>(plan_.Date(*day).year())));
    }
    return true;
  }
  std::string_view Month(unsigned day) const {
    return kMonths[static_cast<unsigned>(plan_.Date(day).month()) - 1];
  }
  unsigned DayOf(unsigned day) const { return static_cast<unsigned>(plan_.Date(day).day()); }

  // The warehouse gets the story's number: a word that only this story has.
  bool TakeShed() {
    constexpr std::string_view kShed = "Shed 9";
    if (!rest_.starts_with(kShed)) return false;
    Replace(kShed.size(), plan_.shed());
    return true;
  }

  // A number before a lower-case word counts something, but for "Terminal 4 was".
  bool TakeFigure() {
    if (!IsDigit(rest_.front()) || !AtWordStart() || previous_ == ':' || previous_ == '.') {
      return false;
    }
    const bool numbered = after_capitalised_ && previous_ == ' ';
    std::size_t length = 0;
    std::uint64_t number = 0;
    while (length < rest_.size() && (IsDigit(rest_[length]) || rest_[length] == ',')) {
      if (IsDigit(rest_[length]))
        number = number * 10 + static_cast<std::uint64_t>(rest_[length] - '0');
      ++length;
    }
    const bool counts = !numbered && length + 1 < rest_.size() && rest_[length] == ' ' &&
                        IsLower(rest_[length + 1]);
    if (counts) {
      Replace(length, WithCommas(plan_.Figure(number)));
    } else {
      Copy(length);
    }
    return true;
  }

  bool TakeWord() {
    if (!AtWordStart() || !IsLetter(rest_.front())) return false;
    const auto end = std::find_if_not(rest_.begin(), rest_.end(), IsLetter);
    const auto length = static_cast<std::size_t>(end - rest_.begin());
    const bool capitalised = rest_.front() >= 'A' && rest_.front() <= 'Z';
    Replace(length, plan_.Word(rest_.substr(0, length)));
    after_capitalised_ = capitalised;
    return true;
  }

  std::string_view rest_;
  const Plan& plan_;
  std::string out_;
  char previous_ = ' ';
  bool after_capitalised_ = false;  // the last word was, and only a space followed
};

}  // namespace

std::string Rewrite(std::string_view text, const Story& story) {
  const Plan plan(story);
  return Rewriting(text, plan).Run();
}

}  // namespace hearsay::bench
