#include "query/format/format.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <sstream>

#include "graph_json.h"
#include "query/engine.h"

namespace hearsay::query::test {
namespace {

class Formats {
 public:
  Formats()
      : view_(MakeViewFromJson(nlohmann::json::parse(
            R"({"nodes": [{"id": 1, "labels": ["Media", "Entity"], "props": {"name": "Ana, \"quoted\""}}],
                "rels": []})"))) {}

  std::string Write(const std::string& format, const std::string& query,
                    const FormatOptions& options = {}) {
    const Outcome outcome = Run(*view_, query, {});
    REQUIRE(outcome.result);
    return FindFormat(format)->write(*view_, *outcome.result, options);
  }

 private:
  std::unique_ptr<View> view_;
};

TEST_CASE_METHOD(Formats, "JSON is JSON, whatever the values are") {
  const auto json = nlohmann::json::parse(Write(
      "json", "MATCH (m) RETURN m, m.name AS name, [1, 2.5, null] AS list, {a: true} AS map"));
  REQUIRE(json.size() == 1);
  CHECK(json[0]["name"] == "Ana, \"quoted\"");
  CHECK(json[0]["m"]["properties"]["name"] == "Ana, \"quoted\"");
  CHECK(json[0]["m"]["labels"] == nlohmann::json({"Entity", "Media"}));
  CHECK(json[0]["list"] == nlohmann::json::parse("[1, 2.5, null]"));
  CHECK(json[0]["map"]["a"] == true);
  CHECK(nlohmann::json::parse(Write("json", "MATCH (m:Nothing) RETURN m")).empty());
}

TEST_CASE_METHOD(Formats, "JSON lines are one object a row") {
  std::istringstream lines(Write("jsonl", "UNWIND [1, 2, 3] AS x RETURN x, 'a\nb' AS text"));
  int rows = 0;
  for (std::string line; std::getline(lines, line); ++rows) {
    CHECK(nlohmann::json::parse(line)["x"] == rows + 1);
  }
  CHECK(rows == 3);
}

TEST_CASE_METHOD(Formats, "CSV quotes as RFC 4180 does, with plain line ends") {
  CHECK(Write("csv", "MATCH (m) RETURN m.name AS name, 'two\nlines' AS text, null AS nothing") ==
        "name,text,nothing\n\"Ana, \"\"quoted\"\"\",\"two\nlines\",\n");
}

TEST_CASE_METHOD(Formats, "a table is no wider than the terminal, and says what it left out") {
  FormatOptions narrow;
  narrow.width = 30;
  narrow.rows_max = 2;
  const std::string table = Write(
      "table", "UNWIND range(1, 5) AS n RETURN n, 'words words words words words' AS text", narrow);
  std::istringstream lines(table);
  for (std::string line; std::getline(lines, line);) CHECK(DisplayWidth(line) <= 30);
  CHECK(table.find("2 of 5 rows shown") != std::string::npos);
}

TEST_CASE("the width of a text is that of a terminal") {
  CHECK(DisplayWidth("abc") == 3);
  CHECK(DisplayWidth("\xE6\x9D\xB1\xE4\xBA\xAC") == 4);  // two East Asian wide characters
  CHECK(DisplayWidth("e\xCC\x81") == 1);                 // a combining accent
  CHECK(DisplayWidth(FitWidth("\xE6\x9D\xB1\xE4\xBA\xAC\xE9\x83\xBD", 4)) == 4);
  CHECK(FitWidth("ab", 4) == "ab  ");
}

TEST_CASE_METHOD(Formats, "every format writes every kind of value, and no row at all") {
  for (const ResultFormat& format : ResultFormats()) {
    CHECK(!Write(std::string(format.name), "MATCH (m) RETURN m, 1, 'a', [m], {k: m}").empty());
    CHECK_NOTHROW(Write(std::string(format.name), "MATCH (m:Nothing) RETURN m"));
  }
  CHECK(FindFormat("xlsx") == nullptr);
}

}  // namespace
}  // namespace hearsay::query::test
