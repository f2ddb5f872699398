#include "sample_graphs.h"

#include <limits>

#include "derived_graph.h"
#include "generate.h"
#include "graph/base/sha256.h"
#include "graph/graph_writer.h"

namespace hearsay::test {
namespace {

struct Text {
  std::string written;
  std::string read;  // empty: the same
};

std::vector<Text> Texts() {
  return {{"INFLATION", ""},
          {"null", ""},
          {"NaN", ""},
          {"yes", ""},
          {"]]>", ""},
          {"<a href=\"x\">&amp; 'quoted'</a>", ""},
          {"caf\xC3\xA9 \xF0\x9F\x9A\xA2 ship", ""},
          {"\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D right to left \xE2\x80\x8F", ""},
          {"\xD0\x90\xD0\xBB\xD0\xBC\xD0\xB0\xD1\x82\xD1\x8B", ""},
          {"two\nlines\tand a tab", ""},
          {"carriage\r\nreturn", ""},
          {std::string("control \x01\x08\x1F and null \0 here", 27),
           "control \xEF\xBF\xBD"
           "\xEF\xBF\xBD\xEF\xBF\xBD and null \xEF\xBF\xBD here"},
          {"no character \xEF\xBF\xBE\xEF\xBF\xBF", "no character \xEF\xBF\xBD\xEF\xBF\xBD"},
          {"no UTF-8 \xFF\xC3", "no UTF-8 \xEF\xBF\xBD\xEF\xBF\xBD"},
          {std::string(1'000'000, 'm'), ""}};
}

std::string IdOf(const std::string& name) { return Sha256Hex(name).substr(0, 32); }

NodeData Node(const std::string& name, Map properties) {
  NodeData node;
  node.public_id = IdOf(name);
  node.labels = {"Thing"};
  node.properties = std::move(properties);
  return node;
}

}  // namespace

std::vector<std::string> ReadableStrings() {
  std::vector<std::string> texts;
  for (const Text& text : Texts()) texts.push_back(text.read.empty() ? text.written : text.read);
  return texts;
}

std::unique_ptr<View> MakeStringsGraph() {
  std::vector<NodeData> nodes;
  std::vector<EdgeData> edges;
  for (const Text& text : Texts()) {
    nodes.push_back(Node("text" + std::to_string(nodes.size()), {{"text", text.written}}));
    edges.push_back({nodes.front().public_id, "NEXT", nodes.back().public_id, "", {}, {}});
  }
  constexpr double kInf = std::numeric_limits<double>::infinity();
  // Properties named like what readers take for themselves; values of every type.
  nodes.push_back(Node("types", {{"flag", true},
                                 {"count", std::numeric_limits<std::int64_t>::max()},
                                 {"share", 0.1 + 0.2},
                                 {"tiny", 1e-300},
                                 {"endless", kInf},
                                 {"mixed", 1},
                                 {"kind", "own"},
                                 {"Color", "#123456"},
                                 {"weight", 0},
                                 {"x", 3.5},
                                 {"id", IdOf("types")},
                                 {"timeset", "now"},
                                 {"a b", 1},
                                 {"a_b", 2},
                                 {"A_B", 3},
                                 {"day", Date{19000}},
                                 {"list", List{1, "two", 3.5, List{}, Value()}},
                                 {"map", Map{{"k", "v"}}},
                                 {"empty", ""}}));
  nodes.push_back(Node("types2", {{"mixed", 1.5}, {"endless", 2.5}, {"label", " \n "}}));
  const std::string& a = nodes[0].public_id;
  const std::string& b = nodes[1].public_id;
  edges.push_back({a, "LOOP", a, "", {{"weight", -1}, {"label", "mine"}}, {}});
  edges.push_back({b, "SAID", a, "1", {{"cue", "said"}}, {}});
  edges.push_back({b, "SAID", a, "2", {{"cue", "denied"}}, {}});
  edges.push_back({b, "DENIED", a, "", {}, {}});
  return MakeView(nodes, edges);
}

std::unique_ptr<View> MakeNewsGraph() {
  DerivedGraph graph;
  for (std::uint64_t seed = 1000; seed < 1100; ++seed) graph.Add(GenerateArticle(seed));
  graph.Derive(true);
  return graph.NewView();
}

}  // namespace hearsay::test
