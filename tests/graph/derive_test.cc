#include "graph/derive/derive.h"

#include <catch2/catch.hpp>
#include <map>

#include "derived_graph.h"
#include "generate.h"
#include "graph/derive/public_ids.h"
#include "graph/store.h"

namespace hearsay {
namespace {

using test::DerivedGraph;
using test::GeneratedArticle;

// Of the articles in `living`, in any order.
std::string FreshDump(const std::map<std::string, GeneratedArticle>& living) {
  DerivedGraph fresh;
  for (const auto& [id, article] : living) fresh.Add(article);
  fresh.Derive(true);
  return fresh.Dump();
}

TEST_CASE("what was built step by step equals what is built at once") {
  for (std::uint64_t run = 0; run < 12; ++run) {
    test::Random random(run);
    DerivedGraph graph(run % 2 == 0 ? 3000 : 8 << 20);
    std::map<std::string, GeneratedArticle> living;
    for (int step = 0; step < 12; ++step) {
      const std::uint32_t changes = 1 + random.Below(4);
      for (std::uint32_t i = 0; i < changes; ++i) {
        if (!living.empty() && random.OneIn(3)) {
          auto victim = living.begin();
          std::advance(victim, random.Below(static_cast<std::uint32_t>(living.size())));
          graph.Delete(victim->first);
          living.erase(victim);
        } else {
          const GeneratedArticle article = test::GenerateArticle(random.Below(400));
          living[graph.Add(article)] = article;
        }
      }
      graph.Derive();
      INFO("run " << run << " step " << step);
      REQUIRE((graph.Dump() == FreshDump(living)));
    }
  }
}

TEST_CASE("a replaced record leaves nothing of the old one") {
  GeneratedArticle first = test::GenerateArticle(7);
  const GeneratedArticle other = test::GenerateArticle(8);
  DerivedGraph graph;
  graph.Add(other);
  const std::string id = graph.Add(first);
  graph.Derive();
  REQUIRE_FALSE(first.record.entities.empty());
  first.record = {};
  first.record.extractor = {"hearsay", "0", "rules"};
  graph.Add(first);
  graph.Derive();
  CHECK((graph.Dump() == FreshDump({{"1", first}, {"2", other}})));
}

TEST_CASE("deleting everything leaves an empty graph") {
  DerivedGraph graph;
  std::vector<std::string> ids;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    ids.push_back(graph.Add(test::GenerateArticle(seed)));
  }
  graph.Derive();
  REQUIRE(graph.NewView()->NodeCount() > 20);
  for (const std::string& id : ids) graph.Delete(id);
  graph.Derive();
  CHECK(graph.NewView()->NodeCount() == 0);
  CHECK(graph.NewView()->EdgeCount() == 0);
  CHECK((graph.Dump() == FreshDump({})));
}

TEST_CASE("every node and edge of a derived graph has evidence") {
  DerivedGraph graph;
  for (std::uint64_t seed = 0; seed < 40; ++seed) graph.Add(test::GenerateArticle(seed));
  graph.Derive(true);
  const auto view = graph.NewView();
  std::size_t edges = 0;
  REQUIRE(view->Nodes([&](NodeId node) {
                const auto evidence = view->EvidenceOf(node);
                CHECK(evidence.ok());
                CHECK_FALSE(evidence->empty());
                CHECK(view->Property(node, "id") == Value(view->PublicId(node)));
                return view
                    ->Edges(node, Direction::kOut, {},
                            [&](const Edge& edge) {
                              ++edges;
                              const auto proof = view->EvidenceOf(edge);
                              CHECK(proof.ok());
                              CHECK_FALSE(proof->empty());
                              return true;
                            })
                    .ok();
              })
              .ok());
  CHECK(edges == view->EdgeCount());
}

TEST_CASE("a local entity's id leads to the entity it is part of") {
  GeneratedArticle early = test::GenerateArticle(1);
  early.article.metadata = {};
  early.article.metadata.published = "2024-01-01";
  early.record = {};
  early.record.entities = {{EntityType::kCity, "Port Ember", {}, "", "", {}, {}, {{{0, 4}, {}}}}};
  GeneratedArticle late = early;
  late.article.metadata.published = "2024-01-02";
  DerivedGraph graph;
  const std::string late_id = graph.Add(late);
  graph.Derive();
  const std::string local = MakeRecordIds(late_id, late.record).entities[0];
  CHECK(graph.NewView()->PublicId(*graph.NewView()->FindByPublicId(local)) == local);
  const std::string early_id = graph.Add(early);
  graph.Derive();
  const auto view = graph.NewView();
  const auto node = view->FindByPublicId(local);
  REQUIRE(node.has_value());
  CHECK(view->PublicId(*node) == MakeRecordIds(early_id, early.record).entities[0]);
  CHECK(view->Property(*node, "merged_by") == Value("name"));
  graph.Delete(early_id);
  graph.Derive();
  CHECK(graph.NewView()->PublicId(*graph.NewView()->FindByPublicId(local)) == local);
}

}  // namespace
}  // namespace hearsay
