#include "ingest/model/windows.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace hearsay::model {
namespace {

const std::vector<std::string_view> kPieces = {"[PAD]", "[UNK]", "[CLS]", "[SEP]",
                                               "a",     ".",     "?",     "b"};

const Vocabulary& TheVocabulary() {
  static const Vocabulary kVocabulary{kPieces};
  return kVocabulary;
}

std::vector<WordRange> Cut(std::string_view text, std::size_t budget, std::size_t overlap) {
  const Words words = ReadWords(text, TheVocabulary());
  return Windows(words, budget, overlap, SentenceEnds(TheVocabulary()));
}

std::string Repeated(std::string_view part, int times) {
  std::string text;
  while (times-- > 0) text += part;
  return text;
}

TEST_CASE("windows end after lines and sentences in their last third") {
  struct Case {
    std::string text;
    std::vector<WordRange> windows;
  };
  const std::string twenty = Repeated("a ", 20);
  const Case cases[] = {
      {"", {}},
      {"a", {{0, 1}}},
      {Repeated("a ", 12), {{0, 12}}},
      {twenty, {{0, 12}, {8, 20}}},
      {"a a a a a a a a a . a a a a a", {{0, 10}, {6, 15}}},
      {"a a a . a a a a a a a a a a a", {{0, 12}, {8, 15}}},
      // A line before a sentence, the last of several.
      {"a a a a a a a a a\na a . a a a a", {{0, 9}, {5, 16}}},
      {"a a a a a a a a a\na\na . a a a a", {{0, 10}, {6, 16}}},
      // Nothing ends where the mark is glued to the next word, or where no mark stands.
      {"a a a a a a a a a .a a a a a a", {{0, 12}, {8, 16}}},
      {"a a a a a a a a a ? a a a a a", {{0, 10}, {6, 15}}},
      {"a a a a a a a a a b a a a a a", {{0, 12}, {8, 15}}},
  };
  for (const Case& c : cases) {
    INFO(c.text);
    CHECK(Cut(c.text, 12, 4) == c.windows);
  }
}

TEST_CASE("windows cover all words, keep their budget and go forward") {
  std::mt19937 random(3);
  for (int round = 0; round < 200; ++round) {
    std::string text;
    for (std::size_t i = random() % 400; i > 0; --i) {
      text += std::vector<std::string>{"a ", "a", "b ", ". ", "\n", "? "}[random() % 6];
    }
    const Words words = ReadWords(text, TheVocabulary());
    const std::size_t budget = 12 + random() % 40, overlap = random() % 12;
    const std::vector<WordRange> windows =
        Windows(words, budget, overlap, SentenceEnds(TheVocabulary()));
    const std::vector<std::uint32_t> owners = Owners(windows, words.size());
    REQUIRE(windows.empty() == (words.size() == 0));
    std::uint32_t end = 0;
    for (std::size_t k = 0; k < windows.size(); ++k) {
      const WordRange w = windows[k];
      CHECK(w.begin < w.end);
      CHECK(w.begin <= end);
      CHECK((k == 0 || w.begin > windows[k - 1].begin));
      CHECK(words.first_piece[w.end] - words.first_piece[w.begin] <= budget);
      end = std::max(end, w.end);
    }
    CHECK(end == words.size());
    REQUIRE(owners.size() == words.size());
    CHECK(std::is_sorted(owners.begin(), owners.end()));
    for (std::uint32_t i = 0; i < owners.size(); ++i) {
      CHECK(windows[owners[i]].Covers({i, i + 1}));
    }
  }
}

TEST_CASE("each word is owned by the window in which it stands deepest") {
  const std::vector<WordRange> windows = {{0, 12}, {8, 20}, {16, 22}};
  const std::vector<std::uint32_t> expected = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1,
                                               1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2};
  CHECK(Owners(windows, 22) == expected);
}

}  // namespace
}  // namespace hearsay::model
