#include "ingest/nlp/attribution_rules.h"

#include <algorithm>

namespace hearsay::ingest {
namespace {

// A unit that is nothing but speech: quotations, conjunctions and stops.
bool OnlySpeech(const Unit& unit, TokenRange* speech) {
  bool any = false;
  for (const Chunk& chunk : unit.chunks) {
    if (chunk.kind == ChunkKind::kQuote) {
      if (!any) speech->begin = chunk.tokens.begin;
      speech->end = chunk.tokens.end;
      any = true;
    } else if (chunk.kind != ChunkKind::kEnd && chunk.kind != ChunkKind::kComma) {
      return false;
    }
  }
  return any;
}

bool EndsInQuote(const Analysis& analysis, const Found& found) {
  return !found.content.empty() &&
         analysis.tokens[found.content.back().end - 1].kind == TokenKind::kQuote;
}
bool BeginsInQuote(const Analysis& analysis, const Found& found) {
  return !found.content.empty() &&
         analysis.tokens[found.content.front().begin].kind == TokenKind::kQuote;
}

}  // namespace

void ContinueSpeech(const Analysis& analysis, const std::vector<Unit>& units,
                    std::vector<Found>* found) {
  std::vector<std::vector<std::size_t>> of_unit(units.size());
  for (std::size_t i = 0; i < found->size(); ++i) of_unit[(*found)[i].unit].push_back(i);
  int last = -1;  // the attribution whose speech may go on
  for (std::size_t u = 0; u < units.size(); ++u) {
    if (!of_unit[u].empty()) {
      last = -1;
      for (const std::size_t i : of_unit[u]) {
        const Found& f = (*found)[i];
        if (f.parent < 0 && (EndsInQuote(analysis, f) || BeginsInQuote(analysis, f))) {
          last = static_cast<int>(i);
        }
      }
      continue;
    }
    TokenRange speech;
    if (last >= 0 && OnlySpeech(units[u], &speech)) {
      (*found)[static_cast<std::size_t>(last)].content.push_back(speech);
    } else {
      last = -1;
    }
  }
}

}  // namespace hearsay::ingest
