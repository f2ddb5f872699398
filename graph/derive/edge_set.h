// Collects the edges of one article; an edge added twice is one edge with the evidence of both.
#pragma once

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "graph/graph_writer.h"

namespace hearsay {

class EdgeSet {
 public:
  // Properties of the first addition stay.  Returns the edge, to add to it.
  EdgeData& Add(const std::string& src, std::string_view type, const std::string& dst,
                const std::vector<Evidence>& evidence, const std::string& discriminator = "");

  // In order of source, type, target, discriminator; evidence in the order of additions, without
  // repeats.
  std::vector<EdgeData> Take();

 private:
  struct Entry {
    EdgeData edge;
    std::set<Evidence> seen;
  };

  std::map<std::tuple<std::string, std::string, std::string, std::string>, Entry> edges_;
};

}  // namespace hearsay
