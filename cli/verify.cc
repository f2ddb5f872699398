// hearsay verify: reads the whole store and says what in it is not as it must be.

#include "graph/verify.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "cli/command.h"
#include "cli/console.h"
#include "graph/store.h"

namespace hearsay::cli {

namespace {

int RunVerify(const Globals& globals) {
  StoreOptions options;
  options.read_only = true;
  options.threads = globals.threads;
  const auto store = Store::Open(globals.store, options);
  if (!store.ok()) return Fail(store.status());
  ProgressBar bar("verifying");
  const auto report =
      Verify(**store, [&bar](std::size_t done, std::size_t total) { bar.Update(done, total); });
  bar.Clear();
  if (!report.ok()) return Fail(report.status());
  for (const std::string& problem : report->problems) fmt::print("{}\n", problem);
  if (report->problems_left_out > 0) {
    fmt::print("... and {}\n", Counted(report->problems_left_out, "more problem"));
  }
  fmt::print("{}: {}, {}, {} checked\n",
             report->ok() ? "all is as it must be" : "the store is damaged",
             Counted(report->articles, "article"), Counted(report->nodes, "node"),
             Counted(report->edges, "relationship"));
  return report->ok() ? kDone : kError;
}

}  // namespace

std::function<int()> SetUpVerify(CLI::App&, const Globals& globals) {
  return [&globals] { return RunVerify(globals); };
}

}  // namespace hearsay::cli
