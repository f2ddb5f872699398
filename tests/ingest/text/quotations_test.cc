#include "ingest/text/quotations.h"

#include <catch2/catch.hpp>
#include <string>

#include "tests/ingest/text/layers.h"

namespace hearsay::ingest {
namespace {

// "inner" of each, with ~ before those that are no speech, > behind open-ended ones, + behind those
// that continue, and the index of the outer one.
std::string Joined(const Analysis& analysis) {
  std::string joined;
  for (const Quotation& q : analysis.quotations) {
    if (!joined.empty()) joined += '|';
    if (!q.speech) joined += '~';
    joined += analysis.Text(q.inner);
    if (q.open_ended) joined += '>';
    if (q.continues) joined += '+';
    if (q.outer) joined += '^' + std::to_string(*q.outer);
  }
  return joined;
}

struct Case {
  const char* text;
  const char* quotations;
};

TEST_CASE("quotations: pairs of every kind") {
  const Case cases[] = {
      {"\"It has rained for days,\" he said.", "It has rained for days,"},
      {"He said: “It has rained for days.”", "It has rained for days."},
      {"«Шёл дождь весь день», сказал он.", "Шёл дождь весь день"},
      {"»Es regnet seit drei Tagen«, sagte er.", "Es regnet seit drei Tagen"},
      {"„Es regnet seit drei Tagen“, sagte er.", "Es regnet seit drei Tagen"},
      {"”Det regnar i tre dagar nu”, sa han.", "Det regnar i tre dagar nu"},
      {"``It has rained for days,'' he said.", "It has rained for days,"},
      {"'It has rained for days,' he said.", "It has rained for days,"},
      {"‘It has rained for days,’ he said.", "It has rained for days,"},
      {"\"First it rained,\" he said. \"Then it snowed.\"", "First it rained,|Then it snowed."},
      {"“He told me ‘I will not go there’ and left,” she said.",
       "He told me ‘I will not go there’ and left,|I will not go there^0"},
      {"\"He told me 'I will not go' and left,\" she said.",
       "He told me 'I will not go' and left,|I will not go^0"},
      {"\"'I will not go,' he told me,\" she said.",
       "'I will not go,' he told me,|I will not go,^0"},
      {"“Don’t go to the teachers’ union,” she said.", "Don’t go to the teachers’ union,"},
      {"'Go to the teachers' union,' she said.", "Go to the teachers' union,"},
      {"The teachers' union and the parents' council met.", ""},
      {"Almaty's mayor and the protesters’ leaders.", ""},
      {"In the '90s they got 'em.", ""},
      {"A 6'2\" man and a 12\" pipe.", ""},
      {"The so-called \"terrorists\" left.", "~terrorists"},
      {"Dwayne “The Rock” Johnson left.", "~The Rock"},
      {"He wrote “The Lord of the Rings” then.", "~The Lord of the Rings"},
      {"It was \"mostly restored and under full control\" by then.",
       "mostly restored and under full control"},
      {"“No,” he said.", "No,"},
      {"He asked \"why?\" twice.", "why?"},
      {"“We left. It was late, he said.", "We left. It was late, he said.>"},
      {"“We left, he said. “It was late.”", "We left, he said.>|It was late."},
      {"\"We left, he said. \"It was late.\"", "We left, he said.>|It was late."},
      {"No marks here.", ""},
      {"\"", ""},
      {"\"\"", ""},
      {"” stray closing mark and ’ another", ""},
  };
  for (const Case& c : cases) {
    INFO(c.text);
    CHECK(Joined(Layers(c.text).analysis) == c.quotations);
  }
}

TEST_CASE("quotations: a speech over several paragraphs") {
  const Layers layers(
      "Rain comes to town again this week\n\n"
      "“It rained for days, said the mayor of the town.\n\n"
      "“Then it snowed for days on end.\n\n"
      "“Then it was over,” he said.\n\n"
      "“A new one,” she said.");
  CHECK(Joined(layers.analysis) ==
        "It rained for days, said the mayor of the town.>+|Then it snowed for days on end.>+|"
        "Then it was over,|A new one,");
}

TEST_CASE("quotations: a speech that the next paragraph only closes") {
  const Layers layers(
      "Rain comes to town again this week\n\n"
      "He said: \"It rained for days.\n\n"
      "Then it snowed for days on end.\" He left.");
  REQUIRE(layers.analysis.quotations.size() == 2);
  CHECK(layers.analysis.quotations[0].continues);
  CHECK(layers.analysis.Text(layers.analysis.quotations[1].inner) ==
        "Then it snowed for days on end.");
}

TEST_CASE("quotations: apostrophes are no quotation marks") {
  const Layers layers("The teachers' union met in the '90s.");
  for (const Token& token : layers.analysis.tokens) CHECK(token.kind != TokenKind::kQuote);
}

}  // namespace
}  // namespace hearsay::ingest
