#include "ingest/nlp/coverage.h"

#include <catch2/catch.hpp>
#include <string>

#include "ingest/components.h"
#include "tests/ingest/text/layers.h"

namespace hearsay::ingest {
namespace {

const CoverageFinder& TheFinder() {
  static const CoverageFinder kFinder({"said", "says", "reported"}, {"people", "officers"});
  return kFinder;
}

struct Tagged : Layers {
  explicit Tagged(std::string text) : Layers(std::move(text)) {
    MakeTags(Lexicons())->Run(analysis);
  }
  Span Find(std::string_view words) const {
    const std::size_t at = article.text.find(words);
    REQUIRE(at != std::string::npos);
    return {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + words.size())};
  }
  std::vector<CoverageRecord> Coverage() const { return TheFinder().Find(analysis); }
};

TEST_CASE("coverage: what became no record is listed with its reason") {
  struct Case {
    const char* text;
    const char* reason;  // part of the one reason; empty: nothing is listed
  };
  const Case cases[] = {
      {"The mayor said that it rained.", "\"said\" reports"},
      {"It rained, according to the mayor.", "\"according\" reports"},
      {"“It has rained for many days now.” He left the room.", "nobody is named"},
      {"The “storm” was over by the evening.", "scare quote"},
      {"Some 26 young people were there at the time.", "\"26 young people\" counts people"},
      {"It rained for 26 days in the north.", ""},
      {"Nothing of the kind happened in the north.", ""},
  };
  for (const Case& c : cases) {
    INFO(c.text);
    const auto records = Tagged(c.text).Coverage();
    if (*c.reason == '\0') {
      CHECK(records.empty());
      continue;
    }
    REQUIRE(records.size() == 1);
    CHECK(records[0].reason.find(c.reason) != std::string::npos);
  }
}

TEST_CASE("coverage: what became a record is not listed") {
  Tagged layers("The mayor said that “it has rained on 26 people for days.”");
  StatementRecord statement;
  statement.source = layers.Find("The mayor");
  statement.cue = layers.Find("said");
  statement.content = {layers.Find("that “it has rained on 26 people for days.”")};
  FigureRecord figure;
  figure.span = layers.Find("26 people");
  layers.analysis.record.statements = {statement};
  layers.analysis.record.figures = {figure};
  CHECK(layers.Coverage().empty());
  layers.analysis.record.figures.clear();
  CHECK(layers.Coverage().size() == 1);
  layers.analysis.record.statements[0].form = StatementForm::kNarrated;
  REQUIRE(layers.Coverage().size() == 1);
  const std::string reason = layers.Coverage()[0].reason;
  CHECK(reason.find("reports") != std::string::npos);
  CHECK(reason.find("nobody is named") != std::string::npos);
  CHECK(reason.find("counts people") != std::string::npos);
}

TEST_CASE("coverage: furniture says so") {
  const Tagged layers(
      "Rain floods three towns\n\nIt has rained for many days in the north.\n\nFollow us on "
      "Example, he said.");
  const auto records = layers.Coverage();
  REQUIRE(records.size() == 1);
  CHECK(records[0].reason.find("outside the article") != std::string::npos);
}

}  // namespace
}  // namespace hearsay::ingest
