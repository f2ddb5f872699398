// Typed names: runs of capitalised words, cut where a title, a nationality or a possessive ends a
// name, and typed by what the word lists, the words around and the other places of the same name in
// the article say together.  In headlines only what the lists or the body know is a name.
// Linear in the tokens.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "ingest/analysis.h"
#include "ingest/nlp/names_gazetteer.h"

namespace hearsay::ingest {

// City, region, country or facility.
inline bool IsPlace(EntityType type) {
  return type == EntityType::kCity || type == EntityType::kRegion || type == EntityType::kCountry ||
         type == EntityType::kFacility;
}

// What acts and speaks as a body of people.
inline bool IsBody(EntityType type) {
  return type == EntityType::kOrganization || type == EntityType::kMedia ||
         type == EntityType::kForce;
}

// A run of words that may be a name, with what speaks for each type.
struct NameCandidate {
  TokenRange tokens;
  double person = 0;
  double organization = 0;
  double media = 0;
  double force = 0;
  double place = 0;
  double nothing = 0;
  EntityType place_type = EntityType::kCity;
  const GazetteerEntry* entry = nullptr;
  std::string kind;
  TokenRange title;  // of a person, before the name
};

class NameFinder {
 public:
  explicit NameFinder(const Gazetteer& gazetteer) : gazetteer_(gazetteer) {}
  // In text order, not overlapping.
  std::vector<Name> Find(const Analysis& analysis) const;

 private:
  friend class NameScan;  // one run over one article (names.cc)
  const Gazetteer& gazetteer_;
};

}  // namespace hearsay::ingest
