#include "graph/graph_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>

#include "graph/base/check.h"
#include "graph/base/coding.h"
#include "graph/base/fold.h"
#include "graph/derive/public_ids.h"
#include "graph/element.h"
#include "graph/graph_tables.h"
#include "graph/keys.h"

namespace hearsay {
namespace {

constexpr std::array kDerivedFamilies = {Family::kDict, Family::kNode,  Family::kOut,
                                         Family::kIn,   Family::kIndex, Family::kResolve};

Status NotAnId(std::string_view id) {
  return Status::InvalidArgument(
      fmt::format("\"{}\" is not a public id: 32 lower-case hex digits", id));
}

EdgeId EdgeIdOf(std::string_view id_bytes) {
  std::uint64_t number = 0;
  HEARSAY_CHECK(GetU64(&id_bytes, &number));
  return EdgeId{number};
}

// Index entries of a node: key -> value.
using Entries = std::map<std::string, std::string>;

// The display name of an index entry is the smallest of the names that fold to it, so that the
// order in which they are given does not matter.
void AddNameEntries(const NodeRow& row, NodeId node, Entries* entries) {
  for (const std::string& name : row.names) {
    const std::string folded = FoldName(name);
    if (!folded.empty()) entries->emplace(keys::NameEntry(folded, node), name);
  }
}

Entries IndexEntries(const NodeRow& row, NodeId node) {
  Entries entries;
  for (const Symbol label : row.labels) entries.emplace(keys::LabelEntry(label, node), "");
  AddNameEntries(row, node, &entries);
  for (const std::string& word : FoldWords(row.words)) {
    entries.emplace(keys::WordEntry(word, node), "");
  }
  return entries;
}

}  // namespace

class GraphWriter::Impl {
 public:
  Impl(Kv& kv, GraphWriterOptions options) : kv_(kv), options_(std::move(options)) { Rebase(); }

  KvBatch& batch() { return batch_; }

  Result<std::optional<std::string>> Get(Family family, std::string_view key) const;
  Status Scan(Family family, std::string_view prefix, std::vector<std::string>* keys_found) const;
  void Put(Family family, std::string key, std::string value);
  void Delete(Family family, std::string key);

  Status PutNode(const NodeData& data);
  Status PutEdge(const EdgeData& data);
  Status DeleteNode(std::string_view public_id);
  Status DeleteEdge(std::string_view src, std::string_view type, std::string_view dst,
                    std::string_view discriminator);
  Status Clear();
  Status Checkpoint();
  Status Finish(Durability durability);

 private:
  using Pending = std::map<std::string, std::optional<std::string>, std::less<>>;

  // --- reading: what is pending lies over the snapshot ---
  Result<std::optional<NodeId>> Find(std::string_view id_bytes) const;
  Result<NodeId> FindOrAllocate(const std::string& id_bytes) const;
  Result<NodeId> FindEnd(std::string_view id, std::string_view what) const;

  // --- writing ---
  void Count(const std::string& key, std::int64_t delta) { count_deltas_[key] += delta; }
  Result<Symbol> Intern(std::string_view name);
  Result<RawProperties> Encode(const Map& properties);
  Result<NodeRow> MakeRow(const NodeData& data, std::string id_bytes);
  void CountNode(const NodeRow& row, std::int64_t delta);
  void CountEdge(Symbol type, const EdgeRow& row, std::int64_t delta);
  void ReplaceEntries(const Entries& before, const Entries& after);
  Status RemoveEdge(const Edge& edge);
  Result<std::optional<std::string>> GetEdge(const Edge& edge, const std::string& id_bytes) const;
  Status WriteCounts();
  Status Write(Durability durability);
  void Rebase();

