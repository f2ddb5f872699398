// A news corpus of any size made from samples/: story after story, each the sample articles
// rewritten (bench/rewrite.h), and every few articles a copy under another outlet's name with a
// paragraph left out.  The same number and seed give the same files, byte for byte.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "graph/base/result.h"

namespace hearsay::bench {

struct CorpusOptions {
  std::filesystem::path samples;  // the directory samples/
  std::size_t articles = 2000;
  std::uint64_t seed = 1;
};

struct Corpus {
  std::filesystem::path articles;  // directory of files to ingest
  std::filesystem::path meta;      // what to give as --meta
  std::size_t count = 0;
  std::uint64_t bytes = 0;
};

// Writes the corpus below `directory`, which must not exist yet.
Result<Corpus> WriteCorpus(const CorpusOptions& options, const std::filesystem::path& directory);

}  // namespace hearsay::bench
