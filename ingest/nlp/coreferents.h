// What rules know better of the groups into which a trained model puts mentions.
#pragma once

#include "ingest/analysis.h"

namespace hearsay::ingest {

// Puts mentions of analysis->coreferents into other groups, in place:
// - a description that begins with a name, or ends with one behind a comma, is of whom that names;
// - "I" in a quotation is who is quoted there, whatever the scores of pairs say;
// - "his wife" and "Lind's neighbour" are not he and Lind;
// - "who" and "which" are whom or what they stand behind;
// - an office or body that a headline names alone ("Mayor: ...") is the first of that word and type
//   in the text below.
// REQUIRES: attributions and blocks are there.  Linear in mentions and, for each mention in a
// headline, in mentions again; for each relative pronoun, in those of the 200 bytes before it.
void CorrectGroups(Analysis* analysis);

}  // namespace hearsay::ingest
