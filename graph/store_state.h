// The small facts about a store that stand in Family::kMeta (docs/storage-format.md, "Meta").
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "graph/base/result.h"
#include "graph/kv.h"
#include "graph/record.h"

namespace hearsay {

struct StoreState {
  bool made = false;  // the store's first batch is there
  std::uint64_t record_generation = 0;
  std::uint64_t derived_generation = 0;
  std::uint32_t derive_version = 0;
  bool deriving = false;  // a derivation in several batches began and did not end
  std::uint64_t articles = 0;
  std::optional<ExtractorInfo> extractor;

  // The derived layer is not that of the records, or not whole.
  bool stale() const;
};

// kCorruption if the format is not this build's.
Result<StoreState> ReadStoreState(const KvSnapshot& snapshot);

// Public ids of the articles changed since the derived generation, sorted.
Result<std::vector<std::string>> ReadChanged(const KvSnapshot& snapshot);

std::string EncodeExtractor(const ExtractorInfo& extractor);
void PutMetaU64(std::string_view key, std::uint64_t value, KvBatch* batch);
void PutMetaU32(std::string_view key, std::uint32_t value, KvBatch* batch);

}  // namespace hearsay
