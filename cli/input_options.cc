#include "cli/input_options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "cli/console.h"
#include "ingest/model/locate.h"
#include "ingest/text/language.h"

namespace hearsay::cli {

void InputOptions::AddTo(CLI::App& app) {
  app.add_option("PATH", paths, "files, directories, globs, or - for standard input")->required();
  app.add_option("--outlet", declared.outlet, "who published the articles: \"Press TV\"");
  app.add_option("--published", declared.published, "when, in ISO 8601: 2022-01-06T10:40+06:00");
  app.add_option("--url", declared.url, "canonical URL of the article");
  app.add_option("--language", declared.language, "language tag: en");
  app.add_option("--meta", meta_file,
                 "CSV or JSON lines with file, outlet, published, url, language of many files")
      ->type_name("FILE");
  app.add_option("--extractor", extractor, kExtractorHelp)
      ->type_name("NAME")
      ->capture_default_str();
}

Result<std::unique_ptr<ingest::Extractor>> MakeExtractor(std::string_view name) {
  auto extractor = ingest::Extractor::Make(name);
  if (name == "auto" && extractor.ok() && (*extractor)->info().model == "rules") {
    Warn(model::LocateWeights().status().message() + "; now --extractor rules reads");
  }
  return extractor;
}

Result<ingest::Declared> InputOptions::Declare() const {
  ingest::Declared result;
  result.all = declared;
  if (!meta_file.empty()) {
    HEARSAY_ASSIGN_OR_RETURN(result.by_file, ingest::ReadMetaFile(meta_file));
  }
  return result;
}

void InputReport::Count(const Article& article) {
  ++articles;
  if (article.metadata.outlet.empty()) ++without_outlet;
  if (article.metadata.published.empty()) ++without_date;
  const std::string& language = article.metadata.language;
  if (!ingest::IsEnglish(language)) ++other_languages[language];
}

void InputReport::Refuse(const ingest::Refusal& refusal) {
  Warn(fmt::format("refused {}: {}", refusal.place, refusal.reason));
  refused.push_back(refusal);
}

void InputReport::PrintUnknown() const {
  if (!other_languages.empty()) {
    std::uint64_t articles_of_them = 0;
    std::string names;
    for (const auto& [language, count] : other_languages) {
      articles_of_them += count;
      names += (names.empty() ? "" : ", ") + language;
    }
    Warn(
        fmt::format("{} not in English ({}): kept, but nothing was read from them; --language en "
                    "has them read as English",
                    Counted(articles_of_them, "article"), names));
  }
  if (without_outlet == 0 && without_date == 0) return;
  std::string what;
  if (without_outlet > 0) what = "outlet of " + Counted(without_outlet, "article");
  if (without_date > 0) {
    what += (what.empty() ? "" : " and ") + ("date of " + Counted(without_date, "article"));
  }
  Warn(what + " not known; --outlet, --published or --meta FILE can declare them");
}

}  // namespace hearsay::cli
