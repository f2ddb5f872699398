#include <string>

#include "ingest/source/decode.h"
#include "ingest/source/html_dom.h"
#include "tests/ingest/source/harness.h"

namespace hearsay::ingest {
namespace {

constexpr const char* kBody =
    "<p>It has rained for many days in the north, and officials said on Friday that three towns "
    "were flooded.</p>\n<p>&ldquo;Nobody was hurt&rdquo;, they   said &amp; left,\n but <b>many "
    "roads</b> are closed in the whole of the region.</p>";
constexpr const char* kText =
    "It has rained for many days in the north, and officials said on Friday that three towns "
    "were flooded.\n\n“Nobody was hurt”, they said & left, but many roads are closed in the "
    "whole of the region.";

std::string Page(const std::string& head, const std::string& body) {
  return "<!DOCTYPE html><html><head>" + head + "</head><body>" + body + "</body></html>";
}

TEST_CASE("html: the article without what surrounds it") {
  const std::string bodies[] = {
      std::string("<article>") + kBody + "</article>",
      std::string("<nav><a href=/>Home</a> <a href=/n>News</a></nav><div><div>") + kBody +
          "</div></div><footer><p>All rights reserved, Example Media, Northtown.</p></footer>",
      std::string("<div class='article-body'>") + kBody +
          "</div><div class='related-links'><p>Why the rain will not stop, and what you can do "
          "about it.</p></div>",
      std::string("<main>") + kBody +
          "<div class=share><a href=#>Share</a></div><aside><p>Read our other reports about the "
          "rain, too.</p></aside><script>var a = 'It rained, and rained, and rained.';</script>"
          "<p style='display: none'>This is hidden from you, and always was, and will "
          "be.</p></main>",
      std::string("<ul><li><a href=/1>One story about the rain in the north, and more.</a></li>"
                  "<li><a href=/2>Another story about the rain in the north, and more.</a></li>"
                  "</ul><div>") +
          kBody + "</div>",
  };
  for (const std::string& body : bodies) {
    const std::string page = Page("<meta charset=utf-8>", body);
    INFO(page);
    const Collected got = ReadAll(page, "a.html");
    REQUIRE(got.articles.size() == 1);
    CHECK(got.articles[0].text == kText);
    CHECK_FALSE(got.articles[0].source_map.empty());
    CheckMap(got.articles[0], page);
  }
}

TEST_CASE("html: the map covers all but entities and changed white space") {
  const std::string page = Page("", std::string("<article>") + kBody + "</article>");
  const Collected got = ReadAll(page, "a.html");
  REQUIRE(got.articles.size() == 1);
  std::size_t mapped = 0;
  for (const SourceMapEntry& entry : got.articles[0].source_map) mapped += entry.length;
  // two curly quotes of three bytes, one &, one line end made a space, one blank line
  CHECK(got.articles[0].text.size() - mapped == 3 + 3 + 1 + 1 + 2);
}

TEST_CASE("html: metadata of JSON-LD, meta elements and the page") {
  struct Case {
    const char* head;
    const char* body;
    Metadata expected;
  };
  Metadata ld;
  ld.title = "Rain & floods";
  ld.outlet = "Example Post";
  ld.byline = "Ann Example, Bob Sample";
  ld.published = "2031-03-06T10:40:00+01:00";
  ld.updated = "2031-03-07";
  ld.url = "https://example.org/rain";
  ld.language = "en-GB";
  Metadata meta;
  meta.title = "Rain floods three towns";
  meta.outlet = "Example Post";
  meta.byline = "Ann Example";
  meta.published = "2031-03-06T10:40:00Z";
  meta.url = "https://example.org/rain";
  meta.language = "en-US";
  Metadata plain;
  plain.title = "Rain floods three towns";
  plain.byline = "Ann Example";
  plain.published = "2031-03-06";
  const Case cases[] = {
      {"<script type='application/ld+json'>{\"@graph\": [{\"@type\": \"WebSite\", \"name\": \"x\"},"
       "{\"@type\": [\"NewsArticle\"], \"headline\": \"Rain &amp; floods\", \"author\": [{\"name\":"
       "\"Ann Example\"}, {\"name\": \"Bob Sample\"}], \"publisher\": {\"name\": \"Example Post\"},"
       "\"datePublished\": \"2031-03-06T10:40:00+01:00\", \"dateModified\": \"2031-03-07\","
       "\"mainEntityOfPage\": {\"@id\": \"https://example.org/rain\"}, \"inLanguage\": \"en_GB\"}]}"
       "</script><meta property='og:title' content='Another'>",
       "", ld},
      {"<meta property='og:title' content='Rain floods three towns | Example Post'>"
       "<meta property='og:site_name' content='Example Post'><meta name=author content='Ann "
       "Example'><meta property='article:published_time' content='2031-03-06T10:40:00Z'>"
       "<link rel='canonical' href='https://example.org/rain'><meta property='og:locale' "
       "content='en_US'>",
       "", meta},
      {"<title>Rain floods three towns - Example</title>",
       "<h1>Rain floods three towns</h1><a rel=author href=/ann>Ann Example</a> <time "
       "datetime='2031-03-06'>yesterday</time>",
       plain},
      {"<script type='application/ld+json'>{\"@type\": \"NewsArticle\", broken</script>", "", {}},
  };
  for (const Case& c : cases) {
    INFO(c.head);
    const std::string page = Page(c.head, std::string(c.body) + "<article>" + kBody + "</article>");
    const Collected got = ReadAll(page, "a.html");
    REQUIRE(got.articles.size() == 1);
    const Metadata& metadata = got.articles[0].metadata;
    CHECK(metadata.title == c.expected.title);
    CHECK(metadata.outlet == c.expected.outlet);
    CHECK(metadata.byline == c.expected.byline);
    CHECK(metadata.published == c.expected.published);
    CHECK(metadata.updated == c.expected.updated);
    CHECK(metadata.url == c.expected.url);
    // Where the page does not say it, the text does.
    CHECK(metadata.language == (c.expected.language.empty() ? "en" : c.expected.language));
  }
}

TEST_CASE("html: pages without an article are refused, with the reason") {
  const std::string pages[] = {
      Page("", ""),
      Page("", "<ul><li><a href=/1>One story</a></li><li><a href=/2>Another</a></li></ul>"),
      Page("", "<p>Short.</p>"),
      "<html",
  };
  for (const std::string& page : pages) {
    INFO(page);
    const Collected got = ReadAll(page, "a.html");
    CHECK(got.articles.empty());
    REQUIRE(got.refusals.size() == 1);
    CHECK(got.refusals[0].reason.find("no article in the page") != std::string::npos);
  }
}

TEST_CASE("html: nesting without end is refused, not followed") {
  std::string deep;
  for (int i = 0; i < 200000; ++i) deep += "<div>";
  CHECK(ReadAll(deep, "a.html").refusals.at(0).reason.find("nested") != std::string::npos);
  std::string bold;
  for (int i = 0; i < 5000; ++i) bold += "<b id=" + std::to_string(i) + "><p>";
  CHECK(ReadAll(bold, "a.html").refusals.at(0).reason.find("nested") != std::string::npos);
}

TEST_CASE("html: charsets") {
  const std::string latin =
      "<meta charset='iso-8859-1'><article><p>It has rained for many days in Caf\xE9 Nord, and "
      "officials said on Friday that three towns were flooded.</p><p>Nobody was hurt, \x93they\x94 "
      "said, but many roads are closed in the whole of the region.</p></article>";
  const Collected got = ReadAll(latin, "a.html");
  REQUIRE(got.articles.size() == 1);
  CHECK(got.articles[0].text.find("Café Nord") != std::string::npos);
  CHECK(got.articles[0].text.find("“they”") != std::string::npos);
  CheckMap(got.articles[0], latin);
  std::string cyrillic =
      "<meta http-equiv='Content-Type' content='text/html; charset=windows-1251'><p>";
  for (int i = 0; i < 40; ++i) cyrillic += "\xC4\xEE\xE6\xE4\xFC, ";
  cyrillic += ".</p>";
  const Collected rain = ReadAll(cyrillic, "a.html");
  REQUIRE(rain.articles.size() == 1);
  CHECK(rain.articles[0].text.starts_with("Дождь, Дождь"));
  const Collected unknown = ReadAll("<meta charset='klingon'><p>\xE9\xE9</p>", "a.html");
  REQUIRE(unknown.refusals.size() == 1);
  CHECK(unknown.refusals[0].reason.find("unknown charset \"klingon\"") != std::string::npos);
}

TEST_CASE("html: a page that only its script shows") {
  const std::string page = Page(
      "<script type=\"application/ld+json\">{\"@type\": \"NewsArticle\", \"headline\": \"Rain "
      "floods three towns\", \"articleBody\": \"It has rained for many days in the north, and "
      "officials said \\u201con Friday\\u201d that three towns were flooded.\\nNobody was hurt, "
      "they said, but many roads are closed.\"}</script>",
      "<div id=app></div>");
  const Collected got = ReadAll(page, "a.html");
  REQUIRE(got.articles.size() == 1);
  CHECK(got.articles[0].text.find("said “on Friday” that") != std::string::npos);
  CHECK_FALSE(got.articles[0].source_map.empty());
  CheckMap(got.articles[0], page);
}

TEST_CASE("decode: maps are composed through gaps") {
  const std::vector<SourceMapEntry> inner = {{0, 10, 10}, {12, 30, 5}};
  const std::vector<SourceMapEntry> outer = {{0, 100, 15}, {18, 200, 20}};
  const std::vector<SourceMapEntry> expected = {{0, 110, 5}, {8, 200, 2}, {12, 212, 5}};
  CHECK(Compose(inner, outer) == expected);
  CHECK(Compose(inner, {}) == inner);
}

}  // namespace
}  // namespace hearsay::ingest
