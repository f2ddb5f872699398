#include "graph/derive/derive.h"

#include <algorithm>
#include <optional>
#include <set>
#include <unordered_map>

#include "graph/derive/article_graph.h"
#include "graph/derive/entity_node.h"
#include "graph/derive/public_ids.h"
#include "graph/derive/resolve.h"
#include "graph/derive/resolve_table.h"
#include "graph/primary.h"

namespace hearsay {
namespace {

class Deriver {
 public:
  Deriver(const DeriveInput& input, GraphWriter* writer)
      : writer_(*writer), input_(input), table_(writer) {}

  // Entities before articles: an edge needs both its ends.
  Status Run() {
    HEARSAY_ASSIGN_OR_RETURN(const std::vector<std::string> changed, Changed());
    to_write_.insert(changed.begin(), changed.end());
    total_ = 2 * changed.size();
    for (const std::string& article : changed) {
      HEARSAY_RETURN_IF_ERROR(ReplaceMembers(article));
      HEARSAY_RETURN_IF_ERROR(Step());
    }
    for (const std::string& key : changed_keys_) {
      if (seen_keys_.contains(key)) continue;
      HEARSAY_RETURN_IF_ERROR(ResolveAround(key));
      HEARSAY_RETURN_IF_ERROR(writer_.Checkpoint());
    }
    HEARSAY_RETURN_IF_ERROR(DeleteDeadEntities());
    total_ = changed.size() + to_write_.size();
    for (const std::string& article : to_write_) {
      HEARSAY_RETURN_IF_ERROR(WriteArticle(article));
      HEARSAY_RETURN_IF_ERROR(Step());
    }
    return Status::Ok();
  }

 private:
  struct Loaded {
    Article article;
    Record record;
  };

  Result<std::vector<std::string>> Changed() const {
    if (!input_.all) return input_.changed;
    std::vector<std::string> ids;
    HEARSAY_RETURN_IF_ERROR(ForEachArticle(*input_.snapshot, [&ids](const std::string& id) {
      ids.push_back(id);
      return true;
    }));
    return ids;
  }

  // Nothing if the article is no longer there.
  Result<std::optional<Loaded>> Load(const std::string& article_id) const {
    HEARSAY_ASSIGN_OR_RETURN(auto article, ReadArticle(*input_.snapshot, article_id));
    if (!article) return std::optional<Loaded>();
    HEARSAY_ASSIGN_OR_RETURN(auto record, ReadRecord(*input_.snapshot, article_id));
    if (!record) return Status::Corruption("article " + article_id + " has no record");
    return std::optional(Loaded{std::move(*article), std::move(*record)});
  }

  Status Step() {
    ++done_;
    if (input_.progress) input_.progress(done_, total_);
    return writer_.Checkpoint();
  }

  // --- first, the join keys of what changed ---

  Status ReplaceMembers(const std::string& article_id) {
    HEARSAY_RETURN_IF_ERROR(RemoveMembers(article_id));
    HEARSAY_ASSIGN_OR_RETURN(const std::optional<Loaded> loaded, Load(article_id));
    std::vector<std::string> local_ids;
    if (loaded) {
      const RecordIds ids = MakeRecordIds(article_id, loaded->record);
      for (const Member& member :
           MembersOf(article_id, loaded->article, loaded->record, ids.entities).members) {
        local_ids.push_back(member.id);
        HEARSAY_RETURN_IF_ERROR(AddMember(member));
      }
    }
    table_.PutMembersOfArticle(article_id, local_ids);
    return Status::Ok();
  }

  Status RemoveMembers(const std::string& article_id) {
    HEARSAY_ASSIGN_OR_RETURN(const std::vector<std::string> old_ids,
                             table_.MembersOfArticle(article_id));
    for (const std::string& local_id : old_ids) {
      HEARSAY_ASSIGN_OR_RETURN(const auto row, table_.FindMember(local_id));
      if (!row) continue;
      for (const JoinKey& key : JoinKeysOf(row->member)) {
        table_.DeleteBearer(key.key, local_id);
        changed_keys_.insert(key.key);
      }
      table_.DeleteMember(local_id);
      if (!row->global.empty()) maybe_dead_.insert(row->global);
    }
    return Status::Ok();
  }

  Status AddMember(const Member& member) {
    const std::vector<JoinKey> keys = JoinKeysOf(member);
    for (const JoinKey& key : keys) {
      table_.PutBearer(key.key, member.id);
      changed_keys_.insert(key.key);
    }
    if (!keys.empty()) {
      table_.PutMember({"", member});
      return Status::Ok();
    }
    table_.PutMember({member.id, member});  // joins nobody: an entity of its own
    return PutEntities(std::span(&member, 1));
  }

  Status PutEntities(std::span<const Member> members) {
    for (const Cluster& cluster : ResolveMembers(members)) {
      HEARSAY_RETURN_IF_ERROR(writer_.PutNode(MakeEntityNode(cluster, members)));
    }
    return Status::Ok();
  }

  // --- then, closed sets of entities ---

