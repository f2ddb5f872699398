// GraphWriter puts nodes and edges of a plain property graph (any labels, types and values) into
// the derived layer of a store: the derivation writes through it, and so do loaders of other
// people's graphs (conformance kits, tests).
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "graph/value.h"
#include "graph/view.h"

namespace hearsay {

struct NodeData {
  std::string public_id;  // 32 hex digits; unique
  std::vector<std::string> labels;
  Map properties;
  std::vector<Evidence> evidence;
  std::vector<std::string> names;  // for the name index
  std::string words;               // text for the word index; empty: not indexed
};

struct EdgeData {
  std::string src;  // public ids
  std::string type;
  std::string dst;
  std::string discriminator;  // tells apart edges of one type between the same ends
  Map properties;
  std::vector<Evidence> evidence;
};

// A whole graph in memory as a View: for tests and for other people's graphs.
std::unique_ptr<View> MakeView(std::vector<NodeData> nodes, std::vector<EdgeData> edges);

}  // namespace hearsay
