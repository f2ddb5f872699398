// hearsay reextract: every stored article through the extractor again, for a new version of it.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/console.h"
#include "cli/input_options.h"
#include "cli/ordered_workers.h"
#include "graph/store.h"
#include "ingest/pipeline.h"

namespace hearsay::cli {

namespace {

struct Again {
  std::string id;
  Result<Record> record;
};

// Replaces every record.  The store takes records of two extractors for the time of it; if it is
// cut off, the command run again ends the work.
Status ReplaceRecords(Store& store, const ingest::Extractor& extractor, int threads) {
  std::vector<std::string> ids;
  HEARSAY_RETURN_IF_ERROR(store.Articles([&ids](const std::string& id) {
    ids.push_back(id);
    return true;
  }));
  ProgressBar bar("extracting");
  std::size_t done = 0;
  Status status;
  OrderedWorkers<std::string, Again> workers(
      threads,
      [&](std::string id) {
        auto stored = store.GetArticle(id);
        if (!stored.ok()) return Again{std::move(id), stored.status()};
        return Again{std::move(id), extractor.Extract(stored->article)};
      },
      [&](Again again) {
        status = again.record.ok() ? store.ReplaceRecord(again.id, *again.record)
                                   : again.record.status();
        bar.Update(++done, ids.size());
        return status.ok() && !Interrupted();
      });
  for (const std::string& id : ids) {
    if (!workers.Push(id)) break;
  }
  workers.Finish();
  if (status.ok() && Interrupted()) {
    return Status::Cancelled(
        fmt::format("{} of {} done; run the command again to end it", done, ids.size()));
  }
  return status;
}

int Reextract(const std::string& name, const Globals& globals) {
  auto extractor = MakeExtractor(name);
  if (!extractor.ok()) return Fail(extractor.status());
  StoreOptions options;
  options.threads = globals.threads;
  auto store = Store::Open(globals.store, options);
  if (!store.ok()) return Fail(store.status());

  Status status = (*store)->SetExtractor((*extractor)->info(), /*force=*/true);
  if (status.ok()) status = ReplaceRecords(**store, **extractor, globals.threads);
  if (!status.ok()) return Fail(status);
  status = (*store)->Derive({});
  if (!status.ok()) return Fail(status);
  fmt::print("{} extracted again by {} {}\n", Counted((*store)->ArticleCount(), "article"),
             (*extractor)->info().model, (*extractor)->info().version);
  return kDone;
}

}  // namespace

std::function<int()> SetUpReextract(CLI::App& app, const Globals& globals) {
  auto name = std::make_shared<std::string>(kDefaultExtractor);
  app.add_option("--extractor", *name, kExtractorHelp)->type_name("NAME")->capture_default_str();
  return [name, &globals] { return Reextract(*name, globals); };
}

}  // namespace hearsay::cli
