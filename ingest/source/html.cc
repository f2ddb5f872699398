#include <utility>

#include "graph/base/sha256.h"
#include "ingest/source/decode.h"
#include "ingest/source/formats.h"
#include "ingest/source/html_article.h"
#include "ingest/source/item.h"
#include "ingest/text/utf8.h"

namespace hearsay::ingest {
namespace {

constexpr std::size_t kPageBytesMax = std::size_t{64} << 20;  // the tree takes many times as much

Result<Article> ReadArticle(std::string_view bytes) {
  if (bytes.size() > kPageBytesMax) {
    return Status::InvalidArgument("larger than 64 MiB, which no article page is: give its text");
  }
  HEARSAY_ASSIGN_OR_RETURN(const Decoded decoded, DecodeMarkup(bytes, SniffCharset(bytes)));
  HEARSAY_ASSIGN_OR_RETURN(Page page, ReadPageText(decoded.text));
  Article article;
  article.text = std::move(page.text);
  article.source_map = Compose(page.map, decoded.map);
  article.metadata = std::move(page.metadata);
  article.blob_sha256 = Sha256Hex(bytes);
  return article;
}

}  // namespace

bool LooksLikeHtml(std::string_view head) {
  const std::string folded = FoldPhrase(TrimSpace(head).substr(0, 1024));
  return folded.starts_with("<!doctype html") || folded.starts_with("<html") ||
         (folded.starts_with("<") &&
          (folded.find("<head") != std::string::npos || folded.find("<html") != std::string::npos));
}

void ReadHtml(std::string_view bytes, const std::string& source, const Declared& declared,
              const ReaderSink& sink) {
  Result<Article> article = ReadArticle(bytes);
  if (!article.ok()) return sink.refusal({source, article.status().message()});
  article->metadata.source = source;
  ApplyDeclared(declared, source, &article->metadata);
  FindInText(&*article);
  sink.article(std::move(article).value());
}

}  // namespace hearsay::ingest
