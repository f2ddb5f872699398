// The options by which `ingest` and `extract` are told what to read and what is known of it.
#pragma once

#include <string>
#include <vector>

#include "graph/base/result.h"
#include "ingest/source/reader.h"

namespace CLI {
class App;
}

namespace hearsay::cli {

struct InputOptions {
  std::vector<std::string> paths;
  std::string meta_file;
  Metadata declared;
  std::string extractor = "rules";

  void AddTo(CLI::App& app);
  // Reads --meta.
  Result<ingest::Declared> Declare() const;
};

// What was read: for the summary and the exit code.
struct InputReport {
  std::uint64_t articles = 0;
  std::vector<ingest::Refusal> refused;
  std::uint64_t without_outlet = 0;
  std::uint64_t without_date = 0;

  void Count(const Article& article);
  // One line a refusal on standard error, as it happens.
  void Refuse(const ingest::Refusal& refusal);
  // "outlet of 2 articles, date of 1 article are not known: ..."; nothing if all is known.
  void PrintUnknown() const;
};

}  // namespace hearsay::cli
