// How RocksDB is set up for our families; each choice has its reason in rocks_options.cc.
#pragma once

#include <rocksdb/options.h>

#include <cstddef>
#include <vector>

#include "graph/rocks/rocks_kv.h"

namespace rocksdb {
struct ColumnFamilyDescriptor;
}

namespace hearsay {

rocksdb::DBOptions MakeDbOptions(const RocksOptions& options);

// One a Family, in their order, behind RocksDB's own "default", which stays empty.
std::vector<rocksdb::ColumnFamilyDescriptor> MakeFamilies(const RocksOptions& options);

// Length of the prefix by which kOut and kIn are filtered: the near node.
inline constexpr std::size_t kAdjacencyPrefixBytes = 8;

}  // namespace hearsay
