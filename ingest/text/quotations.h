// Pairs of quotation marks: straight, curly, single, guillemets (either way round), low-high,
// corner brackets, `` ''.
//   - a mark that is never closed ends with its paragraph (open_ended), or before the next opening
//     mark of its kind;
//   - if the next paragraph opens with a mark again, the speech goes on there (continues);
//   - a single mark is an apostrophe unless it opens before a word and is closed in its paragraph;
//     apostrophes lose TokenKind::kQuote for kPunctuation;
//   - single ones nest in double ones, and the reverse (outer).
// Linear in the tokens.
#pragma once

#include <string_view>
#include <unordered_set>
#include <vector>

#include "ingest/analysis.h"
#include "ingest/lexicon/lexicons.h"

namespace hearsay::ingest {

class QuotationFinder {
 public:
  explicit QuotationFinder(const Lexicons& lexicons);
  // By begin; changes kinds of `tokens` as said above.
  std::vector<Quotation> Find(std::string_view text, std::vector<Token>& tokens,
                              const std::vector<Block>& blocks) const;

 private:
  bool IsSpeech(const Quotation& quotation, TokenIndex block_begin, std::string_view text,
                const std::vector<Token>& tokens) const;
  std::unordered_set<std::string_view> speech_words_;
};

}  // namespace hearsay::ingest
