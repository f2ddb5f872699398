#include "graph/kv_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <set>

#include "graph/base/coding.h"
#include "graph/base/fold.h"
#include "graph/derive/resolve_table.h"
#include "graph/element.h"
#include "graph/keys.h"

namespace hearsay {
namespace {

// Rows of the nodes and edges asked for last: a query reads several properties of one node in a
// row.  Direct-mapped, one lock a slot group, so that threads seldom meet.
class RowCache {
 public:
  std::shared_ptr<const std::string> Find(std::string_view key) const {
    const Slot& slot = SlotOf(key);
    const std::lock_guard lock(LockOf(key));
    return slot.key == key ? slot.row : nullptr;
  }

  void Put(std::string_view key, std::shared_ptr<const std::string> row) {
    if (row->size() > kRowBytesMax) return;  // keeps a view small
    Slot& slot = const_cast<Slot&>(SlotOf(key));
    const std::lock_guard lock(LockOf(key));
    slot.key.assign(key);
    slot.row = std::move(row);
  }

 private:
  static constexpr std::size_t kSlots = 1024;
  static constexpr std::size_t kRowBytesMax = 4096;
  struct Slot {
    std::string key;
    std::shared_ptr<const std::string> row;
  };
  static std::size_t Hash(std::string_view key) { return std::hash<std::string_view>()(key); }
  const Slot& SlotOf(std::string_view key) const { return slots_[Hash(key) % kSlots]; }
  std::mutex& LockOf(std::string_view key) const { return locks_[Hash(key) % locks_.size()]; }

  std::vector<Slot> slots_{kSlots};
  mutable std::array<std::mutex, 16> locks_;
};

class KvView final : public View {
 public:
  KvView(std::shared_ptr<const KvSnapshot> snapshot, std::shared_ptr<const GraphTables> tables)
      : snapshot_(std::move(snapshot)), tables_(std::move(tables)) {}

  std::optional<Symbol> Find(std::string_view name) const override;
  std::string_view Name(Symbol symbol) const override;
  std::vector<std::string> Labels() const override { return InUse(keys::LabelCount); }
  std::vector<std::string> Types() const override { return InUse(keys::TypeCount); }
  std::vector<std::string> PropertyKeys() const override { return InUse(keys::PropertyCount); }

  std::uint64_t NodeCount() const override { return tables_->Count(keys::NodeCount()); }
  std::uint64_t NodeCount(Symbol label) const override {
    return tables_->Count(keys::LabelCount(label));
  }
  std::uint64_t EdgeCount() const override { return tables_->Count(keys::EdgeCount()); }
  std::uint64_t EdgeCount(Symbol type) const override {
    return tables_->Count(keys::TypeCount(type));
  }

  bool Exists(NodeId node) const override { return NodeRowBytes(node) != nullptr; }
  std::vector<Symbol> NodeLabels(NodeId node) const override;
  bool HasLabel(NodeId node, Symbol label) const override;
  Value Property(NodeId node, std::string_view key) const override;
  Map Properties(NodeId node) const override;
  Value Property(const Edge& edge, std::string_view key) const override;
  Map Properties(const Edge& edge) const override;

  Status Nodes(const NodeVisitor& visit) const override;
  Status NodesByLabel(Symbol label, const NodeVisitor& visit) const override;
  Status Edges(NodeId node, Direction direction, std::span<const Symbol> types,
               const EdgeVisitor& visit) const override;

  std::string PublicId(NodeId node) const override;
  std::string PublicId(const Edge& edge) const override;
  std::optional<NodeId> FindByPublicId(std::string_view id) const override;
  std::vector<NodeId> FindByPrefix(std::string_view prefix, std::size_t limit) const override;
  std::vector<NodeId> FindByName(std::string_view name) const override;
  std::vector<std::string> CompleteName(std::string_view prefix, std::size_t limit) const override;
  std::vector<NodeId> FindByWords(std::span<const std::string> words) const override;

  Result<std::vector<Evidence>> EvidenceOf(NodeId node) const override;
  Result<std::vector<Evidence>> EvidenceOf(const Edge& edge) const override;
  Result<std::string> ArticleText(std::string_view article_id) const override;
  Status Health() const override {
    const std::lock_guard lock(health_mutex_);
    return health_;
  }

