// The options by which `ingest` and `extract` are told what to read and what is known of it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "ingest/pipeline.h"
#include "ingest/source/reader.h"

namespace CLI {
class App;
}

namespace hearsay::cli {

// For the option --extractor, everywhere.
constexpr std::string_view kDefaultExtractor = "auto";
constexpr const char* kExtractorHelp =
    "what reads the articles: model, rules, or auto: model where its weights are found";
// As Extractor::Make; says on standard error why "auto" finds no weights, if it does not.
Result<std::unique_ptr<ingest::Extractor>> MakeExtractor(std::string_view name);

struct InputOptions {
  std::vector<std::string> paths;
  std::string meta_file;
  Metadata declared;
  std::string extractor{kDefaultExtractor};

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
  std::map<std::string, std::uint64_t> other_languages;  // articles by language

  void Count(const Article& article);
  // One line a refusal on standard error, as it happens.
  void Refuse(const ingest::Refusal& refusal);
  // "outlet of 2 articles, date of 1 article are not known: ...", and how many articles are in
  // languages that nothing reads; nothing if all is known.
  void PrintUnknown() const;
};

}  // namespace hearsay::cli
