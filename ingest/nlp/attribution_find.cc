// From units to the attributions of the pipeline: bytes, forms, places.
#include "ingest/nlp/attribution.h"
#include "ingest/nlp/attribution_manner.h"
#include "ingest/nlp/attribution_rules.h"

namespace hearsay::ingest {

std::vector<Attribution> AttributionFinder::Find(const Analysis& analysis) const {
  const std::vector<Unit> units = MakeUnits(analysis);
  std::vector<Found> found;
  for (std::size_t u = 0; u < units.size(); ++u) {
    std::vector<Found> here = InUnit(analysis, units[u]);
    const int offset = static_cast<int>(found.size());
    for (Found& f : here) {
      f.unit = u;
      if (f.parent >= 0) f.parent += offset;
      found.push_back(std::move(f));
    }
  }
  ContinueSpeech(analysis, units, &found);
  DropEmpty(&found);
  std::vector<Attribution> attributions;
  for (const Found& f : found) {
    Attribution a;
    if (!f.source.empty()) a.source = analysis.SpanOf(f.source);
    a.cue = analysis.SpanOf(f.cue_tokens);
    for (const TokenRange range : f.content) a.content.push_back(analysis.SpanOf(range));
    if (f.parent >= 0) a.parent = static_cast<std::uint32_t>(f.parent);
    if (!f.addressee.empty()) a.addressee = analysis.SpanOf(f.addressee);
    for (const auto& [range, via] : f.relays) a.outer.emplace_back(analysis.SpanOf(range), via);
    a.form = FormOf(analysis, f.content);
    a.where = WhereOf(analysis, units[f.unit].block);
    a.confidence = f.probability;
    const Saying saying{f.cue_tokens, units[f.unit].tokens, f.content, f.cue.lemma,
                        f.source.empty() && f.cue.kind == CueKind::kVerb};
    a.polarity = PolarityOf(analysis, saying, frames_);
    a.certainty = CertaintyOf(analysis, saying, frames_);
    a.rule = f.rule.empty() ? std::string("cue:") + std::string(f.cue.lemma) : f.rule;
    attributions.push_back(std::move(a));
  }
  return attributions;
}

}  // namespace hearsay::ingest
