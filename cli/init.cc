// hearsay init: an empty store, so that a wrong --store is found before hours of work.

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "cli/command.h"
#include "cli/console.h"
#include "graph/store.h"

namespace hearsay::cli {

namespace {

int Init(const Globals& globals) {
  StoreOptions options;
  if (Store::Open(globals.store, options).ok()) {
    return Fail(Status::AlreadyExists(fmt::format(
        "'{}' is a store already; `hearsay ingest` adds to it", globals.store.string())));
  }
  options.create_if_missing = true;
  const auto store = Store::Open(globals.store, options);
  if (!store.ok()) return Fail(store.status());
  fmt::print("made an empty store in '{}'; fill it with `hearsay ingest PATH...`\n",
             globals.store.string());
  return kDone;
}

}  // namespace

std::function<int()> SetUpInit(CLI::App&, const Globals& globals) {
  return [&globals] { return Init(globals); };
}

}  // namespace hearsay::cli
