// The stores behind the Kv seam, so that one test runs on all of them.
#pragma once

#include <memory>

#include "graph/base/check.h"
#include "graph/kv.h"
#include "graph/memory/memory_kv.h"
#include "graph/rocks/rocks_kv.h"
#include "temp_dir.h"

namespace hearsay::test {

// One row a Kv.  Fresh() may be called once a fixture.
struct MemoryFixture {
  std::unique_ptr<Kv> Fresh() { return NewMemoryKv(); }
};

struct RocksFixture {
  std::unique_ptr<Kv> Fresh() {
    RocksOptions options;
    options.create_if_missing = true;
    options.cache_bytes = 1 << 20;
    Result<std::unique_ptr<Kv>> kv = OpenRocksKv(dir.path() / "store", options);
    HEARSAY_CHECK(kv.ok());
    return std::move(kv).value();
  }
  TempDir dir;
};

}  // namespace hearsay::test
