// Analysis is what the pipeline knows of one article: the article itself and one layer of
// annotation after another, each written by one component and read by later ones.  All spans are
// byte ranges into article.text, which never changes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/record.h"

namespace hearsay::ingest {

using TokenIndex = std::uint32_t;

// Half-open range of tokens.
struct TokenRange {
  TokenIndex begin = 0;
  TokenIndex end = 0;
  bool empty() const { return begin >= end; }
  bool Contains(TokenIndex t) const { return begin <= t && t < end; }
  auto operator<=>(const TokenRange&) const = default;
};

enum class TokenKind : std::uint8_t { kWord, kNumber, kPunctuation, kQuote, kSymbol };
enum class Shape : std::uint8_t { kLower, kCapitalised, kUpper, kMixed, kOther };

// "don't" is "do" + "n't", "Almaty's" is "Almaty" + "'s", "U.S." and "Khabar-24" are one token.
struct Token {
  Span span;
  TokenKind kind = TokenKind::kWord;
  Shape shape = Shape::kOther;
  std::string lower;  // folded: lower case, plain quotes and hyphens, no soft hyphens
};

// What part of the page a block of text is.
enum class BlockKind : std::uint8_t {
  kTitle,
  kHeading,
  kByline,
  kDateline,
  kBody,
  kCaption,
  kList,
  kFurniture
};

struct Block {  // a paragraph or line that stands by itself
  Span span;
  BlockKind kind = BlockKind::kBody;
  TokenRange tokens;
};

struct Sentence {
  Span span;
  TokenRange tokens;
  std::uint32_t block = 0;
};

// Coarse parts of speech: what attribution and names need, and no more.
enum class Tag : std::uint8_t {
  kOther,
  kNoun,
  kProperNoun,
  kPronoun,
  kPossessive,
  kAdjective,
  kAdverb,
  kDeterminer,
  kNumeral,
  kVerbPast,
  kVerbPresent,
  kVerbBase,
  kVerbGerund,
  kVerbParticiple,
  kModal,
  kAuxiliary,
  kPreposition,
  kConjunction,
  kSubordinator,
  kWhWord,
  kParticle,
  kTo,
  kInterjection,
  kPunctuation
};

// A pair of quotation marks and what stands between them.
struct Quotation {
  Span span;                           // with the marks
  Span inner;                          // without
  TokenRange tokens;                   // with the marks
  bool open_ended = false;             // no closing mark: ends with its paragraph
  bool continues = false;              // the next paragraph opens with a mark again: one speech
  bool speech = true;                  // false: a title, nickname or scare quote of a word or two
  std::optional<std::uint32_t> outer;  // index of the quotation this one stands in
};

// A typed name in the text, before names are joined to entities.
struct Name {
  Span span;  // the bare name: no title, article or possessive
  TokenRange tokens;
  Span phrase;  // with title and what surrounds it: "Kazakh President X"
  EntityType type = EntityType::kPerson;
  std::string canonical;  // from a gazetteer, or empty
  std::string gazetteer;  // row id, or empty
  std::string kind;       // "agency", "police", ...
  std::string role;       // title before or after: "Interior Ministry spokesman"
  double confidence = 1.0;
};

// A mention with the number of the group of those that a trained model takes for the same.
struct Coreferent {
  Span span;
  EntityType type = EntityType::kPerson;
  MentionForm form = MentionForm::kName;
  std::uint32_t group = 0;
};

// One attribution as read off the text, before its source is resolved to an entity.
struct Attribution {
  std::optional<Span> source;
  std::optional<Span> cue;
  std::vector<Span> content;
  std::optional<Span> addressee;
  std::vector<std::pair<Span, Via>> outer;  // further hops outward named without a cue of their own
  std::optional<std::uint32_t> parent;      // index of the attribution whose content holds this
  StatementForm form = StatementForm::kIndirect;
  Where where = Where::kBody;
  Certainty certainty = Certainty::kStated;
  char polarity = '+';
  double confidence = 1.0;
  std::string rule;
};

// A count of people as a trained model reads it.
struct Count {
  Span span;            // the number, who is counted, what happened to them
  Span number;          // with the words that bound it
  std::string measure;  // as in a FigureRecord; empty: one that the model has no name for
  std::optional<Span> population;  // "miners"
  std::optional<Span> place;       // the name of where it happened
};

struct Analysis {
  explicit Analysis(const Article& a) : article(a) {}
  std::string_view Text(Span span) const { return span.In(article.text); }
  std::string_view Text(TokenRange range) const { return Text(SpanOf(range)); }
  // The tokens that a span of bytes touches; the nearest one if it touches none, so never empty but
  // in a text without tokens.  Logarithmic.
  TokenRange TokensOf(Span span) const;
  // The first of coreferents that begins at or behind a byte.  Logarithmic.
  std::vector<Coreferent>::const_iterator CoreferentFrom(std::uint32_t begin) const;
  Span SpanOf(TokenRange range) const {
    return range.empty() ? Span{}
                         : Span{tokens[range.begin].span.begin, tokens[range.end - 1].span.end};
  }

  const Article& article;
  std::vector<Token> tokens;
  std::vector<Block> blocks;
  std::vector<Sentence> sentences;
  std::vector<Tag> tags;                  // one a token
  std::vector<Quotation> quotations;      // by begin
  std::vector<Name> names;                // by begin, not overlapping
  std::vector<Coreferent> coreferents;    // by begin, wider ones first; none without a model
  std::vector<Count> counts;              // by begin; none without a model
  std::vector<Attribution> attributions;  // by cue (or content) begin
  Record record;                          // filled by the later components
};

}  // namespace hearsay::ingest
