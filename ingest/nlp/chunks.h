// Chunks: the phrases of a sentence without a parse tree (S. Abney, "Parsing by chunks", 1991).
// A unit is a run of sentences that a quotation holds together; in it a quotation that is speech of
// its own is one chunk, so that "..., he said." looks the same after three words or thirty
// sentences.  A quotation inside a sentence ("called it \"a mistake\" and left") stays open: its
// marks are chunks of their own.  Linear in the tokens.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "ingest/analysis.h"

namespace hearsay::ingest {

enum class ChunkKind : std::uint8_t {
  kNoun,         // base noun phrase; "who", "which" where they stand for one are kWh
  kVerb,         // auxiliaries, adverbs, verb, particle; "to" of an infinitive too
  kPreposition,  // one word
  kConjunction,
  kSubordinator,
  kThat,  // "that" that opens a clause
  kWh,
  kAdjective,
  kAdverb,
  kComma,
  kColon,
  kSemicolon,
  kDash,
  kOpen,   // ( [
  kClose,  // ) ]
  kMark,   // quotation mark
  kQuote,  // whole quotation
  kEnd,    // . ! ?
  kOther,
};

struct Chunk {
  ChunkKind kind = ChunkKind::kOther;
  TokenRange tokens;
  TokenIndex head = 0;          // the word it hangs on: main verb, last noun
  std::uint32_t quotation = 0;  // kQuote: index into Analysis::quotations
  bool pronoun = false;         // kNoun
  bool proper = false;          // kNoun: head is a name
  bool time = false;            // kNoun: "Monday", "last week"
  bool passive = false;         // kVerb
  bool infinitive = false;      // kVerb: "to ..."
  bool finite = false;          // kVerb
  bool negated = false;         // kVerb
  bool copula = false;          // kVerb: no verb but an auxiliary
  bool quoted = false;          // stands inside an open quotation
};

struct Unit {
  TokenRange tokens;
  std::uint32_t block = 0;
  bool titled = false;  // most words have capitals, as in a headline
  std::vector<Chunk> chunks;
};

// The units of the whole text, in order.
std::vector<Unit> MakeUnits(const Analysis& analysis);

// The chunks of a run of tokens without looking at quotations that reach out of it.
std::vector<Chunk> MakeChunks(const Analysis& analysis, TokenRange tokens, bool collapse);

// One or two letters for features: "N", "V", "P", ...
std::string_view Letter(ChunkKind kind);

// True for a quotation that is speech of its own, not words inside a sentence.
bool StandsAlone(const Analysis& analysis, const Quotation& quotation);

}  // namespace hearsay::ingest
