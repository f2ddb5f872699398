// RocksDB's statuses in our words.
#pragma once

#include <rocksdb/status.h>

#include <filesystem>

#include "graph/base/status.h"

namespace hearsay {

// What went wrong in the store at `dir`, and the remedy.  REQUIRES: not ok().
Status TranslateRocksStatus(const rocksdb::Status& status, const std::filesystem::path& dir);

// True if the disk, a quota or a file size limit left no room.
bool IsOutOfSpace(const rocksdb::Status& status);

}  // namespace hearsay
