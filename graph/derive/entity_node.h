// The node of a global entity, made of all its members.
#pragma once

#include <span>
#include <string>

#include "graph/derive/resolve.h"
#include "graph/graph_writer.h"

namespace hearsay {

// Name, kind, coordinates and the rest are the earliest member's that has them; the name is the
// fullest of those its members have, aliases are all the others.  Evidence is that of the earliest
// members with the rules that joined them; MENTIONED_IN edges hold the rest.  O(members).
NodeData MakeEntityNode(const Cluster& cluster, std::span<const Member> members);

}  // namespace hearsay
