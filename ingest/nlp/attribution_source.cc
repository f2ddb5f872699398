// Which words name the source of a cue.
#include <algorithm>
#include <cstdlib>

#include "ingest/nlp/attribution_model.h"

namespace hearsay::ingest {
namespace {

constexpr int kBack = 26;       // chunks to look back
constexpr int kStartsMax = 10;  // phrases to begin with
constexpr int kLengthMax = 14;  // chunks of a source

bool MayBegin(const Scene& scene, int i) {
  const Chunk& chunk = scene.at(i);
  if (chunk.kind == ChunkKind::kNoun) return true;
  return chunk.kind == ChunkKind::kWh &&
         (scene.HeadWord(i) == "who" || scene.HeadWord(i) == "which" ||
          scene.HeadWord(i) == "that" || scene.HeadWord(i) == "whom");
}

bool Stops(ChunkKind kind) {
  return kind == ChunkKind::kQuote || kind == ChunkKind::kEnd || kind == ChunkKind::kColon ||
         kind == ChunkKind::kSemicolon;
}

// All ends of a source that begins with chunk `begin`, up to (not into) chunk `limit`.
void AddEnds(const Scene& scene, int begin, int limit, bool before_cue,
             std::vector<TokenRange>* out) {
  const TokenIndex first = scene.at(begin).tokens.begin;
  int added = 0;
  for (int e = begin; e < std::min(limit, begin + kLengthMax) && added < 9; ++e) {
    const ChunkKind kind = scene.at(e).kind;
    if (Stops(kind)) break;
    const bool closes = kind == ChunkKind::kNoun || kind == ChunkKind::kClose || e == begin;
    const bool comma = before_cue && kind == ChunkKind::kComma && e + 1 == limit && e > begin + 1;
    const bool clause =
        (kind == ChunkKind::kVerb || kind == ChunkKind::kAdverb || kind == ChunkKind::kAdjective) &&
        e + 1 == limit && e > begin + 1;
    if (closes || comma || clause) {
      out->push_back({first, scene.at(e).tokens.end});
      ++added;
    }
  }
}

}  // namespace

std::vector<TokenRange> SourceCandidates(const Scene& scene, const CueCandidate& cue) {
  std::vector<TokenRange> found;
  found.push_back({});
  const Chunk& own = scene.at(cue.chunk);
  if (cue.kind == CueKind::kNoun) {  // "the minister's claim", "her claim"
    for (TokenIndex t = own.tokens.begin; t < own.head; ++t) {
      if (scene.TagAt(t) == Tag::kPossessive) found.push_back({own.tokens.begin, t + 1});
    }
  }
  if (cue.kind != CueKind::kPhrase) {
    int starts = 0;
    for (int i = cue.chunk - 1; i >= std::max(0, cue.chunk - kBack) && starts < kStartsMax; --i) {
      if (scene.at(i).kind == ChunkKind::kEnd) break;
      if (!MayBegin(scene, i)) continue;
      ++starts;
      AddEnds(scene, i, cue.chunk, true, &found);
    }
  }
  int starts = 0;
  for (int i = cue.last_chunk + 1; i < std::min(scene.size(), cue.last_chunk + 12) && starts < 4;
       ++i) {
    if (Stops(scene.at(i).kind) && i > cue.last_chunk + 1) break;
    if (!MayBegin(scene, i) || scene.at(i).kind == ChunkKind::kWh) continue;
    ++starts;
    AddEnds(scene, i, scene.size(), false, &found);
  }
  return found;
}

void SourceFeatures(const Scene& scene, const CueCandidate& cue, TokenRange source, Features* f) {
  const Chunk& verb = scene.at(cue.chunk);
  const std::string_view voice = cue.kind == CueKind::kNoun        ? "noun"
                                 : cue.kind == CueKind::kAdjective ? "adj"
                                 : cue.kind == CueKind::kPhrase    ? "phr"
                                 : cue.kind == CueKind::kColon     ? "colon"
                                 : cue.kind == CueKind::kDash      ? "dash"
                                 : verb.passive                    ? "passive"
                                 : verb.infinitive                 ? "to"
                                 : verb.finite                     ? "finite"
                                                                   : "ing";
  const std::string_view lemma = cue.lemma;
  const std::string n1 = scene.Sign(cue.last_chunk + 1);
  const std::string p1 = scene.Sign(cue.chunk - 1);
  if (source.empty()) {
    f->Add("none", voice);
    f->Add("nonel=", lemma, "_", voice);
    f->Add("nonep=", voice, p1);
    f->Add("nonen=", voice, n1);
    f->Add("nonepp=", voice, scene.Sign(cue.chunk - 2), p1);
    const int subject = scene.Subject(cue.chunk);
    f->Add("nones=", voice, scene.NounSign(subject));
    return;
  }
  const int b = scene.ChunkOf(source.begin);
  const int e = scene.ChunkOf(source.end - 1);
  const Chunk& first = scene.at(b);
  const std::string before = scene.Sign(b - 1);
  const std::string after = scene.Sign(e + 1);
  const std::string head = scene.NounSign(b);
  if (b == cue.chunk) {  // possessor inside the noun phrase of the cue
    f->Add("own", voice);
    f->Add("ownp=", std::to_string(source.end - source.begin > 1 ? 1 : 0));
    f->Add("ownl=", lemma);
    return;
  }
  std::string inner;  // shape of the source itself
  for (int i = b; i <= e && inner.size() < 24; ++i) inner += scene.Sign(i);
  std::string inner_kinds;
  for (int i = b; i <= e; ++i) inner_kinds += Letter(scene.at(i).kind);
  if (b < cue.chunk) {
    std::string between;
    for (int i = e + 1; i < cue.chunk && between.size() < 30; ++i) {
      between += i - e > 4 ? std::string(Letter(scene.at(i).kind)) : scene.Sign(i);
    }
    std::string between_kinds;
    int verbs = 0;
    int nouns = 0;
    for (int i = e + 1; i < cue.chunk; ++i) {
      const ChunkKind kind = scene.at(i).kind;
      if (between_kinds.size() < 12) between_kinds += Letter(kind);
      verbs += kind == ChunkKind::kVerb ? 1 : 0;
      nouns += kind == ChunkKind::kNoun ? 1 : 0;
    }
    const std::string counts =
        std::to_string(std::min(verbs, 3)) + std::to_string(std::min(nouns, 4));
    f->Add("L", voice);
    f->Add("Lb=", voice, between_kinds);
    f->Add("Lbb=", voice, between);
    f->Add("Lc=", voice, counts);
    f->Add("Lch=", voice, counts, head);
    f->Add("Lbh=", between_kinds, head);
    f->Add("Lbp=", voice, before, between_kinds);
    f->Add("Lp=", voice, before);
    f->Add("Lph=", before, head);
    f->Add("Lpi=", before, inner_kinds);
    f->Add("Li=", inner_kinds, between_kinds.empty() ? "|" : "-");
    f->Add("Lii=", inner);
    f->Add("La=", inner_kinds, after);
    f->Add("Laf=", voice, after);
    f->Add("Lh=", voice, head);
    f->Add("Ll=", lemma, "_", voice, head);
    f->Add("Lvb=", voice, between_kinds, n1);
    if (b == 0) f->Add("Lfirst", voice, between_kinds);
    if (verb.infinitive || (!verb.finite && !verb.passive)) {
      f->Add("Lx=", voice, between_kinds, p1);
    }
    if (cue.kind == CueKind::kVerb) {
      const bool subject = scene.Subject(cue.chunk) == b;
      f->Add("Lsub=", voice, subject ? "1" : "0", inner_kinds.size() > 1 ? "+" : "");
    }
    // Who went before in the list: "X and" Y said.
    if (b >= 2 && scene.at(b - 1).kind == ChunkKind::kConjunction &&
        scene.at(b - 2).kind == ChunkKind::kNoun) {
      f->Add("Lconj", between_kinds);
    }
  } else {
    std::string between;
    for (int i = cue.last_chunk + 1; i < b && between.size() < 24; ++i) between += scene.Sign(i);
    int quotes_left = 0;
    for (int i = 0; i < cue.chunk; ++i)
      quotes_left += scene.at(i).kind == ChunkKind::kQuote ? 1 : 0;
    f->Add("R", voice);
    f->Add("Rb=", voice, between);
    f->Add("Rbl=", lemma, between);
    f->Add("Rbp=", voice, between, p1);
    f->Add("Rbpp=", voice, between, scene.Sign(cue.chunk - 2), p1);
    f->Add("Ri=", voice, inner_kinds);
    f->Add("Rii=", inner);
    f->Add("Ra=", inner_kinds, after);
    f->Add("Raa=", after, scene.Sign(e + 2));
    f->Add("Rva=", voice, after);
    f->Add("Rh=", voice, between, head);
    f->Add("Rha=", head, after);
    f->Add("Rq=", voice, between, quotes_left > 0 ? "q" : "", head);
    f->Add("Rqa=", voice, between, quotes_left > 0 ? "q" : "", after);
    if (e > b) f->Add("Rn=", Letter(scene.at(e).kind), scene.NounSign(e), after);
  }
  if (first.kind == ChunkKind::kNoun && !first.pronoun && !first.proper) {
    f->Add("hw=", scene.HeadWord(b));
  }
  f->Add("len=", std::to_string(std::min(e - b, 8)));
}

}  // namespace hearsay::ingest
