#include "graph/derive/entity_node.h"

#include <algorithm>
#include <map>
#include <set>

namespace hearsay {
namespace {

constexpr std::size_t kEvidenceMax = 16;  // of members; the edges hold the rest

std::vector<std::string> LabelsOf(EntityType type) {
  switch (type) {
    case EntityType::kPerson:
      return {"Entity", "Person"};
    case EntityType::kOrganization:
      return {"Entity", "Organization"};
    case EntityType::kMedia:
      return {"Entity", "Media"};
    case EntityType::kForce:
      return {"Entity", "Force"};
    case EntityType::kCity:
      return {"City", "Entity", "Place"};
    case EntityType::kRegion:
      return {"Entity", "Place", "Region"};
    case EntityType::kCountry:
      return {"Country", "Entity", "Place"};
    case EntityType::kFacility:
      return {"Entity", "Facility", "Place"};
    case EntityType::kUnnamed:
      return {"Entity", "Unnamed"};
  }
  return {"Entity"};
}

bool IsAcronym(const std::string& name) {
  return name.size() >= 2 && name.size() <= 8 && std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
         });
}

// The name with the most words, then the most frequent, then the earliest member's: an acronym
// never hides the full name.
std::string BestName(const Cluster& cluster, std::span<const Member> members) {
  std::map<std::string_view, std::size_t> counts;
  for (std::uint32_t m : cluster.members) ++counts[members[m].name];
  const auto words = [](std::string_view name) {
    const bool article = name.starts_with("the ") || name.starts_with("The ");
    return std::count(name.begin(), name.end(), ' ') + (article ? 0 : 1);
  };
  std::string_view best = members[cluster.members[0]].name;
  for (std::uint32_t m : cluster.members) {
    const std::string_view name = members[m].name;
    const bool acronym_hides = IsAcronym(std::string(best)) && !IsAcronym(std::string(name));
    const bool as_full = !IsAcronym(std::string(name)) || IsAcronym(std::string(best));
    if (acronym_hides || (as_full && words(name) > words(best)) ||
        (as_full && words(name) == words(best) && counts[name] > counts[best])) {
      best = name;
    }
  }
  return std::string(best);
}

// The first member's; of a body that some article knows for a medium or a force, that.
EntityType TypeOf(const Cluster& cluster, std::span<const Member> members) {
  const EntityType first = members[cluster.members[0]].type;
  if (first != EntityType::kOrganization) return first;
  for (std::uint32_t m : cluster.members) {
    if (members[m].type != first) return members[m].type;
  }
  return first;
}

}  // namespace

NodeData MakeEntityNode(const Cluster& cluster, std::span<const Member> members) {
  NodeData node;
  node.public_id = cluster.id;
  const EntityType type = TypeOf(cluster, members);
  node.labels = LabelsOf(type);
  Map& properties = node.properties;
  properties["id"] = cluster.id;
  const std::string name = BestName(cluster, members);
  std::set<std::string> aliases;
  std::set<std::string> rows;  // of gazetteers
  const auto first = [&properties](const char* key, const std::string& text) {
    if (!text.empty()) properties.emplace(key, text);
  };
  std::string rules;
  for (const std::string& rule : cluster.rules) rules += (rules.empty() ? "" : ",") + rule;
  for (std::uint32_t m : cluster.members) {
    const Member& member = members[m];
    aliases.insert(member.name);
    aliases.insert(member.aliases.begin(), member.aliases.end());
    if (!member.gazetteer.empty()) rows.insert(member.gazetteer);
    first("kind", member.kind);
    first("domain", member.domain);
    if (member.gazetteer.starts_with("geonames:")) first("geonames", member.gazetteer.substr(9));
    if (member.latitude && member.longitude && !properties.contains("latitude")) {
      properties["latitude"] = *member.latitude;
      properties["longitude"] = *member.longitude;
    }
    if (node.evidence.size() < kEvidenceMax) {
      node.evidence.push_back(member.evidence);
      if (!rules.empty()) node.evidence.back().rule = "merged:" + rules;
    }
  }
  for (const std::string& row : rows) node.evidence.push_back({"", {}, "", row, "", ""});
  aliases.erase(name);
  aliases.erase("");
  if (!name.empty()) properties["name"] = name;
  List list(aliases.begin(), aliases.end());
  properties["aliases"] = list;
  for (const std::string& alias : aliases) {
    if (type != EntityType::kOrganization) break;
    if (IsAcronym(alias)) first("acronym", alias);
  }
  if (!cluster.rules.empty()) properties["merged_by"] = rules;
  node.names.push_back(name);
  node.names.insert(node.names.end(), aliases.begin(), aliases.end());
  return node;
}

}  // namespace hearsay
