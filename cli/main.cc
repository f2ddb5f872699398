// The hearsay binary: global options, the table of subcommands, exit codes.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "cli/command.h"
#include "cli/console.h"
#include "cli/version.h"
#include "query/error.h"

namespace hearsay::cli {

namespace {

constexpr std::array kCommands = {
    CommandRow{"init", "make an empty store", SetUpInit},
    CommandRow{"ingest", "read articles into the store", SetUpIngest},
    CommandRow{"extract", "print extraction records; needs no store", SetUpExtract},
    CommandRow{"reextract", "extract the stored articles again", SetUpReextract},
    CommandRow{"query", "run one query and print its rows", SetUpQuery},
    CommandRow{"shell", "ask one query after another", SetUpShell},
    CommandRow{"show", "a statement, entity, figure or article with its evidence", SetUpShow},
    CommandRow{"export", "write the graph as GraphML, or the records", SetUpExport},
    CommandRow{"stats", "what the store holds", SetUpStats},
    CommandRow{"verify", "check the store against its articles, byte for byte", SetUpVerify},
    CommandRow{"delete", "remove articles without a trace", SetUpDelete},
};

std::filesystem::path DefaultStore() {
  const char* from_environment = std::getenv("HEARSAY_STORE");
  return from_environment != nullptr && *from_environment != '\0' ? from_environment : "hearsay.db";
}

}  // namespace

int Main(int argc, char** argv) {
  CatchInterrupts();
  CLI::App app{
      "Hearsay reads news articles into a graph of who said what, through whom, in which article,\n"
      "at which bytes, and lets you walk it.",
      "hearsay"};
  app.set_version_flag("--version", VersionText());
  app.require_subcommand(1);
  app.fallthrough();
  app.failure_message([](const CLI::App* a, const CLI::Error& error) {
    return "hearsay: " + std::string(error.what()) + "\nTry 'hearsay " +
           (a->get_subcommands().empty() ? "" : a->get_subcommands().front()->get_name() + " ") +
           "--help'.\n";
  });

  Globals globals;
  globals.store = DefaultStore();
  globals.threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  globals.command_line.assign(argv, argv + argc);
  app.add_option("--store", globals.store,
                 "the store's directory (default: HEARSAY_STORE or ./hearsay.db)")
      ->type_name("DIR");
  app.add_option("--threads", globals.threads, "threads to work with")
      ->type_name("N")
      ->check(CLI::Range(1, 256));

  std::vector<std::pair<CLI::App*, std::function<int()>>> runs;
  for (const CommandRow& row : kCommands) {
    CLI::App* command = app.add_subcommand(std::string(row.name), std::string(row.help));
    runs.emplace_back(command, row.setup(*command, globals));
  }

  try {
    app.parse(argc, argv);
  } catch (const CLI::RequiredError& error) {
    const std::vector<std::string> rest = app.remaining();
    if (rest.empty() || !app.get_subcommands().empty()) return app.exit(error), kUsage;
    std::vector<std::string> names;
    names.reserve(kCommands.size());
    for (const CommandRow& row : kCommands) names.emplace_back(row.name);
    const std::string hint = query::DidYouMean(rest.front(), names);
    fmt::print(stderr, "hearsay: '{}' is no subcommand{}\nTry 'hearsay --help'.\n", rest.front(),
               hint.empty() ? "" : "; " + hint);
    return kUsage;
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kDone : kUsage;  // --help and --version are "errors" too
  }
  for (const auto& [command, run] : runs) {
    if (command->parsed()) return run();
  }
  return kUsage;
}

}  // namespace hearsay::cli

int main(int argc, char** argv) { return hearsay::cli::Main(argc, argv); }
