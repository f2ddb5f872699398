// Sentences of the blocks.  Each token of a block is in exactly one; none crosses a block.
//   - closing quotation marks and brackets stay with the sentence they close;
//   - a dateline ("ALMATY, Jan 6 (EFE) -") and a trailing agency name are sentences of their own;
//   - abbreviations and initials end one only before a word of starters.tsv;
//   - one longer than kSentenceTokensMax is cut, so that later components stay linear.
#pragma once

#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "ingest/analysis.h"
#include "ingest/lexicon/lexicons.h"

namespace hearsay::ingest {

constexpr TokenIndex kSentenceTokensMax = 600;

class SentenceSplitter {
 public:
  explicit SentenceSplitter(const Lexicons& lexicons);
  std::vector<Sentence> Split(std::string_view text, const std::vector<Token>& tokens,
                              const std::vector<Block>& blocks) const;

 private:
  friend class SentenceScan;  // one run over one text (sentences.cc)
  enum class Class { kTitle, kDate, kNumber, kPlain };
  std::unordered_map<std::string_view, Class> abbreviations_;
  std::unordered_set<std::string_view> starters_;
};

}  // namespace hearsay::ingest
