#include "graph/rocks/rocks_kv.h"

#include <fmt/format.h>
#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include <chrono>
#include <mutex>
#include <thread>
#include <utility>

#include "graph/base/check.h"
#include "graph/base/coding.h"
#include "graph/keys.h"
#include "graph/rocks/format_file.h"
#include "graph/rocks/rocks_options.h"
#include "graph/rocks/rocks_status.h"

namespace hearsay {
namespace {

namespace fs = std::filesystem;

// Above every key there is: keys begin with a letter or are shorter (docs/storage-format.md).
const std::string& AboveAllKeys() {
  static const std::string kKey(64, '\xff');
  return kKey;
}

rocksdb::Slice ToSlice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }

// The open database; shared by its snapshots, so that it closes after the last of them.
struct Database {
  fs::path dir;
  std::unique_ptr<rocksdb::DB> db;
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  bool flush_on_close = false;  // something was written, and nothing failed

  Database() = default;
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database() {
    if (!db) return;
    // An empty log makes the next opening fast, above all a reader's, who would read all of the
    // log each time.  Whatever cannot be written now stands in the log and is read from there.
    if (flush_on_close) db->Flush(rocksdb::FlushOptions(), handles).PermitUncheckedError();
    for (rocksdb::ColumnFamilyHandle* handle : handles) {
      // Fails only for a handle that is not of this database.
      HEARSAY_CHECK(db->DestroyColumnFamilyHandle(handle).ok());
    }
    db->Close().PermitUncheckedError();
  }

  rocksdb::ColumnFamilyHandle* Handle(Family family) const {
    return handles[static_cast<std::size_t>(family) + 1];
  }
};

// With a prefix extractor a scan must either stay inside one prefix or ask for total order: else
// it silently misses keys.
bool StaysInOnePrefix(Family family, std::string_view begin, std::string_view end) {
  if (family != Family::kOut && family != Family::kIn) return false;
  if (begin.size() < kAdjacencyPrefixBytes || end.empty()) return false;
  const std::string_view prefix = begin.substr(0, kAdjacencyPrefixBytes);
  return end.starts_with(prefix) || end == PrefixEnd(prefix);
}

class RocksSnapshot final : public KvSnapshot {
 public:
  explicit RocksSnapshot(std::shared_ptr<const Database> database)
      : database_(std::move(database)), snapshot_(database_->db->GetSnapshot()) {}
  ~RocksSnapshot() override { database_->db->ReleaseSnapshot(snapshot_); }
  RocksSnapshot(const RocksSnapshot&) = delete;
  RocksSnapshot& operator=(const RocksSnapshot&) = delete;

  Result<std::optional<std::string>> Get(Family family, std::string_view key) const override {
    rocksdb::ReadOptions options;
    options.snapshot = snapshot_;
    std::string value;
    const rocksdb::Status status =
        database_->db->Get(options, database_->Handle(family), ToSlice(key), &value);
    if (status.IsNotFound()) return std::optional<std::string>();
    if (!status.ok()) return TranslateRocksStatus(status, database_->dir);
    return std::optional<std::string>(std::move(value));
  }

  Status Scan(Family family, std::string_view begin, std::string_view end,
              const Visitor& visit) const override {
    rocksdb::ReadOptions options;
    options.snapshot = snapshot_;
    const bool one_prefix = StaysInOnePrefix(family, begin, end);
    options.total_order_seek = !one_prefix;
    options.prefix_same_as_start = one_prefix;
    const rocksdb::Slice upper = ToSlice(end);
    if (!end.empty()) options.iterate_upper_bound = &upper;
    const std::unique_ptr<rocksdb::Iterator> it(
        database_->db->NewIterator(options, database_->Handle(family)));
    for (it->Seek(ToSlice(begin)); it->Valid(); it->Next()) {
      if (!visit({it->key().data(), it->key().size()}, {it->value().data(), it->value().size()})) {
        break;
      }
    }
    if (!it->status().ok()) return TranslateRocksStatus(it->status(), database_->dir);
    return Status::Ok();
  }

 private:
  std::shared_ptr<const Database> database_;
  const rocksdb::Snapshot* snapshot_;
};

class RocksKv final : public Kv {
 public:
  explicit RocksKv(std::shared_ptr<Database> database) : database_(std::move(database)) {}

  std::shared_ptr<const KvSnapshot> Snapshot() const override {
    return std::make_shared<RocksSnapshot>(database_);
  }

  Status Write(const KvBatch& batch, Durability durability) override {
    rocksdb::WriteBatch writes;
    for (const KvBatch::Operation& operation : batch.operations()) {
      HEARSAY_RETURN_IF_ERROR(Add(operation, &writes));
    }
    // Whether a write that failed reached the log is known only when the store is opened again, and
    // nothing may be written behind it before.
    const std::lock_guard lock(mutex_);
    if (!failure_.ok()) return failure_;
    rocksdb::WriteOptions options;
    options.sync = durability == Durability::kSynced;
    const rocksdb::Status status = database_->db->Write(options, &writes);
    database_->flush_on_close = status.ok();
    if (status.ok()) return Status::Ok();
    failure_ = TranslateRocksStatus(status, database_->dir);
    return failure_;
  }

