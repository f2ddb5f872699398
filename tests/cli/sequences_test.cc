// Whatever was ingested and deleted before, and in whatever order: the same articles are the same
// graph.  On the sample articles, and on the seeds where they stand beside the project.

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "graph/export/exporter.h"
#include "graph/store.h"
#include "ingest/pipeline.h"
#include "ingest/source/reader.h"
#include "tests/graph/temp_dir.h"

namespace hearsay {
namespace {

namespace fs = std::filesystem;

struct Extracted {
  Article article;
  Record record;
};

const fs::path kRoot = fs::path(__FILE__).parent_path() / "../..";

const ingest::Extractor& Rules() {
  static const auto kExtractor = ingest::Extractor::Make("rules").value();
  return *kExtractor;
}

void Read(const fs::path& articles, const fs::path& meta, std::vector<Extracted>* out) {
  if (!fs::exists(articles)) return;
  ingest::Declared declared;
  declared.by_file = ingest::ReadMetaFile(meta).value();
  ingest::ReaderSink sink;
  sink.article = [out](Article article) {
    Record record = Rules().Extract(article);
    out->push_back({std::move(article), std::move(record)});
    return true;
  };
  sink.refusal = [](const ingest::Refusal& refusal) { FAIL(refusal.place << refusal.reason); };
  ingest::ReadPaths({articles.string()}, declared, sink, {});
}

std::unique_ptr<Store> Open(const fs::path& dir) {
  StoreOptions options;
  options.create_if_missing = true;
  auto store = Store::Open(dir, options);
  REQUIRE(store.ok());
  REQUIRE((*store)->SetExtractor(Rules().info(), false).ok());
  return std::move(store).value();
}

std::string Exported(const Store& store) {
  std::string text;
  const auto view = store.NewView();
  for (const char* format : {"graphml", "records"}) {
    const auto report = Export(*view, &store, format, {}, [&text](std::string_view bytes) {
      text += bytes;
      return Status::Ok();
    });
    REQUIRE(report.ok());
  }
  return text;
}

// A sanitizer makes each sequence ten times as long and sees the same code in a tenth of them.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int kSequences = 20;
#else
constexpr int kSequences = 200;
#endif

TEST_CASE("random sequences of ingest and delete leave what a fresh store holds") {
  std::vector<Extracted> articles;
  Read(kRoot / "samples/articles", kRoot / "samples/meta.csv", &articles);
  Read(kRoot / "../shared/seeds", kRoot / "../shared/seeds/meta.csv", &articles);
  REQUIRE(articles.size() >= 19);

  test::TempDir dir;
  const auto store = Open(dir.path() / "long-lived");
  std::map<std::string, const Extracted*> there;
  std::mt19937 random(200);
  for (int sequence = 0; sequence < kSequences; ++sequence) {
    for (std::size_t step = 1 + random() % 6; step > 0; --step) {
      const Extracted& one = articles[random() % articles.size()];
      const std::string id = ArticleId(one.article);
      if (there.contains(id) && random() % 3 != 0) {
        REQUIRE(store->DeleteArticle(id).ok());
        there.erase(id);
      } else {
        REQUIRE(store->AddArticle(one.article, one.record).ok());
        there[id] = &one;
      }
      if (random() % 2 == 0) REQUIRE(store->Derive({}).ok());  // else several changes at once
    }
    REQUIRE(store->Derive({}).ok());

    std::vector<const Extracted*> order;
    order.reserve(there.size());
    for (const auto& [id, one] : there) order.push_back(one);
    std::shuffle(order.begin(), order.end(), random);
    const auto fresh = Store::OpenInMemory();
    REQUIRE(fresh->SetExtractor(Rules().info(), false).ok());
    for (const Extracted* one : order) REQUIRE(fresh->AddArticle(one->article, one->record).ok());
    REQUIRE(fresh->Derive({}).ok());
    const bool same = Exported(*store) == Exported(*fresh);
    INFO("sequence " << sequence << ", " << there.size() << " articles");
    REQUIRE(same);
  }
}

}  // namespace
}  // namespace hearsay
