// What the pipeline makes of a model's reading.  The first cases use a tiny model of random
// weights, which finds spans everywhere: whatever a model says, the record must be sound.
#include "ingest/nlp/model_reading.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "ingest/model/kernels.h"
#include "ingest/model/locate.h"
#include "ingest/pipeline.h"
#include "tests/ingest/source/harness.h"

namespace hearsay::ingest {
namespace {

const Extractor& Random() {
  static const auto kExtractor = [] {
    std::shared_ptr<const model::Model> model =
        model::Model::Open("tests/ingest/model/data/tiny-int8.safetensors").value();
    return Extractor::FromTable({"hearsay", "0", "tiny"}, ModelComponents(std::move(model)))
        .value();
  }();
  return *kExtractor;
}

std::vector<std::string> Texts() {
  std::vector<std::string> texts = {"",
                                    " \n\n ",
                                    "?!",
                                    "“",
                                    "a",
                                    "\xC2\xAD\n\xE2\x80\x8B",
                                    "\"He said: \"\"\n\n\"",
                                    "你好。\n他说。"};
  std::ifstream in("ingest/train/reference/texts.txt");
  for (std::string line; std::getline(in, line);) {
    std::string text;
    for (std::size_t i = 0; i < line.size(); ++i) {
      const bool line_break = line.compare(i, 2, "\\n") == 0;
      text += line_break ? '\n' : line[i];
      i += line_break ? 1 : 0;
    }
    texts.push_back(std::move(text));
  }
  REQUIRE(texts.size() > 30);
  return texts;
}

bool StartsCharacter(const std::string& text, std::uint32_t at) {
  return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
}

TEST_CASE("model reading: whatever the model says, spans lie in the text and links in the record") {
  std::size_t statements = 0;
  for (const std::string& text : Texts()) {
    Article article;
    article.text = text;
    const Record record = Random().Extract(article);
    CAPTURE(text);
    const auto sound = [&](Span span) {
      return !span.empty() && span.end <= text.size() && StartsCharacter(text, span.begin) &&
             StartsCharacter(text, span.end);
    };
    for (std::size_t i = 0; i < record.statements.size(); ++i) {
      const StatementRecord& s = record.statements[i];
      REQUIRE_FALSE(s.content.empty());
      for (const Span part : s.content) REQUIRE(sound(part));
      if (s.source) REQUIRE(sound(*s.source));
      if (s.cue) REQUIRE(sound(*s.cue));
      for (const EntityIndex e : s.speakers) REQUIRE(e < record.entities.size());
      for (const Hop& hop : s.chain) REQUIRE(hop.entity < record.entities.size());
      // Parents lead out: no statement is its own ancestor.
      std::size_t steps = 0;
      for (auto at = s.parent; at; at = record.statements[*at].parent) {
        REQUIRE(*at < record.statements.size());
        REQUIRE(++steps <= record.statements.size());
      }
      statements += s.form != StatementForm::kNarrated ? 1 : 0;
    }
    for (const LocalEntity& entity : record.entities) {
      for (const Mention& mention : entity.mentions) REQUIRE(sound(mention.span));
    }
  }
  CHECK(statements > 100);
}

TEST_CASE("model reading: the same record in every thread") {
  std::string text;
  for (const std::string& part : Texts()) text += part + "\n\n";
  Article article;
  article.text = text;
  const Record expected = Random().Extract(article);
  std::vector<Record> found(4);
  std::vector<std::thread> threads;
  threads.reserve(found.size());
  for (Record& record : found) {
    threads.emplace_back([&] { record = Random().Extract(article); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const Record& record : found) CHECK(record == expected);
}

TEST_CASE("model reading: the sample articles give the same records without AVX-512") {
  if (!model::HasAvx2()) return;
  Collected samples;
  ReadPaths({"samples/articles"}, {}, samples.Sink(), [](std::uint64_t, std::uint64_t) {});
  REQUIRE(samples.articles.size() >= 12);
  const auto path = model::LocateWeights().value();
  const auto with = [&](const model::Kernels& kernels) {
    std::shared_ptr<const model::Model> model = model::Model::Open(path, kernels).value();
    return Extractor::FromTable({"hearsay", "0", "model"}, ModelComponents(std::move(model)))
        .value();
  };
  const auto best = with(model::BestKernels()), avx2 = with(model::Avx2Kernels());
  for (const Article& article : samples.articles) {
    CAPTURE(article.metadata.source);
    CHECK(best->Extract(article) == avx2->Extract(article));
  }
}

TEST_CASE("analysis: tokens of a span") {
  Article article;
  article.text = "Ana Lind spoke.";
  Analysis analysis(article);
  for (const Span span : {Span{0, 3}, Span{4, 8}, Span{9, 14}, Span{14, 15}}) {
    Token token;
    token.span = span;
    analysis.tokens.push_back(token);
  }
  CHECK(analysis.TokensOf({0, 8}) == TokenRange{0, 2});
  CHECK(analysis.TokensOf({5, 10}) == TokenRange{1, 3});
  CHECK(analysis.TokensOf({3, 4}) == TokenRange{1, 2});  // between two: the next
  CHECK(analysis.TokensOf({15, 15}) == TokenRange{3, 4});
}

}  // namespace
}  // namespace hearsay::ingest
