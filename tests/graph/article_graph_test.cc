#include "graph/derive/article_graph.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>

#include "generate.h"
#include "graph/derive/public_ids.h"

namespace hearsay {
namespace {

const std::string kArticleId(32, 'a');
constexpr const char* kText = "A witness told Delta that the wall broke. Ember Post";

Mention At(std::uint32_t begin, std::uint32_t end) { return {{begin, end}, MentionForm::kName}; }

// Entities: 0 witness, 1 Delta (agency), 2 Ember Post (the outlet), 3 Ann, 4 Ministry.
struct Fixture {
  Fixture() {
    article.text = kText;
    article.blob_sha256 = std::string(64, 'b');
    article.metadata.outlet = "Ember Post";
    record.entities = {{EntityType::kUnnamed, "A witness", {}, "witness", "", {}, {}, {At(0, 9)}},
                       {EntityType::kMedia, "Delta", {}, "agency", "", {}, {}, {At(15, 20)}},
                       {EntityType::kMedia, "Ember Post", {}, "", "", {}, {}, {At(42, 52)}},
                       {EntityType::kPerson, "Ann", {}, "", "", {}, {}, {At(0, 1)}},
                       {EntityType::kOrganization, "Ministry", {}, "", "", {}, {}, {At(26, 34)}}};
  }

  // A statement by `speaker` with the hops that follow.
  StatementRecord& Say(EntityIndex speaker, std::vector<Hop> outer = {}) {
    StatementRecord statement;
    statement.source = Span{0, 9};
    statement.cue = Span{10, 14};
    const auto n = static_cast<std::uint32_t>(record.statements.size());
    statement.content = {{26 + n, 40}};
    statement.speakers = {speaker};
    statement.chain = {{speaker, {0, 9}, Via::kSource}};
    statement.chain.insert(statement.chain.end(), outer.begin(), outer.end());
    record.statements.push_back(statement);
    return record.statements.back();
  }

  // The edges of one type as "from>to", by the names below; sorted, blank between.
  std::string Edges(const std::string& type) {
    const RecordIds ids = MakeRecordIds(kArticleId, record);
    std::map<std::string, std::string> names = {{kArticleId, "article"}};
    const char* const entities[] = {"witness", "Delta", "Post", "Ann", "Ministry"};
    for (std::size_t i = 0; i < ids.entities.size(); ++i) names[ids.entities[i]] = entities[i];
    for (std::size_t i = 0; i < ids.statements.size(); ++i) {
      names[ids.statements[i]] = "S" + std::to_string(i);
    }
    for (std::size_t i = 0; i < ids.figures.size(); ++i) {
      names[ids.figures[i]] = "F" + std::to_string(i);
    }
    for (std::size_t i = 0; i < ids.events.size(); ++i) {
      names[ids.events[i]] = "E" + std::to_string(i);
    }
    // The outlet of the metadata is the local entity 2, as resolution would find.
    const ArticleGraph graph = MakeArticleGraph(
        kArticleId, article, record,
        [&](const std::string& local) { return names.contains(local) ? local : ids.entities[2]; });
    for (const NodeData& node : graph.nodes) {
      CHECK_FALSE(node.evidence.empty());
      const auto form = node.properties.find("form");
      if (form == node.properties.end() || form->second != Value("relayed")) continue;
      names[node.public_id] = "R:" + node.evidence[0].text;
    }
    std::vector<std::string> found;
    for (const EdgeData& edge : graph.edges) {
      CHECK_FALSE(edge.evidence.empty());
      if (edge.type == type) found.push_back(names[edge.src] + ">" + names[edge.dst]);
    }
    std::sort(found.begin(), found.end());
    std::string text;
    for (const std::string& edge : found) text += (text.empty() ? "" : " ") + edge;
    return text;
  }

