// hearsay stats: what the store holds, for a person or (--json) a script.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "cli/command.h"
#include "cli/console.h"
#include "graph/store.h"

namespace hearsay::cli {

namespace {

std::uint64_t BytesOnDisk(const std::filesystem::path& directory) {
  std::uint64_t bytes = 0;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(directory, error)) {
    std::error_code vanished;  // RocksDB may drop a file while we look
    const auto size = entry.file_size(vanished);
    if (!vanished) bytes += size;
  }
  return bytes;
}

nlohmann::ordered_json Collect(const Store& store, const std::filesystem::path& directory) {
  const std::unique_ptr<View> view = store.NewView();
  nlohmann::ordered_json out;
  out["store"] = directory.string();
  out["articles"] = store.ArticleCount();
  const auto extractor = store.Extractor();
  out["extractor"] = extractor ? extractor->model + " " + extractor->version : "";
  out["nodes"] = view->NodeCount();
  out["relationships"] = view->EdgeCount();
  out["labels"] = nlohmann::ordered_json::object();
  for (const std::string& label : view->Labels()) {
    out["labels"][label] = view->NodeCount(*view->Find(label));
  }
  out["types"] = nlohmann::ordered_json::object();
  for (const std::string& type : view->Types()) {
    out["types"][type] = view->EdgeCount(*view->Find(type));
  }
  out["bytes_on_disk"] = BytesOnDisk(directory);
  return out;
}

void PrintTable(const nlohmann::ordered_json& stats) {
  for (const auto& [key, value] : stats.items()) {
    if (value.is_object()) {
      for (const auto& [name, count] : value.items()) {
        fmt::print("  {:<20} {:>14}\n", name, WithThousands(count.get<std::uint64_t>()));
      }
    } else {
      fmt::print(
          "{:<22} {:>14}\n", key,
          value.is_string() ? value.get<std::string>() : WithThousands(value.get<std::uint64_t>()));
    }
  }
}

int Stats(bool json, const Globals& globals) {
  StoreOptions options;
  options.read_only = true;
  const auto store = Store::Open(globals.store, options);
  if (!store.ok()) return Fail(store.status());
  const nlohmann::ordered_json stats = Collect(**store, globals.store);
  if (json) {
    std::cout << stats.dump() << '\n';
  } else {
    PrintTable(stats);
  }
  return kDone;
}

}  // namespace

std::function<int()> SetUpStats(CLI::App& app, const Globals& globals) {
  auto json = std::make_shared<bool>(false);
  app.add_flag("--json", *json, "one JSON object");
  return [json, &globals] { return Stats(*json, globals); };
}

}  // namespace hearsay::cli
