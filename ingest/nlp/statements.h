// From attributions and resolved entities to the statements of the record: speakers, chains,
// addressees, places, and what the article itself says (narrated).
//
// A source that no mention names becomes an unnamed entity of its own, so that no statement loses
// its speaker.  Parents come before the statements they hold.
#pragma once

#include <optional>
#include <vector>

#include "ingest/analysis.h"

namespace hearsay::ingest {

// The entity that a span names, by the mentions of the record: the mention that is the span, else
// the longest that begins it, else the first that is not inside a prepositional phrase of it.
class MentionIndex {
 public:
  explicit MentionIndex(const Analysis& analysis);
  std::optional<EntityIndex> Find(Span span) const;
  // All coordinated ones: "X, Y and Z".
  std::vector<EntityIndex> FindAll(Span span) const;

 private:
  struct Entry {
    Span span;
    MentionForm form;
    EntityIndex entity;
  };
  std::vector<Entry> Inside(Span span) const;
  std::optional<EntityIndex> NamedBehind(Span span, const std::vector<Entry>& inside,
                                         EntityIndex described) const;
  bool OnlyModifiers(Span gap) const;  // articles, titles, adjectives: no preposition, no verb
  bool IsPossessive(Span pronoun) const;
  const Analysis& analysis_;
  std::vector<Entry> entries_;  // by begin, longest first
};

// Adds the statements to analysis.record.
void MakeStatementRecords(Analysis& analysis);

}  // namespace hearsay::ingest
