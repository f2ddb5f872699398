// From units to the attributions of the pipeline: bytes, forms, places.
#include <algorithm>

#include "ingest/nlp/attribution.h"
#include "ingest/nlp/attribution_rules.h"

namespace hearsay::ingest {
namespace {

StatementForm FormOf(const Analysis& analysis, const std::vector<TokenRange>& content) {
  bool all = true;
  bool any = false;
  for (const TokenRange range : content) {
    bool inside = false;
    TokenIndex outside = 0;
    for (TokenIndex t = range.begin; t < range.end; ++t) {
      if (analysis.tokens[t].kind == TokenKind::kQuote) {
        any = true;
        inside = !inside;
      } else if (!inside && analysis.tokens[t].kind == TokenKind::kWord) {
        ++outside;
      }
    }
    all = all && outside == 0;
  }
  return !any ? StatementForm::kIndirect : all ? StatementForm::kDirect : StatementForm::kMixed;
}

Where WhereOf(const Analysis& analysis, std::uint32_t block) {
  switch (analysis.blocks[block].kind) {
    case BlockKind::kTitle:
      return Where::kHeadline;
    case BlockKind::kCaption:
      return Where::kCaption;
    default:
      return Where::kBody;
  }
}

}  // namespace

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
    a.polarity = PolarityOf(analysis, units[f.unit], f, frames_);
    a.certainty = CertaintyOf(analysis, units[f.unit], f, frames_);
    a.rule = f.rule.empty() ? std::string("cue:") + std::string(f.cue.lemma) : f.rule;
    attributions.push_back(std::move(a));
  }
  return attributions;
}

}  // namespace hearsay::ingest
