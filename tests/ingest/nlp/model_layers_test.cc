// What entities, statements and figures make of the layers that only a trained model fills: groups
// of mentions, attributions, counts.  The layers are set by hand here, so that no weights matter.
#include <catch2/catch.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/components.h"
#include "tests/ingest/text/layers.h"

namespace hearsay::ingest {
namespace {

struct Hand {
  explicit Hand(const std::string& text) : layers(text) {
    for (auto make : {MakeTags, MakeNames}) make(lexicons)->Run(layers.analysis);
  }
  Span At(std::string_view words) const { return layers.At(words); }
  void Describe(std::string_view words, std::uint32_t group) {
    layers.analysis.coreferents.push_back(
        {At(words), EntityType::kUnnamed, MentionForm::kNominal, group});
  }
  void Say(std::string_view source, std::string_view cue, std::string_view content,
           std::optional<std::uint32_t> parent = {}, std::string_view hop = {}) {
    Attribution a;
    a.source = At(source);
    a.cue = At(cue);
    a.content = {At(content)};
    a.parent = parent;
    if (!hop.empty()) a.outer.emplace_back(At(hop), Via::kCarrier);
    layers.analysis.attributions.push_back(a);
  }
  const Record& Run() {
    for (auto make : {MakeEntityComponent, MakeStatements, MakeFigures}) {
      make(lexicons)->Run(layers.analysis);
    }
    return layers.analysis.record;
  }
  std::vector<std::string> Chain(std::size_t statement) const {
    const Record& record = layers.analysis.record;
    std::vector<std::string> names;
    for (const Hop& hop : record.statements[statement].chain) {
      names.push_back(record.entities[hop.entity].name);
    }
    return names;
  }

  Lexicons lexicons;
  Layers layers;
};

using Names = std::vector<std::string>;

TEST_CASE("layers: the deckhand is who was introduced with more words") {
  Hand h("A deckhand who swam ashore said it sank. The deckhand added that it burned.\n");
  h.Describe("A deckhand who swam ashore", 0);
  h.Describe("The deckhand", 1);
  h.Say("A deckhand who swam ashore", "said", "it sank");
  h.Say("The deckhand", "added", "that it burned");
  h.Run();
  CHECK(h.Chain(0) == Names{"A deckhand who swam ashore"});
  CHECK(h.Chain(1) == h.Chain(0));
}

TEST_CASE("layers: a description is of whom the model names below") {
  Hand h("A witness whose gloves had melted said it burned. Ana Lind left.\n");
  h.Describe("A witness whose gloves had melted", 0);
  h.Say("A witness whose gloves had melted", "said", "it burned");
  Hand other = h;
  other.Run();
  CHECK(other.Chain(0) == Names{"A witness whose gloves had melted"});
  h.layers.analysis.coreferents.push_back(
      {h.At("Ana Lind"), EntityType::kPerson, MentionForm::kName, 0});
  h.Run();
  CHECK(h.Chain(0) == Names{"Ana Lind"});
}

TEST_CASE("layers: the name behind a description is who speaks") {
  Hand h("The canton's director for quiet, Regula Imhof, said it was late.\n");
  h.Say("The canton's director for quiet, Regula Imhof,", "said", "it was late");
  h.Run();
  CHECK(h.Chain(0) == Names{"Regula Imhof"});
}

TEST_CASE("layers: I in a quotation is who is quoted, a mention or not") {
  Hand h("\"I fear it is late,\" Ana Lind said. Bo Berg told us I fear nobody here.\n");
  h.Say("I", "fear", "it is late", 1);
  h.Say("Ana Lind", "said", "\"I fear it is late,\"");
  h.Say("I fear nobody", "fear nobody", "here", 3);  // for its place: the source follows
  h.layers.analysis.attributions[2].source = h.layers.At("I fear nobody");
  h.layers.analysis.attributions[2].source->end =
      h.layers.analysis.attributions[2].source->begin + 1;
  h.Say("Bo Berg", "told", "I fear nobody here");
  h.layers.analysis.attributions[1].form = StatementForm::kDirect;
  h.layers.analysis.attributions[3].form = StatementForm::kIndirect;
  h.Run();
  CHECK(h.Chain(0) == Names{"Ana Lind"});
  CHECK(h.Chain(2) == Names{"I", "Bo Berg"});
}

TEST_CASE("layers: a hop outside what the parent says passed the parent on as well") {
  Hand h("SULMAR (Reuters) - Ana Lind said it was late, Bo Berg told the council.\n");
  h.Say("Ana Lind", "said", "it was late", 1, "Reuters");
  h.Say("Bo Berg", "told", "Ana Lind said it was late");
  h.Run();
  CHECK(h.Chain(0) == Names{"Ana Lind", "Bo Berg", "Reuters"});
}

TEST_CASE("layers: people whom no list knows are counted where the model says so") {
  const std::string text = "Up to 600 glimmerers are stranded in the pass.\n";
  Hand rules(text);
  CHECK(rules.Run().figures.empty());
  Hand h(text);
  h.layers.analysis.counts = {{h.At("Up to 600 glimmerers are stranded"), h.At("Up to 600"), "",
                               h.At("glimmerers"), std::nullopt}};
  const Record& record = h.Run();
  REQUIRE(record.figures.size() == 1);
  CHECK(record.figures[0].measure == "stranded");
  CHECK(record.figures[0].high == 600);
  CHECK(record.figures[0].bound == Bound::kAtMost);
}

TEST_CASE("layers: the word that stands there names the measure, else the model does") {
  struct Case {
    const char* text;
    const char* words;
    const char* by_model;
    const char* measure;  // empty: no figure
  };
  const Case cases[] = {
      {"A driver was slapped at the gate.\n", "A driver was slapped", "wounded", "assaulted"},
      {"A driver was glimmered at the gate.\n", "A driver was glimmered", "wounded", "wounded"},
      {"A driver was glimmered at the gate.\n", "A driver was glimmered", "", ""},
  };
  for (const Case& c : cases) {
    INFO(c.words << " " << c.by_model);
    Hand h(c.text);
    h.layers.analysis.counts = {{h.At(c.words), h.At("A"), c.by_model, h.At("driver"), {}}};
    const Record& record = h.Run();
    REQUIRE(record.figures.size() == (*c.measure == '\0' ? 0 : 1));
    if (*c.measure != '\0') CHECK(record.figures[0].measure == c.measure);
  }
}

}  // namespace
}  // namespace hearsay::ingest
