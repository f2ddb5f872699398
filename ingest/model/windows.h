// Cuts texts into windows that the encoder can read: decode.py and windows.py.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "ingest/model/words.h"

namespace hearsay::model {

// Words [begin, end) of a text.
struct WordRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t size() const { return end - begin; }
  bool Covers(WordRange other) const { return begin <= other.begin && other.end <= end; }
  auto operator<=>(const WordRange&) const = default;
};

// Pieces of the marks after which a sentence may end: full stop, exclamation and question mark.
struct SentenceEnds {
  explicit SentenceEnds(const Vocabulary& vocabulary);
  bool Contains(PieceId piece) const;

 private:
  std::vector<PieceId> pieces_;
};

// Windows of at most `budget` pieces that cover all words; neighbours share about `overlap`
// pieces.  A window ends after a line or a sentence where one ends in its last third.  Begins rise.
std::vector<WordRange> Windows(const Words& words, std::size_t budget, std::size_t overlap,
                               const SentenceEnds& ends);

// For each of n words the window in which it stands deepest, the first of several; the text's own
// borders do not count.  Never falls from a word to the next.
std::vector<std::uint32_t> Owners(const std::vector<WordRange>& windows, std::size_t n);

}  // namespace hearsay::model
