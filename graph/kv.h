// Kv is the ordered key-value seam below the store: column families of byte keys in memcmp order,
// atomic batches, snapshots.  Two stand behind it: graph/rocks (RocksDB, durable) and graph/memory
// (a sorted map, for tests and one-shot work).  Everything above is written once, over this.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"

namespace hearsay {

// Column families, in the order of docs/storage-format.md.
enum class Family : std::uint8_t {
  kMeta,     // format version, generations, extractor, counts, symbols
  kDict,     // internal id <-> public id
  kArticle,  // article id -> metadata, source map, source paths
  kText,     // article id -> text
  kRecord,   // article id -> extraction record
  kLog,      // ingest log: when what was learned (system time), not part of the graph
  kNode,     // derived: node -> labels, properties, evidence
  kOut,      // derived: src type dst edge -> properties, evidence
  kIn,       // derived: dst type src edge
  kIndex,    // derived: label, name, words -> node
  kResolve,  // derived: join key -> local entities; local entity -> global entity
  kCount
};

class KvBatch {
 public:
  struct Operation {
    enum class Kind : std::uint8_t { kPut, kDelete, kDeleteRange } kind;
    Family family;
    std::string key;
    std::string value;  // kDeleteRange: the end of the range, exclusive
  };
  void Put(Family family, std::string key, std::string value) {
    operations_.push_back({Operation::Kind::kPut, family, std::move(key), std::move(value)});
  }
  void Delete(Family family, std::string key) {
    operations_.push_back({Operation::Kind::kDelete, family, std::move(key), {}});
  }
  void DeleteRange(Family family, std::string begin, std::string end) {
    operations_.push_back(
        {Operation::Kind::kDeleteRange, family, std::move(begin), std::move(end)});
  }
  const std::vector<Operation>& operations() const { return operations_; }
  bool empty() const { return operations_.empty(); }
  void Clear() { operations_.clear(); }

 private:
  std::vector<Operation> operations_;
};

// One instant of the whole keyspace.  Any thread.
class KvSnapshot {
 public:
  virtual ~KvSnapshot() = default;
  // Nothing if absent; a status only for damage or an I/O error.
  virtual Result<std::optional<std::string>> Get(Family family, std::string_view key) const = 0;
  // Visits keys in [begin, end) in memcmp order until `visit` returns false; empty `end` = no end.
  using Visitor = std::function<bool(std::string_view key, std::string_view value)>;
  virtual Status Scan(Family family, std::string_view begin, std::string_view end,
                      const Visitor& visit) const = 0;
};

enum class Durability { kBuffered, kSynced };  // survives a killed process / a power cut

class Kv {
 public:
  virtual ~Kv() = default;
  virtual std::shared_ptr<const KvSnapshot> Snapshot() const = 0;
  // All of `batch` in order or, on error, none of it.  After kIo every further write gives the same
  // error: only opening anew shows whether the failed batch is there, whole, or not.
  virtual Status Write(const KvBatch& batch, Durability durability) = 0;
};

}  // namespace hearsay
