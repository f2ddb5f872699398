#include "ingest/source/html_blocks.h"

#include <utility>

#include "ingest/source/decode.h"

namespace hearsay::ingest {
namespace {

bool IsHtmlSpace(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }

class Walk {
 public:
  Walk(const Dom& dom, const std::function<bool(const HtmlNode*)>& skip) : dom_(dom), skip_(skip) {}

  std::vector<HtmlParagraph> Run(const HtmlNode* root) {
    Visit(root);
    Finish();
    return std::move(paragraphs_);
  }

 private:
  void Visit(const HtmlNode* node) {
    if (IsText(node)) return Text(node);
    if (!IsElement(node) || skip_(node)) return;
    const std::string_view tag = TagName(node);
    if (tag == "br") return Break();
    const bool block = !IsInline(tag);
    const bool heading = tag.size() == 2 && tag[0] == 'h' && tag[1] >= '1' && tag[1] <= '6';
    if (block) Finish();
    if (heading) current_.heading = true;
    if (tag == "pre") ++pre_;
    if (tag == "a") ++links_;
    if (tag == "q") Invented("“");
    for (const HtmlNode* child : Children(node)) Visit(child);
    if (tag == "q") Invented("”");
    if (tag == "a") --links_;
    if (tag == "pre") --pre_;
    if (block) Finish();
  }

  // One <br> is a line end, two are a paragraph.
  void Break() {
    if (broken_) return Finish();
    broken_ = true;
  }

  void Text(const HtmlNode* node) {
    const std::string_view characters = Characters(node);
    const std::vector<std::uint32_t> sources =
        AlignCharacters(characters, RawCharacters(node), dom_.html());
    for (std::size_t i = 0; i < characters.size(); ++i) {
      const char c = characters[i];
      if (pre_ > 0 && c == '\n') {
        Break();
      } else if (IsHtmlSpace(c)) {
        if (!space_) space_source_ = c == ' ' ? sources[i] : kNowhere;
        space_ = true;
      } else {
        Put(c, sources[i]);
      }
    }
  }

  void Put(char c, std::uint32_t source) {
    if (!current_.text.empty()) {
      if (broken_) {
        Append('\n', kNowhere);
      } else if (space_) {
        Append(' ', space_source_);
      }
    }
    broken_ = space_ = false;
    Append(c, source);
  }

  void Invented(std::string_view text) {
    for (char c : text) Put(c, kNowhere);
  }

  void Append(char c, std::uint32_t source) {
    if (source != kNowhere) Extend(current_.map, current_.text.size(), source, 1);
    current_.text += c;
    if (links_ > 0) ++current_.link_bytes;
  }

  void Finish() {
    if (!current_.text.empty()) paragraphs_.push_back(std::move(current_));
    current_ = {};
    broken_ = space_ = false;
  }

  const Dom& dom_;
  const std::function<bool(const HtmlNode*)>& skip_;
  std::vector<HtmlParagraph> paragraphs_;
  HtmlParagraph current_;
  int links_ = 0;
  int pre_ = 0;
  bool broken_ = false;
  bool space_ = false;
  std::uint32_t space_source_ = kNowhere;
};

}  // namespace

std::vector<HtmlParagraph> CollectParagraphs(const Dom& dom, const HtmlNode* root,
                                             const std::function<bool(const HtmlNode*)>& skip) {
  return Walk(dom, skip).Run(root);
}

}  // namespace hearsay::ingest
