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

void DropEmpty(std::vector<Found>* found) {
  std::vector<int> now(found->size(), -1);
  std::vector<Found> kept;
  for (std::size_t i = 0; i < found->size(); ++i) {
    if ((*found)[i].content.empty()) continue;
    now[i] = static_cast<int>(kept.size());
    kept.push_back(std::move((*found)[i]));
  }
  for (Found& f : kept) {
    if (f.parent >= 0) f.parent = now[static_cast<std::size_t>(f.parent)];
  }
  *found = std::move(kept);
}

// Speech without a cue of its own:
//   - the sentences or paragraphs after direct speech that are nothing but speech;
//   - after "She said:" at the end of a paragraph;
//   - before a paragraph that says whose words they were ("... said the mayor." standing alone), or
//     where an open quotation goes on into the paragraph that has the cue.
void ContinueSpeech(const Analysis& analysis, const std::vector<Unit>& units,
                    std::vector<Found>* found) {
  std::vector<std::vector<std::size_t>> of_unit(units.size());
  for (std::size_t i = 0; i < found->size(); ++i) of_unit[(*found)[i].unit].push_back(i);
  int last = -1;         // the attribution whose speech may go on
  TokenRange waiting;    // speech that has no attribution yet
  bool goes_on = false;  // it runs on into the next paragraph
  for (std::size_t u = 0; u < units.size(); ++u) {
    TokenRange speech;
    const bool only = OnlySpeech(units[u], &speech);
    if (only && of_unit[u].empty()) {
      if (last >= 0) {
        (*found)[static_cast<std::size_t>(last)].content.push_back(speech);
      } else {
        waiting = speech;
        goes_on = std::any_of(units[u].chunks.begin(), units[u].chunks.end(), [&](const Chunk& c) {
          return c.kind == ChunkKind::kQuote && (analysis.quotations[c.quotation].continues ||
                                                 analysis.quotations[c.quotation].open_ended);
        });
      }
      continue;
    }
    last = -1;
    for (const std::size_t i : of_unit[u]) {
      Found& f = (*found)[i];
      if (f.parent >= 0) continue;
      if (!waiting.empty() && ((goes_on && BeginsInQuote(analysis, f)) || f.content.empty())) {
        f.content.insert(f.content.begin(), waiting);
        waiting = {};
      }
      if (EndsInQuote(analysis, f) || BeginsInQuote(analysis, f)) last = static_cast<int>(i);
    }
    waiting = {};
    if (last < 0 && !of_unit[u].empty() && !units[u].chunks.empty() &&
        units[u].chunks.back().kind == ChunkKind::kColon) {
      last = static_cast<int>(of_unit[u].back());
      // "He added:" has no content before its colon.
      Found& f = (*found)[static_cast<std::size_t>(last)];
      TokenRange next;
      if (u + 1 < units.size() && of_unit[u + 1].empty() && OnlySpeech(units[u + 1], &next)) {
        f.content.clear();
      }
    }
  }
}

}  // namespace hearsay::ingest