  Kv& kv_;
  GraphWriterOptions options_;
  Status load_status_;
  std::shared_ptr<const KvSnapshot> snapshot_;
  GraphTables tables_;
  std::uint32_t next_symbol_ = 0;
  bool cleared_ = false;  // the snapshot's graph counts as gone
  bool split_ = false;
  KvBatch batch_;
  std::size_t pending_bytes_ = 0;
  std::array<Pending, static_cast<std::size_t>(Family::kCount)> pending_;
  std::map<std::string, std::int64_t> count_deltas_;
};

void GraphWriter::Impl::Rebase() {
  snapshot_ = kv_.Snapshot();
  cleared_ = false;
  for (Pending& pending : pending_) pending.clear();
  pending_bytes_ = 0;
  count_deltas_.clear();
  batch_.Clear();
  Result<GraphTables> tables = LoadGraphTables(*snapshot_);
  load_status_ = tables.status();
  if (!tables.ok()) return;
  tables_ = std::move(tables).value();
  next_symbol_ = 0;
  for (const auto& [number, name] : tables_.names) {
    next_symbol_ = std::max(next_symbol_, number + 1);
  }
}

Result<std::optional<std::string>> GraphWriter::Impl::Get(Family family,
                                                          std::string_view key) const {
  const Pending& pending = pending_[static_cast<std::size_t>(family)];
  if (const auto it = pending.find(key); it != pending.end()) return it->second;
  if (cleared_) return std::optional<std::string>();
  return snapshot_->Get(family, key);
}

Status GraphWriter::Impl::Scan(Family family, std::string_view prefix,
                               std::vector<std::string>* keys_found) const {
  const Pending& pending = pending_[static_cast<std::size_t>(family)];
  if (!cleared_) {
    HEARSAY_RETURN_IF_ERROR(snapshot_->Scan(family, prefix, PrefixEnd(prefix),
                                            [&](std::string_view key, std::string_view) {
                                              if (!pending.contains(key)) {
                                                keys_found->emplace_back(key);
                                              }
                                              return true;
                                            }));
  }
  for (auto it = pending.lower_bound(prefix); it != pending.end(); ++it) {
    if (!it->first.starts_with(prefix)) break;
    if (it->second) keys_found->push_back(it->first);
  }
  return Status::Ok();
}

Result<std::optional<NodeId>> GraphWriter::Impl::Find(std::string_view id_bytes) const {
  HEARSAY_ASSIGN_OR_RETURN(const std::optional<std::string> value, Get(Family::kDict, id_bytes));
  if (!value) return std::optional<NodeId>();
  NodeId node{};
  if (!keys::ParseNode(*value, &node)) {
    return DamagedKey(Family::kDict, id_bytes, "an internal id");
  }
  return std::optional<NodeId>(node);
}

// The internal id is the head of the public one, so that no counter has to be kept and no order of
// insertion matters.  Two public ids with one head are told apart by probing on; the dictionary
// holds which got what.
Result<NodeId> GraphWriter::Impl::FindOrAllocate(const std::string& id_bytes) const {
  HEARSAY_ASSIGN_OR_RETURN(const std::optional<NodeId> known, Find(id_bytes));
  if (known) return *known;
  std::string_view head = id_bytes;
  std::uint64_t number = 0;
  HEARSAY_CHECK(GetU64(&head, &number));
  for (;; ++number) {
    HEARSAY_ASSIGN_OR_RETURN(const auto taken, Get(Family::kNode, keys::Node(NodeId{number})));
    if (!taken) return NodeId{number};
  }
}

Result<NodeId> GraphWriter::Impl::FindEnd(std::string_view id, std::string_view what) const {
  const std::optional<std::string> id_bytes = keys::PublicIdToBytes(id);
  if (!id_bytes) return NotAnId(id);
  HEARSAY_ASSIGN_OR_RETURN(const std::optional<NodeId> node, Find(*id_bytes));
  if (!node) {
    return Status::InvalidArgument(
        fmt::format("edge {} {}: no such node; put the nodes before their edges", what, id));
  }
  return *node;
}

void GraphWriter::Impl::Put(Family family, std::string key, std::string value) {
  pending_bytes_ += key.size() + value.size();
  if (family == Family::kNode || family == Family::kOut || family == Family::kIn ||
      family == Family::kDict || family == Family::kResolve) {
    pending_[static_cast<std::size_t>(family)].insert_or_assign(key, value);
  }
  batch_.Put(family, std::move(key), std::move(value));
}

void GraphWriter::Impl::Delete(Family family, std::string key) {
  pending_bytes_ += key.size();
  if (family == Family::kNode || family == Family::kOut || family == Family::kIn ||
      family == Family::kDict || family == Family::kResolve) {
    pending_[static_cast<std::size_t>(family)].insert_or_assign(key, std::nullopt);
  }
  batch_.Delete(family, std::move(key));
}

Result<Symbol> GraphWriter::Impl::Intern(std::string_view name) {
  if (const auto it = tables_.symbols.find(name); it != tables_.symbols.end()) return it->second;
  const Symbol symbol{next_symbol_++};
  std::string number;
  PutU32(static_cast<std::uint32_t>(symbol), &number);
  batch_.Put(Family::kMeta, keys::SymbolOf(name), std::move(number));
  tables_.symbols.emplace(name, symbol);
  tables_.names.emplace(static_cast<std::uint32_t>(symbol), name);
  return symbol;
}

Result<RawProperties> GraphWriter::Impl::Encode(const Map& properties) {
  RawProperties raw;
  for (const auto& [key, value] : properties) {
    if (value.is_null()) continue;  // a property that is null is a property that is not there
    HEARSAY_ASSIGN_OR_RETURN(const Symbol symbol, Intern(key));
    std::string bytes;
    EncodeValue(value, &bytes);
    raw.emplace_back(symbol, std::move(bytes));
  }
  return raw;
}

Result<NodeRow> GraphWriter::Impl::MakeRow(const NodeData& data, std::string id_bytes) {
  NodeRow row;
  row.public_id = std::move(id_bytes);
  for (const std::string& label : std::set<std::string>(data.labels.begin(), data.labels.end())) {
    HEARSAY_ASSIGN_OR_RETURN(const Symbol symbol, Intern(label));
    row.labels.push_back(symbol);
  }
  HEARSAY_ASSIGN_OR_RETURN(row.properties, Encode(data.properties));
  row.evidence = data.evidence;
  if (!data.evidence_via.empty()) {
    HEARSAY_ASSIGN_OR_RETURN(row.evidence_via, Intern(data.evidence_via));
  }
  const std::set<std::string> names(data.names.begin(), data.names.end());
  row.names.assign(names.begin(), names.end());
  row.words = data.words;
  return row;
}

void GraphWriter::Impl::CountNode(const NodeRow& row, std::int64_t delta) {
  Count(keys::NodeCount(), delta);
  for (const Symbol label : row.labels) Count(keys::LabelCount(label), delta);
  for (const auto& [key, value] : row.properties) Count(keys::PropertyCount(key), delta);
}

void GraphWriter::Impl::CountEdge(Symbol type, const EdgeRow& row, std::int64_t delta) {
  Count(keys::EdgeCount(), delta);
  Count(keys::TypeCount(type), delta);
  for (const auto& [key, value] : row.properties) Count(keys::PropertyCount(key), delta);
}

void GraphWriter::Impl::ReplaceEntries(const Entries& before, const Entries& after) {
  for (const auto& [key, value] : before) {
    if (!after.contains(key)) Delete(Family::kIndex, key);
  }
  for (const auto& [key, value] : after) {
    const auto old = before.find(key);
    if (old == before.end() || old->second != value) Put(Family::kIndex, key, value);
  }
}

Status GraphWriter::Impl::PutNode(const NodeData& data) {
  HEARSAY_RETURN_IF_ERROR(load_status_);
  const std::optional<std::string> id_bytes = keys::PublicIdToBytes(data.public_id);
  if (!id_bytes) return NotAnId(data.public_id);
  HEARSAY_ASSIGN_OR_RETURN(const NodeId node, FindOrAllocate(*id_bytes));
  HEARSAY_ASSIGN_OR_RETURN(const NodeRow row, MakeRow(data, *id_bytes));
  std::string bytes = EncodeNodeRow(row);
  std::string key = keys::Node(node);
  HEARSAY_ASSIGN_OR_RETURN(const std::optional<std::string> old_bytes, Get(Family::kNode, key));
  if (old_bytes == bytes) return Status::Ok();
  Entries old_entries;
  if (old_bytes) {
    NodeRow old;
    if (!DecodeNodeRow(*old_bytes, &old)) return DamagedKey(Family::kNode, key, "a node");
    CountNode(old, -1);
    old_entries = IndexEntries(old, node);
  } else {
    Put(Family::kDict, *id_bytes, key);
  }
  CountNode(row, 1);
  ReplaceEntries(old_entries, IndexEntries(row, node));
  Put(Family::kNode, std::move(key), std::move(bytes));
  return Status::Ok();
}

// An edge's id is the head of its public one.  Between two ends there are few edges of one type:
// that two of them share 64 bits of a hash is not provided for, but it is noticed.
Result<std::optional<std::string>> GraphWriter::Impl::GetEdge(const Edge& edge,
                                                              const std::string& id_bytes) const {
  HEARSAY_ASSIGN_OR_RETURN(std::optional<std::string> bytes,
                           Get(Family::kOut, keys::OutEdge(edge)));
  if (bytes && !bytes->starts_with(id_bytes)) {
    return Status::InvalidArgument(
        fmt::format("edge {}: another edge of its type between the same nodes has an id with the "
                    "same first 16 digits; change its discriminator",
                    ToHex(id_bytes)));
  }
  return bytes;
}

Status GraphWriter::Impl::PutEdge(const EdgeData& data) {
  HEARSAY_RETURN_IF_ERROR(load_status_);
  Edge edge;
  HEARSAY_ASSIGN_OR_RETURN(edge.src, FindEnd(data.src, "from"));
  HEARSAY_ASSIGN_OR_RETURN(edge.dst, FindEnd(data.dst, "to"));
  HEARSAY_ASSIGN_OR_RETURN(edge.type, Intern(data.type));
  EdgeRow row;
  row.public_id =
      *keys::PublicIdToBytes(EdgePublicId(data.src, data.type, data.dst, data.discriminator));
  HEARSAY_ASSIGN_OR_RETURN(row.properties, Encode(data.properties));
  row.evidence = data.evidence;
  edge.id = EdgeIdOf(row.public_id);
  HEARSAY_ASSIGN_OR_RETURN(const auto old_bytes, GetEdge(edge, row.public_id));
  std::string key = keys::OutEdge(edge);
  std::string bytes = EncodeEdgeRow(row);
  if (old_bytes == bytes) return Status::Ok();
  if (old_bytes) {
    EdgeRow old;
    if (!DecodeEdgeRow(*old_bytes, &old)) return DamagedKey(Family::kOut, key, "an edge");
    CountEdge(edge.type, old, -1);
  } else {
    Put(Family::kIn, keys::InEdge(edge), "");
  }
  CountEdge(edge.type, row, 1);
  Put(Family::kOut, std::move(key), std::move(bytes));
  return Status::Ok();
}

Status GraphWriter::Impl::RemoveEdge(const Edge& edge) {
  std::string key = keys::OutEdge(edge);
  HEARSAY_ASSIGN_OR_RETURN(const std::optional<std::string> bytes, Get(Family::kOut, key));
  if (!bytes) return Status::Ok();  // a loop, removed from its other end already
  EdgeRow row;
  if (!DecodeEdgeRow(*bytes, &row)) return DamagedKey(Family::kOut, key, "an edge");
  CountEdge(edge.type, row, -1);
  Delete(Family::kOut, std::move(key));
  Delete(Family::kIn, keys::InEdge(edge));
  return Status::Ok();
}

Status GraphWriter::Impl::DeleteEdge(std::string_view src, std::string_view type,
                                     std::string_view dst, std::string_view discriminator) {
  HEARSAY_RETURN_IF_ERROR(load_status_);
  const std::optional<std::string> src_bytes = keys::PublicIdToBytes(src);
  const std::optional<std::string> dst_bytes = keys::PublicIdToBytes(dst);
  if (!src_bytes) return NotAnId(src);
  if (!dst_bytes) return NotAnId(dst);
  HEARSAY_ASSIGN_OR_RETURN(const std::optional<NodeId> src_node, Find(*src_bytes));
  HEARSAY_ASSIGN_OR_RETURN(const std::optional<NodeId> dst_node, Find(*dst_bytes));
  const auto symbol = tables_.symbols.find(type);
  if (!src_node || !dst_node || symbol == tables_.symbols.end()) return Status::Ok();
  const std::string id_bytes = *keys::PublicIdToBytes(EdgePublicId(src, type, dst, discriminator));
  const Edge edge{EdgeIdOf(id_bytes), symbol->second, *src_node, *dst_node};
  HEARSAY_ASSIGN_OR_RETURN(const auto bytes, GetEdge(edge, id_bytes));
  return bytes ? RemoveEdge(edge) : Status::Ok();
}

Status GraphWriter::Impl::DeleteNode(std::string_view public_id) {
  HEARSAY_RETURN_IF_ERROR(load_status_);
  const std::optional<std::string> id_bytes = keys::PublicIdToBytes(public_id);
  if (!id_bytes) return NotAnId(public_id);
  HEARSAY_ASSIGN_OR_RETURN(const std::optional<NodeId> node, Find(*id_bytes));
  if (!node) return Status::Ok();
  std::vector<std::string> out_keys;
  std::vector<std::string> in_keys;
  HEARSAY_RETURN_IF_ERROR(Scan(Family::kOut, keys::Adjacent(*node), &out_keys));
  HEARSAY_RETURN_IF_ERROR(Scan(Family::kIn, keys::Adjacent(*node), &in_keys));
  for (const std::string& key : out_keys) {
    Edge edge;
    if (!keys::ParseOutEdge(key, &edge)) return DamagedKey(Family::kOut, key, "an edge");
    HEARSAY_RETURN_IF_ERROR(RemoveEdge(edge));
  }
  for (const std::string& key : in_keys) {
    Edge edge;
    if (!keys::ParseInEdge(key, &edge)) return DamagedKey(Family::kIn, key, "an edge");
    HEARSAY_RETURN_IF_ERROR(RemoveEdge(edge));
  }
  std::string key = keys::Node(*node);
  HEARSAY_ASSIGN_OR_RETURN(const std::optional<std::string> bytes, Get(Family::kNode, key));
  NodeRow row;
  if (!bytes || !DecodeNodeRow(*bytes, &row)) return DamagedKey(Family::kNode, key, "a node");
  CountNode(row, -1);
  ReplaceEntries(IndexEntries(row, *node), {});
  Delete(Family::kNode, std::move(key));
  Delete(Family::kDict, *id_bytes);
  return Status::Ok();
}

Status GraphWriter::Impl::Clear() {
  for (const Family family : kDerivedFamilies) batch_.DeleteRange(family, "", "");
  for (const std::string_view prefix : {keys::kSymbolPrefix, keys::kCountPrefix}) {
    batch_.DeleteRange(Family::kMeta, std::string(prefix), PrefixEnd(prefix));
  }
  for (Pending& pending : pending_) pending.clear();
  count_deltas_.clear();
  tables_ = {};
  next_symbol_ = 0;
  load_status_ = Status::Ok();  // what was damaged is gone
  cleared_ = true;
  return Status::Ok();
}

Status GraphWriter::Impl::WriteCounts() {
  for (const auto& [key, delta] : count_deltas_) {
    if (delta == 0) continue;
    const auto count = static_cast<std::int64_t>(tables_.Count(key)) + delta;
    if (count < 0) return DamagedKey(Family::kMeta, key, "the number of things that are there");
    if (count == 0) {
      batch_.Delete(Family::kMeta, key);
      continue;
    }
    std::string bytes;
    PutU64(static_cast<std::uint64_t>(count), &bytes);
    batch_.Put(Family::kMeta, key, std::move(bytes));
  }
  return Status::Ok();
}

Status GraphWriter::Impl::Write(Durability durability) {
  HEARSAY_RETURN_IF_ERROR(load_status_);
  HEARSAY_RETURN_IF_ERROR(WriteCounts());
  HEARSAY_RETURN_IF_ERROR(kv_.Write(batch_, durability));
  Rebase();
  return load_status_;
}

Status GraphWriter::Impl::Checkpoint() {
  if (pending_bytes_ <= options_.batch_bytes_max) return Status::Ok();
  if (!split_ && options_.before_split) options_.before_split(&batch_);
  split_ = true;
  return Write(Durability::kBuffered);
}

Status GraphWriter::Impl::Finish(Durability durability) {
  HEARSAY_RETURN_IF_ERROR(load_status_);
  HEARSAY_RETURN_IF_ERROR(WriteCounts());
  return kv_.Write(batch_, durability);
}

GraphWriter::GraphWriter(Kv& kv, GraphWriterOptions options)
    : impl_(std::make_unique<Impl>(kv, std::move(options))) {}
GraphWriter::~GraphWriter() = default;

Status GraphWriter::PutNode(const NodeData& node) { return impl_->PutNode(node); }
Status GraphWriter::PutEdge(const EdgeData& edge) { return impl_->PutEdge(edge); }
Status GraphWriter::DeleteNode(std::string_view public_id) { return impl_->DeleteNode(public_id); }
Status GraphWriter::DeleteEdge(std::string_view src, std::string_view type, std::string_view dst,
                               std::string_view discriminator) {
  return impl_->DeleteEdge(src, type, dst, discriminator);
}
Status GraphWriter::Clear() { return impl_->Clear(); }
KvBatch& GraphWriter::batch() { return impl_->batch(); }

Result<std::optional<std::string>> GraphWriter::GetResolve(std::string_view key) const {
  return impl_->Get(Family::kResolve, key);
}
Result<std::vector<std::string>> GraphWriter::ResolveKeys(std::string_view prefix) const {
  std::vector<std::string> keys_found;
  HEARSAY_RETURN_IF_ERROR(impl_->Scan(Family::kResolve, prefix, &keys_found));
  return keys_found;
}
void GraphWriter::PutResolve(std::string key, std::string value) {
  impl_->Put(Family::kResolve, std::move(key), std::move(value));
}
void GraphWriter::DeleteResolve(std::string key) {
  impl_->Delete(Family::kResolve, std::move(key));
}

Status GraphWriter::Checkpoint() { return impl_->Checkpoint(); }
Status GraphWriter::Finish(Durability durability) { return impl_->Finish(durability); }

std::string EdgePublicId(std::string_view src, std::string_view type, std::string_view dst,
                         std::string_view discriminator) {
  return MakePublicId(std::array<std::string_view, 5>{"edge", src, type, dst, discriminator});
}

}  // namespace hearsay
