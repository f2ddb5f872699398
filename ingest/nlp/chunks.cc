#include "ingest/nlp/chunks.h"

#include <algorithm>
#include <array>
#include <string>

namespace hearsay::ingest {
namespace {

constexpr std::array<std::string_view, 19> kLetters = {
    "N", "V", "P", "C", "S", "T", "W", "J", "R", ",", ":", ";", "-", "(", ")", "m", "Q", ".", "O"};

bool IsVerb(Tag tag) { return tag >= Tag::kVerbPast && tag <= Tag::kVerbParticiple; }
bool IsNominal(Tag tag) {
  return tag == Tag::kNoun || tag == Tag::kProperNoun || tag == Tag::kNumeral;
}
bool IsOneOf(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool IsTime(std::string_view word) {
  return IsOneOf(
      word, {"monday",   "tuesday",   "wednesday", "thursday", "friday",  "saturday",  "sunday",
             "today",    "yesterday", "tomorrow",  "tonight",  "morning", "afternoon", "evening",
             "night",    "week",      "month",     "year",     "weekend", "january",   "february",
             "march",    "april",     "june",      "july",     "august",  "september", "october",
             "november", "december",  "jan.",      "feb.",     "aug.",    "sept.",     "oct.",
             "nov.",     "dec.",      "day",       "time",     "hours",   "days",      "weeks"});
}

// Cuts one run of tokens into chunks, left to right.
class Chunker {
 public:
  Chunker(const Analysis& analysis, TokenRange range, bool collapse)
      : analysis_(analysis), range_(range), collapse_(collapse) {
    const auto& quotations = analysis.quotations;
    quotation_ = static_cast<std::uint32_t>(
        std::lower_bound(quotations.begin(), quotations.end(), range.begin,
                         [](const Quotation& q, TokenIndex t) { return q.tokens.begin < t; }) -
        quotations.begin());
  }

  std::vector<Chunk> Run() {
    TokenIndex i = range_.begin;
    while (i < range_.end) {
      const TokenIndex next = Step(i);
      chunks_.back().quoted = i < quoted_until_ && chunks_.back().kind != ChunkKind::kQuote;
      i = next;
    }
    return std::move(chunks_);
  }

 private:
  Tag TagAt(TokenIndex t) const { return t < range_.end ? analysis_.tags[t] : Tag::kPunctuation; }
  std::string_view Word(TokenIndex t) const {
    return t < range_.end ? std::string_view(analysis_.tokens[t].lower) : std::string_view();
  }
  bool IsPoint(TokenIndex t) const {
    return t >= range_.end || analysis_.tokens[t].kind == TokenKind::kPunctuation ||
           analysis_.tokens[t].kind == TokenKind::kQuote;
  }

  TokenIndex Add(ChunkKind kind, TokenIndex begin, TokenIndex end, TokenIndex head) {
    Chunk chunk;
    chunk.kind = kind;
    chunk.tokens = {begin, end};
    chunk.head = head;
    chunks_.push_back(chunk);
    return end;
  }
  TokenIndex Add(ChunkKind kind, TokenIndex at) { return Add(kind, at, at + 1, at); }

  // Adds the chunk that begins at `i`; returns where the next one begins.
  TokenIndex Step(TokenIndex i) {
    if (const TokenIndex after = Quote(i); after != 0) return after;
    const Token& token = analysis_.tokens[i];
    if (token.kind == TokenKind::kQuote) return Add(ChunkKind::kMark, i);
    const Tag tag = TagAt(i);
    if ((tag == Tag::kPunctuation || token.kind == TokenKind::kPunctuation) &&
        tag != Tag::kPossessive) {
      return Add(PointKind(token.lower), i);
    }
    if (const TokenIndex after = VerbGroup(i); after != 0) return after;
    if (const TokenIndex after = NounPhrase(i); after != 0) return after;
    switch (tag) {
      case Tag::kTo:
      case Tag::kPreposition:
        return Add(ChunkKind::kPreposition, i);
      case Tag::kSubordinator:
        return Add(token.lower == "that" ? ChunkKind::kThat : ChunkKind::kSubordinator, i);
      case Tag::kWhWord:
        return Add(ChunkKind::kWh, i);
      case Tag::kConjunction:
        return Add(ChunkKind::kConjunction, i);
      case Tag::kAdjective:
        return Add(ChunkKind::kAdjective, i);
      case Tag::kAdverb:
      case Tag::kParticle:
        return Add(ChunkKind::kAdverb, i);
      default:
        return Add(ChunkKind::kOther, i);
    }
  }

  static ChunkKind PointKind(std::string_view word) {
    if (word == ",") return ChunkKind::kComma;
    if (word == ":") return ChunkKind::kColon;
    if (word == ";") return ChunkKind::kSemicolon;
    if (word == "(" || word == "[") return ChunkKind::kOpen;
    if (word == ")" || word == "]") return ChunkKind::kClose;
    if (word == "." || word == "!" || word == "?" || word.starts_with("..") || word == "…") {
      return ChunkKind::kEnd;
    }
    if (IsOneOf(word, {"-", "--", "---", "–", "—", "―"})) return ChunkKind::kDash;
    return ChunkKind::kOther;
  }

  // A quotation that stands alone, whole; 0 if none begins here.
  TokenIndex Quote(TokenIndex i) {
    const auto& quotations = analysis_.quotations;
    while (quotation_ < quotations.size() && quotations[quotation_].tokens.begin < i) ++quotation_;
    if (quotation_ >= quotations.size()) return 0;
    const Quotation& quotation = quotations[quotation_];
    if (quotation.tokens.begin != i || quotation.tokens.end > range_.end) return 0;
    if (collapse_ && StandsAlone(analysis_, quotation)) {
      const std::uint32_t index = quotation_;
      Add(ChunkKind::kQuote, i, quotation.tokens.end, i);
      chunks_.back().quotation = index;
      return quotation.tokens.end;
    }
    quoted_until_ = std::max(quoted_until_, quotation.tokens.end);
    return 0;
  }

  // [to] (modal | auxiliary | adverb)* verb particle?; 0 if none begins here.
  TokenIndex VerbGroup(TokenIndex i) {
    TokenIndex t = i;
    const bool infinitive = TagAt(t) == Tag::kTo;
    if (infinitive) {
      do {
        ++t;
      } while (TagAt(t) == Tag::kAdverb);
      if (TagAt(t) != Tag::kVerbBase && TagAt(t) != Tag::kAuxiliary) return 0;
    }
    TokenIndex last = 0;
    bool found = false;
    bool be = false;
    Chunk chunk;
    chunk.infinitive = infinitive;
    for (; t < range_.end; ++t) {
      const Tag tag = TagAt(t);
      if (tag == Tag::kAdverb || (tag == Tag::kParticle && Word(t) == "not")) {
        chunk.negated = chunk.negated || IsOneOf(Word(t), {"not", "n't", "never"});
        continue;
      }
      if (tag == Tag::kModal || tag == Tag::kAuxiliary) {
        if (last == 0 && !infinitive) {
          chunk.finite = !IsOneOf(Word(t), {"be", "been", "being", "having"});
        }
        be = IsOneOf(Word(t), {"is", "are", "was", "were", "be", "been", "being", "'s", "'re", "am",
                               "'m", "get", "got"});
        last = t;
        found = true;
        continue;
      }
      if (IsVerb(tag)) {
        // "the leaked memo", "according to rising prices": an attribute, not a verb.
        if (!found && !infinitive && (tag == Tag::kVerbParticiple || tag == Tag::kVerbGerund) &&
            AttributeAt(t)) {
          return 0;
        }
        chunk.passive = tag == Tag::kVerbParticiple && (be || last == 0);
        if (last == 0 && !infinitive) {
          chunk.finite = tag == Tag::kVerbPast || tag == Tag::kVerbPresent || tag == Tag::kVerbBase;
        }
        last = t;
        found = true;
        chunk.head = t;
        ++t;
        if (TagAt(t) == Tag::kParticle) last = t;
        chunk.kind = ChunkKind::kVerb;
        chunk.tokens = {i, last + 1};
        chunks_.push_back(chunk);
        return last + 1;
      }
      break;
    }
    if (!found) return 0;
    chunk.kind = ChunkKind::kVerb;  // the copula and its like
    chunk.copula = true;
    chunk.head = last;
    // Adverbs after it belong to what follows, but for the negation.
    TokenIndex end = last + 1;
    if (IsOneOf(Word(end), {"not", "n't"})) ++end;
    chunk.tokens = {i, end};
    chunks_.push_back(chunk);
    return end;
  }

  bool AttributeAt(TokenIndex t) const {
    if (chunks_.empty()) return false;
    const ChunkKind before = chunks_.back().kind;
    return before == ChunkKind::kPreposition && TagAt(t + 1) == Tag::kNoun &&
           TagAt(t) == Tag::kVerbParticiple;
  }

  // (determiner | possessive | adjective | number | noun)+; 0 if none begins here.
  TokenIndex NounPhrase(TokenIndex i) {
    const Tag first = TagAt(i);
    if (first == Tag::kPronoun) {
      Add(ChunkKind::kNoun, i);
      chunks_.back().pronoun = true;
      return i + 1;
    }
    TokenIndex head = 0;
    TokenIndex t = i;
    bool any = false;
    bool lone = false;
    for (; t < range_.end; ++t) {
      const Tag tag = TagAt(t);
      const std::string_view word = Word(t);
      if (IsPoint(t) && tag != Tag::kPossessive) break;
      if (tag == Tag::kDeterminer) {
        if (any && !IsOneOf(Word(t - 1), {"all", "both", "half", "such", "many"})) break;
        lone = IsOneOf(word, {"this", "those", "these", "some", "all", "both", "any", "each",
                              "that", "another", "neither", "either"});
      } else if (tag == Tag::kPossessive) {
        if (IsOneOf(word, {"'s", "'", "’s", "’"}) ? head + 1 != t || !any : any && head + 1 == t)
          break;
        head = 0;
      } else if (IsNominal(tag) ||
                 (tag == Tag::kOther && analysis_.tokens[t].kind == TokenKind::kSymbol)) {
        if (any && head == 0 && TagAt(t - 1) == Tag::kPossessive && t == i) break;
        head = t;
      } else if (tag == Tag::kAdjective) {
        if (head != 0 && head + 1 == t && !NominalFollows(t)) break;
      } else if (tag == Tag::kAdverb || tag == Tag::kVerbParticiple || tag == Tag::kVerbGerund) {
        if (!any || head != 0 || !NominalFollows(t)) {
          if (any || !(tag != Tag::kAdverb && NominalFollows(t))) break;
        }
      } else if (tag == Tag::kConjunction && word == "&") {
        continue;
      } else {
        break;
      }
      any = true;
    }
    if (!any) return 0;
    // Give back what stands after the last noun.
    if (head != 0) {
      t = head + 1;
      if (IsOneOf(Word(t), {"'s", "'", "’s", "’"}) && TagAt(t) == Tag::kPossessive) ++t;
      Add(ChunkKind::kNoun, i, t, head);
      chunks_.back().proper = TagAt(head) == Tag::kProperNoun;
      chunks_.back().time = IsTime(Word(head));
      return t;
    }
    if (first == Tag::kAdjective && !lone) {
      TokenIndex end = i + 1;
      while (end < t && TagAt(end) == Tag::kAdjective) ++end;
      return Add(ChunkKind::kAdjective, i, end, end - 1);
    }
    if (first == Tag::kDeterminer || first == Tag::kPossessive || first == Tag::kAdjective) {
      TokenIndex end = std::max(t, i + 1);
      return Add(ChunkKind::kNoun, i, end, end - 1);
    }
    return 0;
  }

  // Does a noun follow before anything but its attributes?
  bool NominalFollows(TokenIndex t) const {
    for (TokenIndex u = t + 1; u < range_.end && u < t + 4; ++u) {
      const Tag tag = TagAt(u);
      if (IsNominal(tag)) return true;
      if (tag != Tag::kAdjective && tag != Tag::kVerbParticiple && tag != Tag::kVerbGerund) {
        return false;
      }
    }
    return false;
  }

  const Analysis& analysis_;
  TokenRange range_;
  bool collapse_;
  std::uint32_t quotation_ = 0;
  TokenIndex quoted_until_ = 0;
  std::vector<Chunk> chunks_;
};

bool IsTitled(const Analysis& analysis, TokenRange range) {
  int words = 0;
  int capitals = 0;
  for (TokenIndex t = range.begin; t < range.end; ++t) {
    const Token& token = analysis.tokens[t];
    if (token.kind != TokenKind::kWord || token.lower.size() < 2) continue;
    ++words;
    capitals += token.shape == Shape::kCapitalised || token.shape == Shape::kUpper ? 1 : 0;
  }
  return words >= 3 && capitals * 10 >= words * 7;
}

}  // namespace

std::string_view Letter(ChunkKind kind) { return kLetters[static_cast<std::size_t>(kind)]; }

bool StandsAlone(const Analysis& analysis, const Quotation& quotation) {
  if (quotation.outer || quotation.tokens.end - quotation.tokens.begin < 3) return false;
  const TokenRange inner = {quotation.tokens.begin + 1,
                            quotation.open_ended ? quotation.tokens.end : quotation.tokens.end - 1};
  if (quotation.open_ended || quotation.continues) return true;
  int words = 0;
  for (TokenIndex t = inner.begin; t < inner.end && words < 4; ++t) {
    words += analysis.tokens[t].kind == TokenKind::kWord ? 1 : 0;
    const std::string_view word = analysis.tokens[t].lower;
    if ((word == "." || word == "?" || word == "!") && t + 1 < inner.end) return true;
  }
  const std::string_view last = analysis.tokens[inner.end - 1].lower;
  const bool closed = last == "," || last == "." || last == "!" || last == "?" || last == "…" ||
                      last == "..." || last == "—" || last == "--";
  const Shape shape = analysis.tokens[inner.begin].shape;
  const bool opens = shape == Shape::kCapitalised || shape == Shape::kUpper ||
                     analysis.tokens[inner.begin].lower == "…" ||
                     analysis.tokens[inner.begin].lower == "...";
  // Before a comma or full stop outside, as British and Russian outlets punctuate.
  const std::string_view after = quotation.tokens.end < analysis.tokens.size()
                                     ? std::string_view(analysis.tokens[quotation.tokens.end].lower)
                                     : std::string_view();
  const std::string_view before =
      quotation.tokens.begin > 0
          ? std::string_view(analysis.tokens[quotation.tokens.begin - 1].lower)
          : std::string_view();
  if (closed && opens && (words >= 2 || last == "?" || last == "!")) return true;
  if (closed && (last == "," || after == "," || before == "," || before == ":") && words >= 2) {
    return true;
  }
  return opens && words >= 4 &&
         (after == "," || after == "." || before == "," || before == ":" || before.empty());
}

std::vector<Chunk> MakeChunks(const Analysis& analysis, TokenRange tokens, bool collapse) {
  return Chunker(analysis, tokens, collapse).Run();
}

std::vector<Unit> MakeUnits(const Analysis& analysis) {
  std::vector<Unit> units;
  const auto& sentences = analysis.sentences;
  const auto& quotations = analysis.quotations;
  std::size_t q = 0;
  for (std::size_t s = 0; s < sentences.size();) {
    Unit unit;
    unit.block = sentences[s].block;
    unit.tokens = sentences[s].tokens;
    ++s;
    // A quotation that begins here and goes on takes the next sentences in.
    TokenIndex reach = unit.tokens.end;
    while (true) {
      for (; q < quotations.size() && quotations[q].tokens.begin < unit.tokens.end; ++q) {
        if (quotations[q].tokens.begin >= unit.tokens.begin &&
            StandsAlone(analysis, quotations[q])) {
          reach = std::max(reach, quotations[q].tokens.end);
        }
      }
      if (reach <= unit.tokens.end || s >= sentences.size() || sentences[s].block != unit.block) {
        break;
      }
      unit.tokens.end = sentences[s].tokens.end;
      ++s;
    }
    if (unit.tokens.empty()) continue;
    unit.titled = IsTitled(analysis, unit.tokens);
    unit.chunks = MakeChunks(analysis, unit.tokens, true);
    units.push_back(std::move(unit));
  }
  return units;
}

}  // namespace hearsay::ingest
