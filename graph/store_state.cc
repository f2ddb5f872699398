#include "graph/store_state.h"

#include <fmt/format.h>

#include "graph/archive.h"
#include "graph/base/coding.h"
#include "graph/derive/version.h"
#include "graph/graph_tables.h"
#include "graph/keys.h"
#include "graph/record_fields.h"

namespace hearsay {
namespace {

Status ReadU64(const KvSnapshot& snapshot, std::string_view key, std::uint64_t* value) {
  HEARSAY_ASSIGN_OR_RETURN(const auto bytes, snapshot.Get(Family::kMeta, key));
  if (!bytes) return Status::Ok();
  std::string_view in = *bytes;
  if (!GetU64(&in, value) || !in.empty()) return DamagedKey(Family::kMeta, key, "a number");
  return Status::Ok();
}

Status ReadU32(const KvSnapshot& snapshot, std::string_view key, std::uint32_t* value) {
  HEARSAY_ASSIGN_OR_RETURN(const auto bytes, snapshot.Get(Family::kMeta, key));
  if (!bytes) return Status::Ok();
  std::string_view in = *bytes;
  if (!GetU32(&in, value) || !in.empty()) return DamagedKey(Family::kMeta, key, "a number");
  return Status::Ok();
}

Status ReadExtractor(const KvSnapshot& snapshot, std::optional<ExtractorInfo>* extractor) {
  HEARSAY_ASSIGN_OR_RETURN(const auto bytes, snapshot.Get(Family::kMeta, keys::kExtractor));
  if (!bytes) return Status::Ok();
  ByteReader reader(*bytes);
  reader(extractor->emplace());
  return reader.done() ? Status::Ok() : DamagedKey(Family::kMeta, keys::kExtractor, "an extractor");
}

}  // namespace

bool StoreState::stale() const {
  return deriving || record_generation != derived_generation ||
         (articles > 0 && derive_version != kDeriveVersion);
}

Result<StoreState> ReadStoreState(const KvSnapshot& snapshot) {
  StoreState state;
  std::uint32_t format = 0;
  HEARSAY_RETURN_IF_ERROR(ReadU32(snapshot, keys::kFormat, &format));
  if (format == 0) return state;
  if (format != kFormatVersion) {
    return Status::Corruption(fmt::format(
        "the store has format {} and this build knows format {} only; use the build that made it, "
        "or ingest the articles into a new store",
        format, kFormatVersion));
  }
  state.made = true;
  HEARSAY_RETURN_IF_ERROR(ReadU64(snapshot, keys::kRecordGeneration, &state.record_generation));
  HEARSAY_RETURN_IF_ERROR(ReadU64(snapshot, keys::kDerivedGeneration, &state.derived_generation));
  HEARSAY_RETURN_IF_ERROR(ReadU64(snapshot, keys::kArticleCount, &state.articles));
  HEARSAY_RETURN_IF_ERROR(ReadU32(snapshot, keys::kDeriver, &state.derive_version));
  HEARSAY_ASSIGN_OR_RETURN(const auto marker, snapshot.Get(Family::kMeta, keys::kDeriving));
  state.deriving = marker.has_value();
  HEARSAY_RETURN_IF_ERROR(ReadExtractor(snapshot, &state.extractor));
  return state;
}

Result<std::vector<std::string>> ReadChanged(const KvSnapshot& snapshot) {
  std::vector<std::string> ids;
  HEARSAY_RETURN_IF_ERROR(snapshot.Scan(Family::kMeta, keys::kChangedPrefix,
                                        PrefixEnd(keys::kChangedPrefix),
                                        [&](std::string_view key, std::string_view) {
                                          key.remove_prefix(keys::kChangedPrefix.size());
                                          ids.push_back(ToHex(key));
                                          return true;
                                        }));
  return ids;
}

std::string EncodeExtractor(const ExtractorInfo& extractor) {
  std::string bytes;
  ByteWriter writer(&bytes);
  writer(extractor);
  return bytes;
}

void PutMetaU64(std::string_view key, std::uint64_t value, KvBatch* batch) {
  std::string bytes;
  PutU64(value, &bytes);
  batch->Put(Family::kMeta, std::string(key), std::move(bytes));
}

void PutMetaU32(std::string_view key, std::uint32_t value, KvBatch* batch) {
  std::string bytes;
  PutU32(value, &bytes);
  batch->Put(Family::kMeta, std::string(key), std::move(bytes));
}

}  // namespace hearsay
