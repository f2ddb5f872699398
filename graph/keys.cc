#include "graph/keys.h"

#include "graph/base/coding.h"

namespace hearsay::keys {
namespace {

std::string Join(std::string_view a, std::string_view b) {
  std::string key(a);
  key.append(b);
  return key;
}

std::string CountOf(char what, Symbol symbol) {
  std::string key(kCountPrefix);
  key.push_back(what);
  PutU32(static_cast<std::uint32_t>(symbol), &key);
  return key;
}

void PutNodeId(NodeId node, std::string* out) { PutU64(static_cast<std::uint64_t>(node), out); }

bool GetNodeId(std::string_view* in, NodeId* node) {
  std::uint64_t id = 0;
  if (!GetU64(in, &id)) return false;
  *node = NodeId{id};
  return true;
}

std::string AdjacencyKey(NodeId near, Symbol type, NodeId far, EdgeId edge) {
  std::string key = Adjacent(near, type);
  PutNodeId(far, &key);
  PutU64(static_cast<std::uint64_t>(edge), &key);
  return key;
}

bool ParseAdjacency(std::string_view key, NodeId* near, Symbol* type, NodeId* far, EdgeId* edge) {
  std::uint32_t symbol = 0;
  std::uint64_t id = 0;
  if (!GetNodeId(&key, near) || !GetU32(&key, &symbol) || !GetNodeId(&key, far) ||
      !GetU64(&key, &id) || !key.empty()) {
    return false;
  }
  *type = Symbol{symbol};
  *edge = EdgeId{id};
  return true;
}

// Folded names and words hold no byte 0, so that it ends them and keeps their order.
std::string TextPrefix(char what, std::string_view text) {
  std::string key(1, what);
  key.append(text);
  key.push_back('\0');
  return key;
}

}  // namespace

std::optional<std::string> PublicIdToBytes(std::string_view id) {
  if (id.size() != 2 * kPublicIdBytes) return std::nullopt;
  for (const char c : id) {
    if (c >= 'A' && c <= 'F') return std::nullopt;
  }
  return FromHex(id);
}

std::string Changed(std::string_view article_bytes) { return Join(kChangedPrefix, article_bytes); }
std::string SymbolOf(std::string_view name) { return Join(kSymbolPrefix, name); }
std::string NodeCount() { return Join(kCountPrefix, "n"); }
std::string EdgeCount() { return Join(kCountPrefix, "e"); }
std::string LabelCount(Symbol label) { return CountOf('l', label); }
std::string TypeCount(Symbol type) { return CountOf('t', type); }
std::string PropertyCount(Symbol key) { return CountOf('p', key); }

std::string Article(std::string_view article_bytes) { return Join(kArticlePrefix, article_bytes); }

// Neither paths nor URLs hold a byte 0; one that does is cut there, which costs only its lookup.
std::string ArticleNamePrefix(std::string_view name) {
  return TextPrefix('n', name.substr(0, name.find('\0')));
}

std::string ArticleItemsPrefix(std::string_view path) {
  std::string key = ArticleNamePrefix(path);
  key.back() = ':';
  return key;
}

bool ParseArticleName(std::string_view key, std::string_view* name,
                      std::string_view* article_bytes) {
  if (key.size() < 2 + kPublicIdBytes || key.front() != 'n') return false;
  *name = key.substr(1, key.size() - 2 - kPublicIdBytes);
  *article_bytes = key.substr(key.size() - kPublicIdBytes);
  return key[key.size() - kPublicIdBytes - 1] == '\0';
}

std::string ArticleName(std::string_view name, std::string_view article_bytes) {
  return Join(ArticleNamePrefix(name), article_bytes);
}

std::string Node(NodeId node) {
  std::string key;
  PutNodeId(node, &key);
  return key;
}

bool ParseNode(std::string_view key, NodeId* node) { return GetNodeId(&key, node) && key.empty(); }

std::string OutEdge(const Edge& edge) {
  return AdjacencyKey(edge.src, edge.type, edge.dst, edge.id);
}

std::string InEdge(const Edge& edge) {
  return AdjacencyKey(edge.dst, edge.type, edge.src, edge.id);
}

std::string Adjacent(NodeId near) { return Node(near); }

std::string Adjacent(NodeId near, Symbol type) {
  std::string key = Node(near);
  PutU32(static_cast<std::uint32_t>(type), &key);
  return key;
}

bool ParseOutEdge(std::string_view key, Edge* edge) {
  return ParseAdjacency(key, &edge->src, &edge->type, &edge->dst, &edge->id);
}

bool ParseInEdge(std::string_view key, Edge* edge) {
  return ParseAdjacency(key, &edge->dst, &edge->type, &edge->src, &edge->id);
}

std::string LabelPrefix(Symbol label) {
  std::string key(1, 'l');
  PutU32(static_cast<std::uint32_t>(label), &key);
  return key;
}

std::string LabelEntry(Symbol label, NodeId node) {
  std::string key = LabelPrefix(label);
  PutNodeId(node, &key);
  return key;
}

std::string NamePrefix(std::string_view folded) { return TextPrefix('n', folded); }
std::string NameStartPrefix(std::string_view folded) { return Join("n", folded); }
std::string WordPrefix(std::string_view word) { return TextPrefix('w', word); }

std::string NameEntry(std::string_view folded, NodeId node) {
  std::string key = NamePrefix(folded);
  PutNodeId(node, &key);
  return key;
}

std::string WordEntry(std::string_view word, NodeId node) {
  std::string key = WordPrefix(word);
  PutNodeId(node, &key);
  return key;
}

bool ParseIndexNode(std::string_view key, NodeId* node) {
  if (key.size() < sizeof(std::uint64_t)) return false;
  key.remove_prefix(key.size() - sizeof(std::uint64_t));
  return GetNodeId(&key, node);
}

}  // namespace hearsay::keys
