// hearsay export: the graph, a view of it, or what one query found, as a file of another program.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "cli/command.h"
#include "cli/console.h"
#include "graph/export/exporter.h"
#include "graph/store.h"
#include "query/engine.h"

namespace hearsay::cli {

namespace {

struct ExportArguments {
  std::string format = "graphml";
  std::string view = "full";
  std::string query;
  std::string output;
};

// Adds every node and edge inside `value`, however deep, to `subset`.
void Collect(const Value& value, ExportSubset* subset) {
  switch (value.kind()) {
    case Value::Kind::kNode:
      subset->nodes.push_back(value.as_node());
      break;
    case Value::Kind::kEdge:
      subset->edges.push_back(value.as_edge());
      break;
    case Value::Kind::kPath:
      subset->nodes.insert(subset->nodes.end(), value.as_path().nodes.begin(),
                           value.as_path().nodes.end());
      subset->edges.insert(subset->edges.end(), value.as_path().edges.begin(),
                           value.as_path().edges.end());
      break;
    case Value::Kind::kList:
      for (const Value& item : value.as_list()) Collect(item, subset);
      break;
    case Value::Kind::kMap:
      for (const auto& [key, item] : value.as_map()) Collect(item, subset);
      break;
    default:
      break;  // a scalar is no part of a graph
  }
}

Result<ExportSubset> Select(const View& view, const std::string& query) {
  query::RunOptions options;
  options.cancelled = &Interrupted();
  const query::Outcome outcome = query::Run(view, query, options);
  if (outcome.error) return Status::InvalidArgument(outcome.error->Render(query));
  ExportSubset subset;
  for (const auto& row : outcome.result->rows) {
    for (const Value& value : row) Collect(value, &subset);
  }
  if (subset.nodes.empty() && subset.edges.empty()) {
    return Status::InvalidArgument(
        "the query returned no node, relationship or path to export; RETURN the variables "
        "themselves: RETURN s, r, a");
  }
  return subset;
}

int ExportGraph(const ExportArguments& arguments, const Globals& globals) {
  StoreOptions store_options;
  store_options.read_only = true;
  const auto store = Store::Open(globals.store, store_options);
  if (!store.ok()) return Fail(store.status());
  const std::unique_ptr<View> view = (*store)->NewView();

  ExportOptions options;
  if (arguments.view == "network") options.view = ExportView::kNetwork;
  if (!arguments.query.empty()) {
    auto subset = Select(*view, arguments.query);
    if (!subset.ok()) return Fail(subset.status());
    options.subset = std::move(subset).value();
  }
  OutputFile output;
  const Status opened = output.Open(arguments.output);
  if (!opened.ok()) return Fail(opened);
  const auto report = Export(*view, store->get(), arguments.format, options,
                             [&output](std::string_view bytes) { return output.Write(bytes); });
  if (!report.ok()) return Fail(report.status());
  const Status written = output.Commit();
  if (!written.ok()) return Fail(written);
  if (!arguments.output.empty() && arguments.output != "-") {
    fmt::print("{}: {}, {}{}\n", arguments.output, Counted(report->nodes, "node"),
               Counted(report->edges, "edge"),
               report->characters_replaced == 0
                   ? ""
                   : fmt::format(", {} that XML forbids replaced",
                                 Counted(report->characters_replaced, "character")));
  }
  return kDone;
}

}  // namespace

std::function<int()> SetUpExport(CLI::App& app, const Globals& globals) {
  auto arguments = std::make_shared<ExportArguments>();
  std::vector<std::string> formats;
  for (const ExportFormat& format : ExportFormats()) formats.emplace_back(format.name);
  app.add_option("--format", arguments->format, "what to write")
      ->check(CLI::IsMember(formats))
      ->capture_default_str();
  app.add_option("--view", arguments->view, "everything, or who quotes whom")
      ->check(CLI::IsMember({"full", "network"}))
      ->capture_default_str();
  app.add_option("--query", arguments->query, "only the nodes and relationships a query returns")
      ->type_name("TEXT");
  app.add_option("-o", arguments->output, "where to write; default standard output")
      ->type_name("FILE");
  return [arguments, &globals] { return ExportGraph(*arguments, globals); };
}

}  // namespace hearsay::cli
