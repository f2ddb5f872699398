// The stored records as JSON lines, with the graph's entity ids in place of each article's own.
// Memory: one article.
#include "graph/export/exporter.h"
#include "graph/export/walk.h"
#include "graph/record_json.h"

namespace hearsay {

Result<ExportReport> WriteRecords(const View& view, const Store* store,
                                  const ExportOptions& options, const ExportSink& sink) {
  if (store == nullptr) {
    return Status::InvalidArgument(
        "records stand in a store; this graph has none (use another format)");
  }
  const Walk walk(view, options.subset);
  RecordJsonOptions json;
  json.entity_id = [&view](const std::string& local) {
    const auto node = view.FindByPublicId(local);
    return node ? view.PublicId(*node) : local;
  };
  ExportReport report;
  Status status;
  HEARSAY_RETURN_IF_ERROR(store->Articles([&](const std::string& id) {
    const auto node = view.FindByPublicId(id);
    if (!node || !walk.Holds(*node)) return true;
    const Result<StoredArticle> article = store->GetArticle(id);
    const Result<Record> record = store->GetRecord(id);
    status = !article.ok() ? article.status() : record.status();
    if (!status.ok()) return false;
    status = sink(RecordToJson(article->article, *record, json) + "\n");
    ++report.nodes;
    return status.ok();
  }));
  HEARSAY_RETURN_IF_ERROR(status);
  return report;
}

}  // namespace hearsay
