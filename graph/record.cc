#include "graph/record.h"

#include <array>
#include <utility>

namespace hearsay {
namespace {

// One row a value, in the order of the enum, so that ToString is an index.
template <typename Enum, std::size_t kSize>
struct Words {
  std::array<std::string_view, kSize> words;

  std::string_view Word(Enum value) const { return words[static_cast<std::size_t>(value)]; }
  std::optional<Enum> Value(std::string_view word) const {
    for (std::size_t i = 0; i < kSize; ++i) {
      if (words[i] == word) return static_cast<Enum>(i);
    }
    return std::nullopt;
  }
};

constexpr Words<EntityType, 9> kEntityTypes{{"person", "organization", "media", "force", "city",
                                             "region", "country", "facility", "unnamed"}};
constexpr Words<MentionForm, 3> kMentionForms{{"name", "nominal", "pronoun"}};
constexpr Words<StatementForm, 5> kStatementForms{
    {"direct", "indirect", "mixed", "narrated", "relayed"}};
constexpr Words<Where, 4> kWheres{{"headline", "lede", "body", "caption"}};
constexpr Words<Via, 5> kVias{{"source", "parent", "addressee", "carrier", "credit"}};
constexpr Words<Bound, 8> kBounds{
    {"exact", "at_least", "at_most", "more_than", "fewer_than", "about", "between", "vague"}};
constexpr Words<Certainty, 4> kCertainties{{"stated", "hedged", "reported", "questioned"}};

}  // namespace

std::string_view ToString(EntityType value) { return kEntityTypes.Word(value); }
std::string_view ToString(MentionForm value) { return kMentionForms.Word(value); }
std::string_view ToString(StatementForm value) { return kStatementForms.Word(value); }
std::string_view ToString(Where value) { return kWheres.Word(value); }
std::string_view ToString(Via value) { return kVias.Word(value); }
std::string_view ToString(Bound value) { return kBounds.Word(value); }
std::string_view ToString(Certainty value) { return kCertainties.Word(value); }

std::optional<EntityType> ParseEntityType(std::string_view word) {
  return kEntityTypes.Value(word);
}
std::optional<MentionForm> ParseMentionForm(std::string_view word) {
  return kMentionForms.Value(word);
}
std::optional<StatementForm> ParseStatementForm(std::string_view word) {
  return kStatementForms.Value(word);
}
std::optional<Where> ParseWhere(std::string_view word) { return kWheres.Value(word); }
std::optional<Via> ParseVia(std::string_view word) { return kVias.Value(word); }
std::optional<Bound> ParseBound(std::string_view word) { return kBounds.Value(word); }
std::optional<Certainty> ParseCertainty(std::string_view word) { return kCertainties.Value(word); }

}  // namespace hearsay
