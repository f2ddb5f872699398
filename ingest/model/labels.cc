#include "ingest/model/labels.h"

namespace hearsay::model {
namespace {

const Names& EntityTypes() {
  static const Names kNames = {"per", "org", "med", "for", "cit", "reg", "cou", "fac", "unn"};
  return kNames;
}

std::vector<std::string> WithBeginAndInside(const Names& types) {
  std::vector<std::string> tags = {"O"};
  for (const std::string_view type : types) {
    tags.push_back("B-" + std::string(type));
    tags.push_back("I-" + std::string(type));
  }
  return tags;
}

}  // namespace

const Names& TypesOf(Layer layer) {
  static const Names kCues = {"cue", "ncue"}, kFigures = {"fig"}, kParts = {"num", "pop"},
                     kNames = {"per", "org", "med", "for", "cit",
                               "reg", "cou", "fac", "dat", "qty"};
  switch (layer) {
    case Layer::kCue:
      return kCues;
    case Layer::kName:
      return kNames;
    case Layer::kFigure:
      return kFigures;
    case Layer::kPart:
      return kParts;
    case Layer::kOuter:
    case Layer::kInner:
    case Layer::kPronoun:
      break;
  }
  return EntityTypes();
}

const Names& RoleNames() {
  static const Names kNames = {"src", "con", "adr", "hop", "cue"};
  return kNames;
}

const Names& Measures() {
  static const Names kNames = {
      "killed",    "wounded",   "killed_or_wounded", "arrested",       "missing",
      "kidnapped", "displaced", "hospitalized",      "intensive_care", "beheaded",
      "assaulted", "deployed",  "infected",          "evacuated",      "rescued",
      "homeless",  "charged",   "protesting",        "attending",      "employed",
      "released",  "aboard",    "striking",          "laid_off",       "trapped",
      "stranded",  "other"};
  return kNames;
}

std::string_view NameOf(Layer layer) {
  static constexpr std::array<std::string_view, kLayers> kNames = {
      "cue", "name", "outer", "inner", "pronoun", "figure", "part"};
  return kNames[Index(layer)];
}

std::vector<std::string> TagsOf(Layer layer) {
  if (layer != Layer::kPronoun) return WithBeginAndInside(TypesOf(layer));
  std::vector<std::string> tags = {"O"};
  tags.insert(tags.end(), EntityTypes().begin(), EntityTypes().end());
  return tags;
}

std::vector<std::string> RoleTags() { return WithBeginAndInside(RoleNames()); }

}  // namespace hearsay::model
