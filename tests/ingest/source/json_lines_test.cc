#include <string>

#include "tests/ingest/source/harness.h"

namespace hearsay::ingest {
namespace {

TEST_CASE("json lines: records, and a broken line in the middle") {
  const std::string bytes =
      "{\"id\": \"r1\", \"text\": \"It rained.\", \"outlet\": \"Example\", \"published\": "
      "\"6 March 2031\", \"url\": \"https://example.org/1\", \"language\": \"en\"}\n"
      "{\"text\": \"It rai\n"
      "\n"
      "{\"text\": \"He \\\"left\\\".\\nThen it snowed \\u2014 caf\\u00e9.\", \"title\": \"Snow\", "
      "\"byline\": \"Ann Example\"}\n"
      "{\"title\": \"no text\"}\n"
      "{\"text\": 5}\n"
      "{\"text\": \"x\", \"html\": \"y\"}\n"
      "{\"text\": \"x\", \"published\": \"some day\"}\n"
      "[1, 2]\n";
  const Collected got = ReadAll(bytes, "news.jsonl");
  REQUIRE(got.articles.size() == 2);
  CHECK(got.articles[0].metadata.source == "news.jsonl#r1");
  CHECK(got.articles[0].metadata.outlet == "Example");
  CHECK(got.articles[0].metadata.published == "2031-03-06");
  CHECK(got.articles[0].metadata.url == "https://example.org/1");
  CHECK(got.articles[1].metadata.source == "news.jsonl:4");
  CHECK(got.articles[1].metadata.title == "Snow");
  CHECK(got.articles[1].text == "He \"left\".\nThen it snowed — café.");
  for (const Article& article : got.articles) {
    CHECK_FALSE(article.source_map.empty());
    CheckMap(article, bytes);
  }
  struct Expected {
    const char* place;
    const char* reason;
  };
  const Expected expected[] = {
      {"news.jsonl:2", "broken JSON"},
      {"news.jsonl:5", "neither \"text\" nor \"html\""},
      {"news.jsonl:6", "\"text\" must be a string"},
      {"news.jsonl:7", "both \"text\" and \"html\""},
      {"news.jsonl:8", "no date"},
      {"news.jsonl:9", "must be a JSON object"},
  };
  REQUIRE(got.refusals.size() == std::size(expected));
  for (std::size_t i = 0; i < std::size(expected); ++i) {
    CHECK(got.refusals[i].place == expected[i].place);
    CHECK(got.refusals[i].reason.find(expected[i].reason) != std::string::npos);
  }
}

TEST_CASE("json lines: one object or one array is fine too") {
  const std::string object = "{\n  \"text\": \"It rained.\"\n}\n";
  const std::string array = "[{\"text\": \"One, \\\"two\\\" ]\"},\n {\"text\": \"Three.\"}, {}]";
  const Collected one = ReadAll(object, "a.json");
  REQUIRE(one.articles.size() == 1);
  CheckMap(one.articles[0], object);
  const Collected many = ReadAll(array, "a.json");
  REQUIRE(many.articles.size() == 2);
  CHECK(many.articles[0].text == "One, \"two\" ]");
  CHECK(many.articles[1].metadata.source == "a.json:2");
  CHECK(many.refusals.size() == 1);
  for (const Article& article : many.articles) {
    CHECK_FALSE(article.source_map.empty());
    CheckMap(article, array);
  }
}

TEST_CASE("json lines: a page inside a record") {
  const std::string bytes =
      "{\"html\": \"<html lang=\\\"en\\\"><body><h1>Rain floods three towns</h1>\\n<p>It has "
      "rained for many days in the north, and officials said on Friday that three towns were "
      "flooded.</p><p>Nobody was hurt &amp; many roads are closed, they said on Friday "
      "morning.</p></body></html>\", \"outlet\": \"Example\"}\n";
  const Collected got = ReadAll(bytes, "pages.jsonl");
  REQUIRE(got.articles.size() == 1);
  CHECK(got.articles[0].text.starts_with("Rain floods three towns\n\nIt has rained"));
  CHECK(got.articles[0].text.find("hurt & many") != std::string::npos);
  CHECK(got.articles[0].metadata.outlet == "Example");
  CHECK(got.articles[0].metadata.language == "en");
  CHECK_FALSE(got.articles[0].source_map.empty());
  CheckMap(got.articles[0], bytes);
}

TEST_CASE("json lines: a broken file is one refusal where it is one value") {
  CHECK(ReadAll("[{\"text\": \"a\"},\n{\"text\": ]", "a.json").refusals.size() == 1);
  CHECK(ReadAll("{\n\"text\": \"a\n}", "a.json").refusals.size() == 1);
}

}  // namespace
}  // namespace hearsay::ingest
