// The article of a page: its text without menus, links and notices, with a map back to the page.
//
// The method: measure the running text (sentences not made of links) below each element; of the
// elements that say they hold the article, else of the whole body, go down while one child holds
// nearly all of it; then take the paragraphs there, leaving out what is named as no part of the
// article (boilerplate.tsv), what is hidden and what consists of links.  In the spirit of
// Kohlschütter, Fankhauser and Nejdl, "Boilerplate Detection using Shallow Text Features" (2010).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "graph/record.h"

namespace hearsay::ingest {

struct Page {
  std::string text;                 // headline and paragraphs, blank lines between
  std::vector<SourceMapEntry> map;  // text -> page; gaps where an entity or a line break stood
  Metadata metadata;                // without `source`
};

// `html` is the page in valid UTF-8.  kInvalidArgument if it holds no article.
Result<Page> ReadPageText(std::string_view html);

}  // namespace hearsay::ingest
