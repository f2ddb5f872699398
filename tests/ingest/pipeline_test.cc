#include "ingest/pipeline.h"

#include <catch2/catch.hpp>
#include <string>

#include "ingest/components.h"
#include "ingest/lexicon/lexicons.h"

namespace hearsay::ingest {
namespace {

using enum Layer;

TEST_CASE("pipeline: a component whose needs nothing before it meets is refused by name") {
  const std::vector<ComponentRow> table = {
      {"tokens", "", {}, {kTokens}, &MakeTokens},
      {"sentences", "", {kTokens, kBlocks}, {kSentences}, &MakeSentences},
      {"blocks", "", {kTokens}, {kBlocks}, &MakeBlocks},
  };
  const auto made = Extractor::FromTable({}, table);
  REQUIRE_FALSE(made.ok());
  CHECK(made.status().code() == StatusCode::kInvalidArgument);
  CHECK(made.status().message().find("\"sentences\" needs the layer \"blocks\"") !=
        std::string::npos);
}

TEST_CASE("pipeline: two givers of one layer are refused") {
  const std::vector<ComponentRow> table = {
      {"tokens", "", {}, {kTokens}, &MakeTokens},
      {"others", "", {}, {kTokens}, &MakeTokens},
  };
  CHECK_FALSE(Extractor::FromTable({}, table).ok());
}

TEST_CASE("pipeline: extractors by name") {
  const auto rules = Extractor::Make("rules");
  REQUIRE(rules.ok());
  CHECK(rules.value()->info().model == "rules");
  CHECK_FALSE(rules.value()->info().version.empty());
  const auto model = Extractor::Make("model");
  REQUIRE(model.ok());
  CHECK(model.value()->info().version.find("+weights.") != std::string::npos);
  CHECK(Extractor::Make("auto").value()->info() == model.value()->info());
  const auto none = Extractor::Make("oracle");
  REQUIRE_FALSE(none.ok());
  CHECK(none.status().code() == StatusCode::kNotFound);
  CHECK(none.status().message().find("\"rules\"") != std::string::npos);
  CHECK(none.status().message().find("\"model\"") != std::string::npos);
}

TEST_CASE("pipeline: the same article gives the same record") {
  Article article;
  article.text = "Rain floods three towns\n\n“It has rained for days,” the mayor told reporters.\n";
  const auto rules = Extractor::Make("rules");
  REQUIRE(rules.ok());
  const Record first = rules.value()->Extract(article);
  CHECK(first == rules.value()->Extract(article));
  CHECK(first.extractor == rules.value()->info());
}

TEST_CASE("lexicons: every data file is there, with rows and a comment that names its licence") {
  const auto names = LexiconFileNames();
  REQUIRE(names.size() >= 8);
  for (std::string_view name : names) {
    INFO(name);
    CHECK(HasLexiconFile(name));
    CHECK_FALSE(LexiconRows(name).empty());
    CHECK(LexiconFile(name).substr(0, 2000).find("icence") != std::string_view::npos);
  }
  CHECK_FALSE(HasLexiconFile("nothing.tsv"));
  CHECK(LexiconDigest().size() == 16);
}

}  // namespace
}  // namespace hearsay::ingest
