// What a Store promises, on each Kv; and opening one in a directory.
#include "graph/store.h"

#include <catch2/catch.hpp>
#include <fstream>

#include "articles.h"
#include "derived_graph.h"
#include "graph/kv_store.h"
#include "graph/verify.h"
#include "kvs.h"

namespace hearsay {
namespace {

using test::kTestExtractor;
using test::MakeSmallArticle;
using test::MemoryFixture;
using test::RocksFixture;
using test::SmallArticle;

std::unique_ptr<KvStore> OpenStore(std::unique_ptr<Kv> kv) {
  auto store = KvStore::Open(std::move(kv), {});
  REQUIRE(store.ok());
  return std::move(store).value();
}

std::string Add(Store& store, const SmallArticle& article) {
  const auto added = store.AddArticle(article.article, article.record);
  INFO(added.status().message());
  REQUIRE(added.ok());
  return ArticleId(article.article);
}

std::string Export(const Store& store) { return test::ExportText(*store.NewView()); }

std::string ProblemsOf(const Store& store) {
  const auto report = Verify(store, {});
  REQUIRE(report.ok());
  std::string all;
  for (const std::string& problem : report->problems) all += problem + "\n";
  return all;
}

TEMPLATE_TEST_CASE("articles come back as they were added", "", MemoryFixture, RocksFixture) {
  TestType fixture;
  const auto store = OpenStore(fixture.Fresh());
  const SmallArticle article = MakeSmallArticle(1);
  REQUIRE_FALSE(store->Extractor().has_value());
  REQUIRE_FALSE(store->Covers(article.article));
  const std::string id = Add(*store, article);
  REQUIRE(store->ArticleCount() == 1);
  REQUIRE(store->HasArticle(id));
  REQUIRE(store->Covers(article.article));
  REQUIRE_FALSE(store->HasArticle("no id"));
  REQUIRE(store->Extractor() == kTestExtractor);
  const auto stored = store->GetArticle(id);
  REQUIRE(stored.ok());
  REQUIRE(stored->article == article.article);
  const auto record = store->GetRecord(id);
  REQUIRE(record.ok());
  REQUIRE(*record == article.record);
  REQUIRE(store->GetArticle(std::string(32, '0')).status().code() == StatusCode::kNotFound);
}

TEMPLATE_TEST_CASE("views show what was derived last, and keep showing it", "", MemoryFixture,
                   RocksFixture) {
  TestType fixture;
  const auto store = OpenStore(fixture.Fresh());
  const std::string id = Add(*store, MakeSmallArticle(1));
  REQUIRE(store->NewView()->NodeCount() == 0);
  REQUIRE(store->Derive({}).ok());
  const auto view = store->NewView();
  const std::uint64_t nodes = view->NodeCount();
  REQUIRE(nodes > 0);
  const auto article = view->FindByPublicId(id);
  REQUIRE(article.has_value());

  REQUIRE(store->DeleteArticle(id).ok());
  // Deleted and not yet derived: the graph still stands, and its evidence can be read.
  const auto between = store->NewView();
  REQUIRE(between->NodeCount() == nodes);
  REQUIRE(between->ArticleText(id).ok());
  REQUIRE(store->Derive({}).ok());
  REQUIRE(store->NewView()->NodeCount() == 0);
  REQUIRE(view->NodeCount() == nodes);
  REQUIRE(view->ArticleText(id).ok());
  REQUIRE(view->Exists(*article));
  REQUIRE(store->NewView()->ArticleText(id).status().code() == StatusCode::kNotFound);
  REQUIRE(ProblemsOf(*store) == "");
}

TEMPLATE_TEST_CASE("a deleted article leaves no trace", "", MemoryFixture, RocksFixture) {
  TestType fixture;
  TestType other_fixture;
  const auto store = OpenStore(fixture.Fresh());
  const auto other = OpenStore(other_fixture.Fresh());
  Add(*store, MakeSmallArticle(1));
  REQUIRE(store->Derive({}).ok());
  const std::string second = Add(*store, MakeSmallArticle(2));
  REQUIRE(store->Derive({}).ok());
  REQUIRE(store->DeleteArticle(second).ok());
  REQUIRE(store->DeleteArticle(second).code() == StatusCode::kNotFound);
  REQUIRE(store->Derive({}).ok());
  Add(*other, MakeSmallArticle(1));
  REQUIRE(other->Derive({}).ok());
  REQUIRE(Export(*store) == Export(*other));
  REQUIRE(store->FindArticles("news/2.txt").status().code() == StatusCode::kNotFound);
  REQUIRE(ProblemsOf(*store) == "");
}

TEMPLATE_TEST_CASE("an article is found by id, path and URL", "", MemoryFixture, RocksFixture) {
  TestType fixture;
  const auto store = OpenStore(fixture.Fresh());
  SmallArticle first = MakeSmallArticle(1);
  first.article.metadata.url = "https://example.org/1";
  SmallArticle line_3 = MakeSmallArticle(3);
  line_3.article.metadata.source = "news.jsonl:3";
  SmallArticle line_14 = MakeSmallArticle(14);
  line_14.article.metadata.source = "news.jsonl:14";
  const std::string id = Add(*store, first);
  std::vector<std::string> lines = {Add(*store, line_3), Add(*store, line_14)};
  std::sort(lines.begin(), lines.end());
  struct Case {
    std::string name;
    std::vector<std::string> ids;
  };
  const std::vector<Case> cases = {{id, {id}},
                                   {id.substr(0, 7), {id}},
                                   {id.substr(0, 3), {}},  // too short
                                   {"news/1.txt", {id}},
                                   {"./news/1.txt", {id}},
                                   {"news/1.tx", {}},
                                   {"https://example.org/1", {id}},
                                   {"news.jsonl", lines},
                                   {"news.jsonl:3", {ArticleId(line_3.article)}},
                                   {"news.jsonl:1", {}},
                                   {"", {}}};
  for (const Case& c : cases) {
    INFO(c.name);
    const auto found = store->FindArticles(c.name);
    if (c.ids.empty()) {
      REQUIRE(found.status().code() == StatusCode::kNotFound);
    } else {
      REQUIRE(found.ok());
      REQUIRE(*found == c.ids);
    }
  }
}

TEST_CASE("an id prefix of several articles is refused with their ids") {
  const auto store = Store::OpenInMemory();
  std::map<std::string, std::string> by_prefix;
  std::string prefix;
  std::string a;
  std::string b;
  for (int n = 0; prefix.empty(); ++n) {
    const SmallArticle article = MakeSmallArticle(n);
    const std::string id = ArticleId(article.article);
    const auto [it, fresh] = by_prefix.emplace(id.substr(0, 4), id);
    if (fresh) {
      Add(*store, article);
      continue;
    }
    a = it->second;
    b = Add(*store, article);
    prefix = it->first;
  }
  const Status status = store->FindArticles(prefix).status();
  REQUIRE(status.code() == StatusCode::kInvalidArgument);
  REQUIRE(status.message().find(a) != std::string::npos);
  REQUIRE(status.message().find(b) != std::string::npos);
}

// One file under two paths, and with a fuller description the second time.
TEST_CASE("an article that comes several times does not depend on the order of arrival") {
  SmallArticle plain = MakeSmallArticle(1);
  SmallArticle copy = plain;
  copy.article.metadata.source = "archive/1.txt";
  SmallArticle titled = plain;
  titled.article.metadata.source = "site/1.txt";
  titled.article.metadata.title = "A night";
  std::vector<const SmallArticle*> order = {&plain, &copy, &titled};
  std::sort(order.begin(), order.end());
  std::set<std::string> exports;
  do {
    const auto store = Store::OpenInMemory();
    for (const SmallArticle* article : order) {
      Add(*store, *article);
      REQUIRE(store->Covers(article->article));
    }
    REQUIRE(store->ArticleCount() == 1);
    REQUIRE(store->Derive({}).ok());
    const std::string id = ArticleId(plain.article);
    REQUIRE(store->GetArticle(id)->article.metadata.title == "A night");
    REQUIRE(store->GetArticle(id)->article.metadata.source == "archive/1.txt");
    for (const char* path : {"news/1.txt", "archive/1.txt", "site/1.txt"}) {
      REQUIRE(store->FindArticles(path).ok());
    }
    exports.insert(Export(*store));
    REQUIRE(ProblemsOf(*store) == "");
  } while (std::next_permutation(order.begin(), order.end()));
  REQUIRE(exports.size() == 1);
}

TEST_CASE("a store holds records of one extractor") {
  const auto store = Store::OpenInMemory();
  SmallArticle first = MakeSmallArticle(1);
  const std::string id = Add(*store, first);
  const ExtractorInfo next = {"hearsay", "0.2", "rules"};
  SmallArticle second = MakeSmallArticle(2);
  second.record.extractor = next;
  const auto refused = store->AddArticle(second.article, second.record);
  REQUIRE(refused.status().code() == StatusCode::kInvalidArgument);
  REQUIRE(refused.status().message().find("reextract") != std::string::npos);
  REQUIRE(store->SetExtractor(next, false).code() == StatusCode::kInvalidArgument);
  REQUIRE(store->SetExtractor(next, true).ok());
  first.record.extractor = next;
  first.record.figures.clear();
  REQUIRE(store->ReplaceRecord(id, first.record).ok());
  REQUIRE(*store->GetRecord(id) == first.record);
  REQUIRE(store->ReplaceRecord(std::string(32, '0'), first.record).code() == StatusCode::kNotFound);
  Add(*store, second);
  REQUIRE(store->Derive({}).ok());
  REQUIRE(ProblemsOf(*store) == "");
}

TEST_CASE("a record that is not one of its article is refused, and nothing is kept") {
  struct Case {
    const char* what;
    void (*spoil)(SmallArticle*);
  };
  const std::vector<Case> cases = {
      {"span outside the text", [](SmallArticle* a) { a->record.figures[0].span.end = 100000; }},
      {"span backwards",
       [](SmallArticle* a) {
         a->record.figures[0].span = {9, 3};
       }},
      {"span that cuts a character",
       [](SmallArticle* a) {
         const auto dash = static_cast<std::uint32_t>(a->article.text.find("\u2013"));
         a->record.statements[0].content[0] = {dash, dash + 1};
       }},
      {"entity that is not there", [](SmallArticle* a) { a->record.statements[0].speakers = {7}; }},
      {"statement that is not there", [](SmallArticle* a) { a->record.figures[0].statement = 1; }},
      {"statement that is its own parent",
       [](SmallArticle* a) { a->record.statements[0].parent = 0; }},
      {"statement without content", [](SmallArticle* a) { a->record.statements[0].content = {}; }},
      {"entity without mention", [](SmallArticle* a) { a->record.entities[0].mentions = {}; }},
      {"text that is no UTF-8", [](SmallArticle* a) { a->article.text += "\xff"; }},
      {"title that is no UTF-8", [](SmallArticle* a) { a->article.metadata.title = "\xc3"; }},
  };
  for (const Case& c : cases) {
    INFO(c.what);
    const auto store = Store::OpenInMemory();
    SmallArticle article = MakeSmallArticle(1);
    c.spoil(&article);
    REQUIRE(store->AddArticle(article.article, article.record).status().code() ==
            StatusCode::kInvalidArgument);
    REQUIRE(store->ArticleCount() == 0);
    REQUIRE_FALSE(store->Extractor().has_value());
  }
}

// --- a store in a directory ---

StoreOptions Creating() {
  StoreOptions options;
  options.create_if_missing = true;
  return options;
}

StoreOptions ReadOnly() {
  StoreOptions options;
  options.read_only = true;
  return options;
}

using FileBytes = std::map<std::string, std::string>;

FileBytes BytesOf(const std::filesystem::path& dir) {
  FileBytes files;
  for (const auto& entry : std::filesystem::directory_iterator(dir)) {
    std::ifstream file(entry.path(), std::ios::binary);
    files[entry.path().filename()] = std::string(std::istreambuf_iterator<char>(file), {});
  }
  return files;
}

TEST_CASE("a store outlives its process, derived or not") {
  const test::TempDir dir;
  const auto path = dir.path() / "a" / "store";
  std::string derived;
  {
    auto store = Store::Open(path, Creating());
    REQUIRE(store.ok());
    Add(**store, MakeSmallArticle(1));
    REQUIRE((*store)->Derive({}).ok());
    Add(**store, MakeSmallArticle(2));  // and the process ends
  }
  auto store = Store::Open(path, {});
  REQUIRE(store.ok());
  REQUIRE((*store)->ArticleCount() == 2);
  REQUIRE((*store)->NewView()->FindByPublicId(ArticleId(MakeSmallArticle(2).article)));
  REQUIRE(ProblemsOf(**store) == "");
}

TEST_CASE("a reader mends a store that was left underived") {
  const test::TempDir dir;
  {
    auto store = Store::Open(dir.path(), Creating());
    REQUIRE(store.ok());
    Add(**store, MakeSmallArticle(1));
  }
  auto reader = Store::Open(dir.path(), ReadOnly());
  REQUIRE(reader.ok());
  REQUIRE((*reader)->NewView()->NodeCount() > 0);
  const SmallArticle other = MakeSmallArticle(2);
  REQUIRE((*reader)->AddArticle(other.article, other.record).status().code() ==
          StatusCode::kInvalidArgument);
  REQUIRE((*reader)->Derive({}).code() == StatusCode::kInvalidArgument);
}

TEST_CASE("a reader beside a writer sees the last finished generation") {
  const test::TempDir dir;
  auto writer = Store::Open(dir.path(), Creating());
  REQUIRE(writer.ok());
  Add(**writer, MakeSmallArticle(1));
  REQUIRE((*writer)->Derive({}).ok());
  Add(**writer, MakeSmallArticle(2));
  auto reader = Store::Open(dir.path(), ReadOnly());
  REQUIRE(reader.ok());
  const auto view = (*reader)->NewView();
  REQUIRE(view->FindByPublicId(ArticleId(MakeSmallArticle(1).article)));
  REQUIRE_FALSE(view->FindByPublicId(ArticleId(MakeSmallArticle(2).article)));
  REQUIRE((*writer)->Derive({}).ok());
  REQUIRE_FALSE(view->FindByPublicId(ArticleId(MakeSmallArticle(2).article)));
  auto later = Store::Open(dir.path(), ReadOnly());
  REQUIRE(later.ok());
  REQUIRE((*later)->NewView()->FindByPublicId(ArticleId(MakeSmallArticle(2).article)));
}

TEST_CASE("a second writer is told who is in the way") {
  const test::TempDir dir;
  const auto writer = Store::Open(dir.path(), Creating());
  REQUIRE(writer.ok());
  const Status status = Store::Open(dir.path(), {}).status();
  REQUIRE(status.code() == StatusCode::kBusy);
  REQUIRE(status.message().find(dir.path().string()) != std::string::npos);
}

TEST_CASE("what is no store is refused") {
  const test::TempDir dir;
  const auto absent = dir.path() / "absent";
  REQUIRE(Store::Open(absent, {}).status().code() == StatusCode::kNotFound);
  REQUIRE(Store::Open(absent, ReadOnly()).status().code() == StatusCode::kNotFound);
  REQUIRE_FALSE(std::filesystem::exists(absent));
  const auto file = dir.path() / "file";
  std::ofstream(file) << "text";
  REQUIRE(Store::Open(file, Creating()).status().code() == StatusCode::kInvalidArgument);
  // A directory of something else is not made a store, even on request.
  const FileBytes before = BytesOf(dir.path());
  REQUIRE(Store::Open(dir.path(), Creating()).status().code() == StatusCode::kInvalidArgument);
  REQUIRE(BytesOf(dir.path()) == before);
}

TEST_CASE("an unknown format version is refused and nothing is touched") {
  const test::TempDir dir;
  {
    auto store = Store::Open(dir.path(), Creating());
    REQUIRE(store.ok());
    Add(**store, MakeSmallArticle(1));
  }
  for (const char* line : {"hearsay store, format 999\n", "something else\n"}) {
    std::ofstream(dir.path() / "FORMAT") << line;
    const FileBytes before = BytesOf(dir.path());
    for (const StoreOptions& options : {Creating(), ReadOnly(), StoreOptions()}) {
      const Status status = Store::Open(dir.path(), options).status();
      REQUIRE(status.code() == StatusCode::kCorruption);
      REQUIRE(status.message().find(dir.path().string()) != std::string::npos);
    }
    REQUIRE(BytesOf(dir.path()) == before);
  }
}

}  // namespace
}  // namespace hearsay
