// Verify finds what is wrong: every family damaged in every way, one at a time.
#include "graph/verify.h"

#include <catch2/catch.hpp>
#include <fstream>

#include "articles.h"
#include "graph/base/coding.h"
#include "graph/keys.h"
#include "graph/kv_store.h"
#include "graph/memory/memory_kv.h"
#include "graph/store.h"
#include "temp_dir.h"

namespace hearsay {
namespace {

using test::MakeSmallArticle;
using test::SmallArticle;

void Fill(Store& store) {
  for (int n = 0; n < 3; ++n) {
    const SmallArticle article = MakeSmallArticle(n);
    REQUIRE(store.AddArticle(article.article, article.record).ok());
  }
  REQUIRE(store.Derive({}).ok());
}

// A store whose keys and values can be reached behind its back.
struct OpenKv {
  OpenKv() {
    auto owned = NewMemoryKv();
    kv = owned.get();
    auto opened = KvStore::Open(std::move(owned), {});
    REQUIRE(opened.ok());
    store = std::move(opened).value();
    Fill(*store);
  }
  Kv* kv = nullptr;
  std::unique_ptr<KvStore> store;
};

std::vector<std::string> ProblemsOf(const Store& store) {
  const auto report = Verify(store, {});
  REQUIRE(report.ok());
  return report->problems;
}

using Entry = std::pair<std::string, std::string>;

std::vector<Entry> EntriesOf(const Kv& kv, Family family) {
  std::vector<Entry> entries;
  REQUIRE(kv.Snapshot()
              ->Scan(family, "", "",
                     [&](std::string_view key, std::string_view value) {
                       entries.emplace_back(key, value);
                       return true;
                     })
              .ok());
  return entries;
}

TEST_CASE("a sound store has no problem, and its parts are counted") {
  OpenKv open;
  const auto report = Verify(*open.store, {});
  REQUIRE(report.ok());
  REQUIRE(report->problems.empty());
  REQUIRE(report->articles == 3);
  REQUIRE(report->nodes == open.store->NewView()->NodeCount());
  REQUIRE(report->edges == open.store->NewView()->EdgeCount());
}

constexpr std::array kChecked = {Family::kDict,   Family::kArticle, Family::kText,
                                 Family::kRecord, Family::kNode,    Family::kOut,
                                 Family::kIn,     Family::kIndex,   Family::kResolve};

TEST_CASE("every entry that is taken away is missed") {
  OpenKv open;
  std::size_t entries = 0;
  for (const Family family : kChecked) {
    for (const auto& [key, value] : EntriesOf(*open.kv, family)) {
      KvBatch damage;
      damage.Delete(family, key);
      REQUIRE(open.kv->Write(damage, Durability::kBuffered).ok());
      INFO("family " << static_cast<int>(family) << " key " << ToHex(key));
      REQUIRE_FALSE(ProblemsOf(*open.store).empty());
      KvBatch repair;
      repair.Put(family, key, value);
      REQUIRE(open.kv->Write(repair, Durability::kBuffered).ok());
      ++entries;
    }
  }
  REQUIRE(entries > 100);
  REQUIRE(ProblemsOf(*open.store).empty());
}

TEST_CASE("a flipped bit is found in every value, and in counts") {
  OpenKv open;
  std::size_t flips = 0;
  for (const Family family : kChecked) {
    for (const auto& [key, value] : EntriesOf(*open.kv, family)) {
      if (value.empty()) continue;
      for (const std::size_t at : {std::size_t{0}, value.size() / 2, value.size() - 1}) {
        std::string damaged = value;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
        KvBatch batch;
        batch.Put(family, key, damaged);
        REQUIRE(open.kv->Write(batch, Durability::kBuffered).ok());
        INFO("family " << static_cast<int>(family) << " key " << ToHex(key) << " byte " << at);
        REQUIRE_FALSE(ProblemsOf(*open.store).empty());
        ++flips;
      }
      KvBatch repair;
      repair.Put(family, key, value);
      REQUIRE(open.kv->Write(repair, Durability::kBuffered).ok());
    }
  }
  REQUIRE(flips > 200);
  for (const auto& [key, value] : EntriesOf(*open.kv, Family::kMeta)) {
    if (!key.starts_with(keys::kCountPrefix) && key != keys::kArticleCount) continue;
    std::string damaged = value;
    damaged.back() = static_cast<char>(damaged.back() ^ 1);
    KvBatch batch;
    batch.Put(Family::kMeta, key, damaged);
    REQUIRE(open.kv->Write(batch, Durability::kBuffered).ok());
    INFO("meta " << key);
    REQUIRE_FALSE(ProblemsOf(*open.store).empty());
    KvBatch repair;
    repair.Put(Family::kMeta, key, value);
    REQUIRE(open.kv->Write(repair, Durability::kBuffered).ok());
  }
  REQUIRE(ProblemsOf(*open.store).empty());
}

TEST_CASE("what is too much is found, named, and mended by deriving anew") {
  struct Case {
    Family family;
    std::string key;
    std::string value;
  };
  const std::string id(16, '\x42');
  const std::vector<Case> cases = {
      {Family::kArticle, keys::ArticleName("stray.txt", id), ""},
      {Family::kText, id, "stray"},
      {Family::kRecord, id, "stray"},
      {Family::kNode, keys::Node(NodeId{0x4242}), "stray"},
      {Family::kDict, id, keys::Node(NodeId{0x4242})},
      {Family::kOut, keys::OutEdge({EdgeId{1}, Symbol{0}, NodeId{2}, NodeId{3}}), "stray"},
      {Family::kIn, keys::InEdge({EdgeId{1}, Symbol{0}, NodeId{2}, NodeId{3}}), ""},
      {Family::kIndex, keys::NameEntry("stray", NodeId{2}), "Stray"},
      {Family::kResolve, "stray", ""},
  };
  for (const Case& c : cases) {
    OpenKv open;
    KvBatch batch;
    batch.Put(c.family, c.key, c.value);
    REQUIRE(open.kv->Write(batch, Durability::kBuffered).ok());
    INFO("family " << static_cast<int>(c.family));
    REQUIRE_FALSE(ProblemsOf(*open.store).empty());
    if (c.family == Family::kArticle || c.family == Family::kText || c.family == Family::kRecord) {
      continue;
    }
    REQUIRE(open.store->DeriveAll({}).ok());
    REQUIRE(ProblemsOf(*open.store).empty());
  }
}

TEST_CASE("a byte flipped in a file of the store is a named problem, not a crash") {
  const test::TempDir dir;
  StoreOptions options;
  options.create_if_missing = true;
  {
    auto store = Store::Open(dir.path(), options);
    REQUIRE(store.ok());
    Fill(**store);
  }
  // Opened once more, so that all of it has left the log for table files.
  REQUIRE(Store::Open(dir.path(), {}).ok());
  std::size_t found = 0;
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(dir.path())) {
    const std::string extension = entry.path().extension();
    if (extension != ".sst" && extension != ".blob") continue;
    ++files;
    std::string bytes;
    {
      std::ifstream in(entry.path(), std::ios::binary);
      bytes.assign(std::istreambuf_iterator<char>(in), {});
    }
    std::string damaged = bytes;
    damaged[10] = static_cast<char>(damaged[10] ^ 0x40);  // in the first block of data
    std::ofstream(entry.path(), std::ios::binary) << damaged;
    INFO(entry.path());
    StoreOptions read_only;
    read_only.read_only = true;
    const auto store = Store::Open(dir.path(), read_only);
    if (!store.ok()) {
      REQUIRE(store.status().code() == StatusCode::kCorruption);
      ++found;
    } else {
      const auto problems = ProblemsOf(**store);
      if (!problems.empty()) ++found;
    }
    std::ofstream(entry.path(), std::ios::binary) << bytes;
  }
  REQUIRE(files > 5);
  REQUIRE(found >= files - 1);  // the log family's file is read by nobody
  const auto store = Store::Open(dir.path(), {});
  REQUIRE(store.ok());
  REQUIRE(ProblemsOf(**store).empty());
}

}  // namespace
}  // namespace hearsay
