#include "ingest/source/html_article.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "ingest/lexicon/lexicons.h"
#include "ingest/source/decode.h"
#include "ingest/source/html_blocks.h"
#include "ingest/source/html_dom.h"
#include "ingest/source/html_metadata.h"
#include "ingest/source/json_text.h"
#include "ingest/text/utf8.h"

namespace hearsay::ingest {
namespace {

constexpr std::size_t kProseBytesMin = 40;     // a shorter paragraph is no proof of prose
constexpr std::size_t kArticleBytesMin = 140;  // less running text is no article
constexpr double kLinkShareMax = 0.5;

// Words of class and id attributes (boilerplate.tsv).
struct ClassWords {
  std::unordered_set<std::string_view> drop, article;
};

const ClassWords& TheClassWords() {
  static const ClassWords kWords = [] {
    const Lexicons lexicons;
    return ClassWords{lexicons.Set("boilerplate.tsv", "drop"),
                      lexicons.Set("boilerplate.tsv", "article")};
  }();
  return kWords;
}

// Calls `visit` with each word of a class list, lower case: "relatedLinks-box" has related, links
// and box; returns whether it held for one.
template <typename Visit>
bool AnyClassWord(std::string_view names, const Visit& visit) {
  std::string word;
  bool before_lower = false;
  for (std::size_t i = 0; i <= names.size(); ++i) {
    const char c = i < names.size() ? names[i] : ' ';
    const bool upper = c >= 'A' && c <= 'Z';
    const bool letter = upper || (c >= 'a' && c <= 'z');
    if (!letter || (upper && before_lower)) {
      if (!word.empty() && visit(word)) return true;
      word.clear();
    }
    if (letter) word += static_cast<char>(upper ? c - 'A' + 'a' : c);
    before_lower = letter && !upper;
  }
  return false;
}

bool NamesBoilerplate(const HtmlNode* node) {
  const auto drop = [](const std::string& word) { return TheClassWords().drop.contains(word); };
  return AnyClassWord(Attribute(node, "class"), drop) || AnyClassWord(Attribute(node, "id"), drop);
}

bool NamesArticle(const HtmlNode* node) {
  for (const char* attribute : {"class", "id", "itemprop"}) {
    std::string_view names = Attribute(node, attribute);
    std::string word;  // without hyphens and underscores
    for (std::size_t i = 0; i <= names.size(); ++i) {
      const char c = i < names.size() ? names[i] : ' ';
      if (c == ' ') {
        if (TheClassWords().article.contains(word)) return true;
        word.clear();
      } else if (c != '-' && c != '_') {
        word += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
      }
    }
  }
  return false;
}

bool IsNeverText(std::string_view tag) {
  static const std::unordered_set<std::string_view> kTags = {
      "script",   "style",  "noscript", "template", "iframe", "svg", "select",   "button",
      "textarea", "object", "video",    "audio",    "canvas", "map", "datalist", "head"};
  return kTags.contains(tag);
}

bool IsHidden(const HtmlNode* node) {
  if (HasAttribute(node, "hidden") || Attribute(node, "aria-hidden") == "true") return true;
  const std::string style = FoldWord(Attribute(node, "style").substr(0, 400));
  return style.find("display:none") != std::string::npos ||
         style.find("visibility:hidden") != std::string::npos;
}

bool IsAside(std::string_view tag) {
  return tag == "nav" || tag == "aside" || tag == "footer" || tag == "form" || tag == "dialog" ||
         tag == "menu";
}

bool IsFrame(std::string_view tag) {
  return tag == "html" || tag == "body" || tag == "main" || tag == "article";
}

// Running text below each element, measured once.
class Prose {
 public:
  explicit Prose(const Dom& dom) {
    Measure(dom.root(), false);
    total_ = Of(dom.root());
  }
  std::size_t Of(const HtmlNode* node) const {
    const auto found = sums_.find(node);
    return found == sums_.end() ? 0 : found->second;
  }
  std::size_t total() const { return total_; }

 private:
  struct Run {  // of text and inline elements inside one block
    std::size_t bytes = 0;
    std::size_t link_bytes = 0;
    bool stop = false;
  };

  static std::size_t Worth(const Run& run) {
    const bool prose =
        run.bytes >= kProseBytesMin && run.stop &&
        static_cast<double>(run.link_bytes) < kLinkShareMax * static_cast<double>(run.bytes);
    return prose ? run.bytes - run.link_bytes : 0;
  }

