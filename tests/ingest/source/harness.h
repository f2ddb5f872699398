// Collects what a reader gives, for tests.
#pragma once

#include <catch2/catch.hpp>
#include <string>
#include <utility>
#include <vector>

#include "ingest/source/reader.h"
#include "ingest/text/utf8.h"

namespace hearsay::ingest {

struct Collected {
  std::vector<Article> articles;
  std::vector<Refusal> refusals;
  ReaderSink Sink() {
    return {[this](Article a) {
              articles.push_back(std::move(a));
              return true;
            },
            [this](Refusal r) { refusals.push_back(std::move(r)); }};
  }
};

inline Collected ReadAll(std::string_view bytes, const std::string& source,
                         const Declared& declared = {}) {
  Collected collected;
  ReadBytes(bytes, source, declared, collected.Sink());
  return collected;
}

// Valid UTF-8; entries in order, not overlapping, inside both texts, and equal bytes in both.
inline void CheckMap(const Article& article, std::string_view source) {
  REQUIRE(IsValidUtf8(article.text));
  if (article.source_map.empty()) return;
  std::size_t text_end = 0;
  for (const SourceMapEntry& entry : article.source_map) {
    REQUIRE(entry.length > 0);
    REQUIRE(entry.text_begin >= text_end);
    text_end = std::size_t{entry.text_begin} + entry.length;
    REQUIRE(text_end <= article.text.size());
    REQUIRE(std::size_t{entry.source_begin} + entry.length <= source.size());
    REQUIRE(std::string_view(article.text).substr(entry.text_begin, entry.length) ==
            source.substr(entry.source_begin, entry.length));
  }
}

}  // namespace hearsay::ingest
