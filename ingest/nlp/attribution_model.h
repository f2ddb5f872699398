// The decisions that make an attribution out of a unit of text, one after another:
//   1. is this word a cue?                         (CueCandidates, CueFeatures)
//   2. where does the cue begin and end?           (CueBegins, CueEnds)
//   3. which words are the source, or none?        (SourceCandidates)
//   4. content before the cue, after it, or both?  (Layouts)
//   5. where does the content begin and end?       (ContentBegins, ContentEnds)
// Each is a choice between few candidates that structure allows, weighed by a linear model whose
// weights are in lexicon/data/attribution.tsv (see docs/attribution-rules.md and bench/, which
// trains them with these same functions).  The order follows S. Pareti et al., "Automatically
// detecting and attributing indirect quotations", EMNLP 2013.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "ingest/analysis.h"
#include "ingest/nlp/chunks.h"
#include "ingest/nlp/weights.h"

namespace hearsay::ingest {

enum class CueKind : std::uint8_t { kVerb, kNoun, kAdjective, kPhrase, kColon, kDash };

// What is known of a word that may be a cue.
struct CueEntry {
  std::string_view lemma;
  std::string prior;       // how often it is one, in steps: "+1", "-3"
  std::string_view lists;  // published lists it is in
  bool never = false;
};

class CueLexicon {
 public:
  // A head that can speak, as in "Police: ...".
  bool Who(std::string_view word) const { return who_.contains(word); }
  explicit CueLexicon(const Lexicons& lexicons);
  const CueEntry* Verb(std::string_view form) const { return Find(verbs_, form); }
  const CueEntry* Noun(std::string_view form) const { return Find(nouns_, form); }
  const CueEntry* Adjective(std::string_view form) const { return Find(adjectives_, form); }

 private:
  using Table = std::unordered_map<std::string_view, CueEntry>;
  static const CueEntry* Find(const Table& table, std::string_view form) {
    const auto at = table.find(form);
    return at == table.end() ? nullptr : &at->second;
  }
  Table verbs_, nouns_, adjectives_;
  std::unordered_set<std::string_view> who_;
};

struct CueCandidate {
  CueKind kind = CueKind::kVerb;
  std::string_view lemma;
  const CueEntry* entry = nullptr;
  int chunk = 0;       // its chunk in the unit
  int last_chunk = 0;  // "according to" takes two
  TokenIndex head = 0;
};

enum class Layout : std::uint8_t { kAfter, kBefore, kBoth };

// A unit and what surrounds it, as all decisions see it.
class Scene {
 public:
  Scene(const Analysis& analysis, const Unit& unit) : analysis_(analysis), unit_(unit) {}
  const Analysis& analysis() const { return analysis_; }
  const Unit& unit() const { return unit_; }
  int size() const { return static_cast<int>(unit_.chunks.size()); }
  const Chunk& at(int i) const { return unit_.chunks[static_cast<std::size_t>(i)]; }
  bool has(int i) const { return i >= 0 && i < size(); }
  std::string_view Word(TokenIndex t) const { return analysis_.tokens[t].lower; }
  std::string_view HeadWord(int i) const { return Word(at(i).head); }
  Tag TagAt(TokenIndex t) const { return analysis_.tags[t]; }
  // A chunk as features see it: kind, and the word where the kind is a closed class.
  std::string Sign(int i) const;
  // What a noun chunk is: pronoun, name, noun, "who".
  std::string NounSign(int i) const;
  // The likely subject of the verb at `i`, or -1.
  int Subject(int i) const;
  int ChunkOf(TokenIndex t) const;  // the chunk that holds a token of the unit

 private:
  const Analysis& analysis_;
  const Unit& unit_;
};

using Names = std::vector<std::string>;

std::vector<CueCandidate> CueCandidates(const Scene& scene, const CueLexicon& lexicon);
void CueFeatures(const Scene& scene, const CueCandidate& cue, const CueLexicon& lexicon,
                 Features* f);

std::vector<TokenIndex> CueBegins(const Scene& scene, const CueCandidate& cue);
void CueBeginFeatures(const Scene& scene, const CueCandidate& cue, TokenIndex begin, Features* f);
std::vector<TokenIndex> CueEnds(const Scene& scene, const CueCandidate& cue);
void CueEndFeatures(const Scene& scene, const CueCandidate& cue, TokenIndex end, Features* f);

// An empty range stands for no source.
std::vector<TokenRange> SourceCandidates(const Scene& scene, const CueCandidate& cue);
void SourceFeatures(const Scene& scene, const CueCandidate& cue, TokenRange source, Features* f);

// What the later decisions know of the earlier ones.
struct Draft {
  CueCandidate cue;
  TokenRange cue_tokens;
  TokenRange source;  // empty: none
  Layout layout = Layout::kAfter;
};

std::vector<Layout> Layouts(const Scene& scene, const Draft& draft);
void LayoutFeatures(const Scene& scene, const Draft& draft, Layout layout, Features* f);

// Content after the cue: chunks it may begin with, then chunks it may end with.
std::vector<int> AfterBegins(const Scene& scene, const Draft& draft);
void AfterBeginFeatures(const Scene& scene, const Draft& draft, int begin, Features* f);
std::vector<int> AfterEnds(const Scene& scene, const Draft& draft, int begin);
void AfterEndFeatures(const Scene& scene, const Draft& draft, int begin, int end,
                      const CueLexicon& lexicon, Features* f);

// Content before the cue: its last chunk (-1: there is none) and the chunks it may begin with.
int BeforeEnd(const Scene& scene, const Draft& draft);
std::vector<int> BeforeBegins(const Scene& scene, const Draft& draft, int end);
void BeforeBeginFeatures(const Scene& scene, const Draft& draft, int begin, int end, Features* f);

// The bytes of chunks [begin, end]: whole quotations, with their marks.
Span ContentSpan(const Scene& scene, int begin, int end);

// Families of features, one a decision.
inline constexpr std::string_view kCueFamily = "C|";
inline constexpr std::string_view kCueBeginFamily = "B|";
inline constexpr std::string_view kCueEndFamily = "E|";
inline constexpr std::string_view kSourceFamily = "S|";
inline constexpr std::string_view kLayoutFamily = "L|";
inline constexpr std::string_view kAfterBeginFamily = "F|";
inline constexpr std::string_view kAfterEndFamily = "G|";
inline constexpr std::string_view kBeforeBeginFamily = "H|";

}  // namespace hearsay::ingest
