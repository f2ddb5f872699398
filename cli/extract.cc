// hearsay extract: extraction records on standard output, one line an article, in input order; with
// --explain the same for people.  A filter without a store, so that any batch system can run it.

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "cli/command.h"
#include "cli/console.h"
#include "cli/explain.h"
#include "cli/input_options.h"
#include "cli/ordered_workers.h"
#include "graph/record_json.h"
#include "ingest/pipeline.h"

namespace hearsay::cli {

namespace {

struct ExtractOptions {
  InputOptions input;
  RecordJsonOptions json{.narrated = false, .text = false, .entity_id = {}};
  bool explain = false;
  std::string output;
};

int Extract(const ExtractOptions& options, const Globals& globals) {
  auto extractor = MakeExtractor(options.input.extractor);
  if (!extractor.ok()) return Fail(extractor.status());
  const auto declared = options.input.Declare();
  if (!declared.ok()) return Fail(declared.status());
  OutputFile output;
  const Status opened = output.Open(options.output);
  if (!opened.ok()) return Fail(opened);

  InputReport report;
  Status written;
  OrderedWorkers<Article, std::string> workers(
      globals.threads,
      [&](const Article& article) {
        if (!options.explain) {
          return RecordToJson(article, (*extractor)->Extract(article), options.json);
        }
        ingest::Analysis analysis(article);
        (*extractor)->Analyse(analysis);
        return Explain(analysis);
      },
      [&](const std::string& line) {
        written = output.Write(line + '\n');
        return written.ok();
      });
  ingest::ReaderSink sink;
  sink.article = [&](Article article) {
    report.Count(article);
    return workers.Push(std::move(article));
  };
  sink.refusal = [&report](const ingest::Refusal& refusal) { report.Refuse(refusal); };
  ProgressBar bar("extracting");
  ingest::ReadPaths(options.input.paths, *declared, sink,
                    [&bar](std::uint64_t done, std::uint64_t total) { bar.Update(done, total); });
  workers.Finish();
  bar.Clear();

  if (written.ok()) written = output.Commit();
  if (!written.ok()) return Fail(written);
  report.PrintUnknown();
  return report.refused.empty() ? kDone : kSomeRefused;
}

}  // namespace

std::function<int()> SetUpExtract(CLI::App& app, const Globals& globals) {
  auto options = std::make_shared<ExtractOptions>();
  options->input.AddTo(app);
  app.add_flag("--narrated", options->json.narrated, "statements in the article's own voice too");
  app.add_flag("--text", options->json.text, "the article's text in the record");
  app.add_flag("--explain", options->explain,
               "for people: each sentence with what was found in it, and what found it");
  app.add_option("-o", options->output, "where to write; default standard output")
      ->type_name("FILE");
  return [options, &globals] { return Extract(*options, globals); };
}

}  // namespace hearsay::cli
