#include "ingest/text/blocks.h"

#include <algorithm>

#include "ingest/components.h"
#include "ingest/text/layout.h"
#include "ingest/text/utf8.h"

namespace hearsay::ingest {
namespace {

struct Line {
  Span span;                // without white space at the ends; empty for a blank line
  std::uint32_t width = 0;  // code points of the whole line, trailing space left out
};

std::uint32_t CodePoints(std::string_view text) {
  return static_cast<std::uint32_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

// Length of the line end at `at`: \n, \r\n, \r, vertical tab, form feed, U+0085, U+2028, U+2029.
std::size_t LineEndAt(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (c == '\r') return at + 1 < text.size() && text[at + 1] == '\n' ? 2 : 1;
  if (c == '\n' || c == '\v' || c == '\f') return 1;
  if (c == '\xC2' && text.substr(at, 2) == "\xC2\x85") return 2;
  if (c == '\xE2' &&
      (text.substr(at, 3) == "\xE2\x80\xA8" || text.substr(at, 3) == "\xE2\x80\xA9")) {
    return 3;
  }
  return 0;
}

std::vector<Line> CutLines(std::string_view text) {
  std::vector<Line> lines;
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end_size = at < text.size() ? LineEndAt(text, at) : 1;
    if (end_size == 0) {
      ++at;
      continue;
    }
    const std::string_view raw = text.substr(begin, at - begin);
    const std::string_view trimmed = TrimSpace(raw);
    Line line;
    if (!trimmed.empty()) {
      const auto offset = static_cast<std::uint32_t>(trimmed.data() - text.data());
      line.span = {offset, offset + static_cast<std::uint32_t>(trimmed.size())};
      line.width = CodePoints(text.substr(begin, line.span.end - begin));
    }
    lines.push_back(line);
    at += end_size;
    begin = at;
  }
  return lines;
}

// The width at which an editor broke the lines, or 0 if the lines are paragraphs.  Wrapped lines
// are short, and most of those that another line follows come near the longest.
std::uint32_t WrapWidth(const std::vector<Line>& lines) {
  constexpr std::uint32_t kWrapWidthMax = 100;
  constexpr std::uint32_t kWrapWidthMin = 40;
  std::uint32_t width = 0;
  std::vector<std::uint32_t> followed;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    width = std::max(width, lines[i].width);
    if (width > kWrapWidthMax) return 0;
    if (i + 1 < lines.size() && !lines[i].span.empty() && !lines[i + 1].span.empty()) {
      followed.push_back(lines[i].width);
    }
  }
  if (width < kWrapWidthMin || followed.size() < 3) return 0;
  const auto full = std::count_if(followed.begin(), followed.end(),
                                  [&](std::uint32_t w) { return w * 10 >= width * 8; });
  return static_cast<std::size_t>(full) * 3 >= followed.size() * 2 ? width : 0;
}

std::uint32_t FirstWordWidth(std::string_view line) {
  std::size_t at = 0;
  while (at < line.size() && !IsSpace(DecodeAt(line, at).value)) at += DecodeAt(line, at).size;
  return CodePoints(line.substr(0, at));
}

// A line that goes on in the middle of a sentence: it begins with a small letter, and the block
// before, which began with none, did not come to an end.
bool GoesOn(std::string_view block, std::string_view line) {
  const char32_t last = DecodeBefore(block, block.size()).value;
  return IsLower(DecodeAt(line, 0).value) && !IsLower(DecodeAt(block, 0).value) &&
         !line.starts_with("www.") && !line.starts_with("http") &&
         (IsLetter(last) || IsDigit(last) || last == ',');
}

void FillTokens(const std::vector<Token>& tokens, std::vector<Block>& blocks) {
  TokenIndex t = 0;
  const auto count = static_cast<TokenIndex>(tokens.size());
  for (Block& block : blocks) {
    while (t < count && tokens[t].span.begin < block.span.begin) ++t;
    block.tokens.begin = t;
    while (t < count && tokens[t].span.end <= block.span.end) ++t;
    block.tokens.end = t;
  }
}

}  // namespace

std::vector<Block> CutBlocks(std::string_view text, const std::vector<Token>& tokens) {
  const std::vector<Line> lines = CutLines(text);
  const std::uint32_t width = WrapWidth(lines);
  std::vector<Block> blocks;
  bool joined_allowed = false;  // the line before is of the same paragraph group
  std::uint32_t width_before = 0;
  for (const Line& line : lines) {
    if (line.span.empty()) {
      joined_allowed = false;
      continue;
    }
    const bool forced = width > 0 && joined_allowed &&
                        width_before + 1 + FirstWordWidth(line.span.In(text)) > width;
    if (forced || (joined_allowed && GoesOn(blocks.back().span.In(text), line.span.In(text)))) {
      blocks.back().span.end = line.span.end;
    } else {
      blocks.push_back({line.span, BlockKind::kBody, {}});
    }
    joined_allowed = true;
    width_before = line.width;
  }
  FillTokens(tokens, blocks);
  return blocks;
}

namespace {

class Blocks final : public Component {
 public:
  explicit Blocks(const Lexicons& lexicons) : layout_(lexicons) {}
  void Run(Analysis& analysis) const override {
    analysis.blocks = CutBlocks(analysis.article.text, analysis.tokens);
    layout_.Classify(analysis.article, analysis.tokens, analysis.blocks);
  }

 private:
  Layout layout_;
};

}  // namespace

std::unique_ptr<Component> MakeBlocks(const Lexicons& lexicons) {
  return std::make_unique<Blocks>(lexicons);
}

}  // namespace hearsay::ingest
