#include "graph/memory/memory_kv.h"

#include <array>
#include <mutex>
#include <utility>

namespace hearsay {
namespace {

struct Node;
using Tree = std::shared_ptr<const Node>;

struct Node {
  // Key and value are shared, so that copying a path copies no bytes.
  std::shared_ptr<const std::pair<std::string, std::string>> entry;
  std::uint64_t priority = 0;
  Tree left;
  Tree right;
};

// Priorities are a hash of the key: the same keys make the same tree in any order of insertion.
std::uint64_t PriorityOf(std::string_view key) {
  std::uint64_t h = 0xcbf29ce484222325U;  // FNV-1a, then a final mix (Steele's splitmix64)
  for (const char c : key) h = (h ^ static_cast<std::uint8_t>(c)) * 0x100000001b3U;
  h = (h ^ h >> 30) * 0xbf58476d1ce4e5b9U;
  h = (h ^ h >> 27) * 0x94d049bb133111ebU;
  return h ^ h >> 31;
}

Tree With(const Node& node, Tree left, Tree right) {
  return std::make_shared<const Node>(
      Node{node.entry, node.priority, std::move(left), std::move(right)});
}

// Keys below `key`, and the others.
std::pair<Tree, Tree> Split(const Tree& tree, std::string_view key) {
  if (!tree) return {};
  if (tree->entry->first < key) {
    auto [low, high] = Split(tree->right, key);
    return {With(*tree, tree->left, std::move(low)), std::move(high)};
  }
  auto [low, high] = Split(tree->left, key);
  return {std::move(low), With(*tree, std::move(high), tree->right)};
}

// REQUIRES: all keys of `low` are below all keys of `high`.
Tree Merge(const Tree& low, const Tree& high) {
  if (!low) return high;
  if (!high) return low;
  if (low->priority > high->priority) return With(*low, low->left, Merge(low->right, high));
  return With(*high, Merge(low, high->left), high->right);
}

Tree EraseRange(const Tree& tree, std::string_view begin, std::string_view end) {
  if (!end.empty() && end <= begin) return tree;
  auto [low, rest] = Split(tree, begin);
  if (end.empty()) return low;
  return Merge(low, Split(rest, end).second);
}

std::string After(std::string_view key) {
  std::string next(key);
  next.push_back('\0');
  return next;
}

Tree Put(const Tree& tree, const std::string& key, const std::string& value) {
  auto entry = std::make_shared<const std::pair<std::string, std::string>>(key, value);
  const Tree single = std::make_shared<const Node>(Node{std::move(entry), PriorityOf(key), {}, {}});
  auto [low, rest] = Split(tree, key);
  return Merge(Merge(low, single), Split(rest, After(key)).second);
}

const std::string* Find(const Tree& tree, std::string_view key) {
  const Node* node = tree.get();
  while (node != nullptr) {
    const auto order = key <=> std::string_view(node->entry->first);
    if (order == 0) return &node->entry->second;
    node = order < 0 ? node->left.get() : node->right.get();
  }
  return nullptr;
}

bool Visit(const Node* node, std::string_view begin, std::string_view end,
           const KvSnapshot::Visitor& visit) {
  if (node == nullptr) return true;
  const std::string_view key = node->entry->first;
  const bool after_begin = key >= begin;
  const bool before_end = end.empty() || key < end;
  if (after_begin && !Visit(node->left.get(), begin, end, visit)) return false;
  if (after_begin && before_end && !visit(key, node->entry->second)) return false;
  return !before_end || Visit(node->right.get(), begin, end, visit);
}

using Roots = std::array<Tree, static_cast<std::size_t>(Family::kCount)>;

class MemorySnapshot final : public KvSnapshot {
 public:
  explicit MemorySnapshot(Roots roots) : roots_(std::move(roots)) {}

  Result<std::optional<std::string>> Get(Family family, std::string_view key) const override {
    const std::string* value = Find(roots_[static_cast<std::size_t>(family)], key);
    if (value == nullptr) return std::optional<std::string>();
    return std::optional<std::string>(*value);
  }

  Status Scan(Family family, std::string_view begin, std::string_view end,
              const Visitor& visit) const override {
    Visit(roots_[static_cast<std::size_t>(family)].get(), begin, end, visit);
    return Status::Ok();
  }

 private:
  Roots roots_;
};

class MemoryKv final : public Kv {
 public:
  std::shared_ptr<const KvSnapshot> Snapshot() const override {
    const std::lock_guard lock(mutex_);
    return std::make_shared<MemorySnapshot>(roots_);
  }

  Status Write(const KvBatch& batch, Durability /*durability*/) override {
    const std::lock_guard lock(mutex_);
    for (const KvBatch::Operation& operation : batch.operations()) {
      Tree& root = roots_[static_cast<std::size_t>(operation.family)];
      switch (operation.kind) {
        case KvBatch::Operation::Kind::kPut:
          root = Put(root, operation.key, operation.value);
          break;
        case KvBatch::Operation::Kind::kDelete:
          root = EraseRange(root, operation.key, After(operation.key));
          break;
        case KvBatch::Operation::Kind::kDeleteRange:
          root = EraseRange(root, operation.key, operation.value);
          break;
      }
    }
    return Status::Ok();
  }

 private:
  mutable std::mutex mutex_;
  Roots roots_;
};

}  // namespace

std::unique_ptr<Kv> NewMemoryKv() { return std::make_unique<MemoryKv>(); }

}  // namespace hearsay
