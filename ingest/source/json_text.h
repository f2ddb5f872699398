// Where the strings of a JSON text stand in its bytes, which a parsed value no longer knows.
#pragma once

#include <string_view>
#include <vector>

#include "graph/record.h"

namespace hearsay::ingest {

// `decoded` is the value of member `key` of the object in `object`.  Maps it to the bytes of
// `object`, where they are equal: escapes (\n, é) are left out.  The last member of that name
// counts, as in the parser.  Empty if there is none.  REQUIRES `object` is valid JSON.  Linear.
std::vector<SourceMapEntry> MapJsonString(std::string_view object, std::string_view key,
                                          std::string_view decoded);

// The same for a raw string literal with its quotes, which stands at `base` in the source.
std::vector<SourceMapEntry> MapJsonLiteral(std::string_view raw, std::size_t base,
                                           std::string_view decoded);

// The first string member `key` at any depth, as raw literal with its quotes; empty if there is
// none.  Safe on any bytes.
std::string_view FindJsonLiteral(std::string_view json, std::string_view key);

// The bytes of each item of the array in `array`.  REQUIRES valid JSON.  Linear.
std::vector<std::string_view> JsonArrayItems(std::string_view array);

}  // namespace hearsay::ingest
