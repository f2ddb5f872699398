// hearsay shell: queries from a terminal, or from a script on standard input.

#include "query/shell/shell.h"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <memory>

#include "cli/command.h"
#include "cli/console.h"
#include "graph/store.h"

namespace hearsay::cli {

namespace {

std::string HistoryFile() {
  const char* file = std::getenv("HEARSAY_HISTORY");
  if (file != nullptr) return file;
  const char* home = std::getenv("HOME");
  return home == nullptr ? "" : std::string(home) + "/.hearsay_history";
}

int RunShell(const Globals& globals) {
  StoreOptions store_options;
  store_options.read_only = true;
  const auto store = Store::Open(globals.store, store_options);
  if (!store.ok()) return Fail(store.status());
  const std::unique_ptr<View> view = (*store)->NewView();
  query::ShellOptions options;
  options.interactive = IsTerminal(stdin) && IsTerminal(stdout);
  options.colour = options.interactive && std::getenv("NO_COLOR") == nullptr;
  options.history_file = HistoryFile();
  options.cancelled = &Interrupted();
  options.clear_cancelled = ClearInterrupt;
  return query::RunShell(*view, options) == 0 ? kDone : kError;
}

}  // namespace

std::function<int()> SetUpShell(CLI::App&, const Globals& globals) {
  return [&globals] { return RunShell(globals); };
}

}  // namespace hearsay::cli
