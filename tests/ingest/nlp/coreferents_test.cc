// CorrectGroups: bearers of names, "I" in a quotation, an office alone in a headline, possessors,
// relative pronouns.
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

TEST_CASE("coreferents: a description that bears a name is of whom it names") {
  Layers layers("Bo Berg left. Ana Lind, who leads the ward, and a nurse, Eva Holm, stayed.\n");
  Analysis& a = layers.analysis;
  const std::string_view text = a.article.text;
  const auto mention = [&](std::string_view words, MentionForm form, std::uint32_t group) {
    return Coreferent{At(text, words), EntityType::kPerson, form, group};
  };
  a.coreferents = {mention("Bo Berg", MentionForm::kName, 0),
                   mention("Ana Lind, who leads the ward", MentionForm::kNominal, 0),
                   mention("Ana Lind", MentionForm::kName, 1),
                   mention("a nurse, Eva Holm,", MentionForm::kNominal, 0),
                   mention("Eva Holm", MentionForm::kName, 2)};
  CorrectGroups(&a);
  CHECK(a.coreferents[1].group == 1);
  CHECK(a.coreferents[3].group == 2);

  Layers other("Bo Berg and the mother of Ana Lind stayed.\n");
  Analysis& b = other.analysis;
  b.coreferents = {
      {At(b.article.text, "Bo Berg"), EntityType::kPerson, MentionForm::kName, 0},
      {At(b.article.text, "the mother of Ana Lind"), EntityType::kPerson, MentionForm::kNominal, 1},
      {At(b.article.text, "Ana Lind"), EntityType::kPerson, MentionForm::kName, 2}};
  CorrectGroups(&b);
  CHECK(b.coreferents[1].group == 1);
}

TEST_CASE("coreferents: who owns a description is not who it describes") {
  Layers layers("Bo Berg spoke. His wife and Berg's neighbour, who left, did not.\n");
  Analysis& a = layers.analysis;
  const std::string_view text = a.article.text;
  const auto mention = [&](std::string_view words, MentionForm form, std::size_t from = 0) {
    return Coreferent{At(text, words, from), EntityType::kPerson, form, 0};
  };
  a.coreferents = {mention("Bo Berg", MentionForm::kName),
                   mention("His wife", MentionForm::kNominal),
                   mention("His", MentionForm::kPronoun),
                   mention("Berg's neighbour", MentionForm::kNominal, 10),
                   mention("Berg", MentionForm::kName, 10),
                   mention("who", MentionForm::kPronoun)};
  CorrectGroups(&a);
  CHECK(a.coreferents[1].group != 0);
  CHECK(a.coreferents[2].group == 0);
  CHECK(a.coreferents[3].group != 0);
  CHECK(a.coreferents[3].group != a.coreferents[1].group);
  CHECK(a.coreferents[4].group == 0);
  CHECK(a.coreferents[5].group == a.coreferents[3].group);  // "who" is the neighbour
}

TEST_CASE("coreferents: which is no human being") {
  Layers layers("The mayor of the town, which Ana Lind left, slept.\n");
  Analysis& a = layers.analysis;
  const std::string_view text = a.article.text;
  a.coreferents = {
      {At(text, "The mayor of the town"), EntityType::kPerson, MentionForm::kNominal, 0},
      {At(text, "the town"), EntityType::kCity, MentionForm::kNominal, 1},
      {At(text, "which"), EntityType::kCity, MentionForm::kPronoun, 2}};
  CorrectGroups(&a);
  CHECK(a.coreferents[2].group == 1);
}

}  // namespace
}  // namespace hearsay::ingest
