#include "graph/export/exporter.h"

namespace hearsay {

const std::vector<ExportFormat>& ExportFormats() {
  static const std::vector<ExportFormat> kFormats = {
      {"graphml", "GraphML for Gephi, NetworkX, igraph; views full and network", ".graphml", true,
       false, &WriteGraphml},
      {"records", "extraction records, one JSON object an article and line", ".jsonl", false, true,
       &WriteRecords},
  };
  return kFormats;
}

Result<ExportReport> Export(const View& view, const Store* store, std::string_view format,
                            const ExportOptions& options, const ExportSink& sink) {
  std::string names;
  for (const ExportFormat& row : ExportFormats()) {
    if (row.name == format) return row.write(view, store, options, sink);
    names += (names.empty() ? "" : ", ") + std::string(row.name);
  }
  return Status::InvalidArgument("no export format \"" + std::string(format) +
                                 "\"; there are: " + names);
}

}  // namespace hearsay
