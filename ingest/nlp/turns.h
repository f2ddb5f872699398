// Who speaks when in a transcript: "PETERSEN: It will hold. I measured it." is said by Petersen.
#pragma once

#include <vector>

#include "ingest/analysis.h"
#include "ingest/nlp/attribution.h"

namespace hearsay::ingest {

// One paragraph of a transcript.
struct Turn {
  Span speaker;  // "PETERSEN", "DR JAHAN", "Q"
  Span colon;
  Span said;          // up to the end of the paragraph, without its last full stop
  bool ours = false;  // spoken by the outlet's own staff: "PRESENTER"
};

// The turns of a text, in order; none where it is no transcript.  In one, at least three paragraphs
// begin with capitals and a colon, of at least two speakers, one of whom speaks again; places, as
// in a round-up of datelines, are no speakers.  Linear in paragraphs.
// REQUIRES: tokens, blocks and coreferents are there.
std::vector<Turn> FindTurns(const Analysis& analysis, const CueFrames& frames);

// Makes every turn of a guest one attribution of the whole turn, and puts the attributions that
// stand in it inside it; the staff's turns are the outlet's own voice, as an article is, and none.
// Linear in turns times attributions.
// REQUIRES: as above; each attribution has a cue.
void AddTurns(const Analysis& analysis, const CueFrames& frames,
              std::vector<Attribution>* attributions);

// "Q: ...  A: ...": who answers is the person named last before the first turn.  Where somebody
// asks as "Q", puts the mentions "A" into that person's group, in place.  Linear in mentions and
// turns. REQUIRES: as for FindTurns.
void JoinAnswers(const CueFrames& frames, Analysis* analysis);

}  // namespace hearsay::ingest
