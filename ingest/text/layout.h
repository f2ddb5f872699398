// What part of the page a block is, read from its shape, its neighbours and the lists of words that
// pages put around their articles (furniture.tsv, captions.tsv).
//
// The text between the title and the last sentence is the article; short lines before and after it
// are furniture.  A paragraph that is sure to be prose is never furniture.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "ingest/analysis.h"
#include "ingest/lexicon/lexicons.h"

namespace hearsay::ingest {

class Layout {
 public:
  explicit Layout(const Lexicons& lexicons);
  // Sets the kind of every block.  Linear in the text; any thread.
  void Classify(const Article& article, const std::vector<Token>& tokens,
                std::vector<Block>& blocks) const;

 private:
  friend class LayoutRun;  // one run over one text (layout.cc)
  std::unordered_set<std::string_view> exact_;
  std::unordered_set<std::string_view> opens_;
  std::vector<std::string_view> prefixes_;
  std::vector<std::string_view> caption_prefixes_;
  std::vector<std::string_view> caption_parts_;
};

}  // namespace hearsay::ingest
