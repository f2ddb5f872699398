// How an attribution is said: form, place, polarity, certainty.  The same for every extractor.
#pragma once

#include <string_view>
#include <vector>

#include "ingest/analysis.h"
#include "ingest/nlp/attribution.h"

namespace hearsay::ingest {

// An attribution in tokens.
struct Saying {
  TokenRange cue;
  TokenRange around;  // the sentence or unit it stands in
  const std::vector<TokenRange>& content;
  std::string_view lemma;       // of the cue; empty: not known
  bool anonymous_verb = false;  // a verb without a source: "it was reported"
};

// Direct if every word of the content stands in quotation marks, mixed if some do.
StatementForm FormOf(const Analysis& analysis, const std::vector<TokenRange>& content);

// What the kind of the block says; the lede is not told from the body here.
Where WhereOf(const Analysis& analysis, std::uint32_t block);

// '-' if the cue denies or is negated.
char PolarityOf(const Analysis& analysis, const Saying& saying, const CueFrames& frames);

Certainty CertaintyOf(const Analysis& analysis, const Saying& saying, const CueFrames& frames);

}  // namespace hearsay::ingest
