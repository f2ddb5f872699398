// One list of names from what the rules and what a trained model take for names.
#pragma once

#include <vector>

#include "ingest/analysis.h"
#include "ingest/nlp/entities.h"
#include "ingest/nlp/names_gazetteer.h"

namespace hearsay::ingest {

// A name as a trained model reads it.
struct ReadName {
  Span span;
  EntityType type = EntityType::kPerson;
};

// The rules' names with what the model knows better: those that were missed, the bounds and types
// of those that no list has, and which of these are names at all, unless they say, hear or pass on
// something.  A listed name gives way to a longer one that is no place ("Lyon" in "Lyon Football
// Club"), and a listed place to a person of the same name.  A phrase of the list of nominals ("TV",
// of "the TV channel") is no name, an adjective of nationality neither, and a title no part of one.
// A name that no list has is of one type throughout the article, a person's if it is the surname of
// one. "Fresno California" is two places, and the name of a storm no person's.
//
// Both in text order and without overlap; so is the result.  REQUIRES: analysis.attributions is
// there.  O(n log n).
std::vector<Name> MergeNames(const Analysis& analysis, const Gazetteer& gazetteer,
                             const Nominals& nominals, const std::vector<Name>& by_rules,
                             const std::vector<ReadName>& by_model);

}  // namespace hearsay::ingest
