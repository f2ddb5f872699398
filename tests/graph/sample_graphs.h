// Graphs whose exports other programs must be able to read.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "graph/view.h"

namespace hearsay::test {

// Texts that formats and readers stumble over, each a node's `text`, and values of all types.
std::unique_ptr<View> MakeStringsGraph();

// Those texts as a reader must give them back: forbidden characters replaced.
std::vector<std::string> ReadableStrings();

// What Derive makes of a hundred generated articles.
std::unique_ptr<View> MakeNewsGraph();

}  // namespace hearsay::test
