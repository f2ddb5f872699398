// Rules for the words by which one source passes on another: "quoted X as saying", "carried by",
// "citing", "according to", and for who is spoken to.
#include <algorithm>

#include "ingest/nlp/attribution.h"

namespace hearsay::ingest {
namespace {

bool Speaks(const Scene& scene, const CueFrames& frames, int i) {
  const Chunk& chunk = scene.at(i);
  return chunk.kind == ChunkKind::kNoun &&
         (chunk.proper || frames.Who(scene.HeadWord(i)) || chunk.pronoun);
}

// A noun phrase with what hangs on it: "officials of the ministry in the south".
TokenRange PhraseAt(const Scene& scene, int i) {
  int e = i;
  while (scene.has(e + 2) && scene.at(e + 1).kind == ChunkKind::kPreposition &&
         scene.at(e + 2).kind == ChunkKind::kNoun && !scene.at(e + 2).time &&
         scene.HeadWord(e + 1) != "on" && scene.HeadWord(e + 1) != "as" &&
         scene.HeadWord(e + 1) != "to") {
    e += 2;
  }
  return {scene.at(i).tokens.begin, scene.at(e).tokens.end};
}

bool Within(TokenRange range, TokenIndex t) { return range.begin <= t && t < range.end; }

bool InContent(const Found& found, TokenIndex t) {
  return std::any_of(found.content.begin(), found.content.end(),
                     [&](TokenRange r) { return Within(r, t); });
}

}  // namespace

CueFrames::CueFrames(const Lexicons& lexicons) {
  for (const auto& row : lexicons.Rows("cue_frames.tsv")) {
    uses_[row[0]] |= row[1] == "hearer"    ? kHearer
                     : row[1] == "denies"  ? kDenies
                     : row[1] == "asks"    ? kAsks
                     : row[1] == "relays"  ? kRelays
                     : row[1] == "hedges"  ? kHedges
                     : row[1] == "maybe"   ? kMaybe
                     : row[1] == "got"     ? kGot
                     : row[1] == "bids"    ? kBids
                     : row[1] == "staff"   ? kStaff
                     : row[1] == "network" ? kNetwork
                                           : kWho;
  }
}

void AddCarriers(const Scene& scene, const CueLexicon& lexicon, const CueFrames& frames,
                 std::vector<Found>* found) {
  for (int i = 1; i + 2 < scene.size(); ++i) {
    const Chunk& chunk = scene.at(i);
    if (chunk.kind != ChunkKind::kVerb || chunk.finite || chunk.infinitive || chunk.copula)
      continue;
    const CueEntry* entry = lexicon.Verb(scene.Word(chunk.head));
    if (entry == nullptr || !frames.Relays(entry->lemma)) continue;
    if (scene.HeadWord(i + 1) != "by" || scene.at(i + 2).kind != ChunkKind::kNoun) continue;
    // "as reported by X" stands beside the sentence, "numbers reported by X" after a noun.
    const bool after_noun = scene.at(i - 1).kind == ChunkKind::kNoun;
    if (!after_noun) continue;
    Found* inner = nullptr;
    for (Found& f : *found) {
      if (f.dropped || Within(f.cue_tokens, chunk.head) || InContent(f, chunk.head)) continue;
      const TokenIndex anchor = std::max(f.cue_tokens.begin, f.source.empty() ? 0 : f.source.begin);
      if (anchor < chunk.tokens.begin &&
          (inner == nullptr || f.cue_tokens.begin > inner->cue_tokens.begin)) {
        inner = &f;
      }
    }
    if (inner == nullptr) continue;
    // Nothing but phrases may stand between the source or cue and the carrier.
    const TokenIndex anchor =
        std::max(inner->cue_tokens.end, inner->source.empty() ? 0 : inner->source.begin);
    bool joined = true;
    for (int j = scene.ChunkOf(std::min(anchor, chunk.tokens.begin - 1)); j < i; ++j) {
      const ChunkKind kind = scene.at(j).kind;
      joined = joined && (kind == ChunkKind::kNoun || kind == ChunkKind::kPreposition ||
                          scene.at(j).tokens.begin < anchor);
    }
    if (!joined) continue;
    const TokenRange carrier = PhraseAt(scene, i + 2);
    for (Found& f : *found) {
      if (&f != inner && Within(f.cue_tokens, chunk.head)) f.dropped = true;
    }
    inner->relays.emplace_back(carrier, Via::kCarrier);
  }
  std::erase_if(*found, [](const Found& f) { return f.dropped; });
}

void AddCited(const Scene& scene, const CueFrames& frames, std::vector<Found>* found) {
  for (int i = 1; i + 1 < scene.size(); ++i) {
    const Chunk& chunk = scene.at(i);
    if (chunk.kind != ChunkKind::kVerb || scene.Word(chunk.head) != "citing" || chunk.finite)
      continue;
    if (!Speaks(scene, frames, i + 1)) continue;
    int outer = -1;
    for (std::size_t k = 0; k < found->size(); ++k) {
      const Found& f = (*found)[k];
      if (Within(f.cue_tokens, chunk.head)) continue;
      // The attribution whose source or cue stands closest before.
      if (f.cue_tokens.begin < chunk.head &&
          (outer < 0 ||
           f.cue_tokens.begin > (*found)[static_cast<std::size_t>(outer)].cue_tokens.begin)) {
        outer = static_cast<int>(k);
      }
    }
    if (outer < 0) continue;
    Found inner;
    for (std::size_t k = 0; k < found->size(); ++k) {
      if (Within((*found)[k].cue_tokens, chunk.head)) (*found)[k].dropped = true;
    }
    inner.cue.lemma = "cite";
    inner.cue.chunk = inner.cue.last_chunk = i;
    inner.cue.head = chunk.head;
    inner.probability = (*found)[static_cast<std::size_t>(outer)].probability;
    inner.cue_tokens = chunk.tokens;
    inner.source = PhraseAt(scene, i + 1);
    // "X reported on Monday, citing Y, that ...": Y is no source of "reported".
    Found& teller = (*found)[static_cast<std::size_t>(outer)];
    if (teller.source.empty() ||
        (teller.source.begin < inner.source.end && inner.source.begin < teller.source.end)) {
      const int subject = scene.Subject(teller.cue.chunk);
      teller.source = {};
      if (subject >= 0 && scene.at(subject).kind == ChunkKind::kNoun) {
        teller.source = {scene.at(subject).tokens.begin, scene.at(subject).tokens.end};
      }
    }
    // What both say: the content without the words that name the second source.
    for (TokenRange r : (*found)[static_cast<std::size_t>(outer)].content) {
      if (r.begin <= chunk.tokens.begin && chunk.tokens.begin < r.end) {
        TokenIndex end = chunk.tokens.begin;
        while (end > r.begin && scene.Word(end - 1) == ",") --end;
        r.end = end;
      } else if (r.begin < inner.source.end && inner.source.begin < r.end) {
        continue;
      }
      if (!r.empty()) inner.content.push_back(r);
    }
    if (inner.content.empty()) continue;
    (*found)[static_cast<std::size_t>(outer)].content = inner.content;
    inner.rule = "citing";
    inner.parent = outer;  // index before erasing; settled by the caller
    std::vector<Found> kept;
    int outer_now = -1;
    for (std::size_t k = 0; k < found->size(); ++k) {
      if ((*found)[k].dropped) continue;
      if (static_cast<int>(k) == outer) outer_now = static_cast<int>(kept.size());
      kept.push_back(std::move((*found)[k]));
    }
    inner.parent = outer_now;
    kept.push_back(std::move(inner));
    *found = std::move(kept);
  }
}

void WidenAccordingTo(const Scene& scene, std::vector<Found>* found) {
  for (Found& outer : *found) {
    if (outer.cue.kind != CueKind::kPhrase || outer.source.empty()) continue;
    const int c = outer.cue.chunk;
    if (c == 0 || scene.at(c - 1).kind != ChunkKind::kComma) continue;
    const int after = scene.ChunkOf(outer.source.end - 1) + 1;
    if (scene.has(after) && scene.at(after).kind != ChunkKind::kEnd &&
        scene.at(after).kind != ChunkKind::kSemicolon) {
      continue;
    }
    for (Found& inner : *found) {
      if (&inner == &outer || !InContent(inner, outer.cue_tokens.begin)) continue;
      const TokenIndex comma = scene.at(c - 1).tokens.begin;
      for (TokenRange& r : inner.content) {
        if (Within(r, outer.cue_tokens.begin) && r.begin < comma) r.end = comma;
      }
      // It is said of all that stands before, the inner attribution with it.
      for (TokenRange& r : outer.content) {
        if (r.begin > inner.cue_tokens.begin && r.end <= comma) {
          r.begin =
              std::min(inner.source.empty() ? inner.cue_tokens.begin
                                            : std::min(inner.source.begin, inner.cue_tokens.begin),
                       r.begin);
        }
      }
    }
  }
}

void AddAddressees(const Scene& scene, const CueFrames& frames, std::vector<Found>* found) {
  for (Found& f : *found) {
    if (f.cue.kind != CueKind::kVerb) continue;
    if (scene.at(f.cue.chunk).passive) continue;
    int i = scene.ChunkOf(f.cue_tokens.end - 1) + 1;
    if (!scene.has(i)) continue;
    if (scene.at(i).kind == ChunkKind::kNoun && scene.at(i).time && scene.has(i + 1)) ++i;
    if (frames.Hearer(f.cue.lemma)) {
      if (scene.at(i).kind != ChunkKind::kNoun || scene.at(i).time) continue;
      if (InContent(f, scene.at(i).tokens.begin) || Within(f.source, scene.at(i).tokens.begin))
        continue;
      f.addressee = PhraseAt(scene, i);
      for (const TokenRange r : f.content) {
        if (r.begin > f.addressee.begin) f.addressee.end = std::min(f.addressee.end, r.begin);
      }
      continue;
    }
    // "said to X", "said in an interview with X", "in remarks to X"
    for (int j = i; j < std::min(scene.size() - 1, i + 6); ++j) {
      const ChunkKind kind = scene.at(j).kind;
      if (kind != ChunkKind::kPreposition && kind != ChunkKind::kNoun) break;
      if (InContent(f, scene.at(j).tokens.begin)) break;
      if (kind != ChunkKind::kPreposition || scene.at(j + 1).kind != ChunkKind::kNoun) continue;
      const std::string_view word = scene.HeadWord(j);
      const bool talk =
          j > i && scene.at(j - 1).kind == ChunkKind::kNoun &&
          (scene.HeadWord(j - 1) == "interview" || scene.HeadWord(j - 1) == "remarks" ||
           scene.HeadWord(j - 1) == "comments" || scene.HeadWord(j - 1) == "statement" ||
           scene.HeadWord(j - 1) == "conversation");
      if ((word == "to" && (j == i || talk)) || (word == "with" && talk)) {
        f.addressee = PhraseAt(scene, j + 1);
        break;
      }
    }
  }
}

// "X quoted Y as saying C" is two attributions; "Y was quoted as saying C (by X)" is one of Y that
// X carries.
void AttributionFinder::QuotedAs(const Scene& scene, std::vector<Found>* found) const {
  for (int v = 0; v + 2 < scene.size(); ++v) {
    const Chunk& verb = scene.at(v);
    if (verb.kind != ChunkKind::kVerb || verb.copula) continue;
    const CueEntry* entry = lexicon_.Verb(scene.Word(verb.head));
    if (entry == nullptr || !frames_.Relays(entry->lemma)) continue;
    int as = -1;
    for (int j = v + 1; j < std::min(v + 10, scene.size() - 1); ++j) {
      if (scene.HeadWord(j) == "as" && scene.at(j + 1).kind == ChunkKind::kVerb &&
          scene.TagAt(scene.at(j + 1).head) == Tag::kVerbGerund) {
        as = j;
        break;
      }
      const ChunkKind kind = scene.at(j).kind;
      if (kind == ChunkKind::kVerb || kind == ChunkKind::kEnd || kind == ChunkKind::kQuote) break;
    }
    if (as < 0) continue;
    const CueEntry* said = lexicon_.Verb(scene.HeadWord(as + 1));
    if (said == nullptr) continue;
    const TokenIndex from = verb.tokens.begin;
    const TokenIndex to = scene.at(as + 1).tokens.end;
    std::erase_if(*found, [&](const Found& f) { return from <= f.cue.head && f.cue.head < to; });

    Found inner;
    inner.cue.kind = CueKind::kVerb;
    inner.cue.lemma = said->lemma;
    inner.cue.entry = said;
    inner.cue.chunk = inner.cue.last_chunk = as + 1;
    inner.cue.head = scene.at(as + 1).head;
    inner.probability = 0.95;
    Draft draft;
    TokenRange by;  // "by X"
    int by_chunk = -1;
    for (int j = v + 1; j < std::min(as + 4, scene.size() - 1); ++j) {
      if (scene.HeadWord(j) == "by" && scene.at(j + 1).kind == ChunkKind::kNoun) {
        by = PhraseAt(scene, j + 1);
        by_chunk = j;
        break;
      }
    }
    const TokenRange subject = [&] {
      CueCandidate cue = inner.cue;
      cue.chunk = cue.last_chunk = v;
      cue.head = verb.head;
      cue.lemma = entry->lemma;
      cue.entry = entry;
      const std::vector<TokenRange> sources = SourceCandidates(scene, cue);
      std::size_t best = 0;
      double top = -1e30;
      Features features(kSourceFamily);
      for (std::size_t i = 1; i < sources.size(); ++i) {
        if (sources[i].begin >= from) continue;
        features.Clear();
        SourceFeatures(scene, cue, sources[i], &features);
        const double score = weights_.Score(features);
        if (score > top) {
          top = score;
          best = i;
        }
      }
      return sources[best];
    }();
    if (verb.passive && verb.finite) {
      inner.source = subject;
      inner.cue_tokens = {from, to};
      if (by_chunk > v && by_chunk < as) inner.cue_tokens = {scene.at(as).tokens.begin, to};
      if (by_chunk >= 0) inner.relays.emplace_back(by, Via::kCarrier);
      draft.cue = inner.cue;
      draft.cue.chunk = v;
      draft.cue_tokens = {from, by_chunk > as ? by.end : to};
      draft.source = inner.source;
      FindContent(scene, draft, &inner);
      inner.rule = "quoted-as";
      if (!inner.content.empty()) found->push_back(std::move(inner));
      continue;
    }
    if (scene.at(v + 1).kind != ChunkKind::kNoun) continue;
    inner.source = {scene.at(v + 1).tokens.begin, scene.at(as - 1).tokens.end};
    while (inner.source.end > inner.source.begin + 1 && scene.Word(inner.source.end - 1) == ",") {
      --inner.source.end;
    }
    inner.cue_tokens = {scene.at(as).tokens.begin, to};
    draft.cue = inner.cue;
    draft.cue.chunk = v;
    draft.cue_tokens = {from, to};
    draft.source = subject;
    FindContent(scene, draft, &inner);
    if (inner.content.empty()) continue;
    Found outer;
    outer.cue.kind = CueKind::kVerb;
    outer.cue.lemma = entry->lemma;
    outer.cue.entry = entry;
    outer.cue.chunk = outer.cue.last_chunk = v;
    outer.cue.head = verb.head;
    outer.probability = 0.95;
    outer.source = subject;
    outer.cue_tokens = verb.tokens;
    // The outer content reaches from the inner source on, or is the words before.
    outer.content = inner.content;
    if (outer.content.back().begin >= to) outer.content.back().begin = inner.source.begin;
    outer.rule = inner.rule = "quoted-as";
    found->push_back(std::move(outer));
    inner.parent = static_cast<int>(found->size()) - 1;
    found->push_back(std::move(inner));
  }
}

}  // namespace hearsay::ingest
