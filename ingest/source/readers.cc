#include <fmt/format.h>

#include <cstdint>
#include <utility>

#include "ingest/source/formats.h"
#include "ingest/source/item.h"
#include "ingest/source/reader.h"
#include "ingest/text/utf8.h"

namespace hearsay::ingest {
namespace {

constexpr std::size_t kHeadBytes = 4096;
// A thousand times a long article.  Each megabyte takes about 300 MB to take in.
constexpr std::size_t kArticleBytesMax = std::size_t{16} << 20;

const ReaderRow* ByExtension(const std::string& source) {
  const std::string name = FoldWord(BaseName(source));
  const std::size_t dot = name.find_last_of('.');
  if (dot == std::string::npos) return nullptr;
  for (const ReaderRow& row : Readers()) {
    for (std::string_view extension : row.extensions) {
      if (std::string_view(name).substr(dot) == extension) return &row;
    }
  }
  return nullptr;
}

const ReaderRow& BySniffing(std::string_view bytes) {
  for (const ReaderRow& row : Readers()) {
    if (row.sniff != nullptr && row.sniff(bytes.substr(0, kHeadBytes))) return row;
  }
  return Readers().back();
}

}  // namespace

const std::vector<ReaderRow>& Readers() {
  static const std::vector<ReaderRow> kReaders = {
      {"html",
       "a page: its article, without what surrounds it",
       {".html", ".htm", ".xhtml"},
       &LooksLikeHtml,
       &ReadHtml},
      {"json",
       "JSON lines, or one JSON object or array: {id, url, outlet, title, text | html, ...}",
       {".jsonl", ".ndjson", ".json"},
       &LooksLikeJson,
       &ReadJsonLines},
      // Last: what is nothing else is text, or is refused as binary.
      {"text", "plain text in UTF-8", {".txt", ".text"}, nullptr, &ReadPlainText},
  };
  return kReaders;
}

void ReadBytes(std::string_view bytes, const std::string& source, const Declared& declared,
               const ReaderSink& sink) {
  if (bytes.empty()) {
    return sink.refusal({source, "empty file: nothing to read; leave it out"});
  }
  if (bytes.size() > UINT32_MAX) {
    return sink.refusal(
        {source, "larger than 4 GiB: split the file, for example with split -C 1G"});
  }
  const ReaderSink bounded = {
      [&sink](Article article) {
        if (article.text.size() <= kArticleBytesMax) return sink.article(std::move(article));
        sink.refusal(
            {article.metadata.source,
             fmt::format("{} MB of text in one article, and {} MB is the most: split it, or "
                         "write its articles as JSON lines, one a line",
                         article.text.size() >> 20, kArticleBytesMax >> 20)});
        return true;
      },
      sink.refusal};
  const ReaderRow* row = ByExtension(source);
  (row != nullptr ? *row : BySniffing(bytes)).read(bytes, source, declared, bounded);
}

}  // namespace hearsay::ingest
