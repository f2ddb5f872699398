// Bytes to UTF-8.  A plain text must be UTF-8 already, so that offsets into the article are offsets
// into the file; markup may declare another charset, and then a map leads back.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "graph/record.h"

namespace hearsay::ingest {

struct Decoded {
  std::string text;                 // valid UTF-8
  std::vector<SourceMapEntry> map;  // where text and source bytes are equal; empty: everywhere
};

// UTF-8 with or without a byte order mark, no NUL bytes, not binary.  Else kInvalidArgument, a
// message with the place and the command that mends it.
Result<Decoded> DecodePlain(std::string_view bytes);

// Markup: the byte order mark, else `charset` (as declared; empty if none), else UTF-8 if it is,
// else windows-1252, as browsers do.  Broken sequences become U+FFFD.  kInvalidArgument for an
// unknown charset or binary content.
Result<Decoded> DecodeMarkup(std::string_view bytes, std::string_view charset);

// The charset a page declares in its first 4 KiB by <meta>, lower case; empty if none.
std::string SniffCharset(std::string_view head);

// Maps what `inner` maps into the source of `outer`: text -> inner source = outer text -> source.
std::vector<SourceMapEntry> Compose(const std::vector<SourceMapEntry>& inner,
                                    const std::vector<SourceMapEntry>& outer);

// Appends to a map, joining entries that touch.
void Extend(std::vector<SourceMapEntry>& map, std::size_t text_begin, std::size_t source_begin,
            std::size_t length);

std::size_t LineOf(std::string_view bytes, std::size_t offset);  // from 1

}  // namespace hearsay::ingest
