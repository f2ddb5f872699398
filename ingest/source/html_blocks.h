// Paragraphs below an element, as text with a map to the page.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "ingest/source/html_dom.h"

namespace hearsay::ingest {

struct HtmlParagraph {
  std::string text;
  std::vector<SourceMapEntry> map;
  std::size_t link_bytes = 0;  // of the text, those inside links
  bool heading = false;
};

// Paragraphs in document order; elements for which `skip` holds are left out with all below.
std::vector<HtmlParagraph> CollectParagraphs(const Dom& dom, const HtmlNode* root,
                                             const std::function<bool(const HtmlNode*)>& skip);

}  // namespace hearsay::ingest