  Article article;
  Record record;
};

TEST_CASE("a statement without further hops is carried by the article") {
  Fixture f;
  f.Say(0);
  CHECK(f.Edges("SAID") == "witness>S0");
  CHECK(f.Edges("CARRIES") == "article>S0");
  CHECK(f.Edges("IN") == "S0>article");
  CHECK(f.Edges("QUOTES").empty());
  CHECK(f.Edges("PUBLISHED_BY") == "article>Post");
  CHECK(f.Edges("ABOUT") == "S0>Ministry");
}

TEST_CASE("a hop without a cue of its own is a relayed statement") {
  Fixture f;
  f.Say(0, {{1, {15, 20}, Via::kAddressee}});
  CHECK(f.Edges("SAID") == "Delta>R:Delta witness>S0");
  CHECK(f.Edges("QUOTES") == "R:Delta>S0");
  CHECK(f.Edges("CARRIES") == "article>R:Delta");
  CHECK(f.Edges("IN") == "R:Delta>article S0>article");
}

TEST_CASE("a parent is a statement of its own, whose chain goes on") {
  Fixture f;
  // witness -> Delta (relay) -> Ministry (parent) -> Ann (carrier of the parent)
  f.Say(4, {{3, {0, 1}, Via::kCarrier}});
  f.Say(0,
        {{1, {15, 20}, Via::kAddressee}, {4, {26, 34}, Via::kParent}, {3, {0, 1}, Via::kCarrier}})
      .parent = 0;
  CHECK(f.Edges("QUOTES") == "R:A>S0 R:Delta>S1 S0>R:Delta");
  CHECK(f.Edges("CARRIES") == "article>R:A");
  CHECK(f.Edges("SAID") == "Ann>R:A Delta>R:Delta Ministry>S0 witness>S1");
}

TEST_CASE("a parent without a source quotes all the same") {
  Fixture f;
  StatementRecord& outer = f.Say(0);
  outer.speakers.clear();
  outer.chain.clear();
  outer.source.reset();
  f.Say(3).parent = 0;
  CHECK(f.Edges("QUOTES") == "S0>S1");
  CHECK(f.Edges("CARRIES") == "article>S0");
  CHECK(f.Edges("SAID") == "Ann>S1");
}

TEST_CASE("a narrated statement is no parent, and a circle of parents is broken") {
  Fixture f;
  f.Say(0).form = StatementForm::kNarrated;
  f.Say(3).parent = 0;
  CHECK(f.Edges("QUOTES").empty());
  CHECK(f.Edges("CARRIES") == "article>S0 article>S1");
  f.record.statements[0].form = StatementForm::kIndirect;
  f.record.statements[0].parent = 1;
  CHECK(f.Edges("CARRIES").size() == std::string("article>S0").size());
}

TEST_CASE("a joint source is several SAID edges") {
  Fixture f;
  f.Say(3).speakers = {3, 4};
  CHECK(f.Edges("SAID") == "Ann>S0 Ministry>S0");
}

TEST_CASE("the outlet itself is no hop, but may be told") {
  Fixture f;
  StatementRecord& statement = f.Say(0, {{2, {42, 52}, Via::kAddressee}});
  statement.addressee = 2;
  statement.addressee_span = Span{42, 52};
  CHECK(f.Edges("QUOTES").empty());
  CHECK(f.Edges("CARRIES") == "article>S0");
  CHECK(f.Edges("TOLD") == "S0>Post");
}

TEST_CASE("credit lines make a hop and a CREDITS edge") {
  Fixture f;
  f.Say(0, {{1, {15, 20}, Via::kCredit}});
  CHECK(f.Edges("CREDITS") == "article>Delta");
  CHECK(f.Edges("QUOTES") == "R:Delta>S0");
}

TEST_CASE("figures, events and relations join what they name") {
  Fixture f;
  f.Say(0);
  FigureRecord figure;
  figure.measure = "killed";
  figure.span = {26, 34};
  figure.statement = 0;
  figure.place = 4;
  f.record.figures = {figure};
  f.record.events = {{"collapse", {3}, {4}, 4, "2024-03-01", {26, 40}}};
  f.record.relations = {{3, "HOLDS_ROLE", 4, "minister", {0, 1}},
                        {3, "HOLDS_ROLE", 4, "head", {0, 9}},
                        {3, "MEMBER_OF", 3, "", {0, 9}}};
  CHECK(f.Edges("GIVES") == "S0>F0");
  CHECK(f.Edges("ABOUT") == "F0>Ministry S0>E0 S0>Ministry");
  CHECK(f.Edges("ACTOR") == "E0>Ann");
  CHECK(f.Edges("TARGET") == "E0>Ministry");
  CHECK(f.Edges("LOCATED_IN") == "E0>Ministry");
  CHECK(f.Edges("HOLDS_ROLE") == "Ann>Ministry Ann>Ministry");
  CHECK(f.Edges("MEMBER_OF").empty());
  CHECK(f.Edges("MENTIONED_IN") ==
        "Ann>article Delta>article Ministry>article Post>article witness>article");
}

TEST_CASE("depth counts the statements around") {
  Fixture f;
  f.Say(0, {{1, {15, 20}, Via::kAddressee}, {3, {0, 1}, Via::kCarrier}});
  const ArticleGraph graph = MakeArticleGraph(kArticleId, f.article, f.record,
                                              [](const std::string& local) { return local; });
  std::map<std::string, std::int64_t> depths;
  for (const NodeData& node : graph.nodes) {
    if (node.labels[0] != "Statement") continue;
    depths[node.properties.at("text").as_string()] = node.properties.at("depth").as_int();
  }
  CHECK(depths ==
        std::map<std::string, std::int64_t>{{"A", 0}, {"Delta", 1}, {"the wall broke", 2}});
}

TEST_CASE("generated articles make graphs without loose ends") {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    INFO("seed " << seed);
    const test::GeneratedArticle made = test::GenerateArticle(seed);
    const ArticleGraph graph = MakeArticleGraph(kArticleId, made.article, made.record,
                                                [](const std::string& local) { return local; });
    std::map<std::string, int> carried;
    std::map<std::string, int> quoted;
    std::size_t statements = 0;
    for (const NodeData& node : graph.nodes) statements += node.labels[0] == "Statement" ? 1 : 0;
    for (const EdgeData& edge : graph.edges) {
      REQUIRE_FALSE(edge.evidence.empty());
      if (edge.type == "CARRIES") ++carried[edge.dst];
      if (edge.type == "QUOTES") ++quoted[edge.dst];
    }
    REQUIRE(carried.size() + quoted.size() == statements);
    for (const auto& [id, count] : carried) REQUIRE_FALSE(quoted.contains(id));
  }
}

}  // namespace
}  // namespace hearsay
