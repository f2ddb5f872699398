#include "ingest/text/layout.h"

#include <catch2/catch.hpp>
#include <string>

#include "tests/ingest/text/layers.h"

namespace hearsay::ingest {
namespace {

// One letter a block: T title, H heading, Y byline, D date line, B body, C caption, L list, -
// furniture.
std::string Kinds(const Analysis& analysis) {
  std::string kinds;
  for (const Block& block : analysis.blocks) {
    kinds += std::string_view("THYDBCL-")[static_cast<std::size_t>(block.kind)];
  }
  return kinds;
}

TEST_CASE("layout: a page with menus, links and captions") {
  const Layers layers(
      "Home > Asia\n"
      "• Watch\n"
      "• Listen live\n"
      "Weather\n"
      "\n"
      "Heavy rain floods three towns in the north\n"
      "\n"
      "By Ann Example\n"
      "Published 5 March 2031\n"
      "People wade through a street in Northtown. (Photo by Example Agency)\n"
      "\n"
      "Heavy rain has flooded three towns, officials said on Friday.\n"
      "\n"
      "Related:\n"
      "Why the rain will not stop this spring\n"
      "\n"
      "“It has never been like this,” the mayor said.\n"
      "\n"
      "What comes next\n"
      "\n"
      "More rain is expected. EXA\n"
      "\n"
      "Comments: 12\n"
      "Share\n"
      "Read more stories here\n"
      "www.example.org\n");
  CHECK(Kinds(layers.analysis) == "----TYDCB--BHB----");
}

TEST_CASE("layout: the headline once more, and a count") {
  const Layers layers(
      "Friday 7 March 2031 - 13:45\n"
      "\n"
      "Ministry: Three Towns Flooded\n"
      "\n"
      "Article ID : 4711\n"
      "Ministry: Three Towns Flooded\n"
      "Heavy rain has flooded three towns, officials said on Friday.\n");
  CHECK(Kinds(layers.analysis) == "DT--B");
}

TEST_CASE("layout: a declared title is found where it stands") {
  const Layers layers("A line before it all\n\nThree towns\n\nHeavy rain has flooded three towns.",
                      "Three Towns");
  CHECK(Kinds(layers.analysis) == "-TB");
}

TEST_CASE("layout: prose without a headline has none") {
  CHECK(Kinds(Layers("It rained for three days. He left.\n\nThen it snowed again.").analysis) ==
        "BB");
}

TEST_CASE("layout: lines wrapped at a width are one paragraph") {
  const Layers layers(
      "Three towns flooded in the north\n"
      "\n"
      "Heavy rain has flooded three towns in the north of the country, and\n"
      "officials said on Friday that nobody had been hurt so far, although\n"
      "several people are missing from their homes in the oldest part of\n"
      "the town.\n"
      "\n"
      "“It has never been like this in all the years that I have been here\n"
      "in this office,” the mayor of the largest town told the reporters.\n");
  CHECK(Kinds(layers.analysis) == "TBB");
}

TEST_CASE("layout: a headline in title case may end with a full stop") {
  CHECK(Kinds(Layers("Rain Floods Three Towns in the North.\n\nIt rained for days on end.")
                  .analysis) == "TB");
  CHECK(Kinds(Layers("Rain floods three towns in the north.\n\nIt rained for days on end.")
                  .analysis) == "BB");
  CHECK(Kinds(Layers("Mr. Ann Example Lives in Northtown. It rained there.\n\nIt was bad then.")
                  .analysis) == "BB");
}

TEST_CASE("layout: a line that goes on in the middle of a sentence is no block") {
  CHECK(
      Kinds(
          Layers(
              "Rain floods three towns\n\nEditor’s note: the rain in\nthe north has never been so "
              "strong,\nofficials say.\nIt goes on.")
              .analysis) == "TBB");
}

TEST_CASE("layout: a line that introduces a speech is body") {
  CHECK(Kinds(Layers("Rain floods three towns\n\nIt rained for days on end.\n\nThe mayor "
                     "added:\n\n“It will go on.”")
                  .analysis) == "TBBB");
}

TEST_CASE("layout: blocks of nothing") {
  CHECK(Kinds(Layers("").analysis).empty());
  CHECK(Kinds(Layers(" \n\n\t\n").analysis).empty());
  CHECK(Kinds(Layers("\r\n\r\nIt rained for days.\r\n").analysis) == "B");
}

}  // namespace
}  // namespace hearsay::ingest
