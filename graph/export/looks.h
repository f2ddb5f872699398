// How nodes and edges look and read in a picture: kind, label, colour, size.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/value.h"

namespace hearsay {

// The most telling of a node's labels: "City" of City, Entity, Place.  "Node" of none.
std::string KindOf(const std::vector<std::string>& labels);

// Never blank, one line, at most 40 characters and an ellipsis.  `id` where nothing better is
// known.
std::string LabelOf(const std::string& kind, const Map& properties, const std::string& id);

// "#rrggbb": one palette for the kinds of news graphs, a colour by the name's letters for others.
std::string_view ColorOf(std::string_view kind);

// For the few large kinds only: Gephi spreads sizes over 4 to 100 unless some node has none.
std::optional<int> SizeOf(std::string_view kind);

}  // namespace hearsay
