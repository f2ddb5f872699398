// What is settled by rule across units: speech that goes on after its cue, attributions that came
// to nothing.
#pragma once

#include <vector>

#include "ingest/analysis.h"
#include "ingest/nlp/attribution.h"

namespace hearsay::ingest {

// Speech without a cue of its own ("... ." in the next sentence or paragraph) goes to the
// attribution it continues.  `units` and `found` in text order.
void ContinueSpeech(const Analysis& analysis, const std::vector<Unit>& units,
                    std::vector<Found>* found);

// Drops attributions for which no content was found; parents are renumbered.
void DropEmpty(std::vector<Found>* found);

}  // namespace hearsay::ingest
