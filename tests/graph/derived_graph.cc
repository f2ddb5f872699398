#include "derived_graph.h"

#include "graph/base/check.h"
#include "graph/base/coding.h"
#include "graph/base/sha256.h"
#include "graph/derive/derive.h"
#include "graph/export/exporter.h"
#include "graph/graph_tables.h"
#include "graph/keys.h"
#include "graph/kv_view.h"
#include "graph/memory/memory_kv.h"
#include "graph/primary.h"
#include "graph/record_bytes.h"
#include "graph/store.h"

namespace hearsay::test {

DerivedGraph::DerivedGraph(std::size_t batch_bytes_max)
    : kv_(NewMemoryKv()), batch_bytes_max_(batch_bytes_max) {}
DerivedGraph::~DerivedGraph() = default;

std::string DerivedGraph::Add(const GeneratedArticle& made) {
  const Article& article = made.article;
  std::string id = ArticleId(article);
  const std::string id_bytes = *keys::PublicIdToBytes(id);
  ArticleRow row;
  row.metadata = article.metadata;
  row.sources = {article.metadata.source};
  row.blob_sha256 = article.blob_sha256;
  row.source_map = article.source_map;
  row.text_bytes = article.text.size();
  KvBatch batch;
  batch.Put(Family::kArticle, keys::Article(id_bytes), EncodeArticleRow(row));
  batch.Put(Family::kText, id_bytes, article.text);
  batch.Put(Family::kRecord, id_bytes, EncodeRecord(made.record));
  HEARSAY_CHECK(kv_->Write(batch, Durability::kBuffered).ok());
  changed_.insert(id);
  return id;
}

void DerivedGraph::Delete(const std::string& article_id) {
  const std::string id_bytes = *keys::PublicIdToBytes(article_id);
  KvBatch batch;
  batch.Delete(Family::kArticle, keys::Article(id_bytes));
  batch.Delete(Family::kText, id_bytes);
  batch.Delete(Family::kRecord, id_bytes);
  HEARSAY_CHECK(kv_->Write(batch, Durability::kBuffered).ok());
  changed_.insert(article_id);
}

void DerivedGraph::Derive(bool all) {
  const auto snapshot = kv_->Snapshot();
  GraphWriterOptions options;
  options.batch_bytes_max = batch_bytes_max_;
  GraphWriter writer(*kv_, options);
  DeriveInput input;
  input.snapshot = snapshot.get();
  input.all = all;
  if (all) {
    HEARSAY_CHECK(writer.Clear().ok());
  } else {
    input.changed.assign(changed_.begin(), changed_.end());
  }
  const Status status = hearsay::Derive(input, &writer);
  HEARSAY_CHECK(status.ok());
  HEARSAY_CHECK(writer.Finish(Durability::kBuffered).ok());
  changed_.clear();
}

std::unique_ptr<View> DerivedGraph::NewView() const {
  const std::shared_ptr<const KvSnapshot> snapshot = kv_->Snapshot();
  Result<GraphTables> tables = LoadGraphTables(*snapshot);
  HEARSAY_CHECK(tables.ok());
  return NewKvView(snapshot, std::make_shared<const GraphTables>(std::move(tables).value()));
}

std::string DerivedGraph::Dump() const {
  const auto view = NewView();
  std::string dump = ExportText(*view) + ExportText(*view, true);
  const Status status = kv_->Snapshot()->Scan(
      Family::kResolve, "", "", [&dump](std::string_view key, std::string_view value) {
        dump += ToHex(key) + " " + ToHex(value) + "\n";
        return true;
      });
  HEARSAY_CHECK(status.ok());
  return dump;
}

std::string ExportText(const View& view, bool network) {
  ExportOptions options;
  options.view = network ? ExportView::kNetwork : ExportView::kFull;
  std::string text;
  const Result<ExportReport> report =
      Export(view, nullptr, "graphml", options, [&text](std::string_view bytes) {
        text += bytes;
        return Status::Ok();
      });
  HEARSAY_CHECK(report.ok());
  return text;
}

}  // namespace hearsay::test
