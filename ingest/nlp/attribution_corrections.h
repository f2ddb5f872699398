// What rules know better of the attributions that a trained model reads.
#pragma once

#include <vector>

#include "ingest/analysis.h"
#include "ingest/nlp/attribution.h"

namespace hearsay::ingest {

// Corrects attributions in text order, in place:
// - who posts "on X" passes nothing on: the network is no hop;
// - who "was asked" or "has been urged" is spoken to, and no source;
// - "X reported, citing Y": what Y says stands inside what X says, and what stands inside both
//   stands inside Y's;
// - a quotation whose end somebody says is said from its beginning;
// - "the agency quoted her as saying": she says it, inside what the agency says;
// - "figures of the ministry reported by local media", "a memo obtained by the paper": who passed
//   it on is a hop of it.
// REQUIRES: tokens, sentences, tags and coreferents are there; each attribution has a cue and
// content.  Linear in the attributions and, for each that cites or quotes, in all of them again.
void CorrectAttributions(const Analysis& analysis, const CueLexicon& lexicon,
                         const CueFrames& frames, std::vector<Attribution>* attributions);

// The index of the sentence that holds a token, or the last that begins before it.  REQUIRES: there
// are sentences.
std::size_t SentenceOf(const Analysis& analysis, TokenIndex token);

}  // namespace hearsay::ingest
