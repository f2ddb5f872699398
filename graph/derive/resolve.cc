#include "graph/derive/resolve.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <utility>

#include "graph/base/fold.h"

namespace hearsay {
namespace {

// Titles and offices before a person's name, folded.
constexpr std::array<std::string_view, 37> kTitles = {
    "ambassador", "captain",   "chancellor", "colonel", "dame",     "doctor", "dr",         "emir",
    "father",     "general",   "governor",   "judge",   "king",     "lady",   "lieutenant", "lord",
    "major",      "mayor",     "minister",   "miss",    "mr",       "mrs",    "ms",         "pope",
    "premier",    "president", "prime",      "prince",  "princess", "prof",   "professor",  "queen",
    "secretary",  "senator",   "sheikh",     "sir",     "vice"};

// British and American spellings that differ in more than their ending, folded.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kSpellings = {{
    {"defence", "defense"},
    {"centre", "center"},
    {"labour", "labor"},
    {"harbour", "harbor"},
    {"programme", "program"},
    {"armour", "armor"},
}};

// One spelling for "organisation" and "organization", "harbour" and "harbor".
std::string Respelt(std::string word) {
  for (const auto& [british, american] : kSpellings) {
    if (word == british) return std::string(american);
  }
  for (std::string_view ending : {"isation", "isations", "ising", "ised"}) {
    if (word.size() > ending.size() + 2 && word.ends_with(ending)) {
      word[word.size() - ending.size() + 1] = 'z';
      return word;
    }
  }
  return word;
}

std::string Joined(const std::vector<std::string>& words, std::size_t first) {
  std::string text;
  for (std::size_t i = first; i < words.size(); ++i) {
    if (!text.empty()) text += ' ';
    text += words[i];
  }
  return text;
}

// A name rather than a description: some letter is a capital, or of a script that has none.
bool IsName(std::string_view name) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(name.data());
  const auto size = static_cast<std::int32_t>(name.size());
  for (std::int32_t at = 0; at < size;) {
    UChar32 c = 0;
    U8_NEXT(bytes, at, size, c);
    if (c >= 0 && u_isalpha(c) && !u_islower(c)) return true;
  }
  return false;
}

bool IsAcronym(std::string_view name) {
  return name.size() >= 2 && name.size() <= 8 && std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.';
         });
}

// The key of a person's name; nothing for a single word.
std::optional<std::string> PersonKey(std::string_view name) {
  std::vector<std::string> words = FoldWords(name);
  std::size_t first = 0;
  while (first < words.size() &&
         std::find(kTitles.begin(), kTitles.end(), words[first]) != kTitles.end()) {
    ++first;
  }
  if (words.size() - first < 2) return std::nullopt;
  return "p " + Joined(words, first);
}

std::optional<std::string> BodyKey(std::string_view letter, std::string_view name) {
  std::vector<std::string> words = FoldWords(name);
  const std::size_t first = words.size() > 1 && words[0] == "the" ? 1 : 0;
  for (std::string& word : words) word = Respelt(std::move(word));
  if (words.size() == first) return std::nullopt;
  return std::string(letter) + " " + Joined(words, first);
}

std::optional<std::string> NameKey(EntityType type, std::string_view name) {
  if (!IsName(name)) return std::nullopt;
  switch (type) {
    case EntityType::kPerson:
      return PersonKey(name);
    case EntityType::kOrganization:
      return BodyKey("o", name);
    case EntityType::kMedia:
      return BodyKey("m", name);
    case EntityType::kForce:
      return BodyKey("f", name);
    case EntityType::kCity:
    case EntityType::kRegion:
    case EntityType::kCountry:
    case EntityType::kFacility:
      return BodyKey("l " + std::string(ToString(type)), name);
    case EntityType::kUnnamed:
      return std::nullopt;
  }
  return std::nullopt;
}

