// One article that arrives several times, under several paths or with different metadata beside
// what its identity hashes.  What the store keeps must not depend on which came first.
#pragma once

#include "graph/primary.h"

namespace hearsay {

enum class Keep { kOld, kNew };

// Which of two rows of one article stays: the one with more metadata, then the smaller bytes.
Keep ChooseRow(const ArticleRow& old_row, const ArticleRow& new_row);

// All sources of both, sorted; metadata.source becomes the first.
void MergeSources(const ArticleRow& other, ArticleRow* row);

}  // namespace hearsay
