// The Store over any Kv.
#pragma once

#include <functional>
#include <memory>
#include <mutex>

#include "graph/graph_tables.h"
#include "graph/kv.h"
#include "graph/primary.h"
#include "graph/store.h"
#include "graph/store_state.h"

namespace hearsay {

class KvStore final : public Store {
 public:
  struct Options {
    bool read_only = false;
    int threads = 1;
    std::size_t derive_batch_bytes = std::size_t{8} << 20;  // above it a derivation is split
  };
  // Makes a new store of an empty `kv`, derives again where the derived layer is stale (not if
  // read_only: then the last finished generation is shown, kBusy if there is none).
  static Result<std::unique_ptr<KvStore>> Open(std::unique_ptr<Kv> kv, const Options& options);

  std::unique_ptr<View> NewView() const override;
  Result<Added> AddArticle(const Article& article, const Record& record) override;
  Status ReplaceRecord(std::string_view article_id, const Record& record) override;
  Status DeleteArticle(std::string_view article_id) override;
  Result<std::vector<std::string>> FindArticles(std::string_view name) const override;
  bool HasArticle(std::string_view article_id) const override;
  bool Covers(const Article& article) const override;
  std::size_t ArticleCount() const override;
  Result<StoredArticle> GetArticle(std::string_view article_id) const override;
  Result<Record> GetRecord(std::string_view article_id) const override;
  Status Articles(const std::function<bool(const std::string& id)>& visit) const override;
  std::optional<ExtractorInfo> Extractor() const override;
  Status SetExtractor(const ExtractorInfo& extractor, bool force) override;
  Status Derive(const Progress& progress) override;
  Status DeriveAll(const Progress& progress) override;
  std::shared_ptr<const KvSnapshot> Snapshot() const override { return kv_->Snapshot(); }

  // True if views do not show what is committed.
  bool Stale() const;

 private:
  // What views show: replaced as a whole.
  struct Shown {
    std::shared_ptr<const KvSnapshot> snapshot;
    std::shared_ptr<const GraphTables> tables;
  };

  KvStore(std::unique_ptr<Kv> kv, const Options& options) : kv_(std::move(kv)), options_(options) {}

  Status Start();
  Status Show();  // views made from now on show what is committed now
  Status MakeNew();
  Status CheckWritable() const;
  Status CheckExtractor(const ExtractorInfo& extractor) const;
  // Writes one change of the primary layer, synced, as a generation of its own.
  enum class Change : char { kAdded = '+', kReplaced = '=', kDeleted = '-' };
  Status Commit(std::string_view article_id, Change change, KvBatch* batch);
  Status Merge(std::string_view article_id, const ArticleRow& old_row, const ArticleRow& new_row,
               const Article& article, const Record& record);
  Status DeriveLocked(const Progress& progress, bool all);

  std::unique_ptr<Kv> kv_;
  Options options_;
  mutable std::mutex write_mutex_;  // one commit or derivation at a time; guards nothing below
  mutable std::mutex mutex_;        // guards state_ and shown_
  StoreState state_;
  Shown shown_;
};

}  // namespace hearsay
