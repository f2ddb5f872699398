// The tags that the model gives: labels.py of the training program, which a weights file repeats.
// A tag is 0 (none), then B and I of each type in turn; a pronoun's is 0 or 1 + its type.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hearsay::model {

using Tag = std::uint8_t;

// What each layer tags, one tag a word.
enum class Layer {
  kCue,      // cues of outermost statements, and of those inside a content
  kName,     // names, dates and quantities
  kOuter,    // outermost descriptions ("the mayor of Mbale, Ruth Nabirye")
  kInner,    // the outermost of those inside them
  kPronoun,  // single words
  kFigure,   // counted claims
  kPart,     // their numbers and populations
};
constexpr std::size_t kLayers = 7;
constexpr std::size_t Index(Layer layer) { return static_cast<std::size_t>(layer); }

// Types, in the order of their tags.  Descriptions and pronouns have EntityType (graph/record.h).
constexpr std::uint8_t kNestedCue = 1;  // a cue is of type 0 or this
enum class NameType : std::uint8_t {    // the first eight are those of EntityType
  kPerson,
  kOrganization,
  kMedia,
  kForce,
  kCity,
  kRegion,
  kCountry,
  kFacility,
  kDate,
  kQuantity
};
enum class PartType : std::uint8_t { kNumber, kPopulation };
enum class Role : std::uint8_t {
  kSource,
  kContent,
  kAddressee,
  kHop,
  kCue
};  // of words, given a cue
constexpr std::size_t kRoles = 5;

using Names = std::vector<std::string_view>;

// Spellings of a layer's types, of the roles and of what figures measure ("killed").
const Names& TypesOf(Layer layer);
const Names& RoleNames();
const Names& Measures();
inline constexpr std::string_view kOtherMeasure = "other";  // of them: none of the others

std::string_view NameOf(Layer layer);  // "cue": as tensors are called
// "O", "B-per", "I-per", ...: as a weights file spells tags.
std::vector<std::string> TagsOf(Layer layer);
std::vector<std::string> RoleTags();

constexpr bool IsBegin(Tag tag) { return tag % 2 == 1; }
constexpr bool IsInside(Tag tag) { return tag != 0 && tag % 2 == 0; }
constexpr std::uint8_t TypeOf(Tag tag) { return static_cast<std::uint8_t>((tag - 1) / 2); }
constexpr Tag Begin(std::size_t type) { return static_cast<Tag>(1 + 2 * type); }

}  // namespace hearsay::model
