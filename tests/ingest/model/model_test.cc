// The model against the training program's own Python, and against itself.
#include "ingest/model/model.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <span>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/ingest/model/reference.h"

namespace hearsay::model {
namespace {

const std::string kData = "tests/ingest/model/data/";

std::string Variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::unique_ptr<const Model> Opened(const std::string& path,
                                    const Kernels& kernels = BestKernels()) {
  auto model = Model::Open(path, kernels);
  INFO(model.status().message());
  REQUIRE(model.ok());
  return std::move(model).value();
}

double Seconds(clockid_t clock) {
  timespec time;
  clock_gettime(clock, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

TEST_CASE("a tiny model reads as the training program does") {
  // Where a number lies between two int8 values, the last bit of a float decides: such steps, far
  // apart as a rule, are what the tolerance of the second is for.
  const auto [name, score_difference_max] =
      GENERATE(std::pair("tiny-f32", 1e-4), std::pair("tiny-int8", 2e-2));
  const auto model = Opened(kData + name + ".safetensors");
  const Agreement agreement = CompareWith(*model, kData + name + ".jsonl");
  CAPTURE(name, agreement.problems);
  CHECK(agreement.problems.empty());
  CHECK(agreement.score_difference_max < score_difference_max);
  CHECK(agreement.confidence_difference_max < score_difference_max);
  CHECK(agreement.texts > 0);
}

std::vector<std::string> Texts() {
  std::ifstream in(kData + "texts.txt");
  REQUIRE(in);
  std::vector<std::string> texts;
  for (std::string line; std::getline(in, line);) texts.push_back(line);
  return texts;
}

TEST_CASE("AVX2 and AVX-512 read alike, bit for bit; SSE2 nearly") {
  const std::string path = kData + GENERATE("tiny-f32", "tiny-int8") + ".safetensors";
  const auto sse2 = Opened(path, Sse2Kernels());
  const auto best = Opened(path);
  for (const std::string& text : Texts()) {
    const Words words = ReadWords(text, best->vocabulary());
    const std::vector<float> scores = best->TagScores(words), near = sse2->TagScores(words);
    REQUIRE(scores.size() == near.size());
    for (std::size_t i = 0; i < scores.size(); ++i) CHECK(std::abs(scores[i] - near[i]) < 0.1);
    if (HasAvx2() && HasAvx512()) {
      CHECK(Opened(path, Avx2Kernels())->TagScores(words) == scores);
    }
  }
}

TEST_CASE("a text's scores do not depend on what else is read, nor on the thread") {
  const std::string path = kData + GENERATE("tiny-f32", "tiny-int8") + ".safetensors";
  const auto model = Opened(path);
  std::vector<Words> texts;
  std::vector<std::vector<float>> alone;
  for (const std::string& text : Texts()) {
    texts.push_back(ReadWords(text, model->vocabulary()));
    alone.push_back(Opened(path)->TagScores(texts.back()));
  }
  std::vector<std::thread> threads;
  std::atomic<int> unlike = 0;
  for (std::size_t t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (std::size_t i = 0; i < 3 * texts.size(); ++i) {
        const std::size_t k = (i * (t + 1) + t) % texts.size();
        if (model->TagScores(texts[k]) != alone[k]) ++unlike;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(unlike == 0);
}

TEST_CASE("a window's scores do not depend on the text around it") {
  const auto model = Opened(kData + GENERATE("tiny-f32", "tiny-int8") + ".safetensors");
  // The first window, of 40 pieces, ends before the texts part.
  const std::string head =
      "The port is closed and nobody works here any more, the mayor of the town said on Monday, "
      "and then he went away and did not say more\n";
  const std::string a = head + "It rains in the town. It rains in the port. It rains on the mayor.";
  const std::string b = head + "Nothing.";
  const auto first = model->TagScores(ReadWords(a, model->vocabulary()));
  const auto second = model->TagScores(ReadWords(b, model->vocabulary()));
  const std::size_t alike = 8 * model->tag_stride();
  REQUIRE(first.size() > alike);
  REQUIRE(second.size() > alike);
  CHECK(std::equal(first.begin(), first.begin() + static_cast<std::ptrdiff_t>(alike),
                   second.begin()));
}

TEST_CASE("a long text is read window by window") {
  const auto model = Opened(kData + "tiny-int8.safetensors");
  std::string text;
  while (text.size() < 400'000) {
    text +=
        "Police said on Monday that two men were killed near the port of Mbale, \"we saw it\". ";
  }
  const Words words = ReadWords(text, model->vocabulary());
  REQUIRE(words.size() > Reading::kWordsKept);
  const Reading reading = model->Read(words);
  CHECK(reading.statements.size() > 1000);
  CHECK(reading.names.size() > 1000);
  CHECK(reading.vectors.size() < words.size());
  std::vector<WordRange> mentions;
  for (const auto& [range, type] : reading.names) {
    CHECK(reading.vectors.Find(range.begin) != nullptr);
    CHECK(reading.vectors.Find(range.end - 1) != nullptr);
    mentions.push_back(range);
  }
  const std::vector<std::uint32_t> clusters = model->Clusters(reading, words, mentions, {});
  REQUIRE(clusters.size() == mentions.size());
  // More mentions than are compared with each other; what comes later changes nothing before it.
  REQUIRE(mentions.size() > 10'000);
  for (const std::size_t n : {1U, 100U, 4097U, 5000U}) {
    CHECK(model->Clusters(reading, words, std::span(mentions).first(n), {}) ==
          std::vector<std::uint32_t>(clusters.begin(), clusters.begin() + n));
  }
  for (std::size_t i = 0; i < reading.statements.size(); ++i) {
    const Reading::Statement& statement = reading.statements[i];
    for (const WordRange part : statement.content) CHECK(part.end <= words.size());
    if (!statement.parent) continue;
    REQUIRE(*statement.parent < reading.statements.size());
    const auto& content = reading.statements[*statement.parent].content;
    CHECK(std::any_of(content.begin(), content.end(),
                      [&](WordRange part) { return part.Covers(statement.cue.front()); }));
  }
}

TEST_CASE("a mention without vectors stands alone") {
  const auto model = Opened(kData + "tiny-f32.safetensors");
  const Reading none;
  const Words words = ReadWords("They said that they saw it.", model->vocabulary());
  const std::vector<WordRange> mentions = {{0, 1}, {0, 1}, {4, 6}};
  CHECK(model->Clusters(none, words, mentions, {}) == std::vector<std::uint32_t>{0, 1, 2});
  CHECK(model->Clusters(none, words, {}, {}).empty());
}

TEST_CASE("a model that this program cannot read is refused") {
  std::ifstream in(kData + "tiny-int8.safetensors", std::ios::binary);
  const std::string good{std::istreambuf_iterator<char>(in), {}};
  struct Case {
    std::string from, to, message;
  };
  const Case cases[] = {
      {"\\\"killed\\\"", "\\\"killer\\\"", "'measures' is not what this program knows"},
      {"\\\"B-ncue\\\"", "\\\"B-xcue\\\"", "'cue' is not"},
      {"\\\"B-adr\\\"", "\\\"B-add\\\"", "'role_tags' is not"},
      {"\\\"paragraph\\\"", "\\\"paragraps\\\"", "'layout' is not"},
      {"\\\"width\\\": 48", "\\\"width\\\": 49", "'width' is 49, expected a multiple of 16"},
      {"\\\"width\\\": 48", "\\\"width\\\": 64", "expected [582, 64]"},
      {"\\\"heads\\\": 4", "\\\"heads\\\": 5", "no multiple of 'heads' 5"},
      {"\\\"layers\\\": 2", "\\\"layers\\\": 9", "encoder.layers.2"},
      {"\\\"window\\\": 40", "\\\"window\\\": 63", "do not go together"},
      {"\\\"window\\\": 40", "\\\"widnow\\\": 40", "'window' is null"},
      {"\\\"overlap\\\": 10", "\\\"overlap\\\": 40", "do not go together"},
      {"\\\"cue_bias\\\": 0.75", "\\\"cue_bias\\\": true", "'cue_bias' is true"},
      {"\"roles.mix.bias\"", "\"roles.mix.bios\"", "roles.mix.bias"},
      {"\"encoder.layers.1.up.weight\"", "\"encoder.layers.1.up.weighs\"", "encoder.layers.1.up"},
  };
  const std::filesystem::path path =
      std::filesystem::temp_directory_path() / fmt::format("hearsay-model-{}", getpid());
  for (const Case& c : cases) {
    INFO(c.to);
    std::string bad = good;
    const std::size_t at = bad.find(c.from);
    REQUIRE(at != std::string::npos);
    REQUIRE(c.from.size() == c.to.size());
    bad.replace(at, c.from.size(), c.to);
    std::ofstream(path, std::ios::binary) << bad;
    const auto model = Model::Open(path);
    REQUIRE(!model.ok());
    INFO(model.status().message());
    CHECK(model.status().message().find(c.message) != std::string::npos);
  }
  std::filesystem::remove(path);
}

TEST_CASE("the shipped model reads its reference texts as the training program does") {
  const auto model = Opened("ingest/model/data/hearsay-en.safetensors");
  const Agreement a = CompareWith(*model, "ingest/train/reference/hearsay-en.jsonl");
  CAPTURE(a.problems, a.statements, a.statements_expected, a.statements_found, a.others,
          a.others_expected, a.others_found, a.mentions, a.mentions_expected,
          a.score_difference_max);
  CHECK(a.texts == 36);
  // Activations are int8: the last bit of a float now and then makes a step of them, and steps add
  // up to a word more or less in a span.
  constexpr double kAlike = 0.97;
  const auto alike = [](std::size_t common, std::size_t expected, std::size_t found) {
    return 2.0 * static_cast<double>(common) >= kAlike * static_cast<double>(expected + found);
  };
  CHECK(alike(a.statements, a.statements_expected, a.statements_found));
  CHECK(alike(a.others, a.others_expected, a.others_found));
  CHECK(alike(a.mentions, a.mentions_expected, a.mentions_expected));
  CHECK(a.score_difference_sum / static_cast<double>(a.scores) < 0.05);
}

// HEARSAY_MODEL=W.safetensors HEARSAY_REFERENCE=OUT.jsonl model_test "[reference]"
TEST_CASE("a model reads as the training program does", "[.][reference]") {
  const auto model = Opened(Variable("HEARSAY_MODEL"));
  const Agreement a = CompareWith(*model, Variable("HEARSAY_REFERENCE"));
  for (const std::string& problem : a.problems) std::cout << problem << "\n\n";
  std::cout << fmt::format(
      "{} texts, {} words\n"
      "statements: {} alike of {} expected, {} found\n"
      "other spans: {} alike of {} expected, {} found\n"
      "mentions: {} alike of {}\n"
      "scores: largest difference {:.5f}, mean {:.6f}; confidences: largest {:.5f}\n",
      a.texts, a.words, a.statements, a.statements_expected, a.statements_found, a.others,
      a.others_expected, a.others_found, a.mentions, a.mentions_expected, a.score_difference_max,
      a.score_difference_sum / static_cast<double>(a.scores), a.confidence_difference_max);
}

// HEARSAY_MODEL=W.safetensors HEARSAY_TEXTS=folder model_test "[speed]"
TEST_CASE("how fast a model reads", "[.][speed]") {
  const auto model = Opened(Variable("HEARSAY_MODEL"));
  std::vector<Words> texts;
  std::size_t words = 0, pieces = 0;
  for (const auto& entry : std::filesystem::directory_iterator(Variable("HEARSAY_TEXTS"))) {
    std::ifstream in(entry.path());
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    texts.push_back(ReadWords(text, model->vocabulary()));
    words += texts.back().size();
    pieces += texts.back().pieces.size();
  }
  const double begin = Seconds(CLOCK_MONOTONIC);
  for (int round = 0; round < 3 && Seconds(CLOCK_MONOTONIC) < begin + 30; ++round) {
    const double wall = Seconds(CLOCK_MONOTONIC), cpu = Seconds(CLOCK_THREAD_CPUTIME_ID);
    for (const Words& text : texts) model->Read(text);
    const double wall_s = Seconds(CLOCK_MONOTONIC) - wall;
    const double cpu_s = Seconds(CLOCK_THREAD_CPUTIME_ID) - cpu;
    std::cout << fmt::format(
        "{} texts, {} words, {} pieces: {:.0f} pieces/s of wall time, {:.0f} of CPU time\n",
        texts.size(), words, pieces, static_cast<double>(pieces) / wall_s,
        static_cast<double>(pieces) / cpu_s);
  }
}

}  // namespace
}  // namespace hearsay::model