 private:
  Status Add(const KvBatch::Operation& operation, rocksdb::WriteBatch* writes) const {
    rocksdb::ColumnFamilyHandle* handle = database_->Handle(operation.family);
    rocksdb::Status status;
    switch (operation.kind) {
      case KvBatch::Operation::Kind::kPut:
        status = writes->Put(handle, operation.key, operation.value);
        break;
      case KvBatch::Operation::Kind::kDelete:
        status = writes->Delete(handle, operation.key);
        break;
      case KvBatch::Operation::Kind::kDeleteRange: {
        const std::string& end = operation.value.empty() ? AboveAllKeys() : operation.value;
        if (operation.key < end) status = writes->DeleteRange(handle, operation.key, end);
        break;
      }
    }
    return status.ok() ? Status::Ok() : TranslateRocksStatus(status, database_->dir);
  }

  std::shared_ptr<Database> database_;
  std::mutex mutex_;
  Status failure_;
};

Status NoStore(const fs::path& dir) {
  return Status::NotFound(fmt::format(
      "{}: no Hearsay store here; make one with `hearsay init`, or name one with --store",
      dir.string()));
}

// What stands at `dir` before RocksDB sees it.
enum class Found { kNothing, kStore };

Result<Found> Inspect(const fs::path& dir) {
  std::error_code error;
  const fs::file_status status = fs::status(dir, error);
  if (status.type() == fs::file_type::not_found) return Found::kNothing;
  if (error) {
    return Status::Io(
        fmt::format("{}: {}; see that it may be read", dir.string(), error.message()));
  }
  if (!fs::is_directory(status)) {
    return Status::InvalidArgument(
        fmt::format("{}: not a directory; name one with --store", dir.string()));
  }
  HEARSAY_ASSIGN_OR_RETURN(const std::optional<int> version, ReadFormatFile(dir));
  if (version && *version != kFormatVersion) {
    return Status::Corruption(fmt::format(
        "{}: the store has format {} and this build knows format {} only; nothing was touched; "
        "use the build that made it, or ingest the articles into a new store",
        dir.string(), *version, kFormatVersion));
  }
  const bool current = fs::exists(dir / "CURRENT", error);
  if (version) return current ? Found::kStore : Found::kNothing;  // died while it was being made
  const bool empty = fs::is_empty(dir, error);
  if (error) {
    return Status::Io(
        fmt::format("{}: {}; see that it may be read", dir.string(), error.message()));
  }
  if (empty) return Found::kNothing;
  return Status::InvalidArgument(
      fmt::format("{}: the directory holds other files and no Hearsay store (no FORMAT file); name "
                  "an empty or a new one with --store",
                  dir.string()));
}

Status Create(const fs::path& dir) {
  std::error_code error;
  fs::create_directories(dir, error);
  if (error) {
    return Status::Io(
        fmt::format("{}: cannot create the directory: {}; see that the one above it "
                    "may be written",
                    dir.string(), error.message()));
  }
  return WriteFormatFile(dir);
}

rocksdb::Status OpenDatabase(const RocksOptions& options, Database* database) {
  rocksdb::DB* db = nullptr;
  const rocksdb::DBOptions db_options = MakeDbOptions(options);
  const std::vector<rocksdb::ColumnFamilyDescriptor> families = MakeFamilies(options);
  const std::string path = database->dir.string();
  rocksdb::Status status =
      options.read_only
          ? rocksdb::DB::OpenForReadOnly(db_options, path, families, &database->handles, &db)
          : rocksdb::DB::Open(db_options, path, families, &database->handles, &db);
  database->db.reset(db);
  return status;
}

}  // namespace

Result<std::unique_ptr<Kv>> OpenRocksKv(const fs::path& dir, const RocksOptions& options) {
  HEARSAY_ASSIGN_OR_RETURN(const Found found, Inspect(dir));
  RocksOptions open_options = options;
  open_options.create_if_missing = found == Found::kNothing;
  if (found == Found::kNothing) {
    if (!options.create_if_missing || options.read_only) return NoStore(dir);
    HEARSAY_RETURN_IF_ERROR(Create(dir));
  }
  auto database = std::make_shared<Database>();
  database->dir = dir;
  rocksdb::Status status = OpenDatabase(open_options, database.get());
  // A reader may meet a file that the writer beside it has just replaced: look again.
  for (int attempt = 0; options.read_only && !status.ok() && attempt < 5; ++attempt) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    status = OpenDatabase(open_options, database.get());
  }
  if (!status.ok()) return TranslateRocksStatus(status, dir);
  return std::unique_ptr<Kv>(std::make_unique<RocksKv>(std::move(database)));
}

}  // namespace hearsay
