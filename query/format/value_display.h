// Values as people read them in a table cell, and as JSON.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "graph/view.h"

namespace hearsay::query {

// A node in a few words: a witness, statement 3fa2b1c0, article "Kazakh police ...".
std::string ShortName(const View& view, NodeId node);

// One line: strings bare, null empty, lists joined by commas (a chain by arrows is not ours to
// guess), nodes as (Person "Mireille Osgar" 3fa2b1c0), relationships as [SAID], paths with arrows.
std::string DisplayText(const View& view, const Value& value);

// Nodes as {id, labels, properties}, relationships as {id, type, from, to, properties}, paths as
// {nodes, relationships}, points in time as text.
nlohmann::ordered_json ToJson(const View& view, const Value& value);

}  // namespace hearsay::query
