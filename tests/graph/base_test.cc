// fold.h, iso_time.h, utf8.h, sha256.h
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "generate.h"
#include "graph/base/fold.h"
#include "graph/base/iso_time.h"
#include "graph/base/sha256.h"
#include "graph/base/utf8.h"

namespace hearsay {
namespace {

TEST_CASE("spellings of one name fold to one name") {
  struct Case {
    const char* name;
    const char* folded;
  };
  const std::vector<Case> cases = {
      {"Khabar-24", "khabar 24"},
      {"KHABAR 24", "khabar 24"},
      {"Khabar\u00a024", "khabar 24"},
      {"Khabar\u201124", "khabar 24"},
      {"  Khabar \t\n 24 ", "khabar 24"},
      {"Khabar \u2014 24", "khabar 24"},
      {"press_tv", "press tv"},
      {"Co\u00adoperation", "cooperation"},  // soft hyphen
      {"O\u2019Brien", "o'brien"},
      {"O'Brien", "o'brien"},
      {"O`Brien", "o'brien"},
      {"\u00abNur Otan\u00bb", "\"nur otan\""},
      {"\u201cNur Otan\u201d", "\"nur otan\""},
      {"Tokayev's", "tokayev's"},  // whether the 's belongs to it is not for folding to know
      {"STRASSE", "strasse"},
      {"Straße", "strasse"},
      {"ＴＡＳＳ", "tass"},  // full width
      {"ﬁeld", "field"},     // ligature
      {"Нурсултан", "нурсултан"},
      {"\u0130stanbul", "i\u0307stanbul"},
      {"", ""},
      {" - ", ""},
  };
  for (const Case& c : cases) {
    INFO(c.name);
    REQUIRE(FoldName(c.name) == c.folded);
  }
}

// Any code points, with the signs that folding treats on its own made frequent.
std::string RandomText(test::Random* random) {
  const std::vector<char32_t> frequent = {U' ', U'-', U'\'', 0xb4, 0xa0, 0x2019, 0xad, 0xff07};
  std::string text;
  for (int i = 0; i < 12; ++i) {
    char32_t c = random->OneIn(3) ? frequent[random->Below(8)] : random->Below(0x3000) + 1;
    if (random->OneIn(8)) c = 0xf900 + random->Below(0x600);
    if (c < 0x80) {
      text.push_back(static_cast<char>(c));
    } else if (c < 0x800) {
      text.push_back(static_cast<char>(0xc0 | c >> 6));
      text.push_back(static_cast<char>(0x80 | (c & 0x3f)));
    } else {
      text.push_back(static_cast<char>(0xe0 | c >> 12));
      text.push_back(static_cast<char>(0x80 | (c >> 6 & 0x3f)));
      text.push_back(static_cast<char>(0x80 | (c & 0x3f)));
    }
  }
  return text;
}

TEST_CASE("folding a folded name changes nothing") {
  test::Random random(7);
  for (int i = 0; i < 20000; ++i) {
    const std::string once = FoldName(RandomText(&random));
    INFO(once);
    REQUIRE(FoldName(once) == once);
    REQUIRE_FALSE(FirstInvalidUtf8(once).has_value());
  }
}

TEST_CASE("words of a text as the word index holds them") {
  struct Case {
    const char* text;
    std::vector<std::string> words;
  };
  const std::vector<Case> cases = {
      {"26 people were killed, TASS said.", {"26", "people", "were", "killed", "tass", "said"}},
      {"Almaty\u2019s mayor", {"almaty", "mayor"}},
      {"They don't know", {"they", "don't", "know"}},
      {"in the U.S. today", {"in", "the", "us", "today"}},
      {"U.N.-backed", {"un", "backed"}},
      {"2,000 or 2.5 of 3.", {"2000", "or", "2.5", "of", "3"}},
      {"Khabar-24", {"khabar", "24"}},
      {"'quoted'", {"quoted"}},
      {"end.Next", {"end", "next"}},
      {"Алматы, Қазақстан", {"алматы", "қазақстан"}},
      {"", {}},
      {"\u2014 \u2026", {}},
  };
  for (const Case& c : cases) {
    INFO(c.text);
    REQUIRE(FoldWords(c.text) == c.words);
  }
}

TEST_CASE("a stated time is the interval it may mean") {
  struct Case {
    const char* text;
    const char* begin;
    const char* end;
    TimePrecision precision;
  };
  const std::vector<Case> cases = {
      {"2022", "2021-12-31T10:00:00.000Z", "2023-01-01T12:00:00.000Z", TimePrecision::kYear},
      {"2022-02", "2022-01-31T10:00:00.000Z", "2022-03-01T12:00:00.000Z", TimePrecision::kMonth},
      {"2022-01-06", "2022-01-05T10:00:00.000Z", "2022-01-07T12:00:00.000Z", TimePrecision::kDay},
      {"2022-01-06T10", "2022-01-05T20:00:00.000Z", "2022-01-06T23:00:00.000Z",
       TimePrecision::kHour},
      {"2022-01-06T10+06", "2022-01-06T04:00:00.000Z", "2022-01-06T05:00:00.000Z",
       TimePrecision::kHour},
      {"2022-01-06T10:40+06:00", "2022-01-06T04:40:00.000Z", "2022-01-06T04:41:00.000Z",
       TimePrecision::kMinute},
      {"2022-01-06T10:40:05Z", "2022-01-06T10:40:05.000Z", "2022-01-06T10:40:06.000Z",
       TimePrecision::kSecond},
      {"2022-01-06 10:40:05.1239-0330", "2022-01-06T14:10:05.123Z", "2022-01-06T14:10:05.124Z",
       TimePrecision::kMillisecond},
      {"2020-02-29T23:59:60Z", "2020-03-01T00:00:00.000Z", "2020-03-01T00:00:01.000Z",
       TimePrecision::kSecond},
      {"1900-02-28", "1900-02-27T10:00:00.000Z", "1900-03-01T12:00:00.000Z", TimePrecision::kDay},
      {"0000-01-01T00:00Z", "0000-01-01T00:00:00.000Z", "0000-01-01T00:01:00.000Z",
       TimePrecision::kMinute},
  };
  for (const Case& c : cases) {
    INFO(c.text);
    const auto time = ParseIsoTime(c.text);
    REQUIRE(time.has_value());
    REQUIRE(FormatUtc(time->begin_ms()) == c.begin);
    REQUIRE(FormatUtc(time->end_ms()) == c.end);
    REQUIRE(time->precision == c.precision);
  }
  for (const char* bad : {"", "22", "2022-13", "2022-00", "2022-1-6", "2022-02-29", "1900-02-29",
                          "2022-01-06T", "2022-01-06T24", "2022-01-06T10:60", "2022-01-06T10:40:",
                          "2022-01-06T10:40:05.", "2022-01-06T10:40+", "2022-01-06T10:40+19",
                          "2022-01-06T10:40Zx", "2022-01-06x", "6 January 2022"}) {
    INFO(bad);
    REQUIRE_FALSE(ParseIsoTime(bad).has_value());
  }
}

TEST_CASE("dates and days are each other's inverse over 800 years") {
  for (std::int64_t days = DaysFromCivil(1600, 1, 1); days < DaysFromCivil(2400, 1, 1); ++days) {
    std::int64_t year = 0;
    int month = 0;
    int day = 0;
    CivilFromDays(days, &year, &month, &day);
    if (DaysFromCivil(year, month, day) != days) FAIL(days);
  }
  REQUIRE(DaysFromCivil(1970, 1, 1) == 0);
  REQUIRE(DaysFromCivil(2000, 3, 1) == 11017);
}

TEST_CASE("the first bad byte of UTF-8 is found") {
  struct Case {
    std::string bytes;
    std::optional<std::size_t> bad;
  };
  const std::vector<Case> cases = {
      {"", {}},
      {"plain ascii that is longer than eight bytes", {}},
      {std::string("\u00e9\u20ac\U0001f600 \0end", 14), {}},
      {"\xf4\x8f\xbf\xbf", {}},  // U+10FFFF
      {"12345678901\xff", 11},   // never in UTF-8
      {"ab\x80", 2},             // tail without a head
      {"ab\xc3", 2},             // head at the end
      {"ab\xc3(", 2},
      {"\xc0\xaf", 0},  // longer than needed
      {"\xe0\x80\xaf", 0},
      {"\xf0\x8f\xbf\xbf", 0},
      {"\xed\xa0\x80", 0},      // surrogate
      {"\xf4\x90\x80\x80", 0},  // above U+10FFFF
      {"\xf8\x88\x80\x80\x80", 0},
      {"12345678\xe2\x82", 8},
  };
  for (const Case& c : cases) REQUIRE(FirstInvalidUtf8(c.bytes) == c.bad);
}

// FIPS 180-4's own examples.
TEST_CASE("SHA-256 of known texts") {
  REQUIRE(Sha256Hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  REQUIRE(Sha256Hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  Sha256Hasher hasher;
  hasher.Update("a");
  hasher.Update("bc");
  REQUIRE(hasher.Finish() == Sha256("abc"));
}

}  // namespace
}  // namespace hearsay
