#include "graph/store.h"

#include <chrono>
#include <thread>
#include <utility>

#include "graph/base/check.h"
#include "graph/kv_store.h"
#include "graph/memory/memory_kv.h"
#include "graph/rocks/rocks_kv.h"

namespace hearsay {
namespace {

Result<std::unique_ptr<KvStore>> OpenKvStore(const std::filesystem::path& dir,
                                             const StoreOptions& options, bool read_only) {
  RocksOptions rocks;
  rocks.create_if_missing = options.create_if_missing;
  rocks.read_only = read_only;
  rocks.cache_bytes = options.cache_bytes;
  HEARSAY_ASSIGN_OR_RETURN(std::unique_ptr<Kv> kv, OpenRocksKv(dir, rocks));
  KvStore::Options store;
  store.read_only = read_only;
  store.threads = options.threads;
  Result<std::unique_ptr<KvStore>> opened = KvStore::Open(std::move(kv), store);
  if (opened.ok()) return opened;
  const Status status = opened.status();
  return Status(status.code(), dir.string() + ": " + status.message());
}

// A reader cannot derive.  Where a process died between its records and their derivation, the
// store is opened for writing once, which mends it; where a writer is at work, that is its affair,
// and the reader sees the last finished generation.
Result<std::unique_ptr<KvStore>> OpenForReading(const std::filesystem::path& dir,
                                                const StoreOptions& options) {
  constexpr int kAttempts = 50;
  constexpr auto kPause = std::chrono::milliseconds(100);
  for (int attempt = 1;; ++attempt) {
    Result<std::unique_ptr<KvStore>> reader = OpenKvStore(dir, options, true);
    const bool half_made = reader.status().code() == StatusCode::kBusy;
    if (!half_made && !(reader.ok() && (*reader)->Stale())) return reader;
    StoreOptions mend = options;
    mend.create_if_missing = false;
    const Status mended = OpenKvStore(dir, mend, false).status();
    if (mended.ok()) return OpenKvStore(dir, options, true);
    if (reader.ok()) return reader;
    if (mended.code() != StatusCode::kBusy || attempt == kAttempts) return reader;
    std::this_thread::sleep_for(kPause);
  }
}

}  // namespace

Result<std::unique_ptr<Store>> Store::Open(const std::filesystem::path& dir,
                                           const StoreOptions& options) {
  Result<std::unique_ptr<KvStore>> store =
      options.read_only ? OpenForReading(dir, options) : OpenKvStore(dir, options, false);
  if (!store.ok()) return store.status();
  return std::unique_ptr<Store>(std::move(store).value());
}

std::unique_ptr<Store> Store::OpenInMemory() {
  Result<std::unique_ptr<KvStore>> store = KvStore::Open(NewMemoryKv(), {});
  HEARSAY_CHECK(store.ok());
  return std::move(store).value();
}

}  // namespace hearsay
