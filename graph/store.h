// A Store is the durable knowledge graph.  It keeps two layers:
//   primary:  articles and their extraction records, exactly as they were committed;
//   derived:  nodes, relationships and indexes, a pure function of the primary layer.
// Records commit first.  The derived layer carries the generation of records it was made from;
// views show only a finished generation, and Open derives again where a process died in between.
// The byte layout is specified in docs/storage-format.md.
//
// Thread safety: any method, any thread; commits are serialised.  One process writes at a time.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "graph/record.h"
#include "graph/view.h"

namespace hearsay {

class KvSnapshot;  // graph/kv.h

struct StoreOptions {
  bool create_if_missing = false;                    // else an absent directory is kNotFound
  bool read_only = false;                            // opens beside a writer; no derive, no commit
  std::size_t cache_bytes = std::size_t{128} << 20;  // blocks, shared by all views
  int threads = 1;                                   // for deriving
};

// The id of an article: hash of its blob and its declared identity (canonical URL, else outlet and
// publication time; for a bare file the blob alone).  32 hex digits.
std::string ArticleId(const Article& article);

struct StoredArticle {
  std::string id;
  Article article;
};

class Store {
 public:
  // kNotFound, kBusy if another process writes to `dir`, kCorruption if its format version is not
  // one this build knows; in each case nothing on disk has been touched.
  static Result<std::unique_ptr<Store>> Open(const std::filesystem::path& dir,
                                             const StoreOptions& options);
  // The same store over memory; lost at the end.
  static std::unique_ptr<Store> OpenInMemory();
  virtual ~Store() = default;  // REQUIRES: every View of this Store is destroyed

  // The finished generation's graph.  O(1).
  virtual std::unique_ptr<View> NewView() const = 0;

  // --- primary layer ---
  // kDuplicate: that article was there.  Its record stays; its other source path is noted, and of
  // two descriptions the fuller stays, so that the order of arrival does not matter.
  enum class Added { kNew, kDuplicate };
  // Durable (synced) when it returns.  kInvalidArgument if the record's extractor is not the
  // store's (reextract first) or a span lies outside the text.
  virtual Result<Added> AddArticle(const Article& article, const Record& record) = 0;
  // Replaces the record of an article, for reextract.  kNotFound.
  virtual Status ReplaceRecord(std::string_view article_id, const Record& record) = 0;
  // kNotFound.
  virtual Status DeleteArticle(std::string_view article_id) = 0;
  // Full ids, sorted, from an id prefix, or of all articles from a source path (also of the items
  // of a file, "news.jsonl:14") or URL.  Several ids of one prefix: kInvalidArgument naming them;
  // none: kNotFound.
  virtual Result<std::vector<std::string>> FindArticles(std::string_view name) const = 0;
  virtual bool HasArticle(std::string_view article_id) const = 0;
  // True if AddArticle of this article would change nothing: no need to extract it.
  virtual bool Covers(const Article& article) const = 0;
  virtual std::size_t ArticleCount() const = 0;
  virtual Result<StoredArticle> GetArticle(std::string_view article_id) const = 0;
  virtual Result<Record> GetRecord(std::string_view article_id) const = 0;
  // In order of id, until `visit` returns false.
  virtual Status Articles(const std::function<bool(const std::string& id)>& visit) const = 0;
  virtual std::optional<ExtractorInfo> Extractor() const = 0;
  // The extractor all records from now on must have; with `force` records of another may be in
  // the store for the time of a reextract.
  virtual Status SetExtractor(const ExtractorInfo& extractor, bool force) = 0;

  // --- derived layer ---
  // Brings the derived layer up to the records: what changed since, or all.  `progress` (may be
  // empty) gets articles done and to do.  Until it returns ok, views show the generation before.
  using Progress = std::function<void(std::size_t done, std::size_t total)>;
  virtual Status Derive(const Progress& progress) = 0;
  // The same, but everything anew whatever is there: mends what Verify (graph/verify.h) finds wrong
  // in the derived layer.
  virtual Status DeriveAll(const Progress& progress) = 0;

  // All keys and values as committed now, below any view: for graph/verify.h and tools.
  virtual std::shared_ptr<const KvSnapshot> Snapshot() const = 0;
};

}  // namespace hearsay
