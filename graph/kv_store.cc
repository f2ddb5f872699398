#include "graph/kv_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "graph/article_merge.h"
#include "graph/article_names.h"
#include "graph/base/check.h"
#include "graph/base/coding.h"
#include "graph/base/iso_time.h"
#include "graph/base/sha256.h"
#include "graph/derive/derive.h"
#include "graph/derive/version.h"
#include "graph/graph_writer.h"
#include "graph/keys.h"
#include "graph/kv_view.h"
#include "graph/record_bytes.h"
#include "graph/record_check.h"

namespace hearsay {
namespace {

Status NoArticle(std::string_view id) {
  return Status::NotFound(fmt::format("no article {} in the store", id));
}

std::string Describe(const ExtractorInfo& e) {
  return fmt::format("{} {} ({})", e.name, e.version, e.model);
}

ArticleRow MakeRow(const Article& article, std::string_view record_bytes) {
  ArticleRow row;
  row.metadata = article.metadata;
  if (!article.metadata.source.empty()) row.sources = {article.metadata.source};
  row.blob_sha256 = article.blob_sha256;
  row.source_map = article.source_map;
  row.text_bytes = article.text.size();
  row.text_sha256 = Sha256(article.text);
  row.record_sha256 = Sha256(record_bytes);
  return row;
}

// The names under which an article is found: its paths and its URL.
std::vector<std::string> NamesOf(const ArticleRow& row) {
  std::vector<std::string> names = row.sources;
  if (!row.metadata.url.empty()) names.push_back(row.metadata.url);
  return names;
}

void PutRow(const std::string& id, const ArticleRow& row, KvBatch* batch) {
  batch->Put(Family::kArticle, keys::Article(id), EncodeArticleRow(row));
  for (const std::string& name : NamesOf(row)) {
    batch->Put(Family::kArticle, keys::ArticleName(name, id), "");
  }
}

void DeleteRow(const std::string& id, const ArticleRow& row, KvBatch* batch) {
  batch->Delete(Family::kArticle, keys::Article(id));
  for (const std::string& name : NamesOf(row)) {
    batch->Delete(Family::kArticle, keys::ArticleName(name, id));
  }
}

}  // namespace

// --- opening ---

Result<std::unique_ptr<KvStore>> KvStore::Open(std::unique_ptr<Kv> kv, const Options& options) {
  std::unique_ptr<KvStore> store(new KvStore(std::move(kv), options));
  HEARSAY_RETURN_IF_ERROR(store->Start());
  return store;
}

Status KvStore::Start() {
  HEARSAY_ASSIGN_OR_RETURN(state_, ReadStoreState(*kv_->Snapshot()));
  if (!state_.made) {
    if (options_.read_only) {
      return Status::NotFound("the store has not been made yet; run `hearsay init`");
    }
    HEARSAY_RETURN_IF_ERROR(MakeNew());
  }
  if (options_.read_only && state_.deriving) {
    return Status::Busy(
        "the graph is being derived by another process, or was when a process died; wait until it "
        "ends, or run `hearsay ingest` without a file to mend it");
  }
  if (!options_.read_only && state_.stale()) return DeriveLocked({}, false);
  return Show();
}

Status KvStore::MakeNew() {
  KvBatch batch;
  PutMetaU32(keys::kFormat, kFormatVersion, &batch);
  PutMetaU64(keys::kRecordGeneration, 0, &batch);
  PutMetaU64(keys::kDerivedGeneration, 0, &batch);
  PutMetaU64(keys::kArticleCount, 0, &batch);
  HEARSAY_RETURN_IF_ERROR(kv_->Write(batch, Durability::kSynced));
  state_.made = true;
  return Status::Ok();
}

Status KvStore::Show() {
  Shown shown;
  shown.snapshot = kv_->Snapshot();
  HEARSAY_ASSIGN_OR_RETURN(GraphTables tables, LoadGraphTables(*shown.snapshot));
  shown.tables = std::make_shared<const GraphTables>(std::move(tables));
  const std::lock_guard lock(mutex_);
  shown_ = std::move(shown);
  return Status::Ok();
}

std::unique_ptr<View> KvStore::NewView() const {
  const std::lock_guard lock(mutex_);
  return NewKvView(shown_.snapshot, shown_.tables);
}

bool KvStore::Stale() const {
  const std::lock_guard lock(mutex_);
  return state_.stale();
}

// --- primary layer: writing ---

Status KvStore::CheckWritable() const {
  if (!options_.read_only) return Status::Ok();
  return Status::InvalidArgument("the store is open for reading only");
}

Status KvStore::CheckExtractor(const ExtractorInfo& extractor) const {
  const std::lock_guard lock(mutex_);
  if (!state_.extractor || *state_.extractor == extractor) return Status::Ok();
  return Status::InvalidArgument(
      fmt::format("the store holds records of the extractor {}, and this is one of {}; run "
                  "`hearsay reextract` first",
                  Describe(*state_.extractor), Describe(extractor)));
}

Status KvStore::Commit(std::string_view article_id, Change change, KvBatch* batch) {
  const std::string id = *keys::PublicIdToBytes(article_id);
  StoreState next;
  {
    const std::lock_guard lock(mutex_);
    next = state_;
  }
  ++next.record_generation;
  if (change == Change::kAdded) ++next.articles;
  if (change == Change::kDeleted) --next.articles;
  PutMetaU64(keys::kRecordGeneration, next.record_generation, batch);
  PutMetaU64(keys::kArticleCount, next.articles, batch);
  batch->Put(Family::kMeta, keys::Changed(id), "");
  std::string log_key;
  std::string log_value;
  PutU64(next.record_generation, &log_key);
  PutOrderedI64(NowMs(), &log_value);
  log_value.push_back(static_cast<char>(change));
  log_value += id;
  batch->Put(Family::kLog, std::move(log_key), std::move(log_value));
  HEARSAY_RETURN_IF_ERROR(kv_->Write(*batch, Durability::kSynced));
  const std::lock_guard lock(mutex_);
  state_.record_generation = next.record_generation;
  state_.articles = next.articles;
  return Status::Ok();
}

Result<Store::Added> KvStore::AddArticle(const Article& article, const Record& record) {
  HEARSAY_RETURN_IF_ERROR(CheckWritable());
  HEARSAY_RETURN_IF_ERROR(CheckRecord(article, record));
  const std::string article_id = ArticleId(article);
  const std::string id = *keys::PublicIdToBytes(article_id);
  const std::string record_bytes = EncodeRecord(record);
  ArticleRow row = MakeRow(article, record_bytes);

  const std::lock_guard writing(write_mutex_);
  HEARSAY_RETURN_IF_ERROR(CheckExtractor(record.extractor));
  HEARSAY_ASSIGN_OR_RETURN(const auto old_row, ReadArticleRow(*kv_->Snapshot(), article_id));
  if (old_row) {
    HEARSAY_RETURN_IF_ERROR(Merge(article_id, *old_row, row, article, record));
    return Added::kDuplicate;
  }
  KvBatch batch;
  PutRow(id, row, &batch);
  batch.Put(Family::kText, id, article.text);
  batch.Put(Family::kRecord, id, record_bytes);
  batch.Put(Family::kMeta, std::string(keys::kExtractor), EncodeExtractor(record.extractor));
  HEARSAY_RETURN_IF_ERROR(Commit(article_id, Change::kAdded, &batch));
  const std::lock_guard lock(mutex_);
  state_.extractor = record.extractor;
  return Added::kNew;
}

Status KvStore::Merge(std::string_view article_id, const ArticleRow& old_row,
                      const ArticleRow& new_row, const Article& article, const Record& record) {
  const std::string id = *keys::PublicIdToBytes(article_id);
  const bool keep_new = ChooseRow(old_row, new_row) == Keep::kNew;
  ArticleRow merged = keep_new ? new_row : old_row;
  MergeSources(keep_new ? old_row : new_row, &merged);
  if (merged == old_row) return Status::Ok();
  KvBatch batch;
  DeleteRow(id, old_row, &batch);
  PutRow(id, merged, &batch);
  if (keep_new) {
    batch.Put(Family::kText, id, article.text);
    batch.Put(Family::kRecord, id, EncodeRecord(record));
  }
  return Commit(article_id, Change::kReplaced, &batch);
}

Status KvStore::ReplaceRecord(std::string_view article_id, const Record& record) {
  HEARSAY_RETURN_IF_ERROR(CheckWritable());
  const std::lock_guard writing(write_mutex_);
  HEARSAY_RETURN_IF_ERROR(CheckExtractor(record.extractor));
  const auto snapshot = kv_->Snapshot();
  HEARSAY_ASSIGN_OR_RETURN(const auto article, ReadArticle(*snapshot, article_id));
  if (!article) return NoArticle(article_id);
  HEARSAY_RETURN_IF_ERROR(CheckRecord(*article, record));
  HEARSAY_ASSIGN_OR_RETURN(auto row, ReadArticleRow(*snapshot, article_id));
  HEARSAY_CHECK(row.has_value());
  std::string record_bytes = EncodeRecord(record);
  std::string record_sha256 = Sha256(record_bytes);
  if (row->record_sha256 == record_sha256) return Status::Ok();
  row->record_sha256 = std::move(record_sha256);
  const std::string id = *keys::PublicIdToBytes(article_id);
  KvBatch batch;
  PutRow(id, *row, &batch);
  batch.Put(Family::kRecord, id, std::move(record_bytes));
  return Commit(article_id, Change::kReplaced, &batch);
}

Status KvStore::DeleteArticle(std::string_view article_id) {
  HEARSAY_RETURN_IF_ERROR(CheckWritable());
  const std::lock_guard writing(write_mutex_);
  HEARSAY_ASSIGN_OR_RETURN(const auto row, ReadArticleRow(*kv_->Snapshot(), article_id));
  if (!row) return NoArticle(article_id);
  const std::string id = *keys::PublicIdToBytes(article_id);
  KvBatch batch;
  DeleteRow(id, *row, &batch);
  batch.Delete(Family::kRecord, id);
  // The text stays until the next derivation: the finished generation still quotes it.
  return Commit(article_id, Change::kDeleted, &batch);
}

Status KvStore::SetExtractor(const ExtractorInfo& extractor, bool force) {
  HEARSAY_RETURN_IF_ERROR(CheckWritable());
  const std::lock_guard writing(write_mutex_);
  if (!force && ArticleCount() > 0) HEARSAY_RETURN_IF_ERROR(CheckExtractor(extractor));
  KvBatch batch;
  batch.Put(Family::kMeta, std::string(keys::kExtractor), EncodeExtractor(extractor));
  HEARSAY_RETURN_IF_ERROR(kv_->Write(batch, Durability::kSynced));
  const std::lock_guard lock(mutex_);
  state_.extractor = extractor;
  return Status::Ok();
}

// --- primary layer: reading ---

Result<std::vector<std::string>> KvStore::FindArticles(std::string_view name) const {
  return FindArticlesByName(*kv_->Snapshot(), name);
}

bool KvStore::HasArticle(std::string_view article_id) const {
  const std::optional<std::string> id = keys::PublicIdToBytes(article_id);
  if (!id) return false;
  const auto row = kv_->Snapshot()->Get(Family::kArticle, keys::Article(*id));
  return row.ok() && row->has_value();
}

bool KvStore::Covers(const Article& article) const {
  const auto old_row = ReadArticleRow(*kv_->Snapshot(), ArticleId(article));
  if (!old_row.ok() || !*old_row) return false;
  const ArticleRow new_row = MakeRow(article, "");
  if (ChooseRow(**old_row, new_row) == Keep::kNew) return false;
  ArticleRow merged = **old_row;
  MergeSources(new_row, &merged);
  return merged == **old_row;
}

std::size_t KvStore::ArticleCount() const {
  const std::lock_guard lock(mutex_);
  return state_.articles;
}

Result<StoredArticle> KvStore::GetArticle(std::string_view article_id) const {
  HEARSAY_ASSIGN_OR_RETURN(auto article, ReadArticle(*kv_->Snapshot(), article_id));
  if (!article) return NoArticle(article_id);
  return StoredArticle{std::string(article_id), std::move(*article)};
}

Result<Record> KvStore::GetRecord(std::string_view article_id) const {
  HEARSAY_ASSIGN_OR_RETURN(auto record, ReadRecord(*kv_->Snapshot(), article_id));
  if (!record) return NoArticle(article_id);
  return std::move(*record);
}

Status KvStore::Articles(const std::function<bool(const std::string& id)>& visit) const {
  return ForEachArticle(*kv_->Snapshot(), visit);
}

std::optional<ExtractorInfo> KvStore::Extractor() const {
  const std::lock_guard lock(mutex_);
  return state_.extractor;
}

// --- derived layer ---

Status KvStore::Derive(const Progress& progress) {
  HEARSAY_RETURN_IF_ERROR(CheckWritable());
  const std::lock_guard writing(write_mutex_);
  return DeriveLocked(progress, false);
}

Status KvStore::DeriveAll(const Progress& progress) {
  HEARSAY_RETURN_IF_ERROR(CheckWritable());
  const std::lock_guard writing(write_mutex_);
  return DeriveLocked(progress, true);
}

// Small derivations are one atomic batch.  A large one is written in several, the first of which
// carries the mark `deriving`, which the last takes away: who opens a store with the mark derives
// everything anew.  Views hold the snapshot of the generation before meanwhile.
Status KvStore::DeriveLocked(const Progress& progress, bool all) {
  const auto snapshot = kv_->Snapshot();
  HEARSAY_ASSIGN_OR_RETURN(StoreState state, ReadStoreState(*snapshot));
  if (!all && !state.stale()) return Show();

  GraphWriterOptions writer_options;
  writer_options.batch_bytes_max = options_.derive_batch_bytes;
  writer_options.before_split = [](KvBatch* batch) {
    batch->Put(Family::kMeta, std::string(keys::kDeriving), "");
  };
  GraphWriter writer(*kv_, std::move(writer_options));
  DeriveInput input;
  input.snapshot = snapshot.get();
  input.threads = options_.threads;
  input.progress = progress;
  HEARSAY_ASSIGN_OR_RETURN(input.changed, ReadChanged(*snapshot));
  // Where most has changed, a delta costs more than starting anew.
  input.all = all || state.deriving || state.derived_generation == 0 ||
              state.derive_version != kDeriveVersion || input.changed.size() > state.articles / 2;
  if (input.all) HEARSAY_RETURN_IF_ERROR(writer.Clear());
  const std::vector<std::string> changed = input.changed;
  if (input.all) input.changed.clear();
  HEARSAY_RETURN_IF_ERROR(hearsay::Derive(input, &writer));

  KvBatch& last = writer.batch();
  last.Delete(Family::kMeta, std::string(keys::kDeriving));
  PutMetaU64(keys::kDerivedGeneration, state.record_generation, &last);
  PutMetaU32(keys::kDeriver, kDeriveVersion, &last);
  for (const std::string& article_id : changed) {
    const std::string id = *keys::PublicIdToBytes(article_id);
    last.Delete(Family::kMeta, keys::Changed(id));
    HEARSAY_ASSIGN_OR_RETURN(const auto row, snapshot->Get(Family::kArticle, keys::Article(id)));
    if (!row) last.Delete(Family::kText, id);
  }
  HEARSAY_RETURN_IF_ERROR(writer.Finish(Durability::kSynced));
  {
    const std::lock_guard lock(mutex_);
    state_.derived_generation = state.record_generation;
    state_.derive_version = kDeriveVersion;
    state_.deriving = false;
  }
  return Show();
}

}  // namespace hearsay
