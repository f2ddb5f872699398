// Who said it stands after a dash or colon at the end.
#include <algorithm>

#include "ingest/nlp/attribution.h"

namespace hearsay::ingest {
namespace {

// The phrase that fills the unit from chunk `i` on, if it names somebody: "Mayor X of Y".
TokenRange NameToEnd(const Scene& scene, const CueLexicon& lexicon, int i) {
  if (!scene.has(i) || scene.at(i).kind != ChunkKind::kNoun || scene.at(i).time) return {};
  if (!scene.at(i).proper && !lexicon.Who(scene.HeadWord(i))) return {};
  int e = i;
  for (int j = i; j < scene.size(); ++j) {
    const ChunkKind kind = scene.at(j).kind;
    if (kind == ChunkKind::kEnd && j + 1 == scene.size()) break;
    if (kind != ChunkKind::kNoun && kind != ChunkKind::kPreposition && kind != ChunkKind::kComma) {
      return {};
    }
    e = j;
  }
  return e - i < 7 ? TokenRange{scene.at(i).tokens.begin, scene.at(e).tokens.end} : TokenRange{};
}

}  // namespace

void AddTags(const Scene& scene, const CueLexicon& lexicon, std::vector<Found>* found) {
  for (int i = 0; i + 1 < scene.size(); ++i) {
    const ChunkKind kind = scene.at(i).kind;
    if (kind != ChunkKind::kDash && kind != ChunkKind::kColon) continue;
    const TokenRange source = NameToEnd(scene, lexicon, i + 1);
    if (source.empty()) continue;
    Found tag;
    tag.cue.kind = kind == ChunkKind::kDash ? CueKind::kDash : CueKind::kColon;
    tag.cue.lemma = kind == ChunkKind::kDash ? "-" : ":";
    tag.cue.chunk = tag.cue.last_chunk = i;
    tag.cue.head = scene.at(i).head;
    tag.cue_tokens = scene.at(i).tokens;
    tag.source = source;
    tag.probability = 0.8;
    tag.rule = "tag";
    const bool quote = i > 0 && scene.at(i - 1).kind == ChunkKind::kQuote;
    const bool alone = i == 0 && kind == ChunkKind::kDash;  // the speech stands in the unit before
    // A headline: no full stop, something to say, somebody at its end who can speak.
    const bool headline = i >= 3 && i + 2 == scene.size() && lexicon.Who(scene.HeadWord(i + 1)) &&
                          scene.at(i + 1).tokens.end - scene.at(i + 1).tokens.begin <= 3;
    if (!quote && !alone && !headline) continue;
    if (quote) tag.content.push_back(scene.at(i - 1).tokens);
    if (headline && !quote) {
      tag.content.push_back({scene.unit().tokens.begin, scene.at(i - 1).tokens.end});
    }
    // Nothing else is a cue in such a line but what was said in it.
    std::erase_if(*found, [&](const Found& f) {
      return f.cue.head == tag.cue.head || f.cue.kind == CueKind::kColon;
    });
    found->push_back(std::move(tag));
    return;
  }
}

}  // namespace hearsay::ingest