  static void AddText(const HtmlNode* node, bool link, Run* run) {
    bool space = true;
    for (char c : Characters(node)) {
      const bool is_space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
      if (is_space && space) continue;
      space = is_space;
      ++run->bytes;
      if (link) ++run->link_bytes;
      if (c == '.' || c == '!' || c == '?' || c == ',' || c < 0) run->stop = true;
    }
  }

  // Inline children add to the run of the block around them.
  std::size_t MeasureInline(const HtmlNode* node, bool link, Run* run) {
    std::size_t sum = 0;
    for (const HtmlNode* child : Children(node)) {
      if (IsText(child)) {
        AddText(child, link, run);
        continue;
      }
      if (!IsElement(child)) continue;
      const std::string_view tag = TagName(child);
      if (tag == "br" || IsNeverText(tag)) continue;
      if (IsInline(tag)) {
        sum += MeasureInline(child, link || tag == "a", run);
      } else {
        sum += Worth(*run);
        *run = {};
        sum += Measure(child, link);
      }
    }
    return sum;
  }

  std::size_t Measure(const HtmlNode* node, bool link) {
    if (IsNeverText(TagName(node)) || IsHidden(node)) return 0;
    Run run;
    std::size_t sum = MeasureInline(node, link, &run);
    sum += Worth(run);
    sums_[node] = sum;
    return sum;
  }

  std::unordered_map<const HtmlNode*, std::size_t> sums_;
  std::size_t total_ = 0;
};

// Finds the element that holds the article and takes its paragraphs.
class ArticleFinder {
 public:
  explicit ArticleFinder(const Dom& dom) : dom_(dom), prose_(dom) {
    // A page that calls most of its prose a sidebar means something else by it.
    trust_names_ = NamedBoilerplate(dom.root()) * 2 < prose_.total();
  }

  const Prose& prose() const { return prose_; }

  // What is no part of the article, unless most of the page's prose stands there.
  bool IsOutside(const HtmlNode* node) const {
    const std::string_view tag = TagName(node);
    if (IsNeverText(tag) || IsHidden(node)) return true;
    if (IsFrame(tag)) return false;
    if (!IsAside(tag) && !(trust_names_ && NamesBoilerplate(node))) return false;
    return prose_.Of(node) * 2 < prose_.total();
  }

  const HtmlNode* Root() {
    FindBest(dom_.root(), 0);
    const HtmlNode* root = dom_.root();
    for (const Candidate& candidate : best_) {
      if (candidate.node != nullptr && candidate.prose * 10 >= prose_.total() * 4) {
        root = candidate.node;
        break;
      }
    }
    return Descend(root);
  }

 private:
  struct Candidate {
    const HtmlNode* node = nullptr;
    std::size_t prose = 0;
  };

  std::size_t NamedBoilerplate(const HtmlNode* node) const {
    if (!IsElement(node) || prose_.Of(node) == 0) return 0;
    if (!IsFrame(TagName(node)) && NamesBoilerplate(node)) return prose_.Of(node);
    std::size_t sum = 0;
    for (const HtmlNode* child : Children(node)) sum += NamedBoilerplate(child);
    return sum;
  }

  // The best of each way in which a page says "here": by name, <article>, <main>.
  void FindBest(const HtmlNode* node, int depth) {
    if (!IsElement(node) || (depth > 0 && IsOutside(node))) return;
    const std::string_view tag = TagName(node);
    if (!IsFrame(tag) || tag == "article" || tag == "main") {
      if (NamesArticle(node)) Offer(0, node);
    }
    if (tag == "article") Offer(1, node);
    if (tag == "main" || Attribute(node, "role") == "main") Offer(2, node);
    for (const HtmlNode* child : Children(node)) FindBest(child, depth + 1);
  }

  void Offer(std::size_t kind, const HtmlNode* node) {
    const std::size_t prose = prose_.Of(node);
    if (prose > best_[kind].prose) best_[kind] = {node, prose};
  }

  const HtmlNode* Descend(const HtmlNode* node) const {
    while (true) {
      const HtmlNode* next = nullptr;
      for (const HtmlNode* child : Children(node)) {
        if (!IsElement(child) || IsOutside(child) || IsInline(TagName(child))) continue;
        if (prose_.Of(child) * 10 >= prose_.Of(node) * 9 && prose_.Of(child) > 0) next = child;
      }
      if (next == nullptr || TagName(next) == "p" || TagName(next) == "li") return node;
      node = next;
    }
  }

