#include "ingest/source/html_dom.h"

#include <gumbo.h>

#include <algorithm>
#include <array>
#include <utility>

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
  static constexpr std::array<std::string_view, 28> kTags = {
      "p",     "li",  "td",    "tr",    "th",    "dt",    "dd",   "option", "thead", "tbody",
      "tfoot", "br",  "img",   "meta",  "link",  "input", "hr",   "source", "area",  "base",
      "col",   "wbr", "embed", "param", "track", "html",  "body", "head"};
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

// Does an HTML element that stands in a drawing end it?  (WHATWG HTML, 13.2.6.5)
bool EndsDrawing(std::string_view tag) {
  static constexpr std::array<std::string_view, 38> kTags = {"b",
                                                             "big",
                                                             "blockquote",
                                                             "body",
                                                             "br",
                                                             "center",
                                                             "code",
                                                             "dd",
                                                             "div",
                                                             "dl",
                                                             "dt",
                                                             "em",
                                                             "embed",
                                                             "h1",
                                                             "h2",
                                                             "h3",
                                                             "h4",
                                                             "h5",
                                                             "h6",
                                                             "head",
                                                             "hr",
                                                             "i",
                                                             "img",
                                                             "li",
                                                             "ol",
                                                             "p",
                                                             "pre",
                                                             "ruby",
                                                             "span",
                                                             "strong",
                                                             "sub",
                                                             "sup",
                                                             "table",
                                                             "u",
                                                             "ul",
                                                             "var",
                                                             "foreignobject",
                                                             "desc"};
  return IsOneOf(tag, kTags);
}

// Counts open elements roughly, without parsing.
class DepthScan {
 public:
  explicit DepthScan(std::string_view html) : html_(html) {}

  // Or with a tag that has no end of attributes.
  bool TooDeep() {
    for (std::size_t at = html_.find('<'); at != std::string_view::npos;
         at = html_.find('<', at + 1)) {
      at = Step(at);
      if (depth_ > kDepthMax || formatting_ > kFormattingDepthMax) return true;
    }
    return false;
  }

 private:
  // Takes the tag at `at`; returns where to go on looking.
  std::size_t Step(std::size_t at) {
    if (html_.substr(at, 4) == "<!--") return std::min(html_.find("-->", at + 4), html_.size());
    const bool end = at + 1 < html_.size() && html_[at + 1] == '/';
    std::array<char, 16> buffer{};
    const std::string_view tag = TagAt(html_, at + (end ? 2 : 1), buffer);
    if (tag.empty() || IsOpenByNature(tag)) return at;
    if (!end && (tag == "script" || tag == "style")) {
      return EndTag(tag == "script" ? "script" : "style", at);  // no tags inside
    }
    if (tag == "script" || tag == "style") return at;
    if (tag == "svg" || tag == "math") drawing_ = !end;
    if (drawing_ && EndsDrawing(tag)) drawing_ = false;
    const std::size_t close = CloseOf(at);
    const bool empty = drawing_ && close > at && html_[close - 1] == '/';
    if (empty) return at;
    int& count = IsFormatting(tag) ? formatting_ : depth_;
    count = std::max(0, count + (end ? -1 : 1));
    return at;
  }

  // The place of "</tag" behind `at`, or the end.
  std::size_t EndTag(std::string_view tag, std::size_t at) const {
    std::array<char, 16> buffer{};
    for (at = html_.find("</", at); at != std::string_view::npos; at = html_.find("</", at + 2)) {
      if (TagAt(html_, at + 2, buffer) == tag) return at;
    }
    return html_.size();
  }

  // The place of the next '>'.  Remembered, since a page without any would be scanned for each tag.
  std::size_t CloseOf(std::size_t at) {
    if (close_ > at) return close_;
    close_ = std::min(html_.find('>', at), html_.size());
    // The parser compares each attribute of a tag with all before it.
    const std::string_view inside = html_.substr(at, close_ - at);
    const auto marks = std::count_if(inside.begin(), inside.end(), [](char c) {
      return c == ' ' || c == '\n' || c == '\t' || c == '"' || c == '\'';
    });
    const auto slashes = std::count(inside.begin(), inside.end(), '/');
    if (marks > kTagMarksMax || slashes > kTagSlashesMax) depth_ = kDepthMax + 1;
    return close_;
  }

  static constexpr std::ptrdiff_t kTagMarksMax = 20000;
  static constexpr std::ptrdiff_t kTagSlashesMax = 200000;  // data: addresses are full of them
  std::string_view html_;
  std::size_t close_ = 0;
  int depth_ = 0;
  int formatting_ = 0;
  bool drawing_ = false;
};

// The true depth of a parsed tree, without recursion.
bool IsTreeTooDeep(const HtmlNode* root) {
  constexpr std::size_t kTreeDepthMax = 4000;  // of the recursive walks over it
  std::vector<std::pair<const HtmlNode*, std::size_t>> open = {{root, 0}};
  while (!open.empty()) {
    const auto [node, depth] = open.back();
    open.pop_back();
    if (depth > kTreeDepthMax) return true;
    for (const HtmlNode* child : Children(node)) open.emplace_back(child, depth + 1);
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
  const Status too_deep = Status::InvalidArgument(
      "elements nested more than 1000 deep, or a tag with thousands of attributes, which no "
      "article page has: give its text instead");
  if (DepthScan(html).TooDeep()) return too_deep;
  Dom dom;
  dom.html_ = html;
  dom.arena_ = std::make_unique<Arena>();
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = &Arena::Allocate;
  options.deallocator = &Arena::Deallocate;
  options.userdata = dom.arena_.get();
  options.max_errors = 0;
  dom.output_ = gumbo_parse_with_options(&options, html.data(), html.size());
  if (IsTreeTooDeep(dom.root())) return too_deep;
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
