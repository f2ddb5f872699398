// The fields of the record's structs in the order of their byte form.  A field that is added goes
// to the end of its struct's line and raises the format version.
#pragma once

#include "graph/record.h"

namespace hearsay {

inline EntityType LastOf(EntityType) { return EntityType::kUnnamed; }
inline MentionForm LastOf(MentionForm) { return MentionForm::kPronoun; }
inline StatementForm LastOf(StatementForm) { return StatementForm::kRelayed; }
inline Where LastOf(Where) { return Where::kCaption; }
inline Via LastOf(Via) { return Via::kCredit; }
inline Bound LastOf(Bound) { return Bound::kVague; }
inline Certainty LastOf(Certainty) { return Certainty::kQuestioned; }

template <typename A>
void Fields(A& a, Span& v) {
  a(v.begin, v.end);
}
template <typename A>
void Fields(A& a, SourceMapEntry& v) {
  a(v.text_begin, v.source_begin, v.length);
}
template <typename A>
void Fields(A& a, Metadata& v) {
  a(v.source, v.url, v.outlet, v.title, v.byline, v.published, v.updated, v.language, v.dateline,
    v.credit);
}
template <typename A>
void Fields(A& a, Mention& v) {
  a(v.span, v.form);
}
template <typename A>
void Fields(A& a, LocalEntity& v) {
  a(v.type, v.name, v.aliases, v.kind, v.gazetteer, v.latitude, v.longitude, v.mentions);
}
template <typename A>
void Fields(A& a, Hop& v) {
  a(v.entity, v.span, v.via);
}
template <typename A>
void Fields(A& a, StatementRecord& v) {
  a(v.form, v.where, v.source, v.cue, v.content, v.speakers, v.chain, v.parent, v.addressee,
    v.addressee_span, v.said_at, v.certainty, v.polarity, v.confidence, v.rule);
}
template <typename A>
void Fields(A& a, FigureRecord& v) {
  a(v.measure, v.low, v.high, v.bound, v.population, v.unit, v.place, v.as_of, v.statement, v.span);
}
template <typename A>
void Fields(A& a, RelationRecord& v) {
  a(v.subject, v.predicate, v.object, v.title, v.span);
}
template <typename A>
void Fields(A& a, EventRecord& v) {
  a(v.type, v.actors, v.targets, v.place, v.time, v.span);
}
template <typename A>
void Fields(A& a, CoverageRecord& v) {
  a(v.span, v.reason);
}
template <typename A>
void Fields(A& a, ExtractorInfo& v) {
  a(v.name, v.version, v.model);
}
template <typename A>
void Fields(A& a, Record& v) {
  a(v.entities, v.statements, v.figures, v.relations, v.events, v.coverage, v.extractor);
}

}  // namespace hearsay
