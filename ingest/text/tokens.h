// Tokens of a text.  Linear in its bytes, whatever they are; every byte that is not white space
// belongs to exactly one token, and tokens stand in text order.
//
//   Almaty's      -> Almaty 's            don't      -> do n't
//   U.S.  J.  Jan.  Khabar-24  AT&T       one token each
//   3,811  13:45  2022-01-06  $2.5        one number each;  10-12 -> 10 - 12
//   Nur-Sultan/Moscow                     split at the slash
//   ...  …  . . .                         one punctuation token
//   a@b.org  https://x.org/y?z  @user     one word each
#pragma once

#include <memory>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "ingest/analysis.h"
#include "ingest/lexicon/lexicons.h"

namespace hearsay::ingest {

class Tokenizer {
 public:
  explicit Tokenizer(const Lexicons& lexicons);
  // REQUIRES text.size() < 4 GiB.  Any thread.
  std::vector<Token> Tokenize(std::string_view text) const;

 private:
  friend class TokenScan;                               // one run over one text (tokens.cc)
  std::unordered_set<std::string_view> abbreviations_;  // always with a full stop
  std::unordered_set<std::string_view> before_number_;  // only before a number: "No. 5"
  std::unordered_set<std::string_view> domains_;
  std::unordered_set<std::string_view> elisions_;
};

}  // namespace hearsay::ingest
