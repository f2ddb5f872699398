// What every Kv promises, on each of them.
#include "graph/kv.h"

#include <catch2/catch.hpp>
#include <map>

#include "generate.h"
#include "graph/base/coding.h"
#include "kvs.h"

namespace hearsay {
namespace {

using test::MemoryFixture;
using test::RocksFixture;
using Content = std::vector<std::pair<std::string, std::string>>;

Content ScanAll(const KvSnapshot& snapshot, Family family, std::string_view begin = "",
                std::string_view end = "") {
  Content content;
  REQUIRE(snapshot
              .Scan(family, begin, end,
                    [&](std::string_view key, std::string_view value) {
                      content.emplace_back(key, value);
                      return true;
                    })
              .ok());
  return content;
}

std::optional<std::string> GetOf(const KvSnapshot& snapshot, Family family, std::string_view key) {
  auto value = snapshot.Get(family, key);
  REQUIRE(value.ok());
  return *value;
}

void Put(Kv& kv, Family family, const std::string& key, const std::string& value) {
  KvBatch batch;
  batch.Put(family, key, value);
  REQUIRE(kv.Write(batch, Durability::kBuffered).ok());
}

TEMPLATE_TEST_CASE("the operations of a batch take effect in order", "", MemoryFixture,
                   RocksFixture) {
  TestType fixture;
  const auto kv = fixture.Fresh();
  KvBatch batch;
  batch.Put(Family::kNode, "a", "1");
  batch.Put(Family::kNode, "b", "2");
  batch.Put(Family::kNode, "c", "3");
  batch.Delete(Family::kNode, "b");
  batch.Delete(Family::kNode, "never there");
  batch.Put(Family::kNode, "a", "4");
  batch.Put(Family::kOut, "a", "of another family");
  batch.DeleteRange(Family::kNode, "c", "d");
  batch.Put(Family::kNode, "cc", "after the range was deleted");
  REQUIRE(kv->Write(batch, Durability::kSynced).ok());
  const auto snapshot = kv->Snapshot();
  REQUIRE(ScanAll(*snapshot, Family::kNode) ==
          Content{{"a", "4"}, {"cc", "after the range was deleted"}});
  REQUIRE(GetOf(*snapshot, Family::kOut, "a") == "of another family");
  REQUIRE_FALSE(GetOf(*snapshot, Family::kNode, "b").has_value());
}

TEMPLATE_TEST_CASE("a snapshot never changes", "", MemoryFixture, RocksFixture) {
  TestType fixture;
  const auto kv = fixture.Fresh();
  Put(*kv, Family::kNode, "a", "1");
  const auto before = kv->Snapshot();
  KvBatch batch;
  batch.Put(Family::kNode, "a", "2");
  batch.Put(Family::kNode, "b", "2");
  batch.DeleteRange(Family::kNode, "", "b");
  REQUIRE(kv->Write(batch, Durability::kBuffered).ok());
  REQUIRE(ScanAll(*before, Family::kNode) == Content{{"a", "1"}});
  REQUIRE(ScanAll(*kv->Snapshot(), Family::kNode) == Content{{"b", "2"}});
}

TEMPLATE_TEST_CASE("an open range ends with the family", "", MemoryFixture, RocksFixture) {
  TestType fixture;
  const auto kv = fixture.Fresh();
  for (const std::string key : {"", "a", "z", "\x7f", "\xff\xff\xff\xff\xff\xff\xff\xff\xff"}) {
    Put(*kv, Family::kIndex, key, "");
  }
  REQUIRE(ScanAll(*kv->Snapshot(), Family::kIndex).size() == 5);
  REQUIRE(ScanAll(*kv->Snapshot(), Family::kIndex, "z").size() == 3);
  KvBatch batch;
  batch.DeleteRange(Family::kIndex, "", "");
  REQUIRE(kv->Write(batch, Durability::kBuffered).ok());
  REQUIRE(ScanAll(*kv->Snapshot(), Family::kIndex).empty());
}

TEMPLATE_TEST_CASE("a scan ends when its visitor says so", "", MemoryFixture, RocksFixture) {
  TestType fixture;
  const auto kv = fixture.Fresh();
  for (const std::string key : {"a", "b", "c"}) Put(*kv, Family::kNode, key, "");
  int seen = 0;
  REQUIRE(kv->Snapshot()
              ->Scan(Family::kNode, "", "",
                     [&](std::string_view, std::string_view) { return ++seen < 2; })
              .ok());
  REQUIRE(seen == 2);
}

// The oracle is a std::map.  Keys of kOut have the length and the prefixes that its filter knows,
// so that a scan which the filter would cut short is caught.
TEMPLATE_TEST_CASE("scans and gets agree with a map, whatever was written", "", MemoryFixture,
                   RocksFixture) {
  TestType fixture;
  const auto kv = fixture.Fresh();
  test::Random random(11);
  std::map<std::string, std::string> oracle;
  const auto random_key = [&] {
    std::string key;
    PutU64(random.Below(5) * 0x0101010101010101U, &key);
    PutU32(random.Below(3), &key);
    PutU64(random.Below(40), &key);
    key.resize(random.OneIn(4) ? random.Below(21) : 20);
    return key;
  };
  for (int round = 0; round < 60; ++round) {
    KvBatch batch;
    for (std::uint32_t n = random.Below(20); n > 0; --n) {
      std::string key = random_key();
      if (random.OneIn(12)) {
        std::string end = random_key();
        if (end < key) std::swap(key, end);
        batch.DeleteRange(Family::kOut, key, end);
        // An empty end is no end.
        oracle.erase(oracle.lower_bound(key), end.empty() ? oracle.end() : oracle.lower_bound(end));
      } else if (random.OneIn(4)) {
        batch.Delete(Family::kOut, key);
        oracle.erase(key);
      } else {
        const std::string value = std::to_string(random.Below(1000));
        batch.Put(Family::kOut, key, value);
        oracle[key] = value;
      }
    }
    REQUIRE(kv->Write(batch, Durability::kBuffered).ok());
    const auto snapshot = kv->Snapshot();
    std::string begin = random_key();
    std::string end = random.OneIn(2) ? PrefixEnd(begin) : random_key();
    if (!end.empty() && end < begin) std::swap(begin, end);
    const auto last = end.empty() ? oracle.end() : oracle.lower_bound(end);
    REQUIRE(ScanAll(*snapshot, Family::kOut, begin, end) ==
            Content(oracle.lower_bound(begin), last));
    REQUIRE(ScanAll(*snapshot, Family::kOut) == Content(oracle.begin(), oracle.end()));
    const std::string key = random_key();
    const auto it = oracle.find(key);
    REQUIRE(GetOf(*snapshot, Family::kOut, key) ==
            (it == oracle.end() ? std::nullopt : std::optional(it->second)));
  }
}

}  // namespace
}  // namespace hearsay
