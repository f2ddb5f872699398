// Random articles with random records: every list may be empty, every optional field absent,
// every word of an enum used, names and texts full of letters that formats stumble over.  The same
// seed gives the same article on any machine (no std distribution, whose results are not fixed).
#pragma once

#include <cstdint>

#include "graph/record.h"

namespace hearsay::test {

// A small generator of numbers (SplitMix64, Steele et al. 2014).
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t Next();
  // In [0, n).  REQUIRES n > 0.
  std::uint32_t Below(std::uint32_t n) { return static_cast<std::uint32_t>(Next() % n); }
  bool OneIn(std::uint32_t n) { return Below(n) == 0; }

 private:
  std::uint64_t state_;
};

struct GeneratedArticle {
  Article article;
  Record record;
};

// Articles of neighbouring seeds share names, outlets and acronyms, so that their entities join.
GeneratedArticle GenerateArticle(std::uint64_t seed);

}  // namespace hearsay::test
