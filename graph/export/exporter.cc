#include "graph/export/exporter.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

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

Result<ExportFile> ExportFile::Open(const std::string& file) {
  if (file == "-") return ExportFile(stdout, "standard output");
  std::FILE* stream = std::fopen(file.c_str(), "wb");
  if (stream == nullptr) {
    return Status::Io(file + ": " + std::strerror(errno) +
                      " (name a file in a directory that may be written)");
  }
  return ExportFile(stream, file);
}

ExportFile::ExportFile(ExportFile&& other) noexcept
    : stream_(std::exchange(other.stream_, nullptr)), name_(std::move(other.name_)) {}

ExportFile::~ExportFile() {
  if (stream_ != nullptr && stream_ != stdout) (void)std::fclose(stream_);
}

Status ExportFile::Write(std::string_view bytes) {
  if (std::fwrite(bytes.data(), 1, bytes.size(), stream_) == bytes.size()) return Status::Ok();
  return Status::Io(name_ + ": " + std::strerror(errno) + "; the export is incomplete");
}

Status ExportFile::Close() {
  std::FILE* stream = std::exchange(stream_, nullptr);
  const int failed = stream == stdout ? std::fflush(stream) : std::fclose(stream);
  if (failed == 0) return Status::Ok();
  return Status::Io(name_ + ": " + std::strerror(errno) + "; the export is incomplete");
}

}  // namespace hearsay
