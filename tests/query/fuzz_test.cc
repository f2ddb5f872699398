// No text brings the engine down: it answers, or refuses with a place inside the text.

#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

#include "graph_json.h"
#include "query/engine.h"
#include "query/format/format.h"

namespace hearsay::query::test {
namespace {

const std::vector<std::string> kSeeds = {
    R"(MATCH (a:Person)-[r:SAID]->(s:Statement) WHERE a.name CONTAINS 'x' RETURN a, count(*) AS n
    ORDER BY n DESC SKIP 1 LIMIT 10)",
    "OPTIONAL MATCH p = ALL SHORTEST (a)-[:SAID|QUOTES*1..4]-(b) RETURN p, nodes(p), length(p)",
    R"(UNWIND [1, 2.5, 'a', null, {k: [true]}] AS x WITH x WHERE x IS NOT NULL RETURN x,
    CASE x WHEN 1 THEN 'one' ELSE $p END UNION ALL RETURN 1, 2)",
    "RETURN [x IN range(1, 10) WHERE x % 2 = 0 | x ^ 2][1..3], any(x IN [1] WHERE x > 0), -1 + 2",
    "WHO SAID \"loud explosions\" ABOUT \"Almaty\" SINCE 2022-01-05 IN \"EFE\"",
    "WHAT DID \"a witness\" SAY ABOUT x UNTIL 2022",
    "TRACE statement:0123abcd",
    "PATHS FROM \"a witness\" TO \"EFE\" VIA SAID, QUOTES AVOID \"TASS\" MAX 3 SHORTEST 2",
    "FIGURES killed OF police IN \"Almaty\"",
    "AS KNOWN 2022-01-06 EXPAND TRACE 'words'",
    "EXPLAIN MATCH (n) WHERE exists { (n)--() } AND NOT (n)-->(:A {b: 1}) RETURN DISTINCT *",
};

std::string Mutated(std::mt19937* random, std::string text) {
  const auto pick = [random](std::size_t n) { return static_cast<std::size_t>((*random)() % n); };
  const std::size_t times = 1 + pick(4);
  for (std::size_t t = 0; t < times && !text.empty(); ++t) {
    const std::size_t at = pick(text.size());
    const std::size_t size = std::min(text.size() - at, 1 + pick(12));
    switch (pick(6)) {
      case 0:
        text.erase(at, size);
        break;
      case 1:
        text[at] = static_cast<char>(pick(256));
        break;
      case 2:
        text.insert(at, text.substr(pick(text.size()), size));
        break;
      case 3: {
        const std::string& other = kSeeds[pick(kSeeds.size())];
        text.insert(at, other.substr(pick(other.size()), 20));
        break;
      }
      case 4:
        text.insert(at, std::string(1, "()[]{}'\"`*-<>|$.,:;\\/"[pick(21)]));
        break;
      default:
        text.insert(at, std::string(pick(40), "([{-"[pick(4)]));
    }
  }
  return text;
}

TEST_CASE("mutated queries are answered or refused") {
  const nlohmann::json graph = nlohmann::json::parse(R"({"nodes": [
      {"id": 1, "labels": ["Person", "Entity"], "props": {"name": "a witness"}},
      {"id": 2, "labels": ["Statement"], "props": {"text": "loud explosions"}},
      {"id": 3, "labels": ["Media", "Entity"], "props": {"name": "EFE"}}],
    "rels": [{"id": 1, "type": "SAID", "from": 1, "to": 2, "props": {}},
      {"id": 2, "type": "SAID", "from": 3, "to": 2, "props": {}}]})");
  const auto view = MakeViewFromJson(graph);
  std::mt19937 random(7);
  int answered = 0;
  for (int round = 0; round < 60'000; ++round) {
    const std::string text = Mutated(&random, kSeeds[random() % kSeeds.size()]);
    INFO(text);
    RunOptions options;
    options.rows_max = 100;
    const Outcome outcome = Run(*view, text, options);
    REQUIRE(outcome.result.has_value() != outcome.error.has_value());
    if (outcome.error) {
      const auto lines = static_cast<std::uint32_t>(std::count(text.begin(), text.end(), '\n') + 1);
      REQUIRE(outcome.error->line <= lines);
      REQUIRE(!outcome.error->message.empty());
      REQUIRE(outcome.error->message.find('\n') == std::string::npos);
      REQUIRE(!outcome.error->Render(text).empty());
      continue;
    }
    ++answered;
    for (const ResultFormat& format : ResultFormats()) {
      (void)format.write(*view, *outcome.result, {});
    }
  }
  CHECK(answered > 200);
}

}  // namespace
}  // namespace hearsay::query::test
