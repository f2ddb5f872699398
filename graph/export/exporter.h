// Exporters write a graph, or a part of one, to a stream in a format of other programs.
//
// All write in order of public ids, so that the same graph gives the same bytes, and hold no more
// than a slice of it in memory (what each needs beyond that stands with its row).
//
// Adding a format: one file with a Write function, one row in exporter.cc, one test.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "graph/store.h"
#include "graph/value.h"
#include "graph/view.h"

namespace hearsay {

// Takes the next bytes of the output; a status that is not ok ends the export.
using ExportSink = std::function<Status(std::string_view bytes)>;

enum class ExportView {
  kFull,     // every node and relationship
  kNetwork,  // who quotes whom: entities and outlets, one edge a pair
};

// A part of a graph: these nodes, and these edges between them.  Edges whose ends are not among
// `nodes` bring their ends along.
struct ExportSubset {
  std::vector<NodeId> nodes;
  std::vector<Edge> edges;
};

struct ExportOptions {
  ExportView view = ExportView::kFull;
  std::optional<ExportSubset> subset;  // none: everything
  // Gephi sums edges of the same source and target, and keeps the words of one of them only.  So
  // such edges are written as one whose kind names all types and whose `edges` column lists them.
  // False: all are written.
  bool combine_parallel = true;
};

struct ExportReport {
  std::uint64_t nodes = 0;  // written; records: articles
  std::uint64_t edges = 0;
  std::uint64_t edges_combined = 0;       // edges that went into another one
  std::uint64_t characters_replaced = 0;  // that the format forbids, by U+FFFD
};

struct ExportFormat {
  std::string_view name;
  std::string_view help;
  std::string_view extension;
  bool has_views;    // whether ExportOptions::view matters
  bool needs_store;  // whether it reads records, which a view alone does not have
  // `store` may be null unless needs_store.
  Result<ExportReport> (*write)(const View& view, const Store* store, const ExportOptions& options,
                                const ExportSink& sink);
};

const std::vector<ExportFormat>& ExportFormats();

// Writes `view`, a view of `store`, in the format of that name.  kInvalidArgument names the formats
// there are; the sink's own status otherwise.  What was written before an error is incomplete.
Result<ExportReport> Export(const View& view, const Store* store, std::string_view format,
                            const ExportOptions& options, const ExportSink& sink);

// The functions of the table, one a file.
Result<ExportReport> WriteGraphml(const View& view, const Store* store,
                                  const ExportOptions& options, const ExportSink& sink);
Result<ExportReport> WriteNetworkGraphml(const View& view, const ExportOptions& options,
                                         const ExportSink& sink);
Result<ExportReport> WriteRecords(const View& view, const Store* store,
                                  const ExportOptions& options, const ExportSink& sink);

}  // namespace hearsay
