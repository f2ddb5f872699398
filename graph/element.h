// The bytes of a node or edge in the store (docs/storage-format.md, "Nodes and edges").
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/value.h"
#include "graph/view.h"

namespace hearsay {

// Properties as stored: symbols instead of names, values still encoded.
using RawProperties = std::vector<std::pair<Symbol, std::string>>;

// What stands in a node's value.
struct NodeRow {
  std::string public_id;       // 16 bytes
  std::vector<Symbol> labels;  // sorted by name
  RawProperties properties;    // sorted by name
  std::vector<Evidence> evidence;
  std::optional<Symbol> evidence_via;
  std::vector<std::string> names;  // sorted
  std::string words;
};

// What stands in an edge's value.
struct EdgeRow {
  std::string public_id;  // 16 bytes
  RawProperties properties;
  std::vector<Evidence> evidence;
};

std::string EncodeNodeRow(const NodeRow& row);
bool DecodeNodeRow(std::string_view bytes, NodeRow* row);
std::string EncodeEdgeRow(const EdgeRow& row);
bool DecodeEdgeRow(std::string_view bytes, EdgeRow* row);

// Parts of a row without decoding the rest.  False on damaged bytes.
bool NodeRowLabels(std::string_view row, std::vector<Symbol>* labels);
// Calls `visit` with each property until it returns false.
using PropertyVisitor = std::function<bool(Symbol, std::string_view value)>;
bool NodeRowProperties(std::string_view row, const PropertyVisitor& visit);
bool EdgeRowProperties(std::string_view row, const PropertyVisitor& visit);

}  // namespace hearsay
