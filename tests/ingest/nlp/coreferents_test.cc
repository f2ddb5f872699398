// CorrectGroups: "I" in a quotation, an office alone in a headline.
#include "ingest/nlp/coreferents.h"

#include <catch2/catch.hpp>
#include <string_view>

#include "tests/ingest/text/layers.h"

namespace hearsay::ingest {
namespace {

Span At(std::string_view text, std::string_view words, std::size_t from = 0) {
  const std::size_t begin = text.find(words, from);
  REQUIRE(begin != std::string_view::npos);
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + words.size())};
}

TEST_CASE("coreferents: I in a quotation is its speaker, out of one it stays") {
  Layers layers("I met Ana Lind. \"I saw it,\" Bo Berg said.\n");
  Analysis& a = layers.analysis;
  const std::string_view text = a.article.text;
  a.coreferents = {{At(text, "I"), EntityType::kPerson, MentionForm::kPronoun, 0},
                   {At(text, "Ana Lind"), EntityType::kPerson, MentionForm::kName, 1},
                   {At(text, "I", 2), EntityType::kPerson, MentionForm::kPronoun, 1},
                   {At(text, "Bo Berg"), EntityType::kPerson, MentionForm::kName, 2}};
  Attribution said;
  said.form = StatementForm::kDirect;
  said.source = At(text, "Bo Berg");
  said.cue = At(text, "said");
  said.content = {At(text, "\"I saw it,\"")};
  a.attributions = {said};
  CorrectGroups(&a);
  CHECK(a.coreferents[0].group == 0);
  CHECK(a.coreferents[2].group == 2);
}

TEST_CASE("coreferents: an office alone in a headline is the first of that word and type below") {
  constexpr const char* kTitle = "Mayor opens a bridge in Mbale";
  Layers layers(std::string(kTitle) +
                    "\n\nThe governor stayed away on Friday when the mayor of the "
                    "town, Ruth Nabirye, walked over the bridge.\n",
                kTitle);
  Analysis& a = layers.analysis;
  REQUIRE(a.blocks.front().kind == BlockKind::kTitle);
  const std::string_view text = a.article.text;
  a.coreferents = {{At(text, "Mayor"), EntityType::kPerson, MentionForm::kNominal, 0},
                   {At(text, "The governor"), EntityType::kPerson, MentionForm::kNominal, 1},
                   {At(text, "the mayor of the town, Ruth Nabirye"), EntityType::kPerson,
                    MentionForm::kNominal, 2}};
  CorrectGroups(&a);
  CHECK(a.coreferents[0].group == 2);
  CHECK(a.coreferents[1].group == 1);
}

}  // namespace
}  // namespace hearsay::ingest
