// A subcommand of the binary: one file cli/<name>.cc, one row in the table of cli/main.cc.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
}

namespace hearsay::cli {

// What the process ends with (README, "Exit codes").
enum ExitCode : int {
  kDone = 0,
  kError = 1,
  kUsage = 2,
  kSomeRefused = 3,
  kInterrupted = 130,
};

struct Globals {
  std::filesystem::path store;  // --store, HEARSAY_STORE, ./hearsay.db
  int threads = 1;              // --threads; default: the machine's
  std::vector<std::string> command_line;
};

// Adds the subcommand's options to `app` and returns what runs it once they are parsed.  `globals`
// outlives the returned function and is filled in before it is called.
using Setup = std::function<int()> (*)(CLI::App& app, const Globals& globals);

struct CommandRow {
  std::string_view name;
  std::string_view help;
  Setup setup;
};

// One line each; see the files of these names.
std::function<int()> SetUpInit(CLI::App& app, const Globals& globals);
std::function<int()> SetUpIngest(CLI::App& app, const Globals& globals);
std::function<int()> SetUpExtract(CLI::App& app, const Globals& globals);
std::function<int()> SetUpReextract(CLI::App& app, const Globals& globals);
std::function<int()> SetUpQuery(CLI::App& app, const Globals& globals);
std::function<int()> SetUpShell(CLI::App& app, const Globals& globals);
std::function<int()> SetUpShow(CLI::App& app, const Globals& globals);
std::function<int()> SetUpExport(CLI::App& app, const Globals& globals);
std::function<int()> SetUpStats(CLI::App& app, const Globals& globals);
std::function<int()> SetUpVerify(CLI::App& app, const Globals& globals);
std::function<int()> SetUpDelete(CLI::App& app, const Globals& globals);

}  // namespace hearsay::cli
