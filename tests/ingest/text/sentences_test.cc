#include "ingest/text/sentences.h"

#include <catch2/catch.hpp>
#include <string>

#include "tests/ingest/text/layers.h"

namespace hearsay::ingest {
namespace {

std::string Joined(std::string text) {
  const Layers layers(std::move(text));
  std::string joined;
  for (const Sentence& sentence : layers.analysis.sentences) {
    if (!joined.empty()) joined += '|';
    joined += layers.analysis.Text(sentence.span);
  }
  return joined;
}

struct Case {
  const char* text;
  const char* sentences;
};

TEST_CASE("sentences: where they end") {
  const Case cases[] = {
      {"It rained. He left.", "It rained.|He left."},
      {"It rained! Did he leave? Yes.", "It rained!|Did he leave?|Yes."},
      {"“It rained.” He left.", "“It rained.”|He left."},
      {"\"It rained.\" \"He left.\"", "\"It rained.\"|\"He left.\""},
      {"“Why?” he asked. “Why not?” she said.", "“Why?” he asked.|“Why not?” she said."},
      {"The U.S. President met Gen. Smith in St. Louis.",
       "The U.S. President met Gen. Smith in St. Louis."},
      {"He lives in the U.S. The others left.", "He lives in the U.S.|The others left."},
      {"On Jan. 6 it rained. It was 8 a.m. Then he left.",
       "On Jan. 6 it rained.|It was 8 a.m.|Then he left."},
      {"J. K. Rowling wrote it.", "J. K. Rowling wrote it."},
      {"Acme Inc. Chairman Bob Jones left.", "Acme Inc. Chairman Bob Jones left."},
      {"Forces... were sent. The streets... In all, ten.",
       "Forces... were sent.|The streets...|In all, ten."},
      {"He spent $2.5 million. Some 3.5 percent left.",
       "He spent $2.5 million.|Some 3.5 percent left."},
      {"They came (the police said.) Then left.", "They came (the police said.)|Then left."},
      {"One line\n\nAnother line", "One line|Another line"},
      {"1. First point.\n2. Second point.", "1. First point.|2. Second point."},
      {"The task began in Karaganda.Politics came later.",
       "The task began in Karaganda.|Politics came later."},
      {"Astana/Rome Jan 6 (ANSA).- It rained. He left.",
       "Astana/Rome Jan 6 (ANSA).-|It rained.|He left."},
      {"ASTANA, Kazakhstan (AP) — It rained.", "ASTANA, Kazakhstan (AP) —|It rained."},
      {"LONDON, Jan 6 (Reuters) - It rained.", "LONDON, Jan 6 (Reuters) -|It rained."},
      {"MOSCOW, January 6. /TASS/. It rained.", "MOSCOW, January 6. /TASS/.|It rained."},
      {"PARIS — It rained.", "PARIS —|It rained."},
      {"Boris Johnson - once mayor - left.", "Boris Johnson - once mayor - left."},
      {"It rained over it all. AFP", "It rained over it all.|AFP"},
      {"Он ушёл. Она осталась.", "Он ушёл.|Она осталась."},
      {"", ""},
  };
  for (const Case& c : cases) {
    INFO(c.text);
    CHECK(Joined(c.text) == c.sentences);
  }
}

TEST_CASE("sentences: an endless one is cut") {
  std::string text;
  for (int i = 0; i < 3000; ++i) text += "word ";
  const Layers layers(text);
  REQUIRE(layers.analysis.sentences.size() == 5);
  for (const Sentence& sentence : layers.analysis.sentences) {
    CHECK(sentence.tokens.end - sentence.tokens.begin <= kSentenceTokensMax);
  }
}

}  // namespace
}  // namespace hearsay::ingest
