// hearsay delete: articles out of the store, and with them every node and edge that only they gave.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/console.h"
#include "graph/store.h"

namespace hearsay::cli {

namespace {

int Delete(const std::vector<std::string>& names, const Globals& globals) {
  StoreOptions options;
  options.threads = globals.threads;
  auto opened = Store::Open(globals.store, options);
  if (!opened.ok()) return Fail(opened.status());
  Store& store = **opened;

  std::vector<std::string> ids;  // all are found before the first is deleted
  for (const std::string& name : names) {
    const auto found = store.FindArticles(name);
    if (!found.ok()) return Fail(found.status());
    ids.insert(ids.end(), found->begin(), found->end());
  }
  std::size_t deleted = 0;
  for (const std::string& id : ids) {
    if (!store.HasArticle(id)) continue;  // named twice
    const Status status = store.DeleteArticle(id);
    if (!status.ok()) return Fail(status);
    ++deleted;
  }
  const Status derived = store.Derive({});
  if (!derived.ok()) return Fail(derived);
  fmt::print("{} deleted, {} left\n", Counted(deleted, "article"),
             WithThousands(store.ArticleCount()));
  return kDone;
}

}  // namespace

std::function<int()> SetUpDelete(CLI::App& app, const Globals& globals) {
  auto names = std::make_shared<std::vector<std::string>>();
  app.add_option("ARTICLE", *names, "id (may be shortened), path or URL")->required();
  return [names, &globals] { return Delete(*names, globals); };
}

}  // namespace hearsay::cli
