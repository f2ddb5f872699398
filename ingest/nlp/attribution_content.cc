// Where the content of an attribution begins and ends.
#include <algorithm>

#include "ingest/nlp/attribution_model.h"

namespace hearsay::ingest {
namespace {

constexpr int kBeginsMax = 9;
constexpr int kEndsMax = 90;

std::string_view VoiceOf(const Scene& scene, const CueCandidate& cue) {
  switch (cue.kind) {
    case CueKind::kNoun:
      return "noun";
    case CueKind::kAdjective:
      return "adj";
    case CueKind::kPhrase:
      return "phr";
    case CueKind::kColon:
      return "colon";
    case CueKind::kDash:
      return "dash";
    case CueKind::kVerb:
      break;
  }
  const Chunk& chunk = scene.at(cue.chunk);
  return chunk.passive ? "passive" : chunk.finite ? "finite" : chunk.infinitive ? "to" : "ing";
}

// The first chunk after the cue (and after a source that follows it).
int FirstAfter(const Scene& scene, const Draft& draft) {
  return scene.ChunkOf(draft.cue_tokens.end - 1) + 1;
}

bool SourceFollows(const Draft& draft) {
  return !draft.source.empty() && draft.source.begin >= draft.cue_tokens.end;
}

std::string Lengths(int n) {
  return n <= 4 ? std::to_string(n) : n <= 8 ? "8" : n <= 16 ? "16" : "17";
}

}  // namespace

std::vector<Layout> Layouts(const Scene& scene, const Draft& draft) {
  std::vector<Layout> layouts;
  const bool after = !AfterBegins(scene, draft).empty();
  const bool before = BeforeEnd(scene, draft) >= 0;
  if (after) layouts.push_back(Layout::kAfter);
  if (before) layouts.push_back(Layout::kBefore);
  if (after && before) layouts.push_back(Layout::kBoth);
  return layouts;
}

void LayoutFeatures(const Scene& scene, const Draft& draft, Layout layout, Features* f) {
  const std::string_view where = layout == Layout::kAfter    ? "A"
                                 : layout == Layout::kBefore ? "B"
                                                             : "C";
  const std::string_view voice = VoiceOf(scene, draft.cue);
  const bool inverted = SourceFollows(draft);
  const int first = FirstAfter(scene, draft);
  int after = first;
  if (inverted) after = scene.ChunkOf(draft.source.end - 1) + 1;
  const TokenIndex left_token = draft.source.empty() || inverted
                                    ? draft.cue_tokens.begin
                                    : std::min(draft.source.begin, draft.cue_tokens.begin);
  const int left = scene.ChunkOf(left_token);
  const std::string p1 = scene.Sign(left - 1);
  const std::string p2 = scene.Sign(left - 2);
  const std::string n1 = scene.Sign(after);
  const std::string n2 = scene.Sign(after + 1);
  const std::string_view source = draft.source.empty() ? "0" : inverted ? "R" : "L";
  int verbs_left = 0;
  int quotes_left = 0;
  int quotes_right = 0;
  for (int i = 0; i < left; ++i) {
    verbs_left += scene.at(i).kind == ChunkKind::kVerb ? 1 : 0;
    quotes_left += scene.at(i).kind == ChunkKind::kQuote ? 1 : 0;
  }
  for (int i = after; i < scene.size(); ++i) {
    quotes_right += scene.at(i).kind == ChunkKind::kQuote ? 1 : 0;
  }
  f->Add(where, voice);
  f->Add(where, "s", voice, source);
  f->Add(where, "l", draft.cue.lemma, source);
  f->Add(where, "p", p1, source);
  f->Add(where, "pp", p2, p1);
  f->Add(where, "n", n1, source);
  f->Add(where, "vn", voice, n1);
  f->Add(where, "nn", n1, n2);
  f->Add(where, "pn", p1, "_", n1, source);
  f->Add(where, "ppnn", p2, p1, "_", n1);
  f->Add(where, "lp", draft.cue.lemma, p1, source);
  f->Add(where, "ln", draft.cue.lemma, n1, source);
  f->Add(where, "L", Lengths(left), source);
  f->Add(where, "R", Lengths(scene.size() - after), source);
  f->Add(where, "LR", Lengths(left), "_", Lengths(scene.size() - after), source);
  f->Add(where, "lR", draft.cue.lemma, Lengths(scene.size() - after));
  f->Add(where, "v", verbs_left > 0 ? "1" : "0", p1, source);
  f->Add(where, "q", quotes_left > 0 ? "1" : "0", quotes_right > 0 ? "1" : "0", source);
  f->Add(where, "qp", quotes_left > 0 ? "1" : "0", quotes_right > 0 ? "1" : "0", p1, n1);
  f->Add(where, "vp", voice, p1, n1, source);
}

std::vector<int> AfterBegins(const Scene& scene, const Draft& draft) {
  std::vector<int> begins;
  const int limit = scene.size();
  int i = FirstAfter(scene, draft);
  const int stop = i + 14;
  for (; i < std::min(limit, stop) && static_cast<int>(begins.size()) < kBeginsMax; ++i) {
    const Chunk& chunk = scene.at(i);
    if (!draft.source.empty() && chunk.tokens.begin >= draft.source.begin &&
        chunk.tokens.begin < draft.source.end) {
      continue;
    }
    if (chunk.kind == ChunkKind::kEnd && i + 1 == limit) break;
    if (chunk.kind == ChunkKind::kComma || chunk.kind == ChunkKind::kColon ||
        chunk.kind == ChunkKind::kEnd || chunk.kind == ChunkKind::kClose) {
      continue;
    }
    begins.push_back(i);
  }
  return begins;
}

void AfterBeginFeatures(const Scene& scene, const Draft& draft, int begin, Features* f) {
  const std::string_view voice = VoiceOf(scene, draft.cue);
  const bool inverted = SourceFollows(draft);
  const std::string_view lay = draft.layout == Layout::kBoth ? "C" : "A";
  int from = FirstAfter(scene, draft);
  if (inverted) from = std::max(from, scene.ChunkOf(draft.source.end - 1) + 1);
  std::string path;
  for (int i = from; i < begin && path.size() < 26; ++i) path += scene.Sign(i);
  std::string kinds;
  for (int i = from; i < begin; ++i) kinds += Letter(scene.at(i).kind);
  const std::string s0 = scene.Sign(begin);
  const std::string s1 = scene.Sign(begin + 1);
  const std::string s2 = scene.Sign(begin + 2);
  const std::string order = std::to_string(std::min(begin - from, 6));
  const std::string_view inv = inverted ? "i" : begin < from ? "x" : "";
  const std::string_view lemma = draft.cue.lemma;
  f->Add(lay, "o", order, inv);
  f->Add(lay, "v", voice, order, inv, s0);
  f->Add(lay, "s", inv, s0);
  f->Add(lay, "ss", inv, s0, s1);
  f->Add(lay, "sss", s0, s1, s2);
  f->Add(lay, "k", inv, kinds, "_", s0);
  f->Add(lay, "kk", inv, kinds, "_", s0, s1);
  f->Add(lay, "p", inv, path, "_", s0);
  f->Add(lay, "vk", voice, kinds, "_", s0);
  f->Add(lay, "l", lemma, inv, kinds, "_", s0);
  f->Add(lay, "lo", lemma, inv, order);
  f->Add(lay, "ls", lemma, inv, s0);
  f->Add(lay, "b", inv, scene.Sign(begin - 1), s0);
  f->Add(lay, "bo", inv, scene.Sign(begin - 1), s0, order);
  if (draft.cue_tokens.end < scene.unit().tokens.end) {
    f->Add(lay, "w", scene.Word(draft.cue_tokens.end - 1), order, s0);
  }
  const Chunk& chunk = scene.at(begin);
  if (chunk.kind == ChunkKind::kNoun) {
    f->Add(lay, "N", inv, order, scene.NounSign(begin), s1);
    f->Add(lay, "h", inv, order, scene.HeadWord(begin));
  }
  // A better beginning further on: "that", a quotation.
  bool that = false;
  bool quote = false;
  for (int i = begin + 1; i < std::min(begin + 6, scene.size()); ++i) {
    that = that || scene.at(i).kind == ChunkKind::kThat;
    quote = quote || scene.at(i).kind == ChunkKind::kQuote;
    if (scene.at(i).kind == ChunkKind::kVerb) break;
  }
  f->Add(lay, "t", that ? "1" : "0", quote ? "1" : "0", s0);
  f->Add(lay, "lt", lemma, that ? "1" : "0", s0);
}

std::vector<int> AfterEnds(const Scene& scene, const Draft& draft, int begin) {
  std::vector<int> ends;
  for (int i = begin; i < std::min(scene.size(), begin + kEndsMax); ++i) {
    const Chunk& chunk = scene.at(i);
    if (!draft.source.empty() && draft.source.begin > draft.cue_tokens.begin &&
        chunk.tokens.begin >= draft.source.begin && begin < scene.ChunkOf(draft.source.begin)) {
      break;
    }
    const ChunkKind kind = chunk.kind;
    if (kind == ChunkKind::kComma || kind == ChunkKind::kSemicolon || kind == ChunkKind::kDash ||
        kind == ChunkKind::kColon || kind == ChunkKind::kOpen || kind == ChunkKind::kConjunction ||
        kind == ChunkKind::kThat) {
      continue;
    }
    if (kind == ChunkKind::kEnd && scene.Word(chunk.tokens.begin) == ".") continue;
    ends.push_back(i);
  }
  if (ends.empty()) ends.push_back(begin);
  return ends;
}

void AfterEndFeatures(const Scene& scene, const Draft& draft, int begin, int end,
                      const CueLexicon& lexicon, Features* f) {
  const std::string_view voice = VoiceOf(scene, draft.cue);
  const std::string_view lemma = draft.cue.lemma;
  const std::string s0 = scene.Sign(begin);
  const std::string n1 = scene.Sign(end + 1);
  const std::string n2 = scene.Sign(end + 2);
  const std::string n3 = scene.Sign(end + 3);
  const std::string last = scene.Sign(end);
  int verbs = 0;
  int finite = 0;
  int commas = 0;
  int nouns = 0;
  int marks = 0;
  int open = 0;
  bool quote = false;
  for (int i = begin; i <= end; ++i) {
    const Chunk& chunk = scene.at(i);
    verbs += chunk.kind == ChunkKind::kVerb ? 1 : 0;
    finite += chunk.kind == ChunkKind::kVerb && chunk.finite ? 1 : 0;
    commas += chunk.kind == ChunkKind::kComma ? 1 : 0;
    nouns += chunk.kind == ChunkKind::kNoun ? 1 : 0;
    marks += chunk.kind == ChunkKind::kMark ? 1 : 0;
    open += chunk.kind == ChunkKind::kOpen ? 1 : chunk.kind == ChunkKind::kClose ? -1 : 0;
    quote = quote || chunk.kind == ChunkKind::kQuote;
  }
  const bool at_end = end + 1 >= scene.size() ||
                      (scene.at(end + 1).kind == ChunkKind::kEnd && end + 2 >= scene.size());
  const std::string_view fin = finite == 0 ? (verbs == 0 ? "0" : "v") : finite == 1 ? "1" : "2";
  const std::string frame = s0.substr(0, s0[0] == 'V' ? 2 : 1);
  f->Add("e", at_end ? "1" : "0", frame);
  f->Add("ev", at_end ? "1" : "0", voice, frame);
  f->Add("el", at_end ? "1" : "0", lemma);
  f->Add("n", frame, n1);
  f->Add("nn", frame, n1, n2);
  f->Add("nnn", n1, n2, n3);
  f->Add("fn", frame, fin, n1);
  f->Add("fnn", fin, n1, n2);
  f->Add("ln", lemma, n1);
  f->Add("lfn", lemma, frame, fin, at_end ? "$" : n1.substr(0, 1));
  f->Add("vn", voice, fin, n1);
  const std::string_view role = draft.source.empty()                              ? "0"
                                : scene.TagAt(draft.source.begin) == Tag::kWhWord ? "w"
                                                                                  : "1";
  f->Add("role", role, n1, fin);
  f->Add("rolee", role, at_end ? "1" : "0");
  f->Add("rolenn", role, n1, n2);
  f->Add("x", last, n1);
  f->Add("xx", frame, last, n1);
  f->Add("len", frame, std::to_string(std::min(end - begin, 12)));
  f->Add("lenn", Lengths(end - begin), n1);
  f->Add("len1", frame, end == begin ? "1" : "0", n1);
  f->Add("nouns", frame, std::to_string(std::min(nouns, 4)), n1.substr(0, 1));
  f->Add("comma", std::to_string(std::min(commas, 3)), fin, n1);
  if (marks % 2 != 0) f->Add("mark", n1.substr(0, 1));
  if (open != 0) f->Add("open");
  if (s0[0] == 'Q') f->Add("Q", end == begin ? "1" : "0", n1);
  if (quote && last[0] == 'Q') f->Add("lastQ", n1, n2);
  if (marks > 0 && marks % 2 == 0 && last == "m") f->Add("lastm", n1);
  // What the next words begin: another attribution with its own source or a shared one?
  int j = end + 1;
  while (scene.has(j) &&
         (scene.at(j).kind == ChunkKind::kComma || scene.at(j).kind == ChunkKind::kConjunction ||
          scene.at(j).kind == ChunkKind::kSubordinator || scene.at(j).kind == ChunkKind::kAdverb ||
          scene.at(j).kind == ChunkKind::kSemicolon)) {
    ++j;
  }
  if (scene.has(j) && j > end + 1) {
    const std::string lead = scene.Sign(end + 1);
    int v = j;
    while (scene.has(v) && v < j + 4 && scene.at(v).kind != ChunkKind::kVerb) ++v;
    if (scene.has(v) && scene.at(v).kind == ChunkKind::kVerb) {
      const CueEntry* entry = lexicon.Verb(scene.HeadWord(v));
      const std::string_view prior = entry != nullptr ? std::string_view(entry->prior) : "none";
      const std::string steps = std::to_string(v - j);
      f->Add("next", lead, steps, scene.Sign(v), prior.substr(0, 2));
      f->Add("nextf", frame, lead, steps, scene.Sign(v));
      f->Add("nexts", lead, scene.Sign(end + 2), scene.NounSign(j), scene.Sign(v));
      // Does the tense go back to that of the cue?
      f->Add("tense", lead, steps,
             scene.TagAt(scene.at(v).head) == scene.TagAt(draft.cue.head) ? "same" : "other",
             scene.at(v).finite ? "f" : "");
    }
  }
}

int BeforeEnd(const Scene& scene, const Draft& draft) {
  TokenIndex left = draft.cue_tokens.begin;
  if (!draft.source.empty()) left = std::min(left, draft.source.begin);
  int i = scene.ChunkOf(left) - 1;
  while (i >= 0) {
    const ChunkKind kind = scene.at(i).kind;
    if (kind != ChunkKind::kComma && kind != ChunkKind::kDash && kind != ChunkKind::kAdverb &&
        kind != ChunkKind::kConjunction && kind != ChunkKind::kSubordinator &&
        !(kind == ChunkKind::kEnd && scene.Word(scene.at(i).tokens.begin) == ".") &&
        kind != ChunkKind::kOpen && kind != ChunkKind::kSemicolon && kind != ChunkKind::kColon) {
      break;
    }
    --i;
  }
  return i;
}

std::vector<int> BeforeBegins(const Scene& scene, const Draft& draft, int end) {
  std::vector<int> begins;
  (void)draft;
  for (int i = end; i >= std::max(0, end - kEndsMax); --i) {
    const ChunkKind kind = scene.at(i).kind;
    if (kind == ChunkKind::kComma || kind == ChunkKind::kClose || kind == ChunkKind::kEnd ||
        kind == ChunkKind::kSemicolon) {
      continue;
    }
    begins.push_back(i);
  }
  if (begins.empty()) begins.push_back(end);
  return begins;
}

void BeforeBeginFeatures(const Scene& scene, const Draft& draft, int begin, int end, Features* f) {
  const std::string_view voice = VoiceOf(scene, draft.cue);
  const std::string p1 = scene.Sign(begin - 1);
  const std::string p2 = scene.Sign(begin - 2);
  const std::string s0 = scene.Sign(begin);
  const std::string s1 = scene.Sign(begin + 1);
  const std::string last = scene.Sign(end);
  const std::string_view lay = draft.layout == Layout::kBoth ? "C" : "B";
  const std::string gap = scene.Sign(end + 1);
  int finite = 0;
  int marks = 0;
  for (int i = begin; i <= end; ++i) {
    finite += scene.at(i).kind == ChunkKind::kVerb && scene.at(i).finite ? 1 : 0;
    marks += scene.at(i).kind == ChunkKind::kMark ? 1 : 0;
  }
  const std::string_view fin = finite == 0 ? "0" : finite == 1 ? "1" : "2";
  const std::string_view start = begin == 0 ? "1" : "0";
  f->Add(lay, "b", start, gap);
  f->Add(lay, "bv", start, voice);
  f->Add(lay, "bl", start, draft.cue.lemma);
  f->Add(lay, "bs", start, s0);
  f->Add(lay, "bf", start, fin, last.substr(0, 1));
  f->Add(lay, "p", p1);
  f->Add(lay, "ps", p1, s0);
  f->Add(lay, "pps", p2, p1, s0);
  f->Add(lay, "pss", p1, s0, s1);
  f->Add(lay, "pf", p1, fin);
  f->Add(lay, "pfv", p1, fin, voice);
  f->Add(lay, "s", s0, fin);
  f->Add(lay, "pg", p1, gap, last.substr(0, 1));
  f->Add(lay, "len", std::to_string(std::min(end - begin, 12)));
  f->Add(lay, "one", begin == end ? "1" : "0", s0, p1);
  if (marks % 2 != 0) f->Add("mark", p1.substr(0, 1));
  if (p1[0] == 'C' && p2 == "^") f->Add(lay, "firstC", p1);
}

Span ContentSpan(const Scene& scene, int begin, int end) {
  const Analysis& analysis = scene.analysis();
  Span span = {analysis.tokens[scene.at(begin).tokens.begin].span.begin,
               analysis.tokens[scene.at(end).tokens.end - 1].span.end};
  return span;
}

}  // namespace hearsay::ingest
