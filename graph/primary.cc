#include "graph/primary.h"

#include "graph/archive.h"
#include "graph/base/coding.h"
#include "graph/base/sha256.h"
#include "graph/graph_tables.h"
#include "graph/keys.h"
#include "graph/record_bytes.h"
#include "graph/record_fields.h"

namespace hearsay {
namespace {

constexpr std::size_t kChecksumBytes = 8;

}  // namespace

template <typename A>
void Fields(A& a, ArticleRow& v) {
  a(v.metadata, v.sources, v.blob_sha256, v.source_map, v.text_bytes, v.text_sha256,
    v.record_sha256);
}

std::string EncodeArticleRow(const ArticleRow& row) {
  std::string out;
  ByteWriter writer(&out);
  writer(row);
  out += Sha256(out).substr(0, kChecksumBytes);
  return out;
}

bool DecodeArticleRow(std::string_view bytes, ArticleRow* row) {
  *row = {};
  if (bytes.size() < kChecksumBytes) return false;
  const std::string_view content = bytes.substr(0, bytes.size() - kChecksumBytes);
  if (!Sha256(content).starts_with(bytes.substr(content.size()))) return false;
  ByteReader reader(content);
  reader(*row);
  return reader.done();
}

Result<std::optional<ArticleRow>> ReadArticleRow(const KvSnapshot& snapshot,
                                                 std::string_view article_id) {
  const std::optional<std::string> id = keys::PublicIdToBytes(article_id);
  if (!id) return std::optional<ArticleRow>();
  const std::string key = keys::Article(*id);
  HEARSAY_ASSIGN_OR_RETURN(const std::optional<std::string> bytes,
                           snapshot.Get(Family::kArticle, key));
  if (!bytes) return std::optional<ArticleRow>();
  ArticleRow row;
  if (!DecodeArticleRow(*bytes, &row)) {
    return DamagedKey(Family::kArticle, key, "an article as it was written");
  }
  return std::optional<ArticleRow>(std::move(row));
}

Result<std::optional<Article>> ReadArticle(const KvSnapshot& snapshot,
                                           std::string_view article_id) {
  HEARSAY_ASSIGN_OR_RETURN(std::optional<ArticleRow> row, ReadArticleRow(snapshot, article_id));
  if (!row) return std::optional<Article>();
  const std::string id = *keys::PublicIdToBytes(article_id);
  HEARSAY_ASSIGN_OR_RETURN(std::optional<std::string> text, snapshot.Get(Family::kText, id));
  if (!text || text->size() != row->text_bytes) {
    return DamagedKey(Family::kText, id, "the text of the article");
  }
  return std::optional<Article>(Article{std::move(row->metadata), std::move(*text),
                                        std::move(row->blob_sha256), std::move(row->source_map)});
}

Result<std::optional<Record>> ReadRecord(const KvSnapshot& snapshot, std::string_view article_id) {
  const std::optional<std::string> id = keys::PublicIdToBytes(article_id);
  if (!id) return std::optional<Record>();
  HEARSAY_ASSIGN_OR_RETURN(const std::optional<std::string> bytes,
                           snapshot.Get(Family::kRecord, *id));
  if (!bytes) return std::optional<Record>();
  Record record;
  if (!DecodeRecord(*bytes, &record)) return DamagedKey(Family::kRecord, *id, "a record");
  return std::optional<Record>(std::move(record));
}

Status ForEachArticle(const KvSnapshot& snapshot,
                      const std::function<bool(const std::string& id)>& visit) {
  return snapshot.Scan(Family::kArticle, keys::kArticlePrefix, PrefixEnd(keys::kArticlePrefix),
                       [&](std::string_view key, std::string_view) {
                         key.remove_prefix(keys::kArticlePrefix.size());
                         return visit(ToHex(key));
                       });
}

}  // namespace hearsay
