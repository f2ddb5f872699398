// What a page says about its article: JSON-LD of schema.org first, then OpenGraph and other meta
// elements, then <title>, <time>, <h1> and rel=author.  Empty where the page does not say.
#pragma once

#include "graph/record.h"
#include "ingest/source/html_dom.h"

namespace hearsay::ingest {

Metadata ReadPageMetadata(const Dom& dom);

}  // namespace hearsay::ingest