// Sets of groups that grow together; the smallest index stands for its set.
class Groups {
 public:
  explicit Groups(std::size_t count) : parent_(count) {
    std::iota(parent_.begin(), parent_.end(), 0U);
  }
  std::uint32_t Root(std::uint32_t group) {
    while (parent_[group] != group) group = parent_[group] = parent_[parent_[group]];
    return group;
  }
  void Join(std::uint32_t a, std::uint32_t b) {
    a = Root(a);
    b = Root(b);
    parent_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<std::uint32_t> parent_;
};

// The groups of members with one own key each, and the other keys they bear.
struct Grouping {
  std::map<std::string, std::uint32_t> by_own_key;
  std::vector<std::vector<std::uint32_t>> members;  // by group
  std::vector<std::string_view> own_rule;           // by group
  // other key -> the groups that bear it, and by which rule
  std::map<std::string, std::map<std::uint32_t, std::string_view>> bearers;
};

Grouping GroupByOwnKey(std::span<const Member> members) {
  Grouping grouping;
  const auto add_group = [&grouping](std::string_view rule) {
    grouping.members.emplace_back();
    grouping.own_rule.push_back(rule);
    return static_cast<std::uint32_t>(grouping.members.size() - 1);
  };
  for (std::uint32_t m = 0; m < members.size(); ++m) {
    const std::vector<JoinKey> keys = JoinKeysOf(members[m]);
    if (keys.empty()) {
      grouping.members[add_group("")].push_back(m);
      continue;
    }
    const auto found = grouping.by_own_key.find(keys[0].key);
    const std::uint32_t group =
        found != grouping.by_own_key.end() ? found->second : add_group(keys[0].rule);
    grouping.by_own_key.emplace(keys[0].key, group);
    grouping.members[group].push_back(m);
    for (std::size_t k = 1; k < keys.size(); ++k) {
      grouping.bearers[keys[k].key].emplace(group, keys[k].rule);
    }
  }
  return grouping;
}

}  // namespace

std::vector<JoinKey> JoinKeysOf(const Member& member) {
  const bool is_place = member.type == EntityType::kCity || member.type == EntityType::kRegion ||
                        member.type == EntityType::kCountry || member.type == EntityType::kFacility;
  std::vector<JoinKey> keys;
  const std::optional<std::string> name = NameKey(member.type, member.name);
  if (is_place && !member.gazetteer.empty()) {
    std::string row = member.gazetteer;
    std::erase(row, '\0');
    keys.push_back({"g " + row, true, "gazetteer"});
  } else if (name) {
    keys.push_back({*name, true, "name"});
  } else {
    return keys;
  }
  std::map<std::string, std::string_view> others;  // key -> rule
  if (name) others.emplace(*name, "name");
  for (const std::string& alias : member.aliases) {
    if (const auto key = NameKey(member.type, alias)) {
      others.emplace(*key, IsAcronym(alias) ? "acronym" : "alias");
    }
  }
  if (!member.domain.empty()) {
    if (const auto key = BodyKey("m", member.domain)) others.emplace(*key, "domain");
  }
  // One article may take for any organization what another knows for a medium or a force.  A single
  // plain word ("Delta") may name a company and a channel.
  if (member.type == EntityType::kMedia || member.type == EntityType::kForce) {
    const auto key = NameKey(EntityType::kOrganization, member.name);
    if (key && (IsAcronym(member.name) || FoldWords(member.name).size() > 1)) {
      others.emplace(*key, "name");
    }
  }
  others.erase(keys[0].key);
  for (const auto& [key, rule] : others) keys.push_back({key, false, rule});
  return keys;
}

std::vector<Cluster> ResolveMembers(std::span<const Member> members) {
  const Grouping grouping = GroupByOwnKey(members);
  Groups groups(grouping.members.size());
  std::map<std::uint32_t, std::set<std::string>> rules;  // group -> rules of its joins
  for (const auto& [key, bearers] : grouping.bearers) {
    const auto named = grouping.by_own_key.find(key);
    if (bearers.size() != 1 || named == grouping.by_own_key.end()) continue;
    const auto& [bearer, rule] = *bearers.begin();
    groups.Join(bearer, named->second);
    rules[bearer].insert(std::string(rule));
  }
  std::map<std::uint32_t, Cluster> by_root;
  for (std::uint32_t g = 0; g < grouping.members.size(); ++g) {
    Cluster& cluster = by_root[groups.Root(g)];
    const std::vector<std::uint32_t>& group = grouping.members[g];
    cluster.members.insert(cluster.members.end(), group.begin(), group.end());
    if (group.size() > 1) rules[g].insert(std::string(grouping.own_rule[g]));
    cluster.rules.insert(cluster.rules.end(), rules[g].begin(), rules[g].end());
  }
  std::vector<Cluster> clusters;
  for (auto& [root, cluster] : by_root) {
    std::sort(
        cluster.members.begin(), cluster.members.end(),
        [&](std::uint32_t a, std::uint32_t b) { return ComesBefore(members[a], members[b]); });
    std::sort(cluster.rules.begin(), cluster.rules.end());
    cluster.rules.erase(std::unique(cluster.rules.begin(), cluster.rules.end()),
                        cluster.rules.end());
    cluster.id = members[cluster.members[0]].id;
    clusters.push_back(std::move(cluster));
  }
  std::sort(clusters.begin(), clusters.end(),
            [](const Cluster& a, const Cluster& b) { return a.id < b.id; });
  return clusters;
}

}  // namespace hearsay
