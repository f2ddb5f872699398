#include <catch2/catch.hpp>

#include "derived_graph.h"
#include "graph/export/dating.h"
#include "graph/export/exporter.h"
#include "graph/export/looks.h"
#include "graph/export/value_text.h"
#include "graph/export/xml_text.h"
#include "graph/graph_writer.h"
#include "sample_graphs.h"

namespace hearsay {
namespace {

struct Exported {
  std::string text;
  ExportReport report;
};

Exported Write(const View& view, const ExportOptions& options) {
  Exported exported;
  const auto report =
      Export(view, nullptr, "graphml", options, [&exported](std::string_view bytes) {
        exported.text += bytes;
        return Status::Ok();
      });
  REQUIRE(report.status().message() == "");
  exported.report = *report;
  return exported;
}

std::size_t Count(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

TEST_CASE("XML text is escaped, and what XML forbids is replaced and counted") {
  struct Case {
    std::string text;
    std::string xml;
    std::uint64_t replaced;
  };
  const std::string bad = "\xEF\xBF\xBD";
  const Case cases[] = {
      {"plain", "plain", 0},
      {"a<b>&\"c\"]]>", "a&lt;b&gt;&amp;&quot;c&quot;]]&gt;", 0},
      {"\t\n", "\t\n", 0},
      {"\r\n", "&#13;\n", 0},
      {std::string("\0\x01\x1F", 3), bad + bad + bad, 3},
      {"\x7F\xC2\x85", "\x7F\xC2\x85", 0},
      {"\xEF\xBF\xBE", bad, 1},
      {"\xED\xA0\x80", bad + bad + bad, 3},
      {"\xF0\x9F\x9A\xA2", "\xF0\x9F\x9A\xA2", 0},
      {"", "", 0},
  };
  for (const Case& c : cases) {
    std::string xml;
    CHECK(AppendXmlText(c.text, &xml) == c.replaced);
    CHECK(xml == c.xml);
  }
  std::string attribute;
  AppendXmlAttribute("a\tb\nc", &attribute);
  CHECK(attribute == "a&#9;b&#10;c");
}

TEST_CASE("every byte alone makes well-formed text") {
  for (int byte = 0; byte < 256; ++byte) {
    std::string xml;
    const std::uint64_t replaced = AppendXmlText(std::string(1, static_cast<char>(byte)), &xml);
    const bool forbidden = byte >= 0x80 || (byte < 0x20 && byte != 9 && byte != 10 && byte != 13);
    CHECK(replaced == (forbidden ? 1U : 0U));
    CHECK((xml == "\xEF\xBF\xBD") == forbidden);
  }
}

TEST_CASE("values as text") {
  CHECK(ValueText(0.1) == "0.1");
  CHECK(ValueText(0.1 + 0.2) == "0.30000000000000004");
  CHECK(ValueText(1e300) == "1e+300");
  CHECK(ValueText(true) == "true");
  CHECK(ValueText(Value()) == "");
  CHECK(ValueText(List{1, "a\n", Value()}) == R"([1,"a\n",null])");
  CHECK(ValueText(Map{{"b", 1}, {"a", List{}}}) == R"({"a":[],"b":1})");
  CHECK(ValueText(Date{18998}) == "2022-01-06");
  const LocalTime time{((10 * 60 + 40) * 60 + 5) * std::int64_t{1'000'000'000} + 500'000'000};
  CHECK(ValueText(time) == "10:40:05.5");
  CHECK(ValueText(Time{time, -19800}) == "10:40:05.5-05:30");
  CHECK(ValueText(DateTime{{Date{18998}, time}, 0, ""}) == "2022-01-06T10:40:05.5Z");
  CHECK(ValueText(Duration{14, 3, -1, 500'000'000}) == "P14M3DT-0.5S");
}

TEST_CASE("labels are one short line and never blank") {
  const std::string id(32, 'a');
  CHECK(LabelOf("Person", {{"name", "Ann  \n Lee"}}, id) == "Ann Lee");
  CHECK(LabelOf("Person", {{"name", " \t"}}, id) == id);
  CHECK(LabelOf("Statement", {{"text", std::string(50, 'x')}}, id) ==
        std::string(40, 'x') + "\xE2\x80\xA6");
  CHECK(LabelOf("Figure", {{"measure", "killed"}, {"text", "26"}}, id) == "killed: 26");
  CHECK(KindOf({"City", "Entity", "Place"}) == "City");
  CHECK(KindOf({"Entity"}) == "Entity");
  CHECK(KindOf({}) == "Node");
}

TEST_CASE("dates stand for their first moment") {
  CHECK(ParsePublished("2022-01-06")->ms == 1641427200000);
  CHECK(ParsePublished("2022-01-06T06:00+06:00")->ms == 1641427200000);
  CHECK_FALSE(ParsePublished("yesterday").has_value());
}

TEST_CASE("parallel edges are one edge of the file, or all on request") {
  const auto view = test::MakeNewsGraph();
  ExportOptions options;
  const Exported combined = Write(*view, options);
  options.combine_parallel = false;
  const Exported all = Write(*view, options);
  CHECK(all.report.edges == view->EdgeCount());
  CHECK(combined.report.edges_combined > 0);
  CHECK(combined.report.edges + combined.report.edges_combined == all.report.edges);
  CHECK(Count(combined.text, "<edge ") == combined.report.edges);
  CHECK(Count(combined.text, "<node ") == view->NodeCount());
}

TEST_CASE("the same graph gives the same bytes") {
  CHECK((test::ExportText(*test::MakeNewsGraph()) == test::ExportText(*test::MakeNewsGraph())));
}

TEST_CASE("a subset brings the ends of its edges along and nothing else") {
  const auto view = test::MakeNewsGraph();
  std::vector<Edge> quotes;
  const Symbol type = *view->Find("QUOTES");
  REQUIRE(view->Nodes([&](NodeId node) {
                return view
                    ->Edges(node, Direction::kOut, std::span(&type, 1),
                            [&quotes](const Edge& edge) {
                              quotes.push_back(edge);
                              return quotes.size() < 3;
                            })
                    .ok();
              })
              .ok());
  quotes.resize(2);
  ExportOptions options;
  options.subset = ExportSubset{{}, quotes};
  const Exported part = Write(*view, options);
  CHECK(part.report.edges == 2);
  CHECK(part.report.nodes >= 3);
  CHECK(part.report.nodes <= 4);
  options.subset = ExportSubset{};
  CHECK(Write(*view, options).report.nodes == 0);
}

// outlet Post carries what Delta relays of the witness, and what Ann said.
TEST_CASE("the network view joins who quotes to who is quoted") {
  const auto id = [](char c) { return std::string(32, c); };
  const auto node = [&id](char c, const std::string& label, Map properties) {
    NodeData data;
    data.public_id = id(c);
    data.labels = {label};
    data.properties = std::move(properties);
    return data;
  };
  const auto edge = [&id](char src, const char* type, char dst) {
    return EdgeData{id(src), type, id(dst), "", {}, {}};
  };
  const auto view = MakeView(
      {node('a', "Article", {{"published", "2022-01-06"}}), node('b', "Media", {{"name", "Post"}}),
       node('c', "Media", {{"name", "Delta"}}), node('d', "Unnamed", {{"name", "a witness"}}),
       node('e', "Person", {{"name", "Ann"}}), node('1', "Statement", {}),
       node('2', "Statement", {}), node('3', "Statement", {}), node('4', "Statement", {})},
      {edge('a', "PUBLISHED_BY", 'b'), edge('d', "SAID", '1'), edge('c', "SAID", '2'),
       edge('2', "QUOTES", '1'), edge('a', "CARRIES", '2'), edge('1', "IN", 'a'),
       edge('2', "IN", 'a'), edge('e', "SAID", '3'), edge('3', "IN", 'a'), edge('4', "QUOTES", '3'),
       edge('a', "CARRIES", '4'), edge('4', "IN", 'a')});
  ExportOptions options;
  options.view = ExportView::kNetwork;
  const Exported network = Write(*view, options);
  CHECK(network.report.nodes == 4);
  CHECK(network.report.edges == 3);
  const auto has_edge = [&](char src, char dst) {
    return Count(network.text, "source=\"" + id(src) + "\" target=\"" + id(dst) + "\"") == 1;
  };
  CHECK(has_edge('b', 'c'));
  CHECK(has_edge('c', 'd'));
  CHECK(has_edge('b', 'e'));  // statement 4 names no source, so the outlet stands behind it
  CHECK(Count(network.text, "<data key=\"e_date\">2022-01-06</data>") == 3);
  CHECK(Count(network.text, "<data key=\"e_last_date_ms\">1641427200000</data>") == 3);
}

TEST_CASE("an unknown format names those there are, and a failing sink ends the export") {
  const auto view = MakeView({}, {});
  const ExportSink good = [](std::string_view) { return Status::Ok(); };
  const auto unknown = Export(*view, nullptr, "xlsx", {}, good);
  CHECK(unknown.status().message() == "no export format \"xlsx\"; there are: graphml, records");
  const auto no_store = Export(*view, nullptr, "records", {}, good);
  CHECK(no_store.status().code() == StatusCode::kInvalidArgument);
  const auto failed = Export(*view, nullptr, "graphml", {},
                             [](std::string_view) { return Status::Io("disk full"); });
  CHECK(failed.status().message() == "disk full");
}

}  // namespace
}  // namespace hearsay
