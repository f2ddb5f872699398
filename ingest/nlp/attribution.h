// Who says what: finds attributions (source, cue, content) in the units of a text.
//
// Inside a unit the decisions of attribution_model.h are taken one after another; what the units
// have to do with each other (a speech that goes on in the next sentence or paragraph, content
// that follows a colon and a line break) is settled by rules in attribution_rules.cc.
// Linear in the tokens, but for a bounded window around each cue.
#pragma once

#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "ingest/analysis.h"
#include "ingest/lexicon/lexicons.h"
#include "ingest/nlp/attribution_model.h"

namespace hearsay::ingest {

// What cue_frames.tsv says of words.
class CueFrames {
 public:
  explicit CueFrames(const Lexicons& lexicons);
  bool Hearer(std::string_view lemma) const { return Is(lemma, kHearer); }
  bool Denies(std::string_view lemma) const { return Is(lemma, kDenies); }
  bool Asks(std::string_view lemma) const { return Is(lemma, kAsks); }
  bool Relays(std::string_view lemma) const { return Is(lemma, kRelays); }
  bool Got(std::string_view participle) const { return Is(participle, kGot); }
  bool Bids(std::string_view lemma) const { return Is(lemma, kBids); }
  bool Hedges(std::string_view word) const { return Is(word, kHedges); }
  bool Maybe(std::string_view word) const { return Is(word, kMaybe); }
  bool Who(std::string_view word) const { return Is(word, kWho); }
  bool Staff(std::string_view word) const { return Is(word, kStaff); }
  bool Network(std::string_view word) const { return Is(word, kNetwork); }

 private:
  enum Use : unsigned {
    kHearer = 1,
    kDenies = 2,
    kAsks = 4,
    kRelays = 8,
    kHedges = 16,
    kMaybe = 32,
    kWho = 64,
    kGot = 128,
    kBids = 256,
    kStaff = 512,
    kNetwork = 1024
  };
  bool Is(std::string_view word, unsigned use) const {
    const auto at = uses_.find(word);
    return at != uses_.end() && (at->second & use) != 0;
  }
  std::unordered_map<std::string_view, unsigned> uses_;
};

// An attribution while it is being made: tokens, not bytes.
struct Found {
  CueCandidate cue;
  double probability = 0;
  TokenRange cue_tokens;
  TokenRange source;                // empty: none
  std::vector<TokenRange> content;  // in text order
  std::size_t unit = 0;
  int parent = -1;
  bool dropped = false;
  TokenRange addressee;                            // empty: none
  std::vector<std::pair<TokenRange, Via>> relays;  // further hops outward
  std::string rule;
};

class AttributionFinder {
 public:
  explicit AttributionFinder(const Lexicons& lexicons);

  // The attributions of one unit, by cue; parents are indices into the same list.  One without
  // content may find it in a neighbouring unit.
  std::vector<Found> InUnit(const Analysis& analysis, const Unit& unit) const;
  // Those of the whole text, as the pipeline keeps them.
  std::vector<Attribution> Find(const Analysis& analysis) const;

 private:
  Found Assemble(const Scene& scene, const CueCandidate& cue, double probability) const;
  void FindContent(const Scene& scene, const Draft& draft, Found* found) const;
  void QuotedAs(const Scene& scene, std::vector<Found>* found) const;

  CueLexicon lexicon_;
  CueFrames frames_;
  Weights weights_;
  double threshold_;
};

// "..." — Mayor X; "Dam failed at night: witness"; "Dozens dead - police": a dash or colon before
// who said it, at the end.  In attribution_tags.cc.
void AddTags(const Scene& scene, const CueLexicon& lexicon, std::vector<Found>* found);

// Parts of InUnit and Find, in attribution_relays.cc.
// "a statement carried by X", "numbers reported by X": X is a hop outward of the attribution whose
// source or cue that follows, not an attribution of its own.
void AddCarriers(const Scene& scene, const CueLexicon& lexicon, const CueFrames& frames,
                 std::vector<Found>* found);
// "X reported, citing Y": Y says it to X.
void AddCited(const Scene& scene, const CueFrames& frames, std::vector<Found>* found);
// "..., according to X." holds for the whole sentence.
void WidenAccordingTo(const Scene& scene, std::vector<Found>* found);
void AddAddressees(const Scene& scene, const CueFrames& frames, std::vector<Found>* found);

// Settles which attribution stands inside which (parent), and drops what contradicts a likelier
// one.
void Nest(std::vector<Found>* found);

}  // namespace hearsay::ingest
