// The tree of one page, parsed by gumbo (the HTML5 tree construction), and small questions to it.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "graph/record.h"

struct GumboInternalNode;  // <gumbo.h>
struct GumboInternalOutput;

namespace hearsay::ingest {

using HtmlNode = GumboInternalNode;

class Dom {
 public:
  // kInvalidArgument for a page nested deeper than any real one is.  The views that nodes give
  // live as long as `html` and the Dom.  REQUIRES valid UTF-8.
  static Result<Dom> Parse(std::string_view html);
  Dom(Dom&&) noexcept;
  Dom& operator=(Dom&&) noexcept;
  ~Dom();

  const HtmlNode* root() const;  // <html>
  std::string_view html() const { return html_; }

 private:
  struct Arena;
  Dom();
  std::string_view html_;
  std::unique_ptr<Arena> arena_;
  const void* output_ = nullptr;
};

bool IsElement(const HtmlNode* node);            // templates are none
bool IsText(const HtmlNode* node);               // white space too
std::string_view TagName(const HtmlNode* node);  // "" for text and unknown elements
std::string_view Attribute(const HtmlNode* node, const char* name);  // "" if absent
bool HasAttribute(const HtmlNode* node, const char* name);
std::vector<const HtmlNode*> Children(const HtmlNode* node);
// Of a text node: the characters, and the bytes of the page they were written as.
std::string_view Characters(const HtmlNode* node);
std::string_view RawCharacters(const HtmlNode* node);

bool IsInline(std::string_view tag);  // part of the paragraph it stands in

// All text below `node`, white space collapsed; scripts and styles left out.
std::string TextBelow(const HtmlNode* node);

// First element in document order for which `wanted` holds; null if none.
template <typename Wanted>
const HtmlNode* FindElement(const HtmlNode* node, const Wanted& wanted) {
  if (!IsElement(node)) return nullptr;
  if (wanted(node)) return node;
  for (const HtmlNode* child : Children(node)) {
    if (const HtmlNode* found = FindElement(child, wanted)) return found;
  }
  return nullptr;
}

// "&amp;quot;"-style references in a string that came from an attribute of JSON inside the page.
std::string DecodeEntities(std::string_view text);

// For each byte of the characters of a text node, the byte of the page that it equals, or kNowhere
// where an entity or a changed line end stands.
constexpr std::uint32_t kNowhere = ~std::uint32_t{0};
std::vector<std::uint32_t> AlignCharacters(std::string_view characters, std::string_view raw,
                                           std::string_view html);

}  // namespace hearsay::ingest
