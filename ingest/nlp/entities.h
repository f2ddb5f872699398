// Local coreference: names, nominals and pronouns of one article become its entities.
//
// Names join by what they share: the same folded name, a surname with a full name, an acronym with
// the name whose initials it is.  A nominal ("the ministry", "the Russian agency", "the spokesman")
// goes back to the entity of that kind or role that was named last, else it is an entity of its
// own: a force, medium, body or unnamed source.  A pronoun goes back to the last person who spoke
// or was named.  Where a trained model has grouped the mentions (Analysis::coreferents), its groups
// come first and these rules serve what it left open; who is described first and named below is one
// by the model alone.  All other choices look backwards and are made in text order, so the result
// depends on the text alone.  Linear in the tokens and, for each mention, in the entities of its
// type.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ingest/analysis.h"
#include "ingest/nlp/names_gazetteer.h"

namespace hearsay::ingest {

// One row of nominals.tsv.
struct NominalEntry {
  EntityType type = EntityType::kUnnamed;
  std::string_view kind;
  bool plural = false;
  char gender = 'x';
};

class Nominals {
 public:
  explicit Nominals(const Lexicons& lexicons);
  // The longest listed noun phrase that ends at `end` (exclusive), no longer than from `begin`;
  // nothing if none does.
  const NominalEntry* EndingAt(const Analysis& analysis, TokenIndex begin, TokenIndex end,
                               TokenIndex* noun_begin) const;

 private:
  std::unordered_map<std::string, NominalEntry> entries_;
  TokenIndex words_max_ = 1;
};

}  // namespace hearsay::ingest