  const Dom& dom_;
  Prose prose_;
  bool trust_names_ = true;
  Candidate best_[3];
};

bool IsLinks(const HtmlParagraph& paragraph) {
  return static_cast<double>(paragraph.link_bytes) >
             kLinkShareMax * static_cast<double>(paragraph.text.size()) &&
         paragraph.text.size() < 300;
}

// The headline as it stands on the page: the <h1> that agrees with the title, else the first one.
const HtmlNode* FindHeadline(const Dom& dom, const std::string& title) {
  const std::string folded = FoldPhrase(title);
  const HtmlNode* first = nullptr;
  const HtmlNode* agreeing = FindElement(dom.root(), [&](const HtmlNode* node) {
    if (TagName(node) != "h1") return false;
    const std::string text = FoldPhrase(TextBelow(node));
    if (first == nullptr && text.size() >= 12) first = node;
    return !text.empty() && (text == folded || (text.size() > 12 && folded.starts_with(text)));
  });
  return agreeing != nullptr ? agreeing : first;
}

class PageWriter {
 public:
  void Add(const HtmlParagraph& paragraph) {
    if (!page_.text.empty()) page_.text += "\n\n";
    for (const SourceMapEntry& entry : paragraph.map) {
      Extend(page_.map, page_.text.size() + entry.text_begin, entry.source_begin, entry.length);
    }
    page_.text += paragraph.text;
  }
  Page& page() { return page_; }

 private:
  Page page_;
};

// The text of a page that only its script shows: "articleBody" of the JSON-LD.
std::optional<HtmlParagraph> ScriptedBody(const Dom& dom) {
  std::optional<HtmlParagraph> body;
  FindElement(dom.root(), [&](const HtmlNode* node) {
    if (TagName(node) != "script") return false;
    for (const HtmlNode* child : Children(node)) {
      if (!IsText(child) || Attribute(node, "type").find("ld+json") == std::string_view::npos) {
        continue;
      }
      const std::string_view characters = Characters(child);
      const std::string_view raw = RawCharacters(child);
      if (characters != raw || raw.data() < dom.html().data()) continue;
      const std::string_view literal = FindJsonLiteral(raw, "articleBody");
      const auto value =
          nlohmann::json::parse(literal.begin(), literal.end(), nullptr, /*exceptions=*/false);
      if (!value.is_string()) continue;
      HtmlParagraph paragraph;
      paragraph.text = value.get<std::string>();
      if (paragraph.text.size() < kArticleBytesMin) continue;
      const auto base = static_cast<std::size_t>(literal.data() - dom.html().data());
      paragraph.map = MapJsonLiteral(literal, base, paragraph.text);
      body = std::move(paragraph);
      return true;
    }
    return false;
  });
  return body;
}

// The paragraphs of the article, without its headline.  kInvalidArgument if there are none.
Result<std::vector<HtmlParagraph>> BodyParagraphs(const Dom& dom, const HtmlNode* headline) {
  ArticleFinder finder(dom);
  const HtmlNode* root = finder.Root();
  const std::size_t prose = finder.prose().Of(root);
  if (prose < kArticleBytesMin) {
    if (std::optional<HtmlParagraph> body = ScriptedBody(dom)) return std::vector{std::move(*body)};
    return Status::InvalidArgument(fmt::format(
        "no article in the page: only {} bytes of running text; save the article's own page as "
        "the browser shows it, or give its text as a .txt file",
        prose));
  }
  const auto skip = [&](const HtmlNode* node) {
    return node == headline || (node != root && finder.IsOutside(node));
  };
  std::vector<HtmlParagraph> paragraphs = CollectParagraphs(dom, root, skip);
  std::erase_if(paragraphs, IsLinks);
  return paragraphs;
}

}  // namespace

Result<Page> ReadPageText(std::string_view html) {
  HEARSAY_ASSIGN_OR_RETURN(const Dom dom, Dom::Parse(html));
  PageWriter writer;
  writer.page().metadata = ReadPageMetadata(dom);
  const HtmlNode* headline = FindHeadline(dom, writer.page().metadata.title);
  HEARSAY_ASSIGN_OR_RETURN(const std::vector<HtmlParagraph> body, BodyParagraphs(dom, headline));
  const auto never = [](const HtmlNode* node) { return IsNeverText(TagName(node)); };
  if (headline != nullptr) {
    for (const HtmlParagraph& p : CollectParagraphs(dom, headline, never)) writer.Add(p);
  }
  for (const HtmlParagraph& paragraph : body) writer.Add(paragraph);
  return std::move(writer.page());
}

}  // namespace hearsay::ingest
