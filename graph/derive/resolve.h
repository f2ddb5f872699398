// Which local entities of different articles are one entity.  Two kinds of keys, each within one
// class (person, organization, media, force, place):
//   own key    the normalised full name, or the gazetteer row of a place.  Members that share it
//              are one entity.
//   other key  an alias, an acronym, a domain; of a medium or a force, its acronym or name of
//              several words as an organization's, which another article may take it for.  It joins
//              the one group of members that bears it to the group whose own key it is; borne by
//              several groups it says nothing.
// Descriptions join nobody across articles: unnamed sources, names without any capital ("police",
// "local media"), and a person's single word ("Tokayev" may be anyone of that family).
//
// The result is a function of the set of members; their order does not matter.  Persons' decisions
// (same, not same, unsure) are to be laid over it: as further joins and cuts between the groups in
// ResolveMembers, after the rules and before clusters are named.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/derive/member.h"

namespace hearsay {

struct JoinKey {
  std::string key;        // class letter, space, folded words: "o relief organization"
  bool own = false;       // at most one of a member's keys
  std::string_view rule;  // "name", "gazetteer", "alias", "acronym", "domain"
  bool operator==(const JoinKey&) const = default;
};

// The own key first, then the others, sorted, without repeats; empty for a member that joins
// nobody.
std::vector<JoinKey> JoinKeysOf(const Member& member);

struct Cluster {
  std::string id;                      // id of the first member
  std::vector<std::uint32_t> members;  // indices, in order of ComesBefore
  std::vector<std::string> rules;      // that joined them, sorted; empty for a single member
};

// REQUIRES that `members` is closed: whoever shares a key with one of them is among them.  In order
// of id.  O(n log n).
std::vector<Cluster> ResolveMembers(std::span<const Member> members);

}  // namespace hearsay
