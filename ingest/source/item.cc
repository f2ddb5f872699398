#include "ingest/source/item.h"

#include "ingest/text/blocks.h"
#include "ingest/text/dateline.h"
#include "ingest/text/dates.h"
#include "ingest/text/language.h"
#include "ingest/text/layout.h"
#include "ingest/text/tokens.h"
#include "ingest/text/utf8.h"

namespace hearsay::ingest {
namespace {

constexpr std::size_t kHeadBytes = 16384;

void Overlay(const Metadata& from, Metadata* to) {
  for (std::string Metadata::*field :
       {&Metadata::url, &Metadata::outlet, &Metadata::title, &Metadata::byline,
        &Metadata::published, &Metadata::updated, &Metadata::language, &Metadata::dateline,
        &Metadata::credit}) {
    if (!(from.*field).empty()) to->*field = from.*field;
  }
}

// "news.jsonl:14" and "news.jsonl#id" stand in news.jsonl.
std::string_view FileOf(std::string_view place) {
  const std::size_t mark = place.find_last_of(":#");
  return mark == std::string_view::npos || mark < place.find_last_of('/') + 1
             ? place
             : place.substr(0, mark);
}

// The head of a text with its layers.
struct Head {
  explicit Head(const Article& from) {
    article.metadata.title = from.metadata.title;
    std::size_t end = std::min(from.text.size(), kHeadBytes);
    while (end < from.text.size() && end > 0 &&
           (static_cast<unsigned char>(from.text[end]) & 0xC0) == 0x80) {
      --end;
    }
    article.text = from.text.substr(0, end);
    static const Tokenizer kTokenizer{Lexicons()};
    static const Layout kLayout{Lexicons()};
    tokens = kTokenizer.Tokenize(article.text);
    blocks = CutBlocks(article.text, tokens);
    kLayout.Classify(article, tokens, blocks);
  }
  std::string_view Text(TokenRange range) const {
    return range.empty()
               ? std::string_view{}
               : std::string_view(article.text)
                     .substr(tokens[range.begin].span.begin,
                             tokens[range.end - 1].span.end - tokens[range.begin].span.begin);
  }
  Article article;
  std::vector<Token> tokens;
  std::vector<Block> blocks;
};

void TakeDateline(const Head& head, Metadata* metadata) {
  for (const Block& block : head.blocks) {
    if (block.kind != BlockKind::kBody && block.kind != BlockKind::kDateline) continue;
    const auto dateline = FindDateline(head.tokens, block.tokens, head.article.text);
    if (dateline) {
      if (metadata->dateline.empty()) metadata->dateline = head.Text(dateline->tokens);
      if (metadata->credit.empty()) metadata->credit = head.Text(dateline->credit);
      return;
    }
    if (block.kind == BlockKind::kBody) return;  // only the first paragraph has one
  }
}

void TakeDateLines(const Head& head, Metadata* metadata) {
  for (const Block& block : head.blocks) {
    const std::string_view line = block.span.In(head.article.text);
    if (block.kind == BlockKind::kDateline) {
      const auto date = ReadDateLine(line);
      if (!date) continue;
      std::string& field = date->updated ? metadata->updated : metadata->published;
      if (field.empty()) field = date->date.iso;
    } else if (block.kind == BlockKind::kByline) {
      const auto date = FindDate(line);
      if (date && metadata->published.empty()) metadata->published = date->iso;
    }
  }
}

// "By Ann Example - January 8, 2022" -> "Ann Example"
std::string BylineName(std::string_view line) {
  const auto date = FindDate(line);
  if (date) line = line.substr(0, date->span.begin);
  const std::size_t by = FoldPhrase(line.substr(0, 3)) == "by" ? 2 : 0;
  line = TrimSpace(line.substr(by));
  constexpr std::string_view kEdge = " -|,:\xC2\xB7\xE2\x80\x93\x94";
  while (!line.empty() && kEdge.find(line.back()) != std::string_view::npos) line.remove_suffix(1);
  while (!line.empty() && (line.front() == ':' || line.front() == ' ')) line.remove_prefix(1);
  return IsValidUtf8(line) ? std::string(line) : std::string();
}

}  // namespace

std::string_view BaseName(std::string_view path) {
  const std::size_t slash = path.find_last_of('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

void ApplyDeclared(const Declared& declared, const std::string& source, Metadata* metadata) {
  Overlay(declared.all, metadata);
  const std::string_view file = FileOf(source);
  for (const std::string_view key : {BaseName(file), file, std::string_view(source)}) {
    const auto found = declared.by_file.find(key);
    if (found != declared.by_file.end()) Overlay(found->second, metadata);
  }
}

void FindInText(Article* article) {
  Metadata& metadata = article->metadata;
  const Head head(*article);
  for (const Block& block : head.blocks) {
    if (block.kind == BlockKind::kTitle && metadata.title.empty()) {
      metadata.title = block.span.In(head.article.text);
    }
    if (block.kind == BlockKind::kByline && metadata.byline.empty()) {
      metadata.byline = BylineName(block.span.In(head.article.text));
    }
  }
  if (metadata.language.empty()) metadata.language = LanguageOf(article->text);
  TakeDateline(head, &metadata);
  TakeDateLines(head, &metadata);
}

}  // namespace hearsay::ingest
