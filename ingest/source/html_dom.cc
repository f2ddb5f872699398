#include "ingest/source/html_dom.h"

#include <gumbo.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <new>

#include "ingest/text/utf8.h"

namespace hearsay::ingest {
namespace {

// Nesting that browsers stop at is 512; the parser's cost for each tag grows with the depth.
constexpr int kDepthMax = 1000;
constexpr int kFormattingDepthMax = 256;

template <std::size_t N>
bool IsOneOf(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Elements that need no end tag say nothing about depth.
bool IsOpenByNature(std::string_view tag) {
  static constexpr std::array<std::string_view, 30> kTags = {
      "p",     "li",  "td",    "tr",    "th",    "dt",    "dd", "option", "thead", "tbody",
      "tfoot", "br",  "img",   "meta",  "link",  "input", "hr", "source", "area",  "base",
      "col",   "wbr", "embed", "param", "track", "rp",    "rt", "html",   "body",  "head"};
  return IsOneOf(tag, kTags);
}

bool IsFormatting(std::string_view tag) {
  static constexpr std::array<std::string_view, 14> kTags = {
      "a",    "b", "big",   "code",   "em",     "font", "i",
      "nobr", "s", "small", "strike", "strong", "tt",   "u"};
  return IsOneOf(tag, kTags);
}

// Name of the tag that begins at html[at] == '<' or "</", lower case, in `buffer`.
std::string_view TagAt(std::string_view html, std::size_t at, std::array<char, 16>& buffer) {
  std::size_t size = 0;
  while (at < html.size() && size < buffer.size()) {
    const char c = html[at++];
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!letter && !(size > 0 && c >= '0' && c <= '9')) break;
    buffer[size++] = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  }
  return {buffer.data(), size};
}

bool IsNestedTooDeep(std::string_view html) {
  int depth = 0;
  int formatting = 0;
  std::array<char, 16> buffer{};
  for (std::size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at + 1)) {
    const bool end = at + 1 < html.size() && html[at + 1] == '/';
    const std::string_view tag = TagAt(html, at + (end ? 2 : 1), buffer);
    if (tag.empty() || IsOpenByNature(tag)) continue;
    int& count = IsFormatting(tag) ? formatting : depth;
    count = std::max(0, count + (end ? -1 : 1));
    if (depth > kDepthMax || formatting > kFormattingDepthMax) return true;
  }
  return false;
}

}  // namespace

// Gumbo's own destruction is recursive and slow; here everything goes at once.
struct Dom::Arena {
  static constexpr std::size_t kBlockBytes = std::size_t{1} << 20;
  std::vector<std::unique_ptr<char[]>> blocks;
  char* next = nullptr;
  std::size_t left = 0;

  static void* Allocate(void* self, std::size_t size) {
    return static_cast<Arena*>(self)->Take((size + 15) / 16 * 16);
  }
  static void Deallocate(void* /*self*/, void* /*block*/) {}

  void* Take(std::size_t size) {
    if (size > left) {
      const std::size_t block = std::max(size, kBlockBytes);
      blocks.push_back(std::make_unique_for_overwrite<char[]>(block));
      if (size >= kBlockBytes) return blocks.back().get();
      next = blocks.back().get();
      left = block;
    }
    char* taken = next;
    next += size;
    left -= size;
    return taken;
  }
};

Dom::Dom() = default;
Dom::Dom(Dom&&) noexcept = default;
Dom& Dom::operator=(Dom&&) noexcept = default;
Dom::~Dom() = default;

Result<Dom> Dom::Parse(std::string_view html) {
  if (IsNestedTooDeep(html)) {
    return Status::InvalidArgument(
        "elements nested more than 1000 deep, which is no article page: give its text instead");
  }
  Dom dom;
  dom.html_ = html;
  dom.arena_ = std::make_unique<Arena>();
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = &Arena::Allocate;
  options.deallocator = &Arena::Deallocate;
  options.userdata = dom.arena_.get();
  options.max_errors = 0;
  dom.output_ = gumbo_parse_with_options(&options, html.data(), html.size());
  return dom;
}

const HtmlNode* Dom::root() const { return static_cast<const GumboOutput*>(output_)->root; }

bool IsElement(const HtmlNode* node) { return node->type == GUMBO_NODE_ELEMENT; }

bool IsText(const HtmlNode* node) {
  return node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE ||
         node->type == GUMBO_NODE_CDATA;
}

std::string_view TagName(const HtmlNode* node) {
  if (!IsElement(node) || node->v.element.tag == GUMBO_TAG_UNKNOWN) return {};
  return gumbo_normalized_tagname(node->v.element.tag);
}

std::string_view Attribute(const HtmlNode* node, const char* name) {
  if (!IsElement(node)) return {};
  const GumboAttribute* attribute = gumbo_get_attribute(&node->v.element.attributes, name);
  return attribute != nullptr ? std::string_view(attribute->value) : std::string_view{};
}

bool HasAttribute(const HtmlNode* node, const char* name) {
  return IsElement(node) && gumbo_get_attribute(&node->v.element.attributes, name) != nullptr;
}

