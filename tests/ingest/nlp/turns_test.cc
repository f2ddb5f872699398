// AddTurns, JoinAnswers: what is a transcript, whose turns are statements, what stands inside them,
// who answers.
#include "ingest/nlp/turns.h"

#include <catch2/catch.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/lexicon/lexicons.h"
#include "tests/ingest/text/layers.h"

namespace hearsay::ingest {
namespace {

const char kTalk[] =
    "HOST: Is the bridge safe?\n\n"
    "DR LINDH: The town says it is. I do not.\n\n"
    "HOST: Nobody else does.\n\n"
    "DR LINDH: Measure it.\n";

struct Read {
  explicit Read(const std::string& text) : layers(text) {}
  void Attributed(std::string_view source, std::string_view cue, std::string_view content) {
    Attribution a;
    a.source = layers.At(source);
    a.cue = layers.At(cue);
    a.content = {layers.At(content)};
    found.push_back(a);
  }
  std::string Text(Span span) const { return std::string(layers.analysis.Text(span)); }
  std::vector<Turn> Turns() const { return FindTurns(layers.analysis, frames); }
  void Add() { AddTurns(layers.analysis, frames, &found); }

  CueFrames frames{Lexicons()};
  Layers layers;
  std::vector<Attribution> found;
};

TEST_CASE("turns: paragraphs of a transcript, without their last full stop") {
  const Read read(kTalk);
  const std::vector<Turn> turns = read.Turns();
  REQUIRE(turns.size() == 4);
  CHECK(turns[0].ours);
  CHECK(read.Text(turns[0].said) == "Is the bridge safe?");
  CHECK_FALSE(turns[1].ours);
  CHECK(read.Text(turns[1].speaker) == "DR LINDH");
  CHECK(read.Text(turns[1].said) == "The town says it is. I do not");
}

TEST_CASE("turns: no transcript where nobody answers, or where places begin the paragraphs") {
  CHECK(Read("UPDATE: Rain.\n\nNOTE: More rain.\n\nLATEST: Sun.\n").Turns().empty());
  CHECK(Read("NOTE: Rain.\n\nNOTE: More rain.\n\nNOTE: Sun.\n").Turns().empty());
  const std::string paragraph =
      "The bridge was shut for the whole of the day, and nobody came.\n\n";
  CHECK(Read(paragraph + "READ: Rain.\n\n" + paragraph + "WATCH: Sun.\n\n" + paragraph +
             "READ: More.\n")
            .Turns()
            .empty());
  Read roundup("OSLO: Rain.\n\nROME: Sun.\n\nOSLO: Rain again.\n\nROME: No rain.\n");
  CHECK(roundup.Turns().size() == 4);
  for (const auto& [begin, name] : {std::pair(0, "OSLO"), std::pair(13, "ROME")}) {
    const Span span = roundup.layers.At(name);
    CHECK(span.begin == static_cast<std::uint32_t>(begin));
    roundup.layers.analysis.coreferents.push_back({span, EntityType::kCity, MentionForm::kName, 0});
  }
  CHECK(roundup.Turns().empty());
}

TEST_CASE("turns: a guest's turn is said by the guest, what is said in it stands inside") {
  Read read(kTalk);
  read.Attributed("HOST", ":", "Is the bridge safe?");
  read.Attributed("The town", "says", "it is");
  read.Add();
  REQUIRE(read.found.size() == 3);
  CHECK(read.Text(*read.found[0].source) == "The town");
  REQUIRE(read.found[0].parent);
  const Attribution& turn = read.found[*read.found[0].parent];
  CHECK(read.Text(*turn.source) == "DR LINDH");
  CHECK(read.Text(turn.content[0]) == "The town says it is. I do not");
  CHECK(turn.rule == "turn");
  CHECK(read.Text(read.found[2].content[0]) == "Measure it");
}

TEST_CASE("turns: one that was read in part is read whole, and none is added elsewhere") {
  Read read("LINDH: It is shut.\n\nABT: Since Monday. It was loud.\n\nLINDH: Quite.\n");
  Attribution part;
  part.source = read.layers.At("ABT");
  const std::uint32_t colon = part.source->end;
  part.cue = Span{colon, colon + 1};
  part.content = {read.layers.At("Since Monday")};
  part.rule = "model";
  read.found.push_back(part);
  read.Add();
  REQUIRE(read.found.size() == 3);
  CHECK(read.found[0].rule == "model");
  CHECK(read.Text(read.found[0].content[0]) == "Since Monday. It was loud");

  Read prose("Lindh said: it is shut.\n\nNobody else spoke.\n");
  prose.Attributed("Lindh", "said", "it is shut");
  prose.Add();
  CHECK(prose.found.size() == 1);
}

TEST_CASE("turns: who answers is who was named before the first question") {
  Read read(
      "Lindh met us with Abt.\n\nQ: Is it shut?\n\nA: It is.\n\nQ: For long?\n\nA: For good.\n");
  auto& mentions = read.layers.analysis.coreferents;
  mentions.push_back({read.layers.At("Lindh"), EntityType::kPerson, MentionForm::kName, 0});
  mentions.push_back({read.layers.At("Abt"), EntityType::kPerson, MentionForm::kName, 1});
  const std::vector<Turn> turns = read.Turns();
  REQUIRE(turns.size() == 4);
  mentions.push_back({turns[1].speaker, EntityType::kUnnamed, MentionForm::kName, 2});
  JoinAnswers(read.frames, &read.layers.analysis);
  REQUIRE(mentions.size() == 4);
  for (std::size_t i : {2, 3}) {
    CHECK(read.Text(mentions[i].span) == "A");
    CHECK(mentions[i].type == EntityType::kPerson);
    CHECK(mentions[i].group == 1);
  }

  Read witnesses("Lindh was there.\n\nA: It is shut.\n\nB: It is not.\n\nA: It was.\n");
  auto& seen = witnesses.layers.analysis.coreferents;
  seen.push_back({witnesses.layers.At("Lindh"), EntityType::kPerson, MentionForm::kName, 0});
  CHECK(witnesses.Turns().size() == 3);
  JoinAnswers(witnesses.frames, &witnesses.layers.analysis);
  CHECK(seen.size() == 1);
}

}  // namespace
}  // namespace hearsay::ingest