  // All members that shared keys lead to from `key`.  Marks the keys on the way as seen.
  Result<std::vector<ResolveTable::Row>> ClosedSet(const std::string& key) {
    std::vector<ResolveTable::Row> rows;
    std::set<std::string> seen_members;
    std::vector<std::string> open{key};
    seen_keys_.insert(key);
    while (!open.empty()) {
      const std::string next = std::move(open.back());
      open.pop_back();
      HEARSAY_ASSIGN_OR_RETURN(const std::vector<std::string> bearers, table_.BearersOf(next));
      for (const std::string& local_id : bearers) {
        if (!seen_members.insert(local_id).second) continue;
        HEARSAY_ASSIGN_OR_RETURN(auto row, table_.FindMember(local_id));
        if (!row) return Status::Corruption("resolution: no member " + local_id);
        for (const JoinKey& other : JoinKeysOf(row->member)) {
          if (seen_keys_.insert(other.key).second) open.push_back(other.key);
        }
        rows.push_back(std::move(*row));
      }
    }
    return rows;
  }

  Status ResolveAround(const std::string& key) {
    HEARSAY_ASSIGN_OR_RETURN(std::vector<ResolveTable::Row> rows, ClosedSet(key));
    std::vector<Member> members;
    members.reserve(rows.size());
    for (ResolveTable::Row& row : rows) members.push_back(std::move(row.member));
    for (const Cluster& cluster : ResolveMembers(members)) {
      for (std::uint32_t m : cluster.members) {
        const std::string& before = rows[m].global;
        if (before == cluster.id) continue;
        if (!before.empty()) maybe_dead_.insert(before);
        table_.PutMember({cluster.id, members[m]});
        to_write_.insert(members[m].article);
      }
      HEARSAY_RETURN_IF_ERROR(writer_.PutNode(MakeEntityNode(cluster, members)));
    }
    return Status::Ok();
  }

  // An entity lives as long as the local entity that it is named after is its first member.
  Status DeleteDeadEntities() {
    for (const std::string& id : maybe_dead_) {
      HEARSAY_ASSIGN_OR_RETURN(const auto row, table_.FindMember(id));
      if (row && row->global == id) continue;
      HEARSAY_RETURN_IF_ERROR(writer_.DeleteNode(id));
      HEARSAY_RETURN_IF_ERROR(writer_.Checkpoint());
    }
    return Status::Ok();
  }

  // --- last, the articles ---

  Status DeleteOwned(const std::string& article_id) {
    HEARSAY_ASSIGN_OR_RETURN(const ResolveTable::Owned owned, table_.FindOwned(article_id));
    for (const EdgeData& edge : owned.edges) {
      HEARSAY_RETURN_IF_ERROR(
          writer_.DeleteEdge(edge.src, edge.type, edge.dst, edge.discriminator));
    }
    for (const std::string& node : owned.nodes) {
      HEARSAY_RETURN_IF_ERROR(writer_.DeleteNode(node));
    }
    return Status::Ok();
  }

  Status WriteArticle(const std::string& article_id) {
    HEARSAY_RETURN_IF_ERROR(DeleteOwned(article_id));
    HEARSAY_ASSIGN_OR_RETURN(const std::optional<Loaded> loaded, Load(article_id));
    ResolveTable::Owned owned;
    if (loaded) {
      HEARSAY_ASSIGN_OR_RETURN(const auto global, GlobalIds(article_id));
      const ArticleGraph graph =
          MakeArticleGraph(article_id, loaded->article, loaded->record,
                           [&global](const std::string& local) { return global.at(local); });
      HEARSAY_RETURN_IF_ERROR(PutGraph(graph, &owned));
    }
    table_.PutOwned(article_id, owned);
    return Status::Ok();
  }

  Result<std::unordered_map<std::string, std::string>> GlobalIds(const std::string& article_id) {
    std::unordered_map<std::string, std::string> global;
    HEARSAY_ASSIGN_OR_RETURN(const std::vector<std::string> local_ids,
                             table_.MembersOfArticle(article_id));
    for (const std::string& local_id : local_ids) {
      HEARSAY_ASSIGN_OR_RETURN(const auto row, table_.FindMember(local_id));
      if (!row) return Status::Corruption("resolution: no member " + local_id);
      global[local_id] = row->global;
    }
    return global;
  }

  Status PutGraph(const ArticleGraph& graph, ResolveTable::Owned* owned) {
    std::set<std::string> own_nodes;
    for (const NodeData& node : graph.nodes) {
      own_nodes.insert(node.public_id);
      owned->nodes.push_back(node.public_id);
      HEARSAY_RETURN_IF_ERROR(writer_.PutNode(node));
    }
    for (const EdgeData& edge : graph.edges) {
      HEARSAY_RETURN_IF_ERROR(writer_.PutEdge(edge));
      if (own_nodes.contains(edge.src) || own_nodes.contains(edge.dst)) continue;
      owned->edges.push_back({edge.src, edge.type, edge.dst, edge.discriminator, {}, {}});
    }
    return Status::Ok();
  }

  GraphWriter& writer_;
  const DeriveInput& input_;
  ResolveTable table_;
  std::set<std::string> to_write_;      // articles
  std::set<std::string> changed_keys_;  // of old and new members of changed articles
  std::set<std::string> seen_keys_;     // in closed sets that are resolved
  std::set<std::string> maybe_dead_;    // entities that lost a member
  std::size_t done_ = 0;
  std::size_t total_ = 0;
};

}  // namespace

Status Derive(const DeriveInput& input, GraphWriter* writer) {
  return Deriver(input, writer).Run();
}

}  // namespace hearsay
