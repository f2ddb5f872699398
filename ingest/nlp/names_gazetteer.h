// The word lists of names, loaded once: places with coordinates, media, organizations, given names,
// titles, heads of names, common words.  All lookups are by folded phrase and O(length).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "ingest/analysis.h"
#include "ingest/lexicon/lexicons.h"

namespace hearsay::ingest {

// Lower case, no accents, dots or hyphens, "organisation" as "organization": the form in which two
// spellings of one name are equal.
std::string FoldName(std::string_view name);

struct GazetteerEntry {
  EntityType type = EntityType::kPerson;
  std::string canonical;
  std::string id;    // "geonames:1526384", "media:TASS"
  std::string kind;  // "agency", "police"
  std::string country;
  std::vector<std::string> aliases;
  std::optional<double> latitude;
  std::optional<double> longitude;
  std::int64_t weight = 0;  // thousands of people; bodies and countries have much
};

struct TitleEntry {
  char gender = 'x';
  std::string_view role_class;  // "head", "official", "speaks", ...
};

struct HeadEntry {
  bool last = false;
  bool first = false;
  bool other = false;  // head of something that is no entity: "War", "Act"
  EntityType type = EntityType::kOrganization;
  std::string_view kind;
};

class Gazetteer {
 public:
  explicit Gazetteer(const Lexicons& lexicons);
  // One for the whole process: the lists are embedded and never change.
  static const Gazetteer& Shared(const Lexicons& lexicons);

  struct Match {
    TokenRange tokens;
    const GazetteerEntry* entry = nullptr;
  };
  // The longest listed name that begins at `begin` and ends by `limit`.  REQUIRES begin < limit.
  std::optional<Match> LongestAt(const Analysis& analysis, TokenIndex begin,
                                 TokenIndex limit) const;
  const GazetteerEntry* Find(std::string_view folded) const;  // heaviest of that name, or null

  char GenderOf(std::string_view given) const;  // m, f, x; 0: no given name.  Folded.
  bool IsSurname(std::string_view folded) const { return surnames_.contains(std::string(folded)); }
  bool IsCommon(std::string_view lower) const { return common_.contains(lower); }
  // The state of a postal code of the United States ("CA"), or null.
  const GazetteerEntry* State(std::string_view folded) const;
  // The country of "Kazakh", or null.
  const GazetteerEntry* Demonym(std::string_view folded) const;
  const TitleEntry* Title(std::string_view folded) const;
  const HeadEntry* Head(std::string_view lower) const;
  // The longest title phrase that ends at `end` (exclusive) within [begin, end); empty if none.
  TokenRange TitleBefore(const Analysis& analysis, TokenIndex begin, TokenIndex end) const;

 private:
  void Add(std::string_view name, GazetteerEntry entry);
  void AddKey(std::string_view name, std::uint32_t entry);

  std::vector<GazetteerEntry> entries_;
  std::unordered_map<std::string, std::uint32_t> by_name_;
  std::unordered_map<std::string, std::uint8_t> words_from_;  // first word -> most words
  std::unordered_map<std::string, char> given_;
  std::unordered_set<std::string> surnames_;
  std::unordered_set<std::string_view> common_;
  std::unordered_map<std::string, std::uint32_t> states_;
  std::unordered_map<std::string, std::uint32_t> demonyms_;
  std::unordered_map<std::string, TitleEntry> titles_;
  std::unordered_map<std::string_view, HeadEntry> heads_;
};

}  // namespace hearsay::ingest
