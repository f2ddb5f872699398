// The part of the graph that one article makes: its Article, Statement, Figure and Event nodes and
// all relationships that touch them, and the relationships between entities that its text states.
// Entity nodes belong to no article; graph/derive/entity_node.h makes them.
//
// How a record becomes statements (docs: the graph model, "Chains"):
//   - each statement of the record is a Statement; its speakers SAID it;
//   - a hop of its chain without a statement of its own (addressee, carrier, credit) is a relayed
//     Statement, which QUOTES the next inner one and which the hop's entity SAID;
//   - a parent hop is the parent statement, which QUOTES what the hops so far have led to, and
//     whose own chain goes on outward;
//   - what nothing quotes the article CARRIES.
// A hop whose entity is the article's own outlet is none: the article being carried there says it.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/derive/member.h"
#include "graph/graph_writer.h"
#include "graph/record.h"

namespace hearsay {

struct ArticleGraph {
  std::vector<NodeData> nodes;
  // Ends are nodes above or global entities.  At most one edge of one type, ends and
  // discriminator; where the text states an edge several times it has all the evidence.
  std::vector<EdgeData> edges;
};

// From a local entity's public id to that of its global entity.
using GlobalEntity = std::function<std::string(const std::string& local_id)>;

// Pure.  Every node and edge has evidence; ids and properties as in the graph model.  O(size of
// the record + mentions * statements).
ArticleGraph MakeArticleGraph(std::string_view article_id, const Article& article,
                              const Record& record, const GlobalEntity& global);

}  // namespace hearsay
