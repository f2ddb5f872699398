// The extraction record: what one article says, as ingest/ hands it to graph/.  Plain structs; the
// JSON form (schemas/record.schema.json) is written and read by graph/record_json.h.
//
// Spans are half-open UTF-8 byte ranges into the article's text.  Ids inside a record are indices
// into its own vectors; they become names only when the record is written as JSON or stored.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hearsay {

struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t size() const { return end - begin; }
  bool empty() const { return begin >= end; }
  bool Covers(Span other) const { return begin <= other.begin && other.end <= end; }
  bool Overlaps(Span other) const { return begin < other.end && other.begin < end; }
  std::string_view In(std::string_view text) const { return text.substr(begin, end - begin); }
  auto operator<=>(const Span&) const = default;
};

// text [text_begin, text_begin + length) came from source [source_begin, ... + length).
struct SourceMapEntry {
  std::uint32_t text_begin = 0;
  std::uint32_t source_begin = 0;
  std::uint32_t length = 0;
  auto operator<=>(const SourceMapEntry&) const = default;
};

// What is declared of an article, by its page, its input record or options.  Empty = not known.
struct Metadata {
  std::string source;  // path or URL it was read from, as given
  std::string url;     // canonical
  std::string outlet;  // "Press TV"
  std::string title;
  std::string byline;  // "Jane Doe"
  std::string
      published;  // ISO 8601 as precise as stated: "2022-01-06", "2022-01-06T10:40:00+06:00"
  std::string updated;
  std::string language;  // BCP 47: "en"
  std::string dateline;  // "Nur-Sultan/Moscow Jan 6 (EFE).-"
  std::string credit;    // agency credit where metadata names one
  bool operator==(const Metadata&) const = default;
};

// One immutable article: its text never changes, so every span stays true.
struct Article {
  Metadata metadata;
  std::string text;                        // valid UTF-8
  std::string blob_sha256;                 // 64 hex digits, of the bytes as they came
  std::vector<SourceMapEntry> source_map;  // empty: text is the source itself
  bool operator==(const Article&) const = default;
};

enum class EntityType {
  kPerson,
  kOrganization,
  kMedia,
  kForce,
  kCity,
  kRegion,
  kCountry,
  kFacility,
  kUnnamed
};
enum class MentionForm { kName, kNominal, kPronoun };
enum class StatementForm { kDirect, kIndirect, kMixed, kNarrated, kRelayed };
enum class Where { kHeadline, kLede, kBody, kCaption };
enum class Via { kSource, kParent, kAddressee, kCarrier, kCredit };
enum class Bound { kExact, kAtLeast, kAtMost, kMoreThan, kFewerThan, kAbout, kBetween, kVague };
enum class Certainty {
  kStated,
  kHedged,
  kReported,
  kQuestioned
};  // "said", "may", "reportedly", "?"

// The words of the enums above as the record, the graph and the language write them, lower case:
// "person", "at_least", "addressee".  Parse returns nothing for an unknown word.
std::string_view ToString(EntityType);
std::string_view ToString(MentionForm);
std::string_view ToString(StatementForm);
std::string_view ToString(Where);
std::string_view ToString(Via);
std::string_view ToString(Bound);
std::string_view ToString(Certainty);
std::optional<EntityType> ParseEntityType(std::string_view);
std::optional<MentionForm> ParseMentionForm(std::string_view);
std::optional<StatementForm> ParseStatementForm(std::string_view);
std::optional<Where> ParseWhere(std::string_view);
std::optional<Via> ParseVia(std::string_view);
std::optional<Bound> ParseBound(std::string_view);
std::optional<Certainty> ParseCertainty(std::string_view);

struct Mention {
  Span span;
  MentionForm form = MentionForm::kName;
  bool operator==(const Mention&) const = default;
};

using EntityIndex = std::uint32_t;     // into Record::entities
using StatementIndex = std::uint32_t;  // into Record::statements

struct LocalEntity {
  EntityType type = EntityType::kPerson;
  std::string name;                  // fullest name in the article; surface for kUnnamed
  std::vector<std::string> aliases;  // other names in the article and from gazetteers, sorted
  std::string kind;                  // "agency", "police", "witness": see graph-model; may be empty
  std::string gazetteer;             // "geonames:1526384": row that names it, or empty
  std::optional<double> latitude;
  std::optional<double> longitude;
  std::vector<Mention> mentions;  // in text order; never empty
  bool operator==(const LocalEntity&) const = default;
};

struct Hop {
  EntityIndex entity = 0;
  Span span;  // the words that name the hop
  Via via = Via::kSource;
  bool operator==(const Hop&) const = default;
};

struct StatementRecord {
  StatementForm form = StatementForm::kIndirect;
  Where where = Where::kBody;
  std::optional<Span> source;  // none: the text names no source
  std::optional<Span> cue;
  std::vector<Span> content;             // in text order; never empty
  std::vector<EntityIndex> speakers;     // several for a joint source; empty: none named
  std::vector<Hop> chain;                // innermost outward, without the article's outlet
  std::optional<StatementIndex> parent;  // the statement whose content holds this one
  std::optional<EntityIndex> addressee;
  std::optional<Span> addressee_span;
  std::string said_at;  // ISO 8601, or empty
  Certainty certainty = Certainty::kStated;
  char polarity = '+';      // '-': "denied", "did not say"
  double confidence = 1.0;  // [0, 1]
  std::string rule;         // what made it: "cue-before:said", a head's name
  bool operator==(const StatementRecord&) const = default;
};

struct FigureRecord {
  std::string measure;              // "killed"; core names in graph-model
  std::optional<std::int64_t> low;  // none = open
  std::optional<std::int64_t> high;
  Bound bound = Bound::kExact;
  std::string population;  // "police officers"; empty: not said
  std::string unit;        // "people"
  std::optional<EntityIndex> place;
  std::string as_of;  // ISO 8601, or empty
  std::optional<StatementIndex> statement;
  Span span;
  bool operator==(const FigureRecord&) const = default;
};

struct RelationRecord {
  EntityIndex subject = 0;
  std::string predicate;  // "HOLDS_ROLE", "SPEAKS_FOR", "MEMBER_OF", "LOCATED_IN"
  EntityIndex object = 0;
  std::string title;  // HOLDS_ROLE: "Interior Ministry spokesman"
  Span span;
  bool operator==(const RelationRecord&) const = default;
};

struct EventRecord {
  std::string type;
  std::vector<EntityIndex> actors;
  std::vector<EntityIndex> targets;
  std::optional<EntityIndex> place;
  std::string time;
  Span span;
  bool operator==(const EventRecord&) const = default;
};

// A sentence with a cue, quotation mark or count of people that became no record, and why.
struct CoverageRecord {
  Span span;
  std::string reason;
  bool operator==(const CoverageRecord&) const = default;
};

struct ExtractorInfo {
  std::string name = "hearsay";
  std::string version;
  std::string model;  // "rules"; a store holds records of one extractor
  bool operator==(const ExtractorInfo&) const = default;
};

struct Record {
  std::vector<LocalEntity> entities;
  std::vector<StatementRecord> statements;
  std::vector<FigureRecord> figures;
  std::vector<RelationRecord> relations;
  std::vector<EventRecord> events;
  std::vector<CoverageRecord> coverage;
  ExtractorInfo extractor;
  bool operator==(const Record&) const = default;
};

}  // namespace hearsay
