#include <string>

#include "tests/ingest/source/harness.h"

namespace hearsay::ingest {
namespace {

TEST_CASE("plain text: the text is the file's bytes") {
  const std::string text = "Rain floods three towns\r\n\r\n\"It rained,\" he said.\n";
  const Collected got = ReadAll(text, "a.txt");
  REQUIRE(got.articles.size() == 1);
  CHECK(got.articles[0].text == text);
  CHECK(got.articles[0].source_map.empty());
  CHECK(got.articles[0].metadata.source == "a.txt");
  CHECK(got.articles[0].metadata.title == "Rain floods three towns");
  CHECK(got.articles[0].metadata.published.empty());
  CHECK(got.articles[0].blob_sha256.size() == 64);
}

TEST_CASE("plain text: a byte order mark is dropped and mapped") {
  const std::string bytes = "\xEF\xBB\xBFIt rained.";
  const Collected got = ReadAll(bytes, "a.txt");
  REQUIRE(got.articles.size() == 1);
  CHECK(got.articles[0].text == "It rained.");
  REQUIRE(got.articles[0].source_map.size() == 1);
  CheckMap(got.articles[0], bytes);
}

TEST_CASE("plain text: what is no UTF-8 text is refused with place and remedy") {
  struct Case {
    std::string bytes;
    const char* reason;  // a part of it
  };
  const Case cases[] = {
      {"", "empty file"},
      {" \n\n\t ", "only white space"},
      {"\xEF\xBB\xBF", "only white space"},
      {"One line.\nCaf\xE9.", "byte 0xE9 at offset 13 (line 2)"},
      {"Caf\xE9.", "iconv -f WINDOWS-1252"},
      {"cut short \xE2\x80", "not UTF-8: byte 0xE2 at offset 10"},
      {std::string("a\0b", 3), "NUL byte at offset 1"},
      {std::string("\xFF\xFEh\0i\0", 6), "iconv -f UTF-16LE"},
      {std::string("\xFE\xFF\0h\0i", 6), "iconv -f UTF-16BE"},
      {"%PDF-1.4 ...", "pdftotext"},
      {"\x1F\x8B\x08", "gunzip"},
      {"\x89PNG\r\n", "picture"},
  };
  for (const Case& c : cases) {
    INFO(c.reason);
    const Collected got = ReadAll(c.bytes, "dir/a.txt");
    CHECK(got.articles.empty());
    REQUIRE(got.refusals.size() == 1);
    CHECK(got.refusals[0].place == "dir/a.txt");
    CHECK(got.refusals[0].reason.find(c.reason) != std::string::npos);
  }
}

TEST_CASE("plain text: metadata that stands in the text") {
  struct Case {
    const char* text;
    const char* published;
    const char* updated;
    const char* byline;
    const char* dateline;
    const char* credit;
  };
  const Case cases[] = {
      {"Rain floods three towns\n\nBy Ann Example - March 8, 2031, 8:21 am\n\nIt rained for days.",
       "2031-03-08T08:21", "", "Ann Example", "", ""},
      {"Friday 7 March 2031 - 13:45\n\nRain floods three towns\n\nIt rained for days.",
       "2031-03-07T13:45", "", "", "", ""},
      {"Rain floods three towns\n\nLast updated 7 March 2031\nPublished 6 March 2031\n\nIt rained.",
       "2031-03-06", "2031-03-07", "", "", ""},
      {"Rain floods three towns\n\nNorthtown, March 6 (EXA) - It rained for days.", "", "", "",
       "Northtown, March 6 (EXA) -", "EXA"},
      {"Rain floods three towns\n\nIt has rained since 6 March 2031 in the north.", "", "", "", "",
       ""},
  };
  for (const Case& c : cases) {
    INFO(c.text);
    const Collected got = ReadAll(c.text, "a.txt");
    REQUIRE(got.articles.size() == 1);
    const Metadata& metadata = got.articles[0].metadata;
    CHECK(metadata.title == "Rain floods three towns");
    CHECK(metadata.published == c.published);
    CHECK(metadata.updated == c.updated);
    CHECK(metadata.byline == c.byline);
    CHECK(metadata.dateline == c.dateline);
    CHECK(metadata.credit == c.credit);
    CHECK(metadata.outlet.empty());
  }
}

TEST_CASE("plain text: declared metadata wins, that of the file over that for all") {
  Declared declared;
  declared.all.outlet = "All";
  declared.all.language = "en";
  declared.by_file["a.txt"].outlet = "One";
  declared.by_file["a.txt"].published = "2031-03-09";
  const std::string text =
      "Rain floods three towns\n\nPublished 6 March 2031\n\nIt rained for days.";
  const Collected a = ReadAll(text, "dir/a.txt", declared);
  const Collected b = ReadAll(text, "dir/b.txt", declared);
  REQUIRE(a.articles.size() == 1);
  REQUIRE(b.articles.size() == 1);
  CHECK(a.articles[0].metadata.outlet == "One");
  CHECK(a.articles[0].metadata.published == "2031-03-09");
  CHECK(a.articles[0].metadata.language == "en");
  CHECK(b.articles[0].metadata.outlet == "All");
  CHECK(b.articles[0].metadata.published == "2031-03-06");
}

TEST_CASE("readers: what a source is, by extension or by its first bytes") {
  const std::string page =
      "<!DOCTYPE html><html><body><article><p>It has rained for many days in the north of the "
      "country, and officials said on Friday that three towns were flooded.</p><p>Nobody was hurt, "
      "they said, but many roads are closed.</p></article></body></html>";
  CHECK(ReadAll(page, "-").articles.at(0).text.starts_with("It has rained"));
  CHECK(ReadAll(page, "page.HTML").articles.at(0).text.starts_with("It has rained"));
  CHECK(ReadAll("{\"text\": \"It rained.\"}", "-").articles.at(0).text == "It rained.");
  CHECK(ReadAll("It rained.", "-").articles.at(0).text == "It rained.");
  CHECK(ReadAll("[1] It rained.", "note").articles.at(0).text == "[1] It rained.");
}

}  // namespace
}  // namespace hearsay::ingest
