// What resolution keeps in Family::kResolve (docs/storage-format.md, "Resolution"), read and
// written through a GraphWriter, so that it changes together with the graph.
//
//   'K' key 0x00 local16  ->  (nothing)             who bears a join key
//   'M' local16           ->  global16 member       a local entity, and the entity it is part of
//   'A' article16         ->  local16 ...           the local entities of an article
//   'O' article16         ->  nodes, edges          what an article made in the graph
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/derive/member.h"
#include "graph/graph_writer.h"
#include "graph/kv.h"

namespace hearsay {

// The entity that the local entity of that public id is part of; nothing if there is none.
// kCorruption for bytes that are none of ours.
Result<std::optional<std::string>> GlobalIdOf(const KvSnapshot& snapshot,
                                              std::string_view local_id);

class ResolveTable {
 public:
  struct Row {
    std::string global;  // public id; empty: not resolved yet
    Member member;
  };
  // What an article made that goes when it goes: nodes with all their edges, and edges between
  // entities.
  struct Owned {
    std::vector<std::string> nodes;  // public ids
    std::vector<EdgeData> edges;     // ends, type and discriminator only
  };

  explicit ResolveTable(GraphWriter* writer) : writer_(*writer) {}  // REQUIRES: outlives the table

  Result<std::vector<std::string>> BearersOf(const std::string& key) const;  // local ids
  void PutBearer(const std::string& key, const std::string& local_id);
  void DeleteBearer(const std::string& key, const std::string& local_id);

  Result<std::optional<Row>> FindMember(const std::string& local_id) const;
  void PutMember(const Row& row);
  void DeleteMember(const std::string& local_id);

  Result<std::vector<std::string>> MembersOfArticle(const std::string& article_id) const;
  void PutMembersOfArticle(const std::string& article_id, const std::vector<std::string>& ids);

  Result<Owned> FindOwned(const std::string& article_id) const;
  void PutOwned(const std::string& article_id, const Owned& owned);

 private:
  GraphWriter& writer_;
};

}  // namespace hearsay
