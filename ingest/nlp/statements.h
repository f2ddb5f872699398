// From attributions and resolved entities to the statements of the record: speakers, chains,
// addressees, places, and what the article itself says (narrated).
//
// A source that no mention names becomes an unnamed entity of its own, so that no statement loses
// its speaker.  Parents come before the statements they hold.
#pragma once

#include <optional>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "ingest/analysis.h"

namespace hearsay::ingest {

// The entity that a span names, by the mentions of the record: the mention that is the span, else
// the longest that begins it, else the first that is not inside a prepositional phrase of it.  The
// name behind the comma of a description is whom it describes.
class MentionIndex {
 public:
  // `documents`: what bodies put out, as documents.tsv lists it.  Both must outlive it.
  MentionIndex(const Analysis& analysis, const std::unordered_set<std::string_view>& documents);
  std::optional<EntityIndex> Find(Span span) const;
  // All coordinated ones: "X, Y and Z"; "X, a baker" is one.
  std::vector<EntityIndex> FindAll(Span span) const;

 private:
  struct Entry {
    Span span;
    MentionForm form;
    EntityIndex entity;
  };
  std::vector<Entry> Inside(Span span) const;
  std::optional<EntityIndex> NamedBehind(Span span, const std::vector<Entry>& inside,
                                         std::optional<EntityIndex> described) const;
  bool Postmodifies(std::uint32_t begin) const;
  bool OnlyModifiers(Span gap) const;  // articles, titles, adjectives: no preposition, no verb
  bool NamesDocument(std::string_view rest) const;
  bool IsPossessive(Span pronoun) const;
  const Analysis& analysis_;
  const std::unordered_set<std::string_view>& documents_;
  std::vector<Entry> entries_;  // by begin, longest first
};

}  // namespace hearsay::ingest
