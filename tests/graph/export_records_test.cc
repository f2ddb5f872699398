// Records as a store's export gives them, and whole stores built in random steps.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <sstream>

#include "articles.h"
#include "derived_graph.h"
#include "generate.h"
#include "graph/derive/public_ids.h"
#include "graph/export/exporter.h"
#include "graph/record_json.h"
#include "graph/store.h"
#include "graph/verify.h"

namespace hearsay {
namespace {

std::string RecordLines(const Store& store, const ExportOptions& options = {}) {
  std::string text;
  const auto report =
      Export(*store.NewView(), &store, "records", options, [&text](std::string_view bytes) {
        text += bytes;
        return Status::Ok();
      });
  REQUIRE(report.status().message() == "");
  CHECK(report->nodes == static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n')));
  return text;
}

TEST_CASE("exported records have the graph's entity ids and read back") {
  const auto store = Store::OpenInMemory();
  for (int n = 0; n < 3; ++n) {
    const test::SmallArticle article = test::MakeSmallArticle(n);
    REQUIRE(store->AddArticle(article.article, article.record).ok());
  }
  REQUIRE(store->Derive({}).ok());
  const auto view = store->NewView();
  std::istringstream lines(RecordLines(*store));
  std::map<std::string, int> media;
  std::size_t count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    for (const char* key : {"\"entity\":\"", "\"speaker\":\""}) {
      const std::size_t at = line.find(key);
      if (at == std::string::npos) continue;
      const std::string id = line.substr(line.find(':', at) + 2, 32);
      const auto node = view->FindByPublicId(id);
      REQUIRE(node.has_value());
      CHECK(view->PublicId(*node) == id);
    }
    const auto read = RecordFromJson(line);
    REQUIRE(read.status().message() == "");
    const std::size_t at = line.find("\"type\":\"media\"");
    REQUIRE(at != std::string::npos);
    ++media[line.substr(at - 40, 40)];
  }
  CHECK(count == 3);
  CHECK(media.size() == 1);  // all three name one agency: one id in all records
}

TEST_CASE("a subset exports the records of its articles only") {
  const auto store = Store::OpenInMemory();
  const test::SmallArticle article = test::MakeSmallArticle(1);
  const test::SmallArticle other = test::MakeSmallArticle(2);
  REQUIRE(store->AddArticle(article.article, article.record).ok());
  REQUIRE(store->AddArticle(other.article, other.record).ok());
  REQUIRE(store->Derive({}).ok());
  const auto view = store->NewView();
  ExportOptions options;
  options.subset = ExportSubset{{*view->FindByPublicId(ArticleId(article.article))}, {}};
  const std::string lines = RecordLines(*store, options);
  CHECK(std::count(lines.begin(), lines.end(), '\n') == 1);
  CHECK(lines.find(ArticleId(article.article)) != std::string::npos);
}

// The whole way, through the store: both exports equal those of a store that never saw what was
// deleted, and nothing in it is out of place.
TEST_CASE("a store in random steps equals a fresh one") {
  for (std::uint64_t run = 0; run < 6; ++run) {
    test::Random random(run);
    const auto store = Store::OpenInMemory();
    std::map<std::string, int> living;
    for (int step = 0; step < 25; ++step) {
      if (!living.empty() && random.OneIn(3)) {
        auto victim = living.begin();
        std::advance(victim, random.Below(static_cast<std::uint32_t>(living.size())));
        REQUIRE(store->DeleteArticle(victim->first).ok());
        living.erase(victim);
      } else {
        const int n = static_cast<int>(random.Below(30));
        const test::SmallArticle article = test::MakeSmallArticle(n, n % 3);
        REQUIRE(store->AddArticle(article.article, article.record).ok());
        living[ArticleId(article.article)] = n;
      }
      if (random.OneIn(2)) REQUIRE(store->Derive({}).ok());
    }
    REQUIRE(store->Derive({}).ok());
    const auto fresh = Store::OpenInMemory();
    for (const auto& [id, n] : living) {
      const test::SmallArticle article = test::MakeSmallArticle(n, n % 3);
      REQUIRE(fresh->AddArticle(article.article, article.record).ok());
    }
    REQUIRE(fresh->Derive({}).ok());
    INFO("run " << run);
    REQUIRE((test::ExportText(*store->NewView()) == test::ExportText(*fresh->NewView())));
    REQUIRE(
        (test::ExportText(*store->NewView(), true) == test::ExportText(*fresh->NewView(), true)));
    REQUIRE((RecordLines(*store) == RecordLines(*fresh)));
    const auto report = Verify(*store, {});
    REQUIRE(report.ok());
    CHECK(report->problems.empty());
  }
}

}  // namespace
}  // namespace hearsay
