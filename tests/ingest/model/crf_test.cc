#include "ingest/model/crf.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <vector>

namespace hearsay::model {
namespace {

std::vector<float> Random(std::size_t n, std::mt19937* random) {
  std::normal_distribution<float> normal(0, 2);
  std::vector<float> numbers(n);
  for (float& x : numbers) x = normal(*random);
  return numbers;
}

bool IsLegal(Tag before, Tag tag) {
  return !IsInside(tag) || (before != 0 && TypeOf(before) == TypeOf(tag));
}

// The best legal tags of `words` rows of scores, by trying all.
std::vector<Tag> Best(std::size_t types, const std::vector<float>& begin,
                      const std::vector<float>& step, const std::vector<float>& scores,
                      std::size_t words) {
  const std::size_t tags = 2 * types + 1;
  std::vector<Tag> now(words), best;
  float most = -1e30f;
  for (bool more = true; more;) {
    bool legal = IsLegal(0, now[0]);
    float score = begin[now[0]] + scores[now[0]];
    for (std::size_t i = 1; i < words; ++i) {
      legal = legal && IsLegal(now[i - 1], now[i]);
      score += step[now[i - 1] * tags + now[i]] + scores[i * tags + now[i]];
    }
    if (legal && score > most) {
      most = score;
      best = now;
    }
    std::size_t i = 0;
    while (i < words && ++now[i] == tags) now[i++] = 0;
    more = i < words;
  }
  return best;
}

TEST_CASE("a CRF finds the best legal tags") {
  std::mt19937 random(1);
  for (int round = 0; round < 50; ++round) {
    const std::size_t types = 1 + static_cast<std::size_t>(round) % 2;
    const std::size_t tags = 2 * types + 1, words = 1 + static_cast<std::size_t>(round) % 6;
    const bool learnt = round % 3 != 0;
    const std::vector<float> begin = learnt ? Random(tags, &random) : std::vector<float>(tags);
    const std::vector<float> step =
        learnt ? Random(tags * tags, &random) : std::vector<float>(tags * tags);
    const std::vector<float> scores = Random(words * tags, &random);
    const Crf crf = learnt ? Crf(types, begin, step) : Crf(types);
    CrfDecoder decoder(&crf);
    for (std::size_t i = 0; i < words; ++i) decoder.Push(scores.data() + i * tags);
    decoder.Finish();
    CHECK(decoder.tags() == Best(types, begin, step, scores, words));
  }
}

TEST_CASE("a CRF decides the same tags when it settles on the way") {
  std::mt19937 random(2);
  const std::size_t types = 3, tags = 2 * types + 1, words = 5000;
  const bool learnt = GENERATE(true, false);
  const Crf crf =
      learnt ? Crf(types, Random(tags, &random), Random(tags * tags, &random)) : Crf(types);
  const std::vector<float> scores = Random(words * tags, &random);
  CrfDecoder whole(&crf), settling(&crf);
  std::size_t open_max = 0;
  for (std::size_t i = 0; i < words; ++i) {
    whole.Push(scores.data() + i * tags);
    settling.Push(scores.data() + i * tags);
    if (i % 7 == 0) settling.Settle();
    open_max = std::max(open_max, i + 1 - settling.tags().size());
  }
  whole.Finish();
  settling.Finish();
  CHECK(whole.tags().size() == words);
  CHECK(settling.tags() == whole.tags());
  CHECK(open_max < 100);
}

TEST_CASE("scores of an unlearnt CRF are those of one that learnt nothing") {
  std::mt19937 random(3);
  const std::size_t types = 9, tags = 2 * types + 1, words = 2000;
  const Crf unlearnt(types);
  const Crf zeros(types, std::vector<float>(tags), std::vector<float>(tags * tags));
  const std::vector<float> scores = Random(words * tags, &random);
  CrfDecoder a(&unlearnt), b(&zeros);
  for (std::size_t i = 0; i < words; ++i) {
    a.Push(scores.data() + i * tags);
    b.Push(scores.data() + i * tags);
  }
  a.Finish();
  b.Finish();
  CHECK(a.tags() == b.tags());
}

TEST_CASE("an empty sequence has no tags") {
  const Crf crf(1);
  CrfDecoder decoder(&crf);
  decoder.Settle();
  decoder.Finish();
  CHECK(decoder.tags().empty());
}

}  // namespace
}  // namespace hearsay::model
