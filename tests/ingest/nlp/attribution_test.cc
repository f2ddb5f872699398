#include "ingest/nlp/attribution.h"

#include <catch2/catch.hpp>
#include <string>

#include "tests/ingest/text/layers.h"

namespace hearsay::ingest {
namespace {

// "source | cue | content", several contents joined by " + "; nested ones begin with "> ".
std::vector<std::string> AttributionsOf(const std::string& text) {
  static const AttributionFinder kFinder{Lexicons()};
  static const std::unique_ptr<Component> kTags = MakeTags(Lexicons());
  Layers layers(text);
  kTags->Run(layers.analysis);
  std::vector<std::string> lines;
  for (const Attribution& a : kFinder.Find(layers.analysis)) {
    std::string line = a.parent ? "> " : "";
    line += a.source ? std::string(layers.analysis.Text(*a.source)) : "-";
    line += " | ";
    line += a.cue ? std::string(layers.analysis.Text(*a.cue)) : "-";
    line += " | ";
    for (std::size_t i = 0; i < a.content.size(); ++i) {
      if (i > 0) line += " + ";
      line += layers.analysis.Text(a.content[i]);
    }
    lines.push_back(line);
  }
  return lines;
}

struct Case {
  const char* text;
  std::vector<std::string> attributions;
};

TEST_CASE("attributions: cue before, between and after the content") {
  const Case cases[] = {
      {"The minister said that the dam was safe.", {"The minister | said | that the dam was safe"}},
      {"The dam is safe, the minister said.", {"the minister | said | The dam is safe"}},
      {"\"The dam is safe,\" said Ana Petrova, the minister.",
       {"Ana Petrova, the minister | said | \"The dam is safe,\""}},
      {"\"The dam,\" she said, \"is perfectly safe.\"",
       {"she | said | \"The dam,\" + \"is perfectly safe.\""}},
      {"The dam is safe, according to the ministry.",
       {"the ministry | according to | The dam is safe"}},
      {"According to the ministry, the dam is safe.",
       {"the ministry | According to | the dam is safe"}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(AttributionsOf(c.text) == c.attributions);
  }
}

TEST_CASE("attributions: none in a plain sentence, none in nothing") {
  CHECK(AttributionsOf("The river rose by two metres on Monday.").empty());
  CHECK(AttributionsOf("").empty());
}

}  // namespace
}  // namespace hearsay::ingest
