#include "ingest/nlp/merged_names.h"

#include <catch2/catch.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/components.h"
#include "ingest/nlp/names.h"
#include "tests/ingest/text/layers.h"

namespace hearsay::ingest {
namespace {

struct Hand {
  explicit Hand(const std::string& text) : layers(text) {
    MakeTags(lexicons)->Run(layers.analysis);
  }
  Span At(std::string_view words) const { return layers.At(words); }
  void Say(std::string_view source) {
    layers.analysis.attributions.emplace_back();
    layers.analysis.attributions.back().source = At(source);
  }
  // "Lyon city" for each name, in order, where the rules find what they find.
  std::vector<std::string> Merged(const std::vector<ReadName>& by_model) const {
    const Gazetteer& gazetteer = Gazetteer::Shared(lexicons);
    std::vector<std::string> names;
    for (const Name& name : MergeNames(layers.analysis, gazetteer, Nominals(lexicons),
                                       NameFinder(gazetteer).Find(layers.analysis), by_model)) {
      names.push_back(std::string(layers.analysis.Text(name.span)) + " " +
                      std::string(ToString(name.type)));
    }
    return names;
  }

  Lexicons lexicons;
  Layers layers;
};

using Names = std::vector<std::string>;

TEST_CASE("merged names: what no list has and the model does not read is none, unless it speaks") {
  Hand h("On Tuesday Dorrit Vasmund left. Zwingmann Holding closed.\n");
  CHECK(h.Merged({}).empty());
  CHECK(h.Merged({{h.At("Dorrit Vasmund"), EntityType::kPerson}}) ==
        Names{"Dorrit Vasmund person"});
  h.Say("Zwingmann Holding");
  CHECK(h.Merged({}) == Names{"Zwingmann Holding organization"});
}

TEST_CASE("merged names: a listed name stays, but in a longer one and for a person") {
  Hand h("He left Lyon for Paris.\n");
  CHECK(h.Merged({}) == Names{"Lyon city", "Paris city"});
  CHECK(h.Merged({{h.At("Lyon"), EntityType::kOrganization}}) == Names{"Lyon city", "Paris city"});
  CHECK(h.Merged({{h.At("Paris"), EntityType::kPerson}}) == Names{"Lyon city", "Paris person"});

  Hand club("Lyon Boating Club closed. He left for Paris.\n");
  CHECK(club.Merged({{club.At("Lyon Boating Club"), EntityType::kOrganization}}) ==
        Names{"Lyon Boating Club organization", "Paris city"});
}

TEST_CASE("merged names: a name that no list has is of one type") {
  Hand h("Vasmund left. Vasmund slept. Vasmund fell.\n");
  std::vector<ReadName> read;
  for (const std::uint32_t at : {0, 14, 29}) {
    read.push_back({{at, at + 7}, at == 0 ? EntityType::kCity : EntityType::kPerson});
  }
  CHECK(h.Merged(read) == Names(3, "Vasmund person"));
}

TEST_CASE("merged names: a surname is its bearer's, a title no part of a name, an adjective none") {
  Hand h("Sister Dorrit Vasmund left. Vasmund slept. Kazakh and Polish drivers fell.\n");
  const std::size_t again = h.layers.article.text.rfind("Vasmund");
  const auto at = static_cast<std::uint32_t>(again);
  CHECK(h.Merged({{h.At("Sister Dorrit Vasmund"), EntityType::kPerson},
                  {{at, at + 7}, EntityType::kOrganization},
                  {h.At("Kazakh"), EntityType::kCountry}}) ==
        Names{"Dorrit Vasmund person", "Vasmund person"});
}

TEST_CASE("merged names: a place and the state or country behind it are two") {
  const auto read = [](const std::string& place) {
    Hand h("He lives in " + place + " now.\n");
    return h.Merged({{h.At(place), EntityType::kCity}});
  };
  CHECK(read("miramar florida") == Names{"miramar city", "florida region"});
  CHECK(read("San Rafael CA") == Names{"San Rafael city", "CA region"});
  CHECK(read("lyon france") == Names{"lyon city", "france country"});
  // What the lists know as one place stays one, and so does what begins with a common word.
  CHECK(read("Baja California").size() == 1);
  CHECK(read("Tampa Bay").size() == 1);
  CHECK(read("South Vietnam").size() == 1);
}

TEST_CASE("merged names: a comma is no part of a name") {
  Hand h("Vasmund, she left.\n");
  CHECK(h.Merged({{h.At("Vasmund,"), EntityType::kPerson}}) == Names{"Vasmund person"});
}

TEST_CASE("merged names: an office and what it is of are one, an initial is part of its name") {
  Hand h("The Appeals Office of the Dorrit Vasmund saw A. B. Zwingmann and asked C. Vasmund.\n");
  CHECK(h.Merged({{h.At("Appeals Office of"), EntityType::kOrganization},
                  {h.At("Dorrit Vasmund"), EntityType::kPerson},
                  {h.At("Zwingmann"), EntityType::kPerson},
                  {h.At("C. Vasmund"), EntityType::kPerson}}) ==
        Names{"Appeals Office of the Dorrit Vasmund organization", "A. B. Zwingmann person",
              "C. Vasmund person"});
}

TEST_CASE("merged names: places of the lists are found in a sentence without a capital") {
  CHECK(Hand("we went from lyon to kenya by boat\n").Merged({}) ==
        Names{"lyon city", "kenya country"});
  // A common word is no place there, and with a capital elsewhere nothing small is.
  CHECK(Hand("it was nice of us to go reading there\n").Merged({}).empty());
  CHECK(Hand("She sold her lyon sausage there.\n").Merged({}).empty());
}

TEST_CASE("merged names: a storm is no person, its name alone neither") {
  Hand h("Typhoon Vasmund fell on them. Vasmund took roofs. Dorrit Zwingmann fled.\n");
  const auto again = static_cast<std::uint32_t>(h.layers.article.text.rfind("Vasmund"));
  CHECK(h.Merged({{h.At("Vasmund"), EntityType::kPerson},
                  {{again, again + 7}, EntityType::kPerson},
                  {h.At("Dorrit Zwingmann"), EntityType::kPerson}}) ==
        Names{"Dorrit Zwingmann person"});
  Hand seen("It was the storm Vasmund had feared.\n");
  CHECK(seen.Merged({{seen.At("Vasmund"), EntityType::kPerson}}) == Names{"Vasmund person"});
}

}  // namespace
}  // namespace hearsay::ingest
