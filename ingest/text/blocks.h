// Blocks: the paragraphs and lines of a text.  CutBlocks finds them, layout.h says what each is.
#pragma once

#include <string_view>
#include <vector>

#include "ingest/analysis.h"

namespace hearsay::ingest {

// A block is one line, with the next if that goes on in the middle of a sentence; in a text whose
// lines were wrapped at a fixed width, the lines up to a blank one or to a break that the width did
// not force.  Kinds are kBody, white space at the ends is in no block, token ranges are filled from
// `tokens`.  Linear.
std::vector<Block> CutBlocks(std::string_view text, const std::vector<Token>& tokens);

}  // namespace hearsay::ingest
