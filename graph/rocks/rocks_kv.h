// A Kv on RocksDB: durable, in one directory.
//
// Besides RocksDB's own files the directory holds FORMAT, one line with the format version, which
// is read before RocksDB is let near the directory: an unknown version is refused with nothing on
// disk touched.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>

#include "graph/base/result.h"
#include "graph/kv.h"

namespace hearsay {

struct RocksOptions {
  bool create_if_missing = false;
  bool read_only = false;  // beside a writer: shows the instant of opening; Write is refused
  std::size_t cache_bytes = std::size_t{128} << 20;
};

// kNotFound     no store there and not to be created
// kInvalidArgument  `dir` holds something else
// kBusy         another process (or another Kv of this one) writes to `dir`
// kCorruption   FORMAT names another version, or files are damaged
// kIo           the operating system refused
Result<std::unique_ptr<Kv>> OpenRocksKv(const std::filesystem::path& dir,
                                        const RocksOptions& options);

}  // namespace hearsay
