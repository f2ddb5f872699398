// Words that may be cues, and what speaks for and against them.
#include <algorithm>
#include <charconv>
#include <cmath>

#include "ingest/nlp/attribution_model.h"

namespace hearsay::ingest {
namespace {

int NumberOf(std::string_view digits) {
  int value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

// The log-odds of being a cue in steps of one, and how well they are known.
std::string PriorOf(int cue, int seen) {
  const double odds = std::log((cue + 0.3) / (seen - cue + 1.0));
  const int step = static_cast<int>(std::lround(std::clamp(odds, -5.0, 3.0)));
  return std::to_string(step) + (seen < 6 ? "a" : seen < 30 ? "b" : "c");
}

std::string_view FormLetter(Tag tag) {
  switch (tag) {
    case Tag::kVerbPast:
      return "D";
    case Tag::kVerbPresent:
      return "P";
    case Tag::kVerbBase:
      return "B";
    case Tag::kVerbGerund:
      return "G";
    case Tag::kVerbParticiple:
      return "V";
    default:
      return "x";
  }
}

std::string_view KindLetter(CueKind kind) {
  constexpr std::string_view kLetters = "VNJP:-";
  return kLetters.substr(static_cast<std::size_t>(kind), 1);
}

// Does a clause of its own (noun phrase, finite verb) begin at chunk i?
bool ClauseAt(const Scene& scene, int i) {
  for (int j = i; j < std::min(i + 7, scene.size()); ++j) {
    const Chunk& chunk = scene.at(j);
    if (chunk.kind == ChunkKind::kVerb) return chunk.finite && j > i;
    if (chunk.kind != ChunkKind::kNoun && chunk.kind != ChunkKind::kPreposition &&
        chunk.kind != ChunkKind::kAdverb && chunk.kind != ChunkKind::kMark &&
        chunk.kind != ChunkKind::kConjunction) {
      return false;
    }
  }
  return false;
}

}  // namespace

CueLexicon::CueLexicon(const Lexicons& lexicons) : who_(lexicons.Set("cue_frames.tsv", "who")) {
  for (const auto& row : lexicons.Rows("cues.tsv")) {
    Table* table = row[0] == "verb"        ? &verbs_
                   : row[0] == "noun"      ? &nouns_
                   : row[0] == "adjective" ? &adjectives_
                                           : nullptr;
    if (table == nullptr) continue;
    CueEntry entry;
    entry.lemma = row[1];
    entry.prior = PriorOf(NumberOf(row[3]), NumberOf(row[4]));
    entry.lists = row[5];
    std::string_view forms = row[2];
    while (!forms.empty()) {
      const std::size_t space = std::min(forms.find(' '), forms.size());
      // A form of two verbs ("found") is that of the one that is a cue more often, which is the
      // one whose own row is met with a better prior; the first row stands on a tie.
      const auto [at, fresh] = table->emplace(forms.substr(0, space), entry);
      if (!fresh && NumberOf(entry.prior) > NumberOf(at->second.prior)) at->second = entry;
      forms.remove_prefix(std::min(space + 1, forms.size()));
    }
  }
}

std::vector<CueCandidate> CueCandidates(const Scene& scene, const CueLexicon& lexicon) {
  std::vector<CueCandidate> found;
  bool verb_seen = false;
  int colons = 0;
  for (int i = 0; i < scene.size(); ++i) {
    const Chunk& chunk = scene.at(i);
    CueCandidate cue;
    cue.chunk = cue.last_chunk = i;
    cue.head = chunk.head;
    const std::string_view word = scene.Word(chunk.head);
    switch (chunk.kind) {
      case ChunkKind::kVerb:
        if (word == "according" && scene.has(i + 1) && scene.HeadWord(i + 1) == "to") {
          cue.kind = CueKind::kPhrase;
          cue.lemma = "according to";
          cue.last_chunk = i + 1;
          found.push_back(cue);
          break;
        }
        verb_seen = verb_seen || chunk.finite;
        if (chunk.copula) break;
        cue.entry = lexicon.Verb(word);
        if (cue.entry == nullptr) break;
        cue.kind = CueKind::kVerb;
        cue.lemma = cue.entry->lemma;
        found.push_back(cue);
        break;
      case ChunkKind::kNoun:
        if (chunk.pronoun || chunk.proper) break;
        cue.entry = lexicon.Noun(word);
        if (cue.entry == nullptr) break;
        cue.kind = CueKind::kNoun;
        cue.lemma = cue.entry->lemma;
        found.push_back(cue);
        break;
      case ChunkKind::kAdjective:
        cue.entry = lexicon.Adjective(word);
        if (cue.entry == nullptr) break;
        cue.kind = CueKind::kAdjective;
        cue.lemma = cue.entry->lemma;
        found.push_back(cue);
        break;
      case ChunkKind::kColon:
        if (++colons > 1 || i == 0) break;
        cue.kind = CueKind::kColon;
        cue.lemma = verb_seen ? ":v" : ":";
        found.push_back(cue);
        break;
      case ChunkKind::kDash:
        if (i == 0 || scene.at(i - 1).kind != ChunkKind::kQuote) break;
        cue.kind = CueKind::kDash;
        cue.lemma = "-";
        found.push_back(cue);
        break;
      default:
        if (word == "according" && scene.has(i + 1) && scene.HeadWord(i + 1) == "to") {
          cue.kind = CueKind::kPhrase;
          cue.lemma = "according to";
          cue.last_chunk = i + 1;
          found.push_back(cue);
        }
        break;
    }
  }
  return found;
}

void CueFeatures(const Scene& scene, const CueCandidate& cue, const CueLexicon& lexicon,
                 Features* f) {
  const Chunk& chunk = scene.at(cue.chunk);
  const std::string_view kind = KindLetter(cue.kind);
  const std::string_view lemma = cue.lemma;
  const std::string_view form = FormLetter(scene.TagAt(cue.head));
  const std::string_view prior = cue.entry != nullptr ? std::string_view(cue.entry->prior) : "?";
  const std::string n1 = scene.Sign(cue.last_chunk + 1);
  const std::string n2 = scene.Sign(cue.last_chunk + 2);
  const std::string n3 = scene.Sign(cue.last_chunk + 3);
  const std::string p1 = scene.Sign(cue.chunk - 1);
  const std::string p2 = scene.Sign(cue.chunk - 2);
  const int subject = cue.kind == CueKind::kVerb ? scene.Subject(cue.chunk) : -1;
  const std::string sign = scene.NounSign(subject);
  f->Add(kind);
  f->Add("l=", kind, lemma);
  f->Add("lf=", kind, lemma, form);
  f->Add("o=", kind, prior);
  f->Add("f=", kind, form);
  f->Add("n=", kind, n1);
  f->Add("nn=", kind, n1, n2);
  f->Add("nnn=", kind, n1, n2, n3);
  f->Add("p=", kind, p1);
  f->Add("pp=", kind, p2, p1);
  f->Add("fn=", kind, form, n1);
  f->Add("fp=", kind, form, p1);
  f->Add("fpn=", kind, form, p1, n1);
  f->Add("ln=", lemma, n1);
  f->Add("lp=", lemma, p1);
  f->Add("on=", kind, prior, n1);
  f->Add("op=", kind, prior, p1);
  f->Add("onn=", kind, prior, n1, n2);
  if (cue.entry != nullptr) f->Add("t=", cue.entry->lists);
  if (cue.entry != nullptr) f->Add("tn=", cue.entry->lists, n1);
  const bool clause = ClauseAt(scene, cue.last_chunk + 1);
  f->Add("cl=", kind, clause ? "1" : "0");
  f->Add("lcl=", lemma, clause ? "1" : "0");
  f->Add("ocl=", prior, clause ? "1" : "0");
  if (cue.head + 1 < scene.unit().tokens.end) {
    f->Add("w=", kind, scene.Word(cue.head + 1));
    f->Add("lw=", lemma, scene.Word(cue.head + 1));
  }
  if (cue.head > scene.unit().tokens.begin) {
    f->Add("u=", kind, scene.Word(cue.head - 1));
    f->Add("ou=", prior, scene.Word(cue.head - 1));
  }
  if (cue.kind == CueKind::kVerb) {
    f->Add("s=", sign);
    f->Add("ls=", lemma, sign);
    f->Add("os=", prior, sign);
    f->Add("sn=", sign, n1);
    if (subject >= 0 && sign == "noun") {
      f->Add("sh=", scene.HeadWord(subject));
    }
    const std::string_view voice = chunk.passive      ? "passive"
                                   : chunk.infinitive ? "to"
                                   : chunk.finite     ? "finite"
                                                      : "none";
    f->Add("v=", voice);
    f->Add("lv=", lemma, voice);
    f->Add("ov=", prior, voice);
    f->Add("vp=", voice, p1);
    f->Add("vn=", voice, n1);
    f->Add("a=", scene.Word(chunk.tokens.begin));
    if (chunk.negated) f->Add("neg");
  }
  if (cue.kind == CueKind::kNoun || cue.kind == CueKind::kAdjective) {
    f->Add("d=", scene.Word(chunk.tokens.begin));
    bool owned = false;
    for (TokenIndex t = chunk.tokens.begin; t < chunk.head; ++t) {
      owned = owned || scene.TagAt(t) == Tag::kPossessive;
    }
    f->Add("own=", kind, owned ? "1" : "0");
    f->Add("lown=", lemma, owned ? "1" : "0");
    f->Add("ownn=", owned ? "1" : "0", n1);
  }
  if (cue.kind == CueKind::kColon || cue.kind == CueKind::kDash) {
    const int before = cue.chunk;
    const int after = scene.size() - cue.chunk - 1;
    f->Add("len=", lemma, std::to_string(std::min(before, 6)));
    f->Add("rest=", lemma, std::to_string(std::min(after, 4)));
    f->Add("lens=", lemma, std::to_string(std::min(before, 3)), scene.NounSign(before - 1), n1);
    f->Add("first=", lemma, scene.NounSign(0), n1);
    f->Add("head=", lemma, scene.HeadWord(before - 1));
    bool verb_after = false;
    for (int j = before + 1; j < scene.size(); ++j) {
      verb_after = verb_after || scene.at(j).kind == ChunkKind::kVerb;
    }
    // A headline or a paragraph of one line that begins with somebody who can speak.
    const bool who = lexicon.Who(scene.HeadWord(before - 1));
    const bool open = scene.at(scene.size() - 1).kind != ChunkKind::kEnd;
    const std::string_view place = scene.unit().block < 3 ? "t" : "b";
    const std::string_view words = after < 3 ? "s" : "l";
    f->Add("who=", lemma, who ? "1" : "0");
    f->Add("whop=", lemma, who ? "1" : "0", place, words, before < 4 ? "s" : "l");
    f->Add("whoo=", lemma, who ? "1" : "0", open ? "o" : "c", scene.NounSign(before - 1));
    f->Add("va=", lemma, verb_after ? "1" : "0");
    f->Add("vat=", lemma, verb_after ? "1" : "0", scene.unit().titled ? "t" : "");
  }
  if (scene.unit().titled) {
    f->Add("titled", kind);
    f->Add("titledo", prior);
  }
  if (chunk.quoted) {
    f->Add("quoted", kind);
    f->Add("quotedo", prior);
  }
  bool left = false;
  bool right = false;
  for (int j = 0; j < scene.size(); ++j) {
    if (scene.at(j).kind == ChunkKind::kQuote) (j < cue.chunk ? left : right) = true;
  }
  const std::string_view quotes = left ? (right ? "lr" : "l") : right ? "r" : "";
  f->Add("q=", kind, quotes);
  f->Add("oq=", prior, quotes);
  f->Add("lq=", lemma, quotes);
}

std::vector<TokenIndex> CueBegins(const Scene& scene, const CueCandidate& cue) {
  std::vector<TokenIndex> begins;
  if (cue.kind == CueKind::kColon || cue.kind == CueKind::kDash) return {cue.head};
  const Chunk& chunk = scene.at(cue.chunk);
  // Up to three phrases before: "went on to say", "took a swipe at".
  for (int i = std::max(0, cue.chunk - 4); i < cue.chunk; ++i) {
    bool joined = true;
    for (int j = i; j < cue.chunk; ++j) {
      const ChunkKind kind = scene.at(j).kind;
      joined = joined &&
               (kind == ChunkKind::kVerb || kind == ChunkKind::kAdverb ||
                kind == ChunkKind::kAdjective || kind == ChunkKind::kPreposition ||
                (kind == ChunkKind::kNoun && j > i) || (kind == ChunkKind::kConjunction && j > i));
    }
    if (joined &&
        (scene.at(i).kind == ChunkKind::kVerb || scene.at(i).kind == ChunkKind::kAdverb)) {
      begins.push_back(scene.at(i).tokens.begin);
    }
  }
  for (TokenIndex t = chunk.tokens.begin; t <= cue.head; ++t) begins.push_back(t);
  return begins;
}

void CueBeginFeatures(const Scene& scene, const CueCandidate& cue, TokenIndex begin, Features* f) {
  const std::string_view kind = KindLetter(cue.kind);
  const Chunk& chunk = scene.at(cue.chunk);
  const bool inside = begin >= chunk.tokens.begin;
  const std::string_view word = scene.Word(begin);
  const std::string_view before = begin > scene.unit().tokens.begin ? scene.Word(begin - 1) : "^";
  const std::string_view place = begin == cue.head             ? "head"
                                 : begin == chunk.tokens.begin ? "group"
                                 : inside                      ? "in"
                                                               : "far";
  f->Add("at=", kind, place);
  f->Add("w=", kind, place, word);
  f->Add("b=", kind, place, before);
  f->Add("l=", cue.lemma, place);
  const std::string tag = std::to_string(static_cast<int>(scene.TagAt(begin)));
  f->Add("t=", kind, place, tag);
  if (begin > scene.unit().tokens.begin) {
    const std::string tag_before = std::to_string(static_cast<int>(scene.TagAt(begin - 1)));
    f->Add("tt=", kind, place, tag_before, ",", tag);
  }
  if (!inside) {
    std::string path;
    for (int j = scene.ChunkOf(begin); j < cue.chunk; ++j) path += scene.Sign(j);
    f->Add("path=", kind, path);
    f->Add("wl=", word, "_", cue.lemma);
    f->Add("inf=", kind, chunk.infinitive ? "1" : "0");
  } else if (chunk.infinitive) {
    f->Add("inf=", place, scene.Sign(cue.chunk - 1));
  }
}

std::vector<TokenIndex> CueEnds(const Scene& scene, const CueCandidate& cue) {
  const TokenIndex limit = std::min<TokenIndex>(scene.unit().tokens.end, cue.head + 9);
  if (cue.kind == CueKind::kPhrase) return {scene.at(cue.last_chunk).tokens.end};
  if (cue.kind == CueKind::kColon || cue.kind == CueKind::kDash) return {cue.head + 1};
  std::vector<TokenIndex> ends;
  for (TokenIndex t = cue.head + 1; t <= limit; ++t) {
    ends.push_back(t);
    const int chunk = scene.ChunkOf(std::min<TokenIndex>(t, scene.unit().tokens.end - 1));
    const ChunkKind kind = scene.at(chunk).kind;
    if (t >= limit || kind == ChunkKind::kQuote || kind == ChunkKind::kThat ||
        kind == ChunkKind::kEnd || kind == ChunkKind::kComma || kind == ChunkKind::kMark) {
      break;
    }
  }
  return ends;
}

void CueEndFeatures(const Scene& scene, const CueCandidate& cue, TokenIndex end, Features* f) {
  const std::string_view kind = KindLetter(cue.kind);
  const std::string_view last = scene.Word(end - 1);
  const bool over = end >= scene.unit().tokens.end;
  const std::string_view next = over ? "$" : scene.Word(end);
  const std::string n1 = over ? "$" : scene.Sign(scene.ChunkOf(end));
  const std::string length = std::to_string(end - cue.head - 1);
  std::string path;
  for (TokenIndex t = cue.head + 1; t < end; ++t) {
    path += std::to_string(static_cast<int>(scene.TagAt(t)));
    path += ',';
  }
  f->Add("len=", kind, length);
  f->Add("last=", kind, end - cue.head > 1 ? last : "=", "_", n1);
  f->Add("ln=", cue.lemma, length, n1);
  f->Add("ll=", cue.lemma, end - cue.head > 1 ? last : "=");
  f->Add("next=", kind, length, next);
  f->Add("n=", kind, length, n1);
  f->Add("path=", kind, path);
  f->Add("pathn=", kind, path, n1);
  if (!over) {
    const bool inside = scene.at(scene.ChunkOf(end)).tokens.begin < end;  // cuts a phrase
    if (inside) f->Add("cut", kind);
    f->Add("lt=", kind, std::to_string(static_cast<int>(scene.TagAt(end - 1))), n1);
  }
  if (scene.at(cue.chunk).passive) f->Add("passive", length, n1);
}

}  // namespace hearsay::ingest
