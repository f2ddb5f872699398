// hearsay query: one query, its rows on standard output or in a file.

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/console.h"
#include "graph/store.h"
#include "query/engine.h"
#include "query/format/format.h"

namespace hearsay::cli {

namespace {

struct QueryArguments {
  std::string text;
  std::string format = "table";
  std::string output;
  bool explain = false;
};

// On a terminal what is too wide is cut and TRACE and PATHS are drawn; files and pipes get all.
std::string Render(const View& view, const query::ResultSet& result,
                   const QueryArguments& arguments) {
  query::FormatOptions options;
  const bool on_screen = arguments.output.empty() && IsTerminal(stdout);
  options.colour = on_screen && std::getenv("NO_COLOR") == nullptr;
  winsize size{};
  if (on_screen && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) options.width = size.ws_col;
  if (arguments.format == "table" && query::HasHops(result)) {
    return query::WriteHops(view, result, options);
  }
  return query::FindFormat(arguments.format)->write(view, result, options);
}

int RunQuery(QueryArguments arguments, const Globals& globals) {
  if (arguments.text == "-") {
    arguments.text.assign(std::istreambuf_iterator<char>(std::cin), {});
  }
  StoreOptions store_options;
  store_options.read_only = true;
  const auto store = Store::Open(globals.store, store_options);
  if (!store.ok()) return Fail(store.status());
  const std::unique_ptr<View> view = (*store)->NewView();
  query::RunOptions options;
  options.cancelled = &Interrupted();
  const query::Outcome outcome = arguments.explain ? query::Explain(*view, arguments.text, options)
                                                   : query::Run(*view, arguments.text, options);
  if (outcome.error) {
    if (Interrupted()) return Fail(Status::Cancelled(""));
    return Fail(Status::InvalidArgument(outcome.error->Render(arguments.text)));
  }
  OutputFile output;
  Status status = output.Open(arguments.output);
  if (status.ok()) status = output.Write(Render(*view, *outcome.result, arguments));
  if (status.ok()) status = output.Commit();
  if (!status.ok()) return Fail(status);
  for (const std::string& notice : outcome.result->notices) Warn(notice);
  return kDone;
}

}  // namespace

std::function<int()> SetUpQuery(CLI::App& app, const Globals& globals) {
  auto arguments = std::make_shared<QueryArguments>();
  std::vector<std::string> formats;
  for (const query::ResultFormat& format : query::ResultFormats()) {
    formats.emplace_back(format.name);
  }
  app.add_option("TEXT", arguments->text, "the query, or - for standard input")->required();
  app.add_option("--format", arguments->format, "how rows are written")
      ->check(CLI::IsMember(formats))
      ->capture_default_str();
  app.add_flag("--explain", arguments->explain, "the plan instead of the rows");
  app.add_option("-o", arguments->output, "where to write; default standard output")
      ->type_name("FILE");
  return [arguments, &globals] { return RunQuery(*arguments, globals); };
}

}  // namespace hearsay::cli
