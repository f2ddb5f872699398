#include "graph/graph_tables.h"

#include <fmt/format.h>

#include <array>

#include "graph/base/coding.h"
#include "graph/keys.h"

namespace hearsay {
namespace {

std::string_view NameOf(Family family) {
  constexpr std::array<std::string_view, static_cast<std::size_t>(Family::kCount)> kNames = {
      "meta", "dict", "article", "text", "record", "log", "node", "out", "in", "index", "resolve"};
  return kNames[static_cast<std::size_t>(family)];
}

Status LoadSymbols(const KvSnapshot& snapshot, GraphTables* tables) {
  Status damage;
  HEARSAY_RETURN_IF_ERROR(
      snapshot.Scan(Family::kMeta, keys::kSymbolPrefix, PrefixEnd(keys::kSymbolPrefix),
                    [&](std::string_view key, std::string_view value) {
                      std::uint32_t number = 0;
                      const std::string_view whole_key = key;
                      if (!GetU32(&value, &number) || !value.empty()) {
                        damage = DamagedKey(Family::kMeta, whole_key, "the number of a symbol");
                        return false;
                      }
                      key.remove_prefix(keys::kSymbolPrefix.size());
                      tables->symbols.emplace(key, Symbol{number});
                      tables->names.emplace(number, key);
                      return true;
                    }));
  return damage;
}

Status LoadCounts(const KvSnapshot& snapshot, GraphTables* tables) {
  Status damage;
  HEARSAY_RETURN_IF_ERROR(snapshot.Scan(Family::kMeta, keys::kCountPrefix,
                                        PrefixEnd(keys::kCountPrefix),
                                        [&](std::string_view key, std::string_view value) {
                                          std::uint64_t count = 0;
                                          if (!GetU64(&value, &count) || !value.empty()) {
                                            damage = DamagedKey(Family::kMeta, key, "a count");
                                            return false;
                                          }
                                          tables->counts.emplace(key, count);
                                          return true;
                                        }));
  return damage;
}

}  // namespace

Result<GraphTables> LoadGraphTables(const KvSnapshot& snapshot) {
  GraphTables tables;
  HEARSAY_RETURN_IF_ERROR(LoadSymbols(snapshot, &tables));
  HEARSAY_RETURN_IF_ERROR(LoadCounts(snapshot, &tables));
  return tables;
}

Status DamagedKey(Family family, std::string_view key, std::string_view what) {
  return Status::Corruption(
      fmt::format("store, family {}, key {}: the bytes there are not {}; run `hearsay verify`, and "
                  "`hearsay ingest` the articles into a new store if it cannot be mended",
                  NameOf(family), ToHex(key), what));
}

}  // namespace hearsay
