// Writes GraphML files for other programs to read back, and what they must find in them.
// usage: export_samples DIRECTORY
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "graph/export/exporter.h"
#include "graph/graph_writer.h"
#include "sample_graphs.h"

namespace hearsay::test {
namespace {

nlohmann::json expected;  // file name -> what it holds

bool Write(const std::string& directory, const std::string& name, const View& view,
           const ExportOptions& options) {
  std::ofstream file(directory + "/" + name, std::ios::binary);
  const Result<ExportReport> report =
      Export(view, nullptr, "graphml", options, [&file](std::string_view bytes) {
        return file << bytes ? Status::Ok() : Status::Io("not written");
      });
  file.close();
  if (!report.ok() || !file) {
    std::cerr << name << ": " << report.status().message() << "\n";
    return false;
  }
  expected[name] = {{"nodes", report->nodes},
                    {"edges", report->edges},
                    {"combined", report->edges_combined},
                    {"replaced", report->characters_replaced}};
  return true;
}

int Main(const std::string& directory) {
  ExportOptions full;
  ExportOptions network;
  network.view = ExportView::kNetwork;
  ExportOptions all_edges;
  all_edges.combine_parallel = false;
  const auto strings = MakeStringsGraph();
  const auto news = MakeNewsGraph();
  const auto empty = MakeView({}, {});
  const bool written = Write(directory, "strings.graphml", *strings, full) &&
                       Write(directory, "news.graphml", *news, full) &&
                       Write(directory, "news_all_edges.graphml", *news, all_edges) &&
                       Write(directory, "network.graphml", *news, network) &&
                       Write(directory, "empty.graphml", *empty, full);
  expected["strings.graphml"]["texts"] = ReadableStrings();
  std::ofstream(directory + "/expected.json") << expected.dump(1) << "\n";
  return written ? 0 : 1;
}

}  // namespace
}  // namespace hearsay::test

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: export_samples DIRECTORY\n";
    return 2;
  }
  return hearsay::test::Main(argv[1]);
}
