// Very large and very odd texts: time grows with their size and memory stays in proportion.  Slow.
#include "tests/ingest/large.h"

#include <catch2/catch.hpp>
#include <chrono>
#include <string>

#include "tests/ingest/source/harness.h"
#include "tests/ingest/text/layers.h"

namespace hearsay::ingest {
namespace {

double SecondsOf(std::string text) {
  const auto start = std::chrono::steady_clock::now();
  const Layers layers(std::move(text));
  CHECK_FALSE(layers.analysis.tokens.empty());
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

constexpr const char* kParagraph =
    "Northtown, March 6 (EXA) - “It has rained for days,” the mayor told the EXA agency on Friday. "
    "Officials said 3,811 people’s homes in U.S. Town weren't safe...\n\n";

TEST_CASE("large: layers take time in proportion to the text, whatever it is") {
  constexpr std::size_t kSmall = std::size_t{2} << 20;
  constexpr std::size_t kFactor = 5;
  const char* pieces[] = {kParagraph,
                          "one line of words, he said. ",
                          "a",
                          "a.b",
                          "a'b-c.d,",
                          "'a \"b' c\" “d ’e ",
                          "((““",
                          ".\"",
                          "\n.\n",
                          "word\n",
                          "@a@b.",
                          "Same headline here\n",
                          "\u00A03\u00A0811",
                          "http://a.b/c?",
                          "\xF0\x9F\x98\x80"};
  for (const char* piece : pieces) {
    INFO(piece);
    const double small = SecondsOf(Repeat(piece, kSmall)) + 0.02;
    const double large = SecondsOf(Repeat(piece, kSmall * kFactor));
    CHECK(large < small * kFactor * 3);  // quadratic would be kFactor * kFactor
  }
}

TEST_CASE("large: one line of 10 MB and a text of 50 MB") {
  const double line = SecondsOf(Repeat("one line of words, he said. ", 10'000'000));
  const double text = SecondsOf(Repeat(kParagraph, 50'000'000));
  WARN("10 MB line: " << line << " s; 50 MB text: " << text << " s; peak " << PeakMegabytes()
                      << " MB");
#ifndef __SANITIZE_ADDRESS__  // which keeps what is freed
  CHECK(PeakMegabytes() < 2500);
#endif
}

TEST_CASE("large: an article of 16 MB is read, one of 50 MB refused with what to do") {
  const std::string text = Repeat(kParagraph, 16'000'000);
  const Collected got = ReadAll(text, "a.txt");
  REQUIRE(got.articles.size() == 1);
  CHECK(got.articles[0].text.size() == text.size());
  const Collected more = ReadAll(Repeat(kParagraph, 50'000'000), "b.txt");
  CHECK(more.articles.empty());
  REQUIRE(more.refusals.size() == 1);
  CHECK(more.refusals[0].place == "b.txt");
  CHECK(more.refusals[0].reason.find("split it, or write its articles as JSON lines") !=
        std::string::npos);
}

TEST_CASE("large: pages that are hard to parse are read or refused soon") {
  const std::string prose = Repeat("It rained, they said. ", 2000);
  const std::string pages[] = {
      "<html><body>" + Repeat("<p>It has rained, officials said on Friday.</p>", 10'000'000),
      Repeat("<a", 4'000'000),
      Repeat("<a ", 4'000'000),
      Repeat("<p>", 2'000'000) + prose,
      Repeat("<rt>", 1'000'000) + prose,
      Repeat("<td>x", 1'000'000) + prose,
      "<svg>" + Repeat("<path/>", 2'000'000) + "</svg><p>" + prose,
      "<svg><p>" + Repeat("<path/>", 2'000'000) + prose,
      "<p>" + Repeat("&amp", 4'000'000) + prose,
      "<!--" + Repeat("<div>", 4'000'000) + "--><p>" + prose,
  };
  for (const std::string& page : pages) {
    INFO(page.substr(0, 40));
    const auto start = std::chrono::steady_clock::now();
    const Collected got = ReadAll(page, "a.html");
    CHECK(got.articles.size() + got.refusals.size() == 1);
    const double seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    CHECK(seconds < 30);
  }
}

}  // namespace
}  // namespace hearsay::ingest
