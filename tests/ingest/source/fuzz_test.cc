// Seeded random bytes and mutations through every reader: nothing crashes, every offset is valid,
// every map entry leads to equal bytes, and the text layers hold their promises.
#include <random>
#include <string>

#include "tests/ingest/source/harness.h"
#include "tests/ingest/text/layers.h"

namespace hearsay::ingest {
namespace {

const std::string kPage =
    "<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>Rain floods three towns | "
    "Example</title><script type='application/ld+json'>{\"@type\": \"NewsArticle\", \"headline\": "
    "\"Rain floods three towns\", \"datePublished\": \"2031-03-06T10:40:00Z\", \"author\": "
    "[{\"name\": \"Ann Example\"}]}</script></head><body><nav><a href=/>Home</a></nav><article>"
    "<h1>Rain floods three towns</h1><p class=\"lead\">It has rained for many days in the north "
    "&mdash; officials said on Friday that three towns were &#8220;flooded&#8221;.</p><figure><img "
    "src=a.jpg><figcaption>A street. (Photo by Example)</figcaption></figure><p>Nobody was hurt, "
    "<b>they</b> said,<br>but many roads &amp; bridges are closed &notanentity; caf\xC3\xA9.</p>"
    "<ul><li>One road<li>Two bridges</ul></article><footer>&copy; Example</footer></body></html>";

const std::string kText =
    "Friday 7 March 2031 - 13:45\n\nRain floods three towns\n\nBy Ann Example\n\nNorthtown, March "
    "6 "
    "(EXA) - \xE2\x80\x9CIt has rained,\xE2\x80\x9D he said. 'No,' she didn't say \"yes... 3,811 "
    "of "
    "U.S. e-mail a@b.org \xC2\xAB\xD0\x94\xD0\xB0\xC2\xBB\n\nRelated:\nMore rain\n\nEnd. EXA\n";

const std::string kLines =
    "{\"text\": \"It \\u201crained\\u201d.\\nThen it \\\"snowed\\\".\", \"title\": \"Rain\", "
    "\"published\": \"2031-03-06\"}\n{\"id\": 7, \"html\": \"<p>It has rained for many days in the "
    "north, and officials said on Friday that three towns were flooded &amp; many roads closed, "
    "they said.</p>\"}\n";

using Random = std::mt19937_64;

std::size_t Below(Random& random, std::size_t n) { return n == 0 ? 0 : random() % n; }

std::string RandomBytes(Random& random, std::size_t size) {
  std::string bytes;
  for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>(random() & 0xFF);
  return bytes;
}

// Valid UTF-8 of characters that the layers look at.
std::string RandomText(Random& random, std::size_t pieces) {
  static const char* const kPieces[] = {"a",
                                        "B",
                                        "said ",
                                        "'",
                                        "\"",
                                        "\xE2\x80\x9C",
                                        "\xE2\x80\x9D",
                                        "\xE2\x80\x99",
                                        ".",
                                        ". ",
                                        "\n",
                                        "\n\n",
                                        " ",
                                        "-",
                                        "\xE2\x80\x94",
                                        "...",
                                        "3",
                                        ",",
                                        ":",
                                        "/",
                                        "(",
                                        ")",
                                        "@",
                                        "www.",
                                        "http://",
                                        "n't",
                                        "'s",
                                        "\xC2\xA0",
                                        "\xC2\xAB",
                                        "\xC2\xBB",
                                        "\xE2\x80\x9E",
                                        "\xE2\x80\x98",
                                        "\xF0\x9F\x98\x80",
                                        "\xC2\xAD",
                                        "U.S.",
                                        "Jan.",
                                        "\xE4\xB8\xAD",
                                        "\r",
                                        "\t",
                                        "\xE2\x80\xA8",
                                        "\xCC\x81",
                                        "``",
                                        "''"};
  std::string text;
  for (std::size_t i = 0; i < pieces; ++i) text += kPieces[Below(random, std::size(kPieces))];
  return text;
}

std::string Mutate(Random& random, std::string bytes) {
  const std::size_t changes = 1 + Below(random, 8);
  for (std::size_t i = 0; i < changes && !bytes.empty(); ++i) {
    const std::size_t at = Below(random, bytes.size());
    const std::size_t length = std::min(bytes.size() - at, 1 + Below(random, 40));
    switch (Below(random, 6)) {
      case 0:
        bytes[at] = static_cast<char>(random() & 0xFF);
        break;
      case 1:
        bytes.erase(at, length);
        break;
      case 2:
        bytes.insert(at, bytes.substr(Below(random, bytes.size()), length));
        break;
      case 3:
        bytes.insert(at, RandomBytes(random, Below(random, 6)));
        break;
      case 4:
        bytes.resize(at);
        break;
      default:
        bytes.insert(at, 1, "<>&;\"'/\\{}[]\r\n"[Below(random, 15)]);
        break;
    }
  }
  return bytes;
}

void CheckLayers(const std::string& text) {
  const Layers layers(text);
  const Analysis& analysis = layers.analysis;
  std::uint32_t at = 0;
  for (const Token& token : analysis.tokens) {
    REQUIRE(token.span.begin >= at);
    REQUIRE(token.span.end > token.span.begin);
    at = token.span.end;
  }
  REQUIRE(at <= text.size());
  const std::size_t tokens = analysis.tokens.size();
  TokenIndex next = 0;
  for (const Sentence& sentence : analysis.sentences) {
    REQUIRE(sentence.tokens.begin == next);  // each token is in one sentence
    REQUIRE(sentence.tokens.end > sentence.tokens.begin);
    next = sentence.tokens.end;
    REQUIRE(analysis.blocks.at(sentence.block).span.Covers(sentence.span));
  }
  REQUIRE(next == tokens);
  std::uint32_t begin = 0;
  for (std::size_t i = 0; i < analysis.quotations.size(); ++i) {
    const Quotation& q = analysis.quotations[i];
    REQUIRE(q.span.begin >= begin);
    begin = q.span.begin;
    REQUIRE(q.span.Covers(q.inner));
    REQUIRE(q.span.end <= text.size());
    REQUIRE(q.tokens.end <= tokens);
    if (q.outer) {
      REQUIRE(*q.outer < i);
      REQUIRE(analysis.quotations[*q.outer].span.Covers(q.span));
    }
  }
}

void CheckReader(const std::string& bytes, const std::string& source) {
  const Collected got = ReadAll(bytes, source);
  REQUIRE(got.articles.size() + got.refusals.size() > 0);
  for (const Article& article : got.articles) {
    CheckMap(article, bytes);
    CheckLayers(article.text);
  }
  for (const Refusal& refusal : got.refusals) REQUIRE_FALSE(refusal.reason.empty());
}

TEST_CASE("fuzz: random bytes through every reader") {
  Random random(1);
  for (int i = 0; i < 300; ++i) {
    const std::string bytes = RandomBytes(random, 1 + Below(random, 300));
    for (const char* source : {"a.txt", "a.html", "a.jsonl", "a"}) CheckReader(bytes, source);
  }
}

TEST_CASE("fuzz: random text through the layers") {
  Random random(2);
  for (int i = 0; i < 400; ++i) CheckLayers(RandomText(random, Below(random, 200)));
}

TEST_CASE("fuzz: mutated pages, texts and JSON lines") {
  Random random(3);
  for (int i = 0; i < 700; ++i) {
    CheckReader(Mutate(random, kPage), "a.html");
    CheckReader(Mutate(random, kText), "a.txt");
    CheckReader(Mutate(random, kLines), "a.jsonl");
  }
}

TEST_CASE("fuzz: every prefix of a page, a text and JSON lines") {
  for (std::size_t size = 1; size <= kPage.size(); size += 3) {
    CheckReader(kPage.substr(0, size), "a.html");
  }
  for (std::size_t size = 1; size <= kText.size(); ++size) {
    CheckReader(kText.substr(0, size), "a.txt");
  }
  for (std::size_t size = 1; size <= kLines.size(); size += 3) {
    CheckReader(kLines.substr(0, size), "a.jsonl");
  }
}

}  // namespace
}  // namespace hearsay::ingest