 private:
  using Row = std::shared_ptr<const std::string>;

  std::optional<NodeId> FindGlobal(std::string_view local_id) const;
  Row GetRow(Family family, const std::string& key) const;
  Row NodeRowBytes(NodeId node) const { return GetRow(Family::kNode, keys::Node(node)); }
  Row EdgeRowBytes(const Edge& edge) const { return GetRow(Family::kOut, keys::OutEdge(edge)); }
  std::vector<std::string> InUse(std::string (*count_key)(Symbol)) const;
  Map DecodeAll(const Row& row, bool (*walk)(std::string_view, const PropertyVisitor&)) const;
  Value DecodeOne(const Row& row, bool (*walk)(std::string_view, const PropertyVisitor&),
                  std::string_view key) const;
  Status ScanEdges(const std::string& prefix, Direction direction, const EdgeVisitor& visit,
                   bool* go_on) const;
  std::vector<NodeId> IndexNodes(const std::string& prefix, std::size_t limit) const;
  std::string RarestWord(const std::set<std::string>& words) const;
  void SortByPublicId(std::vector<NodeId>* nodes) const;
  Result<std::shared_ptr<const std::string>> Text(std::string_view article_id) const;
  Status FillTexts(std::vector<Evidence>* evidence) const;
  void Note(const Status& status) const {
    if (status.ok()) return;
    const std::lock_guard lock(health_mutex_);
    if (health_.ok()) health_ = status;
  }

