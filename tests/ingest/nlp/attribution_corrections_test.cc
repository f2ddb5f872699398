// CorrectAttributions: who is bidden, who cites, whole quotations, who is quoted, who passed it on.
#include "ingest/nlp/attribution_corrections.h"

#include <catch2/catch.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/lexicon/lexicons.h"
#include "tests/ingest/text/layers.h"

namespace hearsay::ingest {
namespace {

// A text, what a model might have read in it, and what is left of that when rules are done.
struct Corrected {
  explicit Corrected(const std::string& text) : layers(text) {
    MakeTags(lexicons)->Run(layers.analysis);
  }

  Span At(std::string_view words) const { return layers.At(words); }
  void Read(std::string_view source, std::string_view cue, std::string_view content,
            std::optional<std::uint32_t> parent = {}) {
    Attribution a;
    if (!source.empty()) a.source = At(source);
    a.cue = At(cue);
    a.content = {At(content)};
    a.parent = parent;
    found.push_back(a);
  }
  void Mention(std::string_view words, EntityType type) {
    layers.analysis.coreferents.push_back({At(words), type, MentionForm::kName, 0});
  }
  void Correct() { CorrectAttributions(layers.analysis, lexicon, frames, &found); }
  std::string Text(Span span) const { return std::string(layers.analysis.Text(span)); }

  Lexicons lexicons;
  CueLexicon lexicon{lexicons};
  CueFrames frames{lexicons};
  Layers layers;
  std::vector<Attribution> found;
};

TEST_CASE("corrections: who was urged says nothing, who was told may") {
  Corrected c("Residents were urged to leave. A dealer had been told that the bank was shut.\n");
  c.Read("Residents", "were urged", "to leave");
  c.Read("A dealer", "had been told", "that the bank was shut");
  c.Correct();
  CHECK_FALSE(c.found[0].source);
  REQUIRE(c.found[0].addressee);
  CHECK(c.Text(*c.found[0].addressee) == "Residents");
  CHECK(c.found[1].source);
}

TEST_CASE("corrections: a network on which somebody posts is no hop, a channel is") {
  Corrected c("The hall is shut, police wrote on X. It is open, Lind said on Radio Five.\n");
  c.Read("police", "wrote", "The hall is shut");
  c.found[0].outer.emplace_back(c.At("X"), Via::kCarrier);
  c.Read("Lind", "said", "It is open");
  c.found[1].outer.emplace_back(c.At("Radio Five"), Via::kCarrier);
  c.Correct();
  CHECK(c.found[0].outer.empty());
  CHECK(c.found[1].outer.size() == 1);

  Corrected channel("The hall is open, Lind said on the Telegram channel Sulmar Live.\n");
  channel.Read("Lind", "said", "The hall is open");
  channel.found[0].outer.emplace_back(channel.At("the Telegram channel Sulmar Live"),
                                      Via::kCarrier);
  channel.Correct();
  CHECK(channel.found[0].outer.size() == 1);
}

TEST_CASE("corrections: what is cited stands inside what cites it") {
  Corrected c("The hall was shut, Radio Five reported on Friday, citing a clerk.\n");
  c.Read("Radio Five", "reported", "The hall was shut");
  c.Read("a clerk", "citing", "The hall was shut");
  c.Correct();
  CHECK_FALSE(c.found[0].parent);
  REQUIRE(c.found[1].parent);
  CHECK(*c.found[1].parent == 0);
}

TEST_CASE("corrections: what stands inside both stands inside the inner one") {
  Corrected c("The mayor said the hall was shut, Radio Five reported, citing a clerk.\n");
  c.Read("The mayor", "said", "the hall was shut", 1);
  c.Read("Radio Five", "reported", "The mayor said the hall was shut");
  c.Read("a clerk", "citing", "The mayor said the hall was shut");
  c.Correct();
  REQUIRE(c.found[0].parent);
  CHECK(*c.found[0].parent == 2);
  REQUIRE(c.found[2].parent);
  CHECK(*c.found[2].parent == 1);
}

TEST_CASE("corrections: a quotation is said as a whole, and by whom it quotes") {
  Corrected c("\"It is shut. Nobody is in,\" the paper quoted her as saying.\n");
  c.Mention("her", EntityType::kPerson);
  c.Read("the paper", "quoted", "Nobody is in,\"");
  c.Correct();
  REQUIRE(c.found.size() == 2);
  CHECK(c.Text(c.found[0].content.front()) == "\"It is shut. Nobody is in,\"");
  CHECK(c.found[1].content == c.found[0].content);
  CHECK(c.Text(*c.found[1].source) == "her");
  CHECK(c.Text(*c.found[1].cue) == "as saying");
  CHECK(c.found[1].parent == 0U);
}

TEST_CASE("corrections: another's words stay another's") {
  Corrected c("\"It is shut, said the clerk. Nobody is in,\" the paper wrote.\n");
  c.Read("the clerk", "said", "It is shut");
  c.Read("the paper", "wrote", "Nobody is in,\"");
  c.Correct();
  CHECK(c.Text(c.found[1].content.front()) == "Nobody is in,\"");
}

TEST_CASE("corrections: who reported the figures, or got hold of them, passed them on") {
  struct Case {
    const char* source;
    const char* carrier;
    EntityType type;
    bool passes;
  };
  const Case cases[] = {
      {"Ministry figures reported by local media", "local media", EntityType::kMedia, true},
      {"A memo obtained by Radio Five", "Radio Five", EntityType::kMedia, true},
      {"A memo leaked to Radio Five", "Radio Five", EntityType::kMedia, true},
      {"A memo read out to Radio Five", "Radio Five", EntityType::kMedia, true},
      {"A guard, reached by Radio Five", "Radio Five", EntityType::kMedia, true},
      {"A memo obtained by Ana Lind", "Ana Lind", EntityType::kPerson, false},
      {"A memo kept by Radio Five", "Radio Five", EntityType::kMedia, false},
  };
  for (const Case& k : cases) {
    INFO(k.source);
    Corrected c(std::string(k.source) + " said that the hall was shut.\n");
    c.Mention(k.carrier, k.type);
    c.Read(k.source, "said", "that the hall was shut");
    c.Correct();
    REQUIRE(c.found[0].outer.size() == (k.passes ? 1 : 0));
    if (k.passes) CHECK(c.Text(c.found[0].outer[0].first) == k.carrier);
  }
}

}  // namespace
}  // namespace hearsay::ingest
