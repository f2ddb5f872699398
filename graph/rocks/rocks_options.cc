#include "graph/rocks/rocks_options.h"

#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>
#include <rocksdb/write_buffer_manager.h>

#include <array>

namespace hearsay {
namespace {

struct FamilyName {
  Family family;
  const char* name;
};

constexpr std::array<FamilyName, static_cast<std::size_t>(Family::kCount)> kFamilies = {{
    {Family::kMeta, "meta"},
    {Family::kDict, "dict"},
    {Family::kArticle, "article"},
    {Family::kText, "text"},
    {Family::kRecord, "record"},
    {Family::kLog, "log"},
    {Family::kNode, "node"},
    {Family::kOut, "out"},
    {Family::kIn, "in"},
    {Family::kIndex, "index"},
    {Family::kResolve, "resolve"},
}};

// A logger that writes nowhere.  A read-only open must leave no file behind; and Debian's RocksDB
// is built with assertions, one of which ends the process on the second write to an information log
// after the disk was full for the first.
class SilentLogger final : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;
  void Logv(const char* /*format*/, va_list /*arguments*/) override {}
};

rocksdb::BlockBasedTableOptions MakeTableOptions(const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;  // one for all families, or memory would be a family's each
  table.block_size = std::size_t{16} << 10;
  table.format_version = 5;
  table.cache_index_and_filter_blocks = true;
  table.pin_l0_filter_and_index_blocks_in_cache = true;
  table.filter_policy.reset(rocksdb::NewRibbonFilterPolicy(10));
  return table;
}

rocksdb::ColumnFamilyOptions MakeFamilyOptions(Family family,
                                               const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::ColumnFamilyOptions options;
  options.compression = rocksdb::kLZ4Compression;
  options.bottommost_compression = rocksdb::kZSTD;
  options.level_compaction_dynamic_level_bytes = true;
  options.write_buffer_size = std::size_t{16} << 20;
  rocksdb::BlockBasedTableOptions table = MakeTableOptions(cache);
  switch (family) {
    case Family::kText:
      // Texts are written once and read whole: kept out of the tree, compaction never copies them.
      options.enable_blob_files = true;
      options.min_blob_size = 4096;
      options.blob_compression_type = rocksdb::kZSTD;
      options.enable_blob_garbage_collection = true;
      break;
    case Family::kRecord:
      options.compression = rocksdb::kZSTD;
      break;
    case Family::kOut:
    case Family::kIn:
      options.prefix_extractor.reset(rocksdb::NewFixedPrefixTransform(kAdjacencyPrefixBytes));
      options.memtable_prefix_bloom_size_ratio = 0.02;
      break;
    default:
      break;
  }
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

}  // namespace

rocksdb::DBOptions MakeDbOptions(const RocksOptions& options) {
  rocksdb::DBOptions db;
  db.create_if_missing = options.create_if_missing;
  db.create_missing_column_families = !options.read_only;  // a creation may have died half way
  // Without NDEBUG in our build RocksDB's headers set the level to debug.
  db.info_log_level = rocksdb::FATAL_LEVEL;
  db.info_log = std::make_shared<SilentLogger>();
  // A writer beside a reader deletes files after compaction; those a reader holds open stay.
  db.max_open_files = options.read_only ? -1 : 512;
  db.bytes_per_sync = std::uint64_t{1} << 20;
  db.max_background_jobs = 2;
  db.db_write_buffer_size = std::size_t{64} << 20;  // of all families together
  db.max_total_wal_size = std::uint64_t{64} << 20;  // else a quiet family keeps every log alive
  db.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  db.track_and_verify_wals_in_manifest = true;  // a reader must agree with its writer on this
  return db;
}

std::vector<rocksdb::ColumnFamilyDescriptor> MakeFamilies(const RocksOptions& options) {
  const std::shared_ptr<rocksdb::Cache> cache = rocksdb::NewLRUCache(options.cache_bytes);
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  rocksdb::ColumnFamilyOptions unused;
  unused.table_factory.reset(rocksdb::NewBlockBasedTableFactory(MakeTableOptions(cache)));
  families.emplace_back(rocksdb::kDefaultColumnFamilyName, unused);
  for (const FamilyName& row : kFamilies) {
    families.emplace_back(row.name, MakeFamilyOptions(row.family, cache));
  }
  return families;
}

}  // namespace hearsay