  std::shared_ptr<const KvSnapshot> snapshot_;
  std::shared_ptr<const GraphTables> tables_;
  mutable RowCache cache_;
  mutable std::mutex health_mutex_;
  mutable Status health_;
  // The article read last: evidence comes article by article.
  mutable std::mutex text_mutex_;
  mutable std::string text_article_;
  mutable std::shared_ptr<const std::string> text_;
};

KvView::Row KvView::GetRow(Family family, const std::string& key) const {
  // Node and edge keys differ in length, so that one cache serves both.
  if (Row row = cache_.Find(key)) return row;
  Result<std::optional<std::string>> bytes = snapshot_->Get(family, key);
  Note(bytes.status());
  if (!bytes.ok() || !*bytes) return nullptr;
  auto row = std::make_shared<const std::string>(std::move(**bytes));
  cache_.Put(key, row);
  return row;
}

std::optional<Symbol> KvView::Find(std::string_view name) const {
  const auto it = tables_->symbols.find(name);
  if (it == tables_->symbols.end()) return std::nullopt;
  return it->second;
}

std::string_view KvView::Name(Symbol symbol) const {
  const auto it = tables_->names.find(static_cast<std::uint32_t>(symbol));
  return it == tables_->names.end() ? std::string_view() : std::string_view(it->second);
}

std::vector<std::string> KvView::InUse(std::string (*count_key)(Symbol)) const {
  std::vector<std::string> names;
  for (const auto& [name, symbol] : tables_->symbols) {
    if (tables_->Count(count_key(symbol)) > 0) names.push_back(name);
  }
  return names;
}

std::vector<Symbol> KvView::NodeLabels(NodeId node) const {
  std::vector<Symbol> labels;
  const Row row = NodeRowBytes(node);
  if (row && !NodeRowLabels(*row, &labels)) {
    Note(DamagedKey(Family::kNode, keys::Node(node), "a node"));
  }
  return labels;
}

bool KvView::HasLabel(NodeId node, Symbol label) const {
  const std::vector<Symbol> labels = NodeLabels(node);
  return std::find(labels.begin(), labels.end(), label) != labels.end();
}

Value KvView::DecodeOne(const Row& row, bool (*walk)(std::string_view, const PropertyVisitor&),
                        std::string_view key) const {
  const std::optional<Symbol> symbol = Find(key);
  if (!row || !symbol) return {};
  Value value;
  bool good = true;
  good &= walk(*row, [&](Symbol at, std::string_view bytes) {
    if (at != *symbol) return true;
    good = DecodeValue(&bytes, &value);
    return false;
  });
  if (!good) Note(DamagedKey(Family::kNode, row->substr(0, keys::kPublicIdBytes), "properties"));
  return value;
}

Map KvView::DecodeAll(const Row& row,
                      bool (*walk)(std::string_view, const PropertyVisitor&)) const {
  Map map;
  if (!row) return map;
  bool good = true;
  good &= walk(*row, [&](Symbol at, std::string_view bytes) {
    good = DecodeValue(&bytes, &map[std::string(Name(at))]);
    return good;
  });
  if (!good) Note(DamagedKey(Family::kNode, row->substr(0, keys::kPublicIdBytes), "properties"));
  return map;
}

Value KvView::Property(NodeId node, std::string_view key) const {
  return DecodeOne(NodeRowBytes(node), NodeRowProperties, key);
}
Map KvView::Properties(NodeId node) const {
  return DecodeAll(NodeRowBytes(node), NodeRowProperties);
}
Value KvView::Property(const Edge& edge, std::string_view key) const {
  return DecodeOne(EdgeRowBytes(edge), EdgeRowProperties, key);
}
Map KvView::Properties(const Edge& edge) const {
  return DecodeAll(EdgeRowBytes(edge), EdgeRowProperties);
}

Status KvView::Nodes(const NodeVisitor& visit) const {
  Status damage;
  HEARSAY_RETURN_IF_ERROR(
      snapshot_->Scan(Family::kNode, "", "", [&](std::string_view key, std::string_view) {
        NodeId node{};
        if (!keys::ParseNode(key, &node)) {
          damage = DamagedKey(Family::kNode, key, "a node");
          return false;
        }
        return visit(node);
      }));
  return damage;
}

Status KvView::NodesByLabel(Symbol label, const NodeVisitor& visit) const {
  const std::string prefix = keys::LabelPrefix(label);
  return snapshot_->Scan(Family::kIndex, prefix, PrefixEnd(prefix),
                         [&](std::string_view key, std::string_view) {
                           NodeId node{};
                           return keys::ParseIndexNode(key, &node) && visit(node);
                         });
}

Status KvView::ScanEdges(const std::string& prefix, Direction direction, const EdgeVisitor& visit,
                         bool* go_on) const {
  const bool out = direction == Direction::kOut;
  Status damage;
  HEARSAY_RETURN_IF_ERROR(snapshot_->Scan(
      out ? Family::kOut : Family::kIn, prefix, PrefixEnd(prefix),
      [&](std::string_view key, std::string_view) {
        Edge edge;
        if (!(out ? keys::ParseOutEdge(key, &edge) : keys::ParseInEdge(key, &edge))) {
          damage = DamagedKey(out ? Family::kOut : Family::kIn, key, "an edge");
          return false;
        }
        *go_on = visit(edge);
        return *go_on;
      }));
  return damage;
}

Status KvView::Edges(NodeId node, Direction direction, std::span<const Symbol> types,
                     const EdgeVisitor& visit) const {
  bool go_on = true;
  if (types.empty()) return ScanEdges(keys::Adjacent(node), direction, visit, &go_on);
  std::vector<Symbol> unique(types.begin(), types.end());
  std::sort(unique.begin(), unique.end());
  unique.erase(std::unique(unique.begin(), unique.end()), unique.end());
  for (const Symbol type : unique) {
    HEARSAY_RETURN_IF_ERROR(ScanEdges(keys::Adjacent(node, type), direction, visit, &go_on));
    if (!go_on) break;
  }
  return Status::Ok();
}

std::string KvView::PublicId(NodeId node) const {
  const Row row = NodeRowBytes(node);
  return row ? ToHex(std::string_view(*row).substr(0, keys::kPublicIdBytes)) : std::string();
}

std::string KvView::PublicId(const Edge& edge) const {
  const Row row = EdgeRowBytes(edge);
  return row ? ToHex(std::string_view(*row).substr(0, keys::kPublicIdBytes)) : std::string();
}

std::optional<NodeId> KvView::FindByPublicId(std::string_view id) const {
  const std::optional<std::string> bytes = keys::PublicIdToBytes(id);
  if (!bytes) return std::nullopt;
  const Result<std::optional<std::string>> value = snapshot_->Get(Family::kDict, *bytes);
  Note(value.status());
  NodeId node{};
  if (value.ok() && !*value) return FindGlobal(id);
  if (!value.ok() || !keys::ParseNode(**value, &node)) return std::nullopt;
  return node;
}

// A local entity's id stands for the entity it is part of, so that links live on when entities are
// joined.
std::optional<NodeId> KvView::FindGlobal(std::string_view local_id) const {
  const Result<std::optional<std::string>> global = GlobalIdOf(*snapshot_, local_id);
  Note(global.status());
  if (!global.ok() || !*global || **global == local_id) return std::nullopt;
  return FindByPublicId(**global);
}

std::vector<NodeId> KvView::FindByPrefix(std::string_view prefix, std::size_t limit) const {
  std::vector<NodeId> nodes;
  const std::optional<std::string> bytes = FromHex(prefix.substr(0, prefix.size() / 2 * 2));
  if (!bytes || limit == 0) return nodes;
  Note(snapshot_->Scan(Family::kDict, *bytes, PrefixEnd(*bytes),
                       [&](std::string_view key, std::string_view value) {
                         NodeId node{};
                         // An odd last digit is half a byte.
                         if (ToHex(key).starts_with(prefix) && keys::ParseNode(value, &node)) {
                           nodes.push_back(node);
                         }
                         return nodes.size() < limit;
                       }));
  return nodes;
}

void KvView::SortByPublicId(std::vector<NodeId>* nodes) const {
  std::vector<std::pair<std::string, NodeId>> keyed;
  keyed.reserve(nodes->size());
  for (const NodeId node : *nodes) keyed.emplace_back(PublicId(node), node);
  std::sort(keyed.begin(), keyed.end());
  for (std::size_t i = 0; i < keyed.size(); ++i) (*nodes)[i] = keyed[i].second;
}

std::vector<NodeId> KvView::IndexNodes(const std::string& prefix, std::size_t limit) const {
  std::vector<NodeId> nodes;
  Note(snapshot_->Scan(Family::kIndex, prefix, PrefixEnd(prefix),
                       [&](std::string_view key, std::string_view) {
                         NodeId node{};
                         if (keys::ParseIndexNode(key, &node)) nodes.push_back(node);
                         return nodes.size() < limit;
                       }));
  return nodes;
}

std::vector<NodeId> KvView::FindByName(std::string_view name) const {
  const std::string folded = FoldName(name);
  if (folded.empty()) return {};
  std::vector<NodeId> nodes = IndexNodes(keys::NamePrefix(folded), SIZE_MAX);
  SortByPublicId(&nodes);
  return nodes;
}

std::vector<std::string> KvView::CompleteName(std::string_view prefix, std::size_t limit) const {
  std::set<std::string> seen;
  std::vector<std::string> names;
  if (limit == 0) return names;
  const std::string start = keys::NameStartPrefix(FoldName(prefix));
  Note(snapshot_->Scan(Family::kIndex, start, PrefixEnd(start),
                       [&](std::string_view, std::string_view name) {
                         if (seen.emplace(name).second) names.emplace_back(name);
                         return names.size() < limit;
                       }));
  return names;
}

// The word with the fewest entries: all lists are read in growing slices until one ends, so that
// the cost is that of the shortest list, however common the other words are.
std::string KvView::RarestWord(const std::set<std::string>& words) const {
  for (std::size_t slice = 64;; slice *= 8) {
    for (const std::string& word : words) {
      if (IndexNodes(keys::WordPrefix(word), slice).size() < slice) return word;
    }
  }
}

std::vector<NodeId> KvView::FindByWords(std::span<const std::string> words) const {
  std::set<std::string> folded;
  for (const std::string& word : words) {
    for (std::string& part : FoldWords(word)) folded.insert(std::move(part));
  }
  if (folded.empty()) return {};
  const std::string rarest = RarestWord(folded);
  std::vector<NodeId> nodes = IndexNodes(keys::WordPrefix(rarest), SIZE_MAX);
  folded.erase(rarest);
  std::erase_if(nodes, [&](NodeId node) {
    return std::any_of(folded.begin(), folded.end(), [&](const std::string& word) {
      const auto entry = snapshot_->Get(Family::kIndex, keys::WordEntry(word, node));
      Note(entry.status());
      return !entry.ok() || !*entry;
    });
  });
  SortByPublicId(&nodes);
  return nodes;
}

Result<std::shared_ptr<const std::string>> KvView::Text(std::string_view article_id) const {
  const std::lock_guard lock(text_mutex_);
  if (text_ && text_article_ == article_id) return text_;
  const std::optional<std::string> bytes = keys::PublicIdToBytes(article_id);
  if (!bytes) {
    return Status::InvalidArgument(fmt::format("\"{}\" is not the id of an article", article_id));
  }
  HEARSAY_ASSIGN_OR_RETURN(std::optional<std::string> text, snapshot_->Get(Family::kText, *bytes));
  if (!text) return Status::NotFound(fmt::format("article {}: its text is not there", article_id));
  text_ = std::make_shared<const std::string>(std::move(*text));
  text_article_ = article_id;
  return text_;
}

Status KvView::FillTexts(std::vector<Evidence>* evidence) const {
  for (Evidence& e : *evidence) {
    if (!e.span || !e.text.empty() || !keys::PublicIdToBytes(e.article)) continue;
    HEARSAY_ASSIGN_OR_RETURN(const auto text, Text(e.article));
    if (e.span->begin > e.span->end || e.span->end > text->size()) {
      return Status::Corruption(
          fmt::format("article {}: evidence at bytes {} to {} of a text of {} bytes; run "
                      "`hearsay verify`",
                      e.article, e.span->begin, e.span->end, text->size()));
    }
    e.text = e.span->In(*text);
  }
  return Status::Ok();
}

Result<std::vector<Evidence>> KvView::EvidenceOf(NodeId node) const {
  const Row bytes = NodeRowBytes(node);
  NodeRow row;
  if (!bytes || !DecodeNodeRow(*bytes, &row)) {
    return DamagedKey(Family::kNode, keys::Node(node), "a node");
  }
  std::vector<Evidence> evidence = std::move(row.evidence);
  if (row.evidence_via) {
    Status inner;
    HEARSAY_RETURN_IF_ERROR(
        Edges(node, Direction::kOut, std::span(&*row.evidence_via, 1), [&](const Edge& edge) {
          const Result<std::vector<Evidence>> more = EvidenceOf(edge);
          inner = more.status();
          if (more.ok()) evidence.insert(evidence.end(), more->begin(), more->end());
          return inner.ok();
        }));
    HEARSAY_RETURN_IF_ERROR(inner);
  }
  HEARSAY_RETURN_IF_ERROR(FillTexts(&evidence));
  if (row.evidence_via) {  // edges come in the store's order, and may name one span twice
    std::sort(evidence.begin(), evidence.end());
    evidence.erase(std::unique(evidence.begin(), evidence.end()), evidence.end());
  }
  return evidence;
}

Result<std::vector<Evidence>> KvView::EvidenceOf(const Edge& edge) const {
  const Row bytes = EdgeRowBytes(edge);
  EdgeRow row;
  if (!bytes || !DecodeEdgeRow(*bytes, &row)) {
    return DamagedKey(Family::kOut, keys::OutEdge(edge), "an edge");
  }
  HEARSAY_RETURN_IF_ERROR(FillTexts(&row.evidence));
  return std::move(row.evidence);
}

Result<std::string> KvView::ArticleText(std::string_view article_id) const {
  HEARSAY_ASSIGN_OR_RETURN(const auto text, Text(article_id));
  return *text;
}

}  // namespace

std::unique_ptr<View> NewKvView(std::shared_ptr<const KvSnapshot> snapshot,
                                std::shared_ptr<const GraphTables> tables) {
  return std::make_unique<KvView>(std::move(snapshot), std::move(tables));
}

}  // namespace hearsay
