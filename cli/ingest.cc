// hearsay ingest: articles into the store.  Reading, extracting and committing overlap; each
// article is durable before the next is counted, and the graph is derived once at the end.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <memory>

#include "cli/command.h"
#include "cli/console.h"
#include "cli/input_options.h"
#include "cli/ordered_workers.h"
#include "graph/store.h"
#include "ingest/pipeline.h"

namespace hearsay::cli {

namespace {

struct Extracted {
  Article article;
  Record record;
};

class Ingestion {
 public:
  Ingestion(Store& store, const ingest::Extractor& extractor, int threads)
      : store_(store),
        workers_(
            threads,
            [&extractor](Article article) {
              Record record = extractor.Extract(article);
              return Extracted{std::move(article), std::move(record)};
            },
            [this](const Extracted& extracted) { return Commit(extracted); }) {}

  // Reads and commits everything; what a failure or an interrupt leaves is whole and durable.
  Status Run(const InputOptions& input) {
    HEARSAY_ASSIGN_OR_RETURN(const ingest::Declared declared, input.Declare());
    ingest::ReaderSink sink;
    sink.article = [this](Article article) { return Take(std::move(article)); };
    sink.refusal = [this](const ingest::Refusal& refusal) {
      bar_.Clear();
      report_.Refuse(refusal);
    };
    ingest::ReadPaths(input.paths, declared, sink, [this](std::uint64_t done, std::uint64_t total) {
      bar_.Update(done, total, Counted(added_, "article"));
    });
    workers_.Finish();
    bar_.Clear();
    return status_;
  }

  Status Derive() {
    ProgressBar bar("deriving");
    return store_.Derive([&bar](std::size_t done, std::size_t total) { bar.Update(done, total); });
  }

  void PrintSummary(double seconds) const {
    fmt::print("{} added, {} there before, {} refused, in {:.1f} s\n", Counted(added_, "article"),
               WithThousands(duplicates_), WithThousands(report_.refused.size()), seconds);
    if (added_ > 0) {
      fmt::print("{}, {}, {} read from them; {} in the store\n", Counted(statements_, "statement"),
                 Counted(figures_, "figure"),
                 Counted(entities_, "entity mention group", "entity mention groups"),
                 Counted(store_.ArticleCount(), "article"));
    }
    report_.PrintUnknown();
  }

  bool some_refused() const { return !report_.refused.empty(); }

 private:
  bool Take(Article article) {
    if (Interrupted()) return false;
    report_.Count(article);
    if (store_.Covers(article)) {
      ++duplicates_;
      return true;
    }
    return workers_.Push(std::move(article));
  }

  bool Commit(const Extracted& extracted) {
    const Result<Store::Added> added = store_.AddArticle(extracted.article, extracted.record);
    if (!added.ok()) {
      status_ = added.status();
      return false;
    }
    if (*added == Store::Added::kDuplicate) {
      ++duplicates_;
      return true;
    }
    ++added_;
    entities_ += extracted.record.entities.size();
    figures_ += extracted.record.figures.size();
    for (const StatementRecord& statement : extracted.record.statements) {
      if (statement.form != StatementForm::kNarrated) ++statements_;
    }
    return true;
  }

  Store& store_;
  InputReport report_;
  ProgressBar bar_{"ingesting"};
  Status status_;
  std::uint64_t added_ = 0;
  std::uint64_t duplicates_ = 0;
  std::uint64_t statements_ = 0;
  std::uint64_t figures_ = 0;
  std::uint64_t entities_ = 0;
  OrderedWorkers<Article, Extracted> workers_;  // last: its threads use the members above
};

// What reads for a store: unless an extractor is named, that which read what it holds.
std::string ExtractorFor(const Store& store, const std::string& name) {
  const auto before = store.Extractor();
  if (name != kDefaultExtractor || !before) return name;
  return before->model == "rules" ? "rules" : "model";
}

int Ingest(const InputOptions& input, const Globals& globals) {
  const auto started = std::chrono::steady_clock::now();
  StoreOptions options;
  options.create_if_missing = true;
  options.threads = globals.threads;
  auto store = Store::Open(globals.store, options);
  if (!store.ok()) return Fail(store.status());
  auto extractor = MakeExtractor(ExtractorFor(**store, input.extractor));
  if (!extractor.ok()) return Fail(extractor.status());
  if (!(*store)->Extractor().has_value()) {
    const Status named = (*store)->SetExtractor((*extractor)->info(), /*force=*/false);
    if (!named.ok()) return Fail(named);
  }

  Ingestion ingestion(**store, **extractor, globals.threads);
  const Status read = ingestion.Run(input);
  const Status derived = ingestion.Derive();  // what was committed shows even after a failure
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
  ingestion.PrintSummary(took.count());
  if (!read.ok()) return Fail(read);
  if (!derived.ok()) return Fail(derived);
  if (Interrupted()) {
    return Fail(Status::Cancelled("what is counted above is safe; run the command again to go on"));
  }
  return ingestion.some_refused() ? kSomeRefused : kDone;
}

}  // namespace

std::function<int()> SetUpIngest(CLI::App& app, const Globals& globals) {
  auto input = std::make_shared<InputOptions>();
  input->AddTo(app);
  return [input, &globals] { return Ingest(*input, globals); };
}

}  // namespace hearsay::cli
