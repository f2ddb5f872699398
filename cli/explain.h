// What an extractor found in one article, for people to read: `hearsay extract --explain`.
#pragma once

#include <string>

#include "ingest/analysis.h"

namespace hearsay::cli {

// Every sentence in order, and under it what begins in it: statements with their spans, links,
// confidence and the rule or head that made them, names with the list that knows them, the model's
// groups of mentions, figures.  Spans in bytes of the article's text.  Ends with a line break.
std::string Explain(const ingest::Analysis& analysis);

}  // namespace hearsay::cli
