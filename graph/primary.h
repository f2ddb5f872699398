// The primary layer of a store as it lies in the key-value families kArticle, kText and kRecord
// (docs/storage-format.md, "Articles").  Reading is for derive/ and verify; writing is the store's.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "graph/kv.h"
#include "graph/record.h"

namespace hearsay {

// The value of an article's row: everything but its text.
struct ArticleRow {
  Metadata metadata;                 // metadata.source is sources[0]
  std::vector<std::string> sources;  // every path or URL the article came from, sorted
  std::string blob_sha256;           // 64 hex digits
  std::vector<SourceMapEntry> source_map;
  std::uint64_t text_bytes = 0;
  std::string text_sha256;    // 32 bytes
  std::string record_sha256;  // 32 bytes, of the record's byte form
  bool operator==(const ArticleRow&) const = default;
};

// The row ends in the first 8 bytes of the SHA-256 of what stands before; Decode returns false
// where it does not fit.
std::string EncodeArticleRow(const ArticleRow& row);
bool DecodeArticleRow(std::string_view bytes, ArticleRow* row);

// Nothing if the article is not there.  kCorruption for bytes that cannot be read.
Result<std::optional<ArticleRow>> ReadArticleRow(const KvSnapshot& snapshot,
                                                 std::string_view article_id);
Result<std::optional<Article>> ReadArticle(const KvSnapshot& snapshot, std::string_view article_id);
Result<std::optional<Record>> ReadRecord(const KvSnapshot& snapshot, std::string_view article_id);

// Public ids in their order, until `visit` returns false.
Status ForEachArticle(const KvSnapshot& snapshot,
                      const std::function<bool(const std::string& id)>& visit);

}  // namespace hearsay
