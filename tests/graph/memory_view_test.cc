// MakeView: a graph in memory answers as it was given.
#include <catch2/catch.hpp>

#include "graph/graph_writer.h"

namespace hearsay {
namespace {

std::string Id(char digit) { return std::string(32, digit); }

NodeData Person(char id, const std::string& name) {
  return {.public_id = Id(id),
          .labels = {"Person", "Entity"},
          .properties = {{"name", name}},
          .evidence = {},
          .evidence_via = "",
          .names = {name},
          .words = ""};
}

TEST_CASE("MakeView shows labels, properties, edges and names") {
  const auto view = MakeView({Person('a', "Ada Lovelace"), Person('b', "Alan Turing")},
                             {{.src = Id('a'),
                               .type = "KNOWS",
                               .dst = Id('b'),
                               .discriminator = "",
                               .properties = {{"since", 1840}},
                               .evidence = {}}});
  REQUIRE(view->NodeCount() == 2);
  REQUIRE(view->EdgeCount() == 1);
  REQUIRE(view->Labels() == std::vector<std::string>{"Entity", "Person"});
  REQUIRE(view->Types() == std::vector<std::string>{"KNOWS"});
  REQUIRE(view->PropertyKeys() == std::vector<std::string>{"name", "since"});
  const auto ada = view->FindByName("ADA  lovelace");
  REQUIRE(ada.size() == 1);
  REQUIRE(view->PublicId(ada[0]) == Id('a'));
  REQUIRE(view->Property(ada[0], "name") == Value("Ada Lovelace"));
  REQUIRE(view->Property(ada[0], "absent").is_null());
  std::vector<Edge> edges;
  REQUIRE(view->Edges(ada[0], Direction::kOut, {},
                      [&](const Edge& edge) {
                        edges.push_back(edge);
                        return true;
                      })
              .ok());
  REQUIRE(edges.size() == 1);
  REQUIRE(view->PublicId(edges[0].dst) == Id('b'));
  REQUIRE(view->Property(edges[0], "since") == Value(1840));
  REQUIRE(view->CompleteName("al", 10) == std::vector<std::string>{"Alan Turing"});
}

}  // namespace
}  // namespace hearsay
