// What was put and what was deleted, through GraphWriter and View, on each Kv.
#include "graph/graph_writer.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "generate.h"
#include "graph/base/coding.h"
#include "graph/graph_tables.h"
#include "graph/keys.h"
#include "graph/kv_view.h"
#include "kvs.h"

namespace hearsay {
namespace {

using test::MemoryFixture;
using test::RocksFixture;

std::string Id(int n) {
  std::string bytes;
  PutU64(static_cast<std::uint64_t>(n) * 0x9e3779b97f4a7c15U, &bytes);
  PutU64(static_cast<std::uint64_t>(n), &bytes);
  return ToHex(bytes);
}

NodeData MakeNode(int n, std::vector<std::string> labels = {"Person"}) {
  NodeData node;
  node.public_id = Id(n);
  node.labels = std::move(labels);
  node.properties = {{"number", n}};
  return node;
}

EdgeData MakeEdge(int src, const std::string& type, int dst, const std::string& discriminator) {
  EdgeData edge;
  edge.src = Id(src);
  edge.type = type;
  edge.dst = Id(dst);
  edge.discriminator = discriminator;
  edge.properties = {{"weight", src + dst}};
  return edge;
}

std::unique_ptr<View> ViewOf(const Kv& kv) {
  auto snapshot = kv.Snapshot();
  auto tables = LoadGraphTables(*snapshot);
  REQUIRE(tables.ok());
  return NewKvView(std::move(snapshot), std::make_shared<const GraphTables>(*tables));
}

using Dump = std::map<std::string, std::string>;

// All derived keys and values, symbols by their names' numbers aside.
Dump DumpOf(const Kv& kv) {
  Dump dump;
  const auto snapshot = kv.Snapshot();
  for (const Family family :
       {Family::kMeta, Family::kDict, Family::kNode, Family::kOut, Family::kIn, Family::kIndex}) {
    REQUIRE(snapshot
                ->Scan(family, "", "",
                       [&](std::string_view key, std::string_view value) {
                         if (!key.starts_with(keys::kSymbolPrefix)) {
                           dump[std::to_string(static_cast<int>(family)) + std::string(key)] =
                               value;
                         }
                         return true;
                       })
                .ok());
  }
  return dump;
}

// All symbols in one order, so that two graphs built in different orders have equal bytes.
void InternAll(Kv& kv) {
  GraphWriter writer(kv, {});
  NodeData node = MakeNode(0, {"Person", "Place", "Entity"});
  node.properties = {{"number", 0}, {"weight", 0}, {"name", ""}, {"text", ""}};
  REQUIRE(writer.PutNode(node).ok());
  for (const char* type : {"KNOWS", "LIKES", "SEEN"}) {
    REQUIRE(writer.PutEdge(MakeEdge(0, type, 0, "")).ok());
  }
  REQUIRE(writer.DeleteNode(Id(0)).ok());
  REQUIRE(writer.Finish(Durability::kBuffered).ok());
}

NodeData RandomNode(test::Random* random, int n) {
  const std::vector<std::string> labels = {"Person", "Place", "Entity"};
  const std::vector<std::string> words = {"killed", "said", "26", "Almaty", "TASS"};
  NodeData node = MakeNode(n, {});
  for (const std::string& label : labels) {
    if (random->OneIn(2)) node.labels.push_back(label);
  }
  for (std::uint32_t i = random->Below(3); i > 0; --i) {
    node.names.push_back((random->OneIn(2) ? "Name-" : "NAME ") + std::to_string(random->Below(4)));
  }
  for (std::uint32_t i = random->Below(4); i > 0; --i) node.words += words[random->Below(5)] + " ";
  if (random->OneIn(2)) node.properties["text"] = node.words;
  return node;
}

// The oracle is what is alive at the end, put at once into an empty graph.
TEMPLATE_TEST_CASE("any history of puts and deletes leaves what its survivors make", "",
                   MemoryFixture, RocksFixture) {
  const auto seed = static_cast<std::uint64_t>(GENERATE(1, 2, 3));
  TestType fixture;
  const auto kv = fixture.Fresh();
  InternAll(*kv);
  const Dump empty = DumpOf(*kv);
  test::Random random(seed);
  std::map<int, NodeData> nodes;
  std::map<std::string, EdgeData> edges;
  const auto edge_key = [](const EdgeData& e) { return e.src + e.type + e.dst + e.discriminator; };
  for (int round = 0; round < 12; ++round) {
    GraphWriterOptions options;
    options.batch_bytes_max = random.OneIn(2) ? 200 : 1 << 20;
    GraphWriter writer(*kv, options);
    for (int step = 0; step < 40; ++step) {
      const int n = static_cast<int>(1 + random.Below(12));
      const int m = static_cast<int>(1 + random.Below(12));
      const std::vector<std::string> types = {"KNOWS", "LIKES", "SEEN"};
      const EdgeData edge = MakeEdge(n, types[random.Below(3)], m, std::to_string(random.Below(2)));
      switch (random.Below(5)) {
        case 0:
        case 1:
          nodes[n] = RandomNode(&random, n);
          REQUIRE(writer.PutNode(nodes[n]).ok());
          break;
        case 2:
          REQUIRE(writer.DeleteNode(Id(n)).ok());
          nodes.erase(n);
          std::erase_if(
              edges, [&](const auto& e) { return e.second.src == Id(n) || e.second.dst == Id(n); });
          break;
        case 3:
          if (!nodes.contains(n) || !nodes.contains(m)) {
            REQUIRE(writer.PutEdge(edge).code() == StatusCode::kInvalidArgument);
            break;
          }
          REQUIRE(writer.PutEdge(edge).ok());
          edges[edge_key(edge)] = edge;
          break;
        default:
          REQUIRE(writer.DeleteEdge(edge.src, edge.type, edge.dst, edge.discriminator).ok());
          edges.erase(edge_key(edge));
      }
      REQUIRE(writer.Checkpoint().ok());
    }
    REQUIRE(writer.Finish(Durability::kBuffered).ok());
    const auto fresh = NewMemoryKv();
    InternAll(*fresh);
    GraphWriter fresh_writer(*fresh, {});
    for (const auto& [number, node] : nodes) REQUIRE(fresh_writer.PutNode(node).ok());
    for (const auto& [key, edge] : edges) REQUIRE(fresh_writer.PutEdge(edge).ok());
    REQUIRE(fresh_writer.Finish(Durability::kBuffered).ok());
    REQUIRE((DumpOf(*kv) == DumpOf(*fresh)));
  }
  GraphWriter writer(*kv, {});
  for (const auto& [number, node] : nodes) REQUIRE(writer.DeleteNode(node.public_id).ok());
  REQUIRE(writer.Finish(Durability::kBuffered).ok());
  REQUIRE((DumpOf(*kv) == empty));
}

TEMPLATE_TEST_CASE("edges are seen from both ends, by type or all", "", MemoryFixture,
                   RocksFixture) {
  TestType fixture;
  const auto kv = fixture.Fresh();
  GraphWriter writer(*kv, {});
  for (int n = 1; n <= 3; ++n) REQUIRE(writer.PutNode(MakeNode(n)).ok());
  REQUIRE(writer.PutEdge(MakeEdge(1, "KNOWS", 2, "")).ok());
  REQUIRE(writer.PutEdge(MakeEdge(1, "KNOWS", 2, "again")).ok());
  REQUIRE(writer.PutEdge(MakeEdge(1, "LIKES", 3, "")).ok());
  REQUIRE(writer.PutEdge(MakeEdge(3, "KNOWS", 1, "")).ok());
  REQUIRE(writer.PutEdge(MakeEdge(1, "KNOWS", 1, "loop")).ok());
  REQUIRE(writer.Finish(Durability::kBuffered).ok());
  const auto view = ViewOf(*kv);
  const NodeId one = *view->FindByPublicId(Id(1));
  const Symbol knows = *view->Find("KNOWS");
  const Symbol likes = *view->Find("LIKES");
  struct Case {
    Direction direction;
    std::vector<Symbol> types;
    std::size_t edges;
  };
  const std::vector<Case> cases = {{Direction::kOut, {}, 4},
                                   {Direction::kIn, {}, 2},
                                   {Direction::kOut, {knows}, 3},
                                   {Direction::kOut, {likes}, 1},
                                   {Direction::kOut, {likes, knows, likes}, 4},
                                   {Direction::kIn, {likes}, 0}};
  for (const Case& c : cases) {
    std::set<Edge> seen;
    REQUIRE(view->Edges(one, c.direction, c.types,
                        [&](const Edge& edge) {
                          REQUIRE((c.direction == Direction::kOut ? edge.src : edge.dst) == one);
                          seen.insert(edge);
                          return true;
                        })
                .ok());
    REQUIRE(seen.size() == c.edges);
  }
  REQUIRE(view->EdgeCount() == 5);
  REQUIRE(view->EdgeCount(knows) == 4);
  std::size_t visits = 0;
  REQUIRE(view->Edges(one, Direction::kOut, std::vector{knows, likes},
                      [&](const Edge&) { return ++visits < 2; })
              .ok());
  REQUIRE(visits == 2);
}

// Two public ids with one head: the second probes on, and both are found, whatever goes first.
TEMPLATE_TEST_CASE("nodes whose ids share their head are kept apart", "", MemoryFixture,
                   RocksFixture) {
  TestType fixture;
  const auto kv = fixture.Fresh();
  const std::string head = "ffffffffffffffff";  // probing wraps round
  const std::vector<std::string> ids = {head + "0000000000000001", head + "0000000000000002",
                                        head + "0000000000000003"};
  GraphWriter writer(*kv, {});
  for (const std::string& id : ids) {
    NodeData node = MakeNode(0);
    node.public_id = id;
    node.properties = {{"name", id}};
    REQUIRE(writer.PutNode(node).ok());
  }
  REQUIRE(writer.DeleteNode(ids[0]).ok());
  REQUIRE(writer.Finish(Durability::kBuffered).ok());
  const auto view = ViewOf(*kv);
  REQUIRE_FALSE(view->FindByPublicId(ids[0]).has_value());
  for (int i : {1, 2}) {
    const auto node = view->FindByPublicId(ids[static_cast<std::size_t>(i)]);
    REQUIRE(node.has_value());
    REQUIRE(view->Property(*node, "name") == Value(ids[static_cast<std::size_t>(i)]));
  }
  REQUIRE(view->FindByPrefix("ffff", 10).size() == 2);
  REQUIRE(view->FindByPrefix("ffff", 1).size() == 1);
  REQUIRE(view->FindByPrefix(head + "0000000000000003", 10).size() == 1);
  REQUIRE(view->FindByPrefix(head + "00000000000000030", 10).empty());
  REQUIRE(view->FindByPrefix("fff", 10).size() == 2);
  REQUIRE(view->FindByPrefix("ffe", 10).empty());
  REQUIRE(view->FindByPrefix("xyz", 10).empty());
}

TEMPLATE_TEST_CASE("nodes are found by name, by the beginning of one, and by words", "",
                   MemoryFixture, RocksFixture) {
  TestType fixture;
  const auto kv = fixture.Fresh();
  GraphWriter writer(*kv, {});
  NodeData khabar = MakeNode(1);
  khabar.names = {"Khabar-24", "Khabar 24", "Хабар"};
  NodeData khan = MakeNode(2);
  khan.names = {"Khan", "KHABAR 24"};
  NodeData statement = MakeNode(3, {"Statement"});
  statement.words = "26 people were killed, the mayor's office said";
  NodeData other = MakeNode(4, {"Statement"});
  other.words = "More than 160 people were killed";
  for (const NodeData& node : {khabar, khan, statement, other}) {
    REQUIRE(writer.PutNode(node).ok());
  }
  REQUIRE(writer.Finish(Durability::kBuffered).ok());
  const auto view = ViewOf(*kv);
  const auto ids = [&](const std::vector<NodeId>& nodes) {
    std::set<std::string> found;
    for (const NodeId node : nodes) found.insert(view->PublicId(node));
    REQUIRE(found.size() == nodes.size());
    return found;
  };
  using Ids = std::set<std::string>;
  REQUIRE(ids(view->FindByName("khabar\u201124")) == Ids{Id(1), Id(2)});
  REQUIRE(ids(view->FindByName("хабар")) == Ids{Id(1)});
  REQUIRE(view->FindByName("Khab").empty());
  REQUIRE(view->FindByName("").empty());
  auto completed = view->CompleteName("KHA", 10);
  std::sort(completed.begin(), completed.end());
  REQUIRE(completed == std::vector<std::string>{"KHABAR 24", "Khabar 24", "Khan"});
  REQUIRE(view->CompleteName("KHA", 1).size() == 1);
  REQUIRE(view->CompleteName("x", 10).empty());
  struct Case {
    std::vector<std::string> words;
    Ids found;
  };
  const std::vector<Case> cases = {{{"killed"}, {Id(3), Id(4)}},
                                   {{"KILLED", "26"}, {Id(3)}},
                                   {{"people killed"}, {Id(3), Id(4)}},  // several in one
                                   {{"mayor"}, {Id(3)}},
                                   {{"killed", "nobody"}, {}},
                                   {{"kill"}, {}},
                                   {{}, {}},
                                   {{"..."}, {}}};
  for (const Case& c : cases) REQUIRE(ids(view->FindByWords(c.words)) == c.found);
}

TEMPLATE_TEST_CASE("evidence is that of the node, and of its edges where it says so", "",
                   MemoryFixture, RocksFixture) {
  TestType fixture;
  const auto kv = fixture.Fresh();
  const std::string article = Id(9);
  KvBatch text;
  text.Put(Family::kText, *keys::PublicIdToBytes(article), "Ada spoke. Ada left.");
  REQUIRE(kv->Write(text, Durability::kBuffered).ok());
  const auto span = [&](std::uint32_t begin, std::uint32_t end) {
    Evidence evidence;
    evidence.article = article;
    evidence.span = Span{begin, end};
    return evidence;
  };
  Evidence field;
  field.article = article;
  field.field = "byline";
  field.text = "By Ada";
  field.rule = "byline";
  Evidence row;
  row.gazetteer = "geonames:1526384";
  GraphWriter writer(*kv, {});
  NodeData ada = MakeNode(1);
  ada.evidence = {field, row};
  ada.evidence_via = "SEEN";
  REQUIRE(writer.PutNode(ada).ok());
  REQUIRE(writer.PutNode(MakeNode(2)).ok());
  EdgeData edge = MakeEdge(1, "SEEN", 2, "");
  edge.evidence = {span(11, 14), span(0, 3)};
  REQUIRE(writer.PutEdge(edge).ok());
  REQUIRE(writer.Finish(Durability::kBuffered).ok());
  const auto view = ViewOf(*kv);
  const auto evidence = view->EvidenceOf(*view->FindByPublicId(Id(1)));
  REQUIRE(evidence.ok());
  std::vector<Evidence> all = {field, row, span(11, 14), span(0, 3)};
  all[2].text = all[3].text = "Ada";
  std::sort(all.begin(), all.end());
  REQUIRE(*evidence == all);
  REQUIRE(view->EvidenceOf(*view->FindByPublicId(Id(2)))->empty());
  REQUIRE(view->ArticleText(article).ok());
  REQUIRE(view->Health().ok());
}

}  // namespace
}  // namespace hearsay
