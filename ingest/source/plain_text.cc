#include <utility>

#include "graph/base/sha256.h"
#include "ingest/source/decode.h"
#include "ingest/source/formats.h"
#include "ingest/source/item.h"
#include "ingest/text/utf8.h"

namespace hearsay::ingest {

void ReadPlainText(std::string_view bytes, const std::string& source, const Declared& declared,
                   const ReaderSink& sink) {
  Result<Decoded> decoded = DecodePlain(bytes);
  if (!decoded.ok()) return sink.refusal({source, decoded.status().message()});
  if (TrimSpace(decoded->text).empty()) {
    return sink.refusal({source, "no text: only white space; leave the file out"});
  }
  Article article;
  article.text = std::move(decoded->text);
  article.source_map = std::move(decoded->map);
  article.blob_sha256 = Sha256Hex(bytes);
  article.metadata.source = source;
  ApplyDeclared(declared, source, &article.metadata);
  FindInText(&article);
  sink.article(std::move(article));
}

}  // namespace hearsay::ingest
