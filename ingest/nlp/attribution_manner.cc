#include "ingest/nlp/attribution_manner.h"

namespace hearsay::ingest {

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

char PolarityOf(const Analysis& analysis, const Saying& saying, const CueFrames& frames) {
  bool negated = frames.Denies(saying.lemma);
  for (TokenIndex t = saying.cue.begin; t < saying.cue.end; ++t) {
    const std::string& word = analysis.tokens[t].lower;
    if (word == "not" || word == "n't" || word == "never") negated = !negated;
  }
  return negated ? '-' : '+';
}

Certainty CertaintyOf(const Analysis& analysis, const Saying& saying, const CueFrames& frames) {
  if (frames.Asks(saying.lemma)) return Certainty::kQuestioned;
  const TokenRange last = saying.content.back();
  for (TokenIndex t = last.end; t-- > last.begin && t + 3 > last.end;) {
    if (analysis.tokens[t].lower == "?") return Certainty::kQuestioned;
  }
  for (TokenIndex t = saying.around.begin; t < saying.around.end; ++t) {
    if (frames.Hedges(analysis.tokens[t].lower)) return Certainty::kReported;
  }
  for (const TokenRange range : saying.content) {
    for (TokenIndex t = range.begin; t < range.end; ++t) {
      if (frames.Maybe(analysis.tokens[t].lower) &&
          (analysis.tags[t] == Tag::kModal || analysis.tags[t] == Tag::kAdverb)) {
        return Certainty::kHedged;
      }
    }
  }
  return saying.anonymous_verb ? Certainty::kReported : Certainty::kStated;
}

}  // namespace hearsay::ingest
