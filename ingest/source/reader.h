// Readers turn files into articles.  One file may hold many (JSON lines).  A bad item is refused
// with a reason that names file, place and remedy; the rest goes on.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "graph/record.h"

namespace hearsay::ingest {

struct Refusal {
  std::string place;   // "news.jsonl:14"
  std::string reason;  // "broken JSON: ...; mend the line or delete it"
};

// What the user declares beside the files: --outlet --published --url --language for all, --meta
// by file name.  Declared values win over what the page says.
struct Declared {
  Metadata all;
  std::map<std::string, Metadata, std::less<>> by_file;  // base name -> metadata
};

// Reads a --meta FILE: CSV with a header row (file,outlet,published,url,language,title,...) or
// JSON lines with the same names.  Unknown columns are an error that lists the known ones.
Result<std::map<std::string, Metadata, std::less<>>> ReadMetaFile(
    const std::filesystem::path& file);

// Dates of declared metadata in ISO 8601 ("6 January 2022" too); kInvalidArgument says which is no
// date.  For what comes from options; ReadMetaFile has done it.
Status NormaliseDeclared(Metadata* metadata);

struct ReaderSink {
  std::function<bool(Article)> article;  // false: stop reading
  std::function<void(Refusal)> refusal;
};

// One row a format in source/readers.cc: name, extensions, a sniffing test, the read function.
struct ReaderRow {
  std::string_view name;
  std::string_view help;
  std::vector<std::string_view> extensions;  // lower case, with dot
  bool (*sniff)(std::string_view head);      // first 4 KiB; may be null
  void (*read)(std::string_view bytes, const std::string& source, const Declared&,
               const ReaderSink&);
};
const std::vector<ReaderRow>& Readers();

// Bytes of one source ("-" = standard input, already read) through the reader that fits.
void ReadBytes(std::string_view bytes, const std::string& source, const Declared& declared,
               const ReaderSink& sink);

// Files, directories (recursively, in name order; there only files with an extension of Readers(),
// none that begin with a dot) and globs, expanded and read in order.
// `progress` (may be empty) gets bytes done and to do.
using Progress = std::function<void(std::uint64_t done, std::uint64_t total)>;
void ReadPaths(const std::vector<std::string>& paths, const Declared& declared,
               const ReaderSink& sink, const Progress& progress);

}  // namespace hearsay::ingest
