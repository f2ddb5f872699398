// Whole extraction by the shipped model of large and odd texts: sound records, bounded memory.
#include <catch2/catch.hpp>
#include <string>

#include "ingest/pipeline.h"
#include "tests/ingest/large.h"

namespace hearsay::ingest {
namespace {

#ifdef __SANITIZE_ADDRESS__  // which is slow, and keeps what is freed
constexpr std::size_t kScale = 100;
constexpr std::size_t kOddBytes = 750;
constexpr std::size_t kPeakMax = SIZE_MAX;
#else
constexpr std::size_t kScale = 1;
constexpr std::size_t kOddBytes = 15'000;
constexpr std::size_t kPeakMax = 600;
#endif

const Extractor& TheModel() {
  static const auto kExtractor = Extractor::Make("model").value();
  return *kExtractor;
}

// The record of a text, of which every span lies in it.
Record Extracted(std::string text) {
  Article article;
  article.text = std::move(text);
  Record record = TheModel().Extract(article);
  const auto inside = [&](Span span) { return !span.empty() && span.end <= article.text.size(); };
  std::size_t outside = 0;
  for (const StatementRecord& s : record.statements) {
    for (const Span part : s.content) outside += inside(part) ? 0 : 1;
    if (s.source) outside += inside(*s.source) ? 0 : 1;
    if (s.parent) outside += *s.parent < record.statements.size() ? 0 : 1;
  }
  for (const LocalEntity& entity : record.entities) {
    for (const Mention& mention : entity.mentions) outside += inside(mention.span) ? 0 : 1;
  }
  for (const FigureRecord& figure : record.figures) outside += inside(figure.span) ? 0 : 1;
  CHECK(outside == 0);
  return record;
}

constexpr const char* kParagraph =
    "Northtown, March 6 (EXA) - “It has rained for days,” the mayor told the EXA agency on Friday. "
    "Officials said at least 12 people had been killed and 3,811 moved to U.S. Town, where Ana "
    "Lind, a nurse, said that she had not slept.\n\n";

TEST_CASE("model: an article of 1 MB") {
  const Record record = Extracted(Repeat(kParagraph, 1'000'000 / kScale));
  CHECK(record.statements.size() > 6'000 / kScale);
  CHECK(record.figures.size() > 1'000 / kScale);
  CHECK(PeakMegabytes() < kPeakMax);
}

TEST_CASE("model: 10,000 quotations in one article") {
  std::string text;
  for (std::size_t i = 0; i < 10'000 / kScale; ++i) {
    text += "“I saw " + std::to_string(i) + " of them,” she said. ";
    if (i % 5 == 4) text += "\n\n";
  }
  const Record record = Extracted(std::move(text));
  CHECK(record.statements.size() > 5'000 / kScale);
  CHECK(PeakMegabytes() < kPeakMax);
}

TEST_CASE("model: odd texts") {
  constexpr const char* kPieces[] = {
      "THE MAYOR SAID ON FRIDAY THAT IT HAD RAINED FOR DAYS AND 12 PEOPLE WERE KILLED. ",
      "the mayor said on friday that it had rained for days and twelve people were killed ",
      "Town\tDead\tHurt\nNorthtown\t12\t30\nU.S. Town\t3\t8\n",
      "“",
      "\n.\n",
      "a.b",
      ": - — : ",
      "Нет. 不知道。 قال.",
      "\xF0\x9F\x98\x80",
      "\xC2\xAD\xE2\x80\x8B",
      "he said she said he said ",
  };
  for (const char* piece : kPieces) {
    INFO(piece);
    Extracted(Repeat(piece, kOddBytes));
  }
  Extracted("");
  CHECK(PeakMegabytes() < kPeakMax);
}

}  // namespace
}  // namespace hearsay::ingest
