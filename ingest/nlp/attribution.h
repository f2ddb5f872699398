// Who says what: finds attributions (source, cue, content) in the units of a text.
//
// Inside a unit the decisions of attribution_model.h are taken one after another; what the units
// have to do with each other (a speech that goes on in the next sentence or paragraph, content
// that follows a colon and a line break) is settled by rules in attribution_rules.cc.
// Linear in the tokens, but for a bounded window around each cue.
#pragma once

#include <vector>

#include "ingest/analysis.h"
#include "ingest/lexicon/lexicons.h"
#include "ingest/nlp/attribution_model.h"

namespace hearsay::ingest {

// An attribution while it is being made: tokens, not bytes.
struct Found {
  CueCandidate cue;
  double probability = 0;
  TokenRange cue_tokens;
  TokenRange source;                // empty: none
  std::vector<TokenRange> content;  // in text order
  std::size_t unit = 0;
  int parent = -1;
  bool dropped = false;
};

class AttributionFinder {
 public:
  explicit AttributionFinder(const Lexicons& lexicons);

  // The attributions of one unit, by cue; parents are indices into the same list.
  std::vector<Found> InUnit(const Analysis& analysis, const Unit& unit) const;
  // Those of the whole text, as the pipeline keeps them.
  std::vector<Attribution> Find(const Analysis& analysis) const;

 private:
  Found Assemble(const Scene& scene, const CueCandidate& cue, double probability) const;
  void FindContent(const Scene& scene, const Draft& draft, Found* found) const;

  CueLexicon lexicon_;
  Weights weights_;
  double threshold_;
};

// Settles which attribution stands inside which (parent), and drops what contradicts a likelier
// one.
void Nest(std::vector<Found>* found);

}  // namespace hearsay::ingest