std::vector<const HtmlNode*> Children(const HtmlNode* node) {
  std::vector<const HtmlNode*> children;
  if (!IsElement(node)) return children;
  const GumboVector& vector = node->v.element.children;
  children.reserve(vector.length);
  for (unsigned i = 0; i < vector.length; ++i) {
    children.push_back(static_cast<const HtmlNode*>(vector.data[i]));
  }
  return children;
}

std::string_view Characters(const HtmlNode* node) { return node->v.text.text; }

std::string_view RawCharacters(const HtmlNode* node) {
  const GumboStringPiece& raw = node->v.text.original_text;
  return {raw.data, raw.length};
}

bool IsInline(std::string_view tag) {
  static constexpr std::array<std::string_view, 33> kTags = {
      "a",     "abbr", "acronym", "b",      "bdi", "bdo", "big",   "cite", "code", "data", "del",
      "dfn",   "em",   "font",    "i",      "ins", "kbd", "label", "mark", "q",    "s",    "samp",
      "small", "span", "strike",  "strong", "sub", "sup", "time",  "tt",   "u",    "var",  "wbr"};
  return IsOneOf(tag, kTags);
}

namespace {

void AppendText(const HtmlNode* node, std::string* out) {
  if (IsText(node)) {
    *out += Characters(node);
    return;
  }
  const std::string_view tag = TagName(node);
  if (!IsElement(node) || tag == "script" || tag == "style") return;
  if (!IsInline(tag)) *out += ' ';
  for (const HtmlNode* child : Children(node)) AppendText(child, out);
}

}  // namespace

std::string TextBelow(const HtmlNode* node) {
  std::string text;
  AppendText(node, &text);
  std::string collapsed;
  bool space = false;
  for (char c : text) {
    if (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f') {
      space = !collapsed.empty();
      continue;
    }
    if (space) collapsed += ' ';
    space = false;
    collapsed += c;
  }
  return collapsed;
}

std::string DecodeEntities(std::string_view text) {
  if (text.find('&') == std::string_view::npos && text.find('<') == std::string_view::npos) {
    return std::string(text);
  }
  const Result<Dom> dom = Dom::Parse(text);
  return dom.ok() ? TextBelow(dom->root()) : std::string(text);
}

namespace {

// After a reference at raw[at] == '&' whose characters begin at text[t]: finds how many bytes it
// takes in both, by trying the few possible lengths until what follows agrees.
bool StepOverReference(std::string_view text, std::string_view raw, std::size_t* t,
                       std::size_t* at) {
  constexpr std::size_t kNameBytesMax =
      34;  // the longest name is &CounterClockwiseContourIntegral;
  constexpr std::size_t kAgree = 4;
  std::size_t name_end = *at + 1;
  while (name_end < raw.size() && name_end - *at < kNameBytesMax &&
         (raw[name_end] == '#' || (raw[name_end] >= '0' && raw[name_end] <= '9') ||
          (raw[name_end] >= 'a' && raw[name_end] <= 'z') ||
          (raw[name_end] >= 'A' && raw[name_end] <= 'Z'))) {
    ++name_end;
  }
  if (name_end < raw.size() && raw[name_end] == ';') ++name_end;
  const std::size_t one = *t + DecodeAt(text, *t).size;
  const std::size_t two = one + DecodeAt(text, one).size;
  for (std::size_t end = name_end; end > *at + 2; --end) {
    for (const std::size_t text_end : {one, two}) {
      const std::string_view rest = raw.substr(end, kAgree);
      const bool at_end = end == raw.size() && text_end == text.size();
      const bool reference_next = rest.starts_with('&') || rest.starts_with('\r');
      if (at_end || (text_end < text.size() && !rest.empty() &&
                     (reference_next || rest.front() == text[text_end]))) {
        *t = text_end;
        *at = end;
        return true;
      }
    }
  }
  return false;
}

}  // namespace

std::vector<std::uint32_t> AlignCharacters(std::string_view characters, std::string_view raw,
                                           std::string_view html) {
  std::vector<std::uint32_t> sources(characters.size(), kNowhere);
  const bool inside =
      raw.data() >= html.data() && raw.data() + raw.size() <= html.data() + html.size();
  if (!inside) return sources;
  const auto base = static_cast<std::size_t>(raw.data() - html.data());
  std::size_t t = 0;
  std::size_t at = 0;
  while (t < characters.size() && at < raw.size()) {
    if (raw[at] == '&') {
      // A bare "&" stands for itself, unless what follows it disagrees.
      const bool bare =
          characters[t] == '&' && raw.substr(at + 1, 3) == characters.substr(t + 1, 3);
      if (!bare) {
        if (!StepOverReference(characters, raw, &t, &at)) return sources;
        continue;
      }
    }
    if (raw[at] == characters[t]) {
      sources[t++] = static_cast<std::uint32_t>(base + at++);
    } else if (raw[at] == '\r') {
      if (at + 1 < raw.size() && raw[at + 1] == '\n') {
        ++at;
      } else {
        ++at;
        ++t;
      }
    } else if (raw[at] == '<') {  // a tag the parser ignored
      const std::size_t end = raw.find('>', at);
      if (end == std::string_view::npos) return sources;
      at = end + 1;
    } else {
      return sources;
    }
  }
  return sources;
}

}  // namespace hearsay::ingest
