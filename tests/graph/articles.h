// Small articles with sound records, for tests of the store.
#pragma once

#include <string>

#include "graph/record.h"

namespace hearsay::test {

struct SmallArticle {
  Article article;
  Record record;
};

inline const ExtractorInfo kTestExtractor = {"hearsay", "0.1", "rules"};

// "Witness <n> told TASS that 26 people were killed." and as many lines more as asked for, with one
// statement, its chain and a figure.  Different `n` give different articles of one outlet.
SmallArticle MakeSmallArticle(int n, int more_lines = 0);

}  // namespace hearsay::test
