// Parts of speech by a hidden Markov model of runs of three tags (T. Brants, "TnT: a statistical
// part-of-speech tagger", ANLP 2000): words and word endings say which tags are possible, the best
// path through a sentence says which it is.  What it has learnt is lexicon/data/tags.tsv.
// Linear in the tokens.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ingest/analysis.h"
#include "ingest/lexicon/lexicons.h"

namespace hearsay::ingest {

class Tagger {
 public:
  explicit Tagger(const Lexicons& lexicons);
  // One tag a token of the sentence.  Any thread.
  void TagSentence(std::span<const Token> sentence, std::vector<Tag>* out) const;

 private:
  static constexpr int kStates = 27;
  static constexpr int kCandidatesMax = 6;
  struct Candidate {
    std::uint8_t state;
    float score;  // log of P(state | word) / P(state)
  };
  struct Candidates {
    std::array<Candidate, kCandidatesMax> items;
    int count = 0;
  };
  using Lexicon = std::unordered_map<std::string_view, Candidates>;

  Candidates Parse(std::string_view counts, bool ending) const;
  void Learn(const std::vector<std::vector<std::string_view>>& rows);
  const Candidates& Guess(const Token& token, bool first, bool titled) const;
  const Candidates& Ending(const Lexicon& endings, std::string_view word) const;

  std::array<float, kStates> log_prior_{};
  std::vector<float> transition_;  // log P(c | a, b) at (a * kStates + b) * kStates + c
  Lexicon lower_, capital_, lower_ending_, capital_ending_;
  std::unordered_map<std::string_view, Candidates> either_;  // opens a sentence: name or not
  Candidates punctuation_, number_, symbol_, name_, noun_, compound_;
};

}  // namespace hearsay::ingest
