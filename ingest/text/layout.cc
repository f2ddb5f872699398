#include "ingest/text/layout.h"

#include <algorithm>
#include <array>

#include "ingest/text/dateline.h"
#include "ingest/text/dates.h"
#include "ingest/text/utf8.h"

namespace hearsay::ingest {
namespace {

constexpr std::size_t kHeadBytes = 400;       // of a block: enough for every test of a line
constexpr std::uint32_t kProseWordsMin = 20;  // so many words are prose without a full stop too
constexpr std::uint32_t kTitleWordsMax = 40;
constexpr std::size_t kTitleBlocksMax = 40;  // how far down a title is looked for

// What one block looks like by itself.
struct Looks {
  std::string folded;       // of its first kHeadBytes
  std::string label;        // folded, without bullet, final colon and count
  std::uint32_t words = 0;  // counted up to kProseWordsMin
  bool prose = false;       // a sentence
  bool stop = false;        // ends with a full stop or the like
  bool bullet = false;
  bool colon = false;  // ends with one
};

bool IsBullet(const Token& token) {
  static constexpr std::array<std::string_view, 12> kBullets = {"•", "‣", "◦", "▪", "■", "●",
                                                                "·", "*", "-", "–", "►", "»"};
  return std::find(kBullets.begin(), kBullets.end(), token.lower) != kBullets.end();
}

bool IsStop(std::string_view lower) {
  const char32_t c = DecodeAt(lower, 0).value;
  return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x3002 || c == 0x061F ||
         c == 0x0964;
}

bool IsCloser(const Token& token) {
  return token.kind == TokenKind::kQuote || token.lower == ")" || token.lower == "]";
}

}  // namespace

class LayoutRun {
 public:
  LayoutRun(const Layout& rules, const Article& article, const std::vector<Token>& tokens,
            std::vector<Block>& blocks)
      : rules_(rules), article_(article), tokens_(tokens), blocks_(blocks) {
    looks_.reserve(blocks.size());
    for (const Block& block : blocks) looks_.push_back(Look(block));
    settled_.resize(blocks.size(), false);
  }

  void Run() {
    for (std::size_t i = 0; i < blocks_.size(); ++i) ByShape(i);
    RepeatedCaptions();
    const std::size_t title = FindTitle();
    if (title < blocks_.size()) Title(title);
    LinkLists();
    BetweenTitleAndEnd(title);
    TrailingLabel();
  }

 private:
  void Settle(std::size_t i, BlockKind kind) {
    blocks_[i].kind = kind;
    settled_[i] = true;
  }

  Looks Look(const Block& block) const {
    Looks looks;
    looks.folded = FoldPhrase(block.span.In(article_.text).substr(0, kHeadBytes));
    TokenRange range = block.tokens;
    if (range.empty()) return looks;
    looks.bullet = IsBullet(tokens_[range.begin]);
    for (TokenIndex t = range.begin; t < range.end && looks.words < kProseWordsMin; ++t) {
      if (tokens_[t].kind == TokenKind::kWord || tokens_[t].kind == TokenKind::kNumber) {
        ++looks.words;
      }
    }
    looks.colon = tokens_[range.end - 1].lower == ":";
    looks.stop = EndsWithStop(range);
    looks.prose =
        (looks.stop && (looks.words >= 3 || tokens_[range.begin].kind == TokenKind::kQuote)) ||
        looks.words >= kProseWordsMin;
    looks.label = Label(looks.folded);
    return looks;
  }

  // Ends with a full stop, behind which only closing marks and an agency's name may stand.
  bool EndsWithStop(TokenRange range) const {
    TokenIndex end = range.end;
    if (end - range.begin > 2 && tokens_[end - 1].shape == Shape::kUpper &&
        IsStop(tokens_[end - 2].lower)) {
      return true;
    }
    while (end > range.begin && IsCloser(tokens_[end - 1])) --end;
    if (end == range.begin) return false;
    const Token& last = tokens_[end - 1];
    return last.kind == TokenKind::kPunctuation
               ? IsStop(last.lower)
               : last.lower.ends_with('.') && last.lower.size() > 1;
  }

  static std::string Label(std::string_view folded) {
    for (std::string_view bullet : {"• ", "•", "- ", "* ", "· ", "» ", "› ", "> ", "| "}) {
      if (folded.starts_with(bullet)) folded.remove_prefix(bullet.size());
    }
    while (!folded.empty() &&
           (folded.back() == ':' || folded.back() == ' ' || folded.back() == '(' ||
            folded.back() == ')' || folded.back() == '.' || IsDigit(folded.back()))) {
      folded.remove_suffix(1);
    }
    if (folded.starts_with("» ")) folded.remove_prefix(3);
    return std::string(folded);
  }

  // What needs no neighbours to be known.
  void ByShape(std::size_t i) {
    const Looks& looks = looks_[i];
    if (looks.words == 0 || IsFurniture(i)) return Settle(i, BlockKind::kFurniture);
    if (IsCaption(looks)) return Settle(i, BlockKind::kCaption);
    if (IsByline(i)) return Settle(i, BlockKind::kByline);
    if (IsDateLine(i)) return Settle(i, BlockKind::kDateline);
    if (looks.prose) Settle(i, looks.bullet ? BlockKind::kList : BlockKind::kBody);
  }

  bool IsFurniture(std::size_t i) const {
    const Looks& looks = looks_[i];
    if (looks.label.empty()) return !looks.prose;
    if (rules_.exact_.contains(looks.label) || rules_.opens_.contains(looks.label)) return true;
    for (std::string_view prefix : rules_.prefixes_) {
      if (looks.folded.starts_with(prefix)) return true;
    }
    return !looks.prose && (IsBreadcrumb(i) || IsCount(i) || IsLink(i));
  }

  // "News > World", "Home / Asia / Kazakhstan": short parts between separators.
  bool IsBreadcrumb(std::size_t i) const {
    const TokenRange range = blocks_[i].tokens;
    if (range.end - range.begin > 16) return false;
    std::uint32_t run = 0;
    bool separator = false;
    for (TokenIndex t = range.begin; t < range.end; ++t) {
      const std::string_view lower = tokens_[t].lower;
      const bool spaced = t > range.begin && t + 1 < range.end &&
                          tokens_[t - 1].span.end < tokens_[t].span.begin &&
                          tokens_[t].span.end < tokens_[t + 1].span.begin;
      if (spaced && (lower == ">" || lower == "/" || lower == "›" || lower == "→" ||
                     (lower == "\"" && article_.text[tokens_[t].span.begin] == '\xC2'))) {
        separator = true;
        run = 0;
      } else if (++run > 3) {
        return false;
      }
    }
    return separator;
  }

  // "Story Code : 97", "Comments 0", "Views: 1,204": a label of up to four words and a number.
  bool IsCount(std::size_t i) const {
    const TokenRange range = blocks_[i].tokens;
    if (range.end - range.begin > 6 || tokens_[range.end - 1].kind != TokenKind::kNumber) {
      return false;
    }
    const bool colon = range.end - range.begin >= 3 && tokens_[range.end - 2].lower == ":";
    return colon || range.end - range.begin == 1;
  }

  bool IsLink(std::size_t i) const {
    const TokenRange range = blocks_[i].tokens;
    const std::string_view lower = tokens_[range.begin].lower;
    return range.end - range.begin <= 2 &&
           (lower.starts_with("http") || lower.starts_with("www.") ||
            (lower.find('.') != std::string_view::npos && lower.find('.') + 1 < lower.size() &&
             looks_[i].words == 1));
  }

  bool IsCaption(const Looks& looks) const {
    std::string_view folded = looks.folded;
    if (folded.starts_with("• ")) folded.remove_prefix(std::string_view("• ").size());
    for (std::string_view prefix : rules_.caption_prefixes_) {
      if (folded.starts_with(prefix)) return true;
    }
    // In a long paragraph such words only tell of a picture.
    if (folded.size() >= kHeadBytes) return false;
    for (std::string_view part : rules_.caption_parts_) {
      if (folded.find(part) != std::string_view::npos) return true;
    }
    return false;
  }

  bool IsByline(std::size_t i) const {
    const Looks& looks = looks_[i];
    if (looks.stop || looks.words > 16) return false;
    for (std::string_view prefix :
         {"by ", "by: ", "written by ", "reported by ", "reporting by ", "edited by "}) {
      if (!looks.folded.starts_with(prefix)) continue;
      const std::size_t second = std::min<std::size_t>(
          blocks_[i].tokens.begin + (prefix.find(' ') + 1 == prefix.size() ? 1U : 2U),
          blocks_[i].tokens.end - 1U);
      return tokens_[second].shape != Shape::kLower;
    }
    return false;
  }

  bool IsDateLine(std::size_t i) const {
    const std::string_view line = blocks_[i].span.In(article_.text);
    if (line.size() > 160) return false;
    if (ReadDateLine(line)) return true;
    const auto dateline = FindDateline(tokens_, blocks_[i].tokens, article_.text);
    return dateline && dateline->tokens.end == blocks_[i].tokens.end;
  }

  // The same words beside a caption, once more without the credit.
  void RepeatedCaptions() {
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      if (blocks_[i].kind != BlockKind::kCaption) continue;
      for (std::size_t j : {i - 1, i + 1}) {
        if (j >= blocks_.size() || blocks_[j].kind == BlockKind::kCaption) continue;
        std::string_view shorter = looks_[j].folded;
        std::string_view longer = looks_[i].folded;
        if (looks_[j].bullet && shorter.find(' ') != std::string_view::npos) {
          shorter.remove_prefix(shorter.find(' ') + 1);
        }
        if (looks_[i].bullet && longer.find(' ') != std::string_view::npos) {
          longer.remove_prefix(longer.find(' ') + 1);
        }
        if (looks_[j].words >= 4 && longer.starts_with(shorter)) Settle(j, BlockKind::kCaption);
      }
    }
  }

  bool IsDeclaredTitle(std::size_t i) const {
    return !article_.metadata.title.empty() && blocks_[i].span.size() < 1024 &&
           looks_[i].folded ==
               FoldPhrase(std::string_view(article_.metadata.title).substr(0, kHeadBytes));
  }

  // "Rain Floods Three Towns in the North." is a headline, full stop or not.
  bool IsTitleCase(std::size_t i) const {
    constexpr std::uint32_t kCapitalsMin = 3;
    const TokenRange range = blocks_[i].tokens;
    if (looks_[i].words >= kProseWordsMin || looks_[i].bullet) return false;
    std::uint32_t small = 0;
    std::uint32_t capital = 0;
    for (TokenIndex t = range.begin; t < range.end; ++t) {
      const Token& token = tokens_[t];
      if (t + 1 < range.end && IsStop(token.lower)) return false;  // more than one sentence
      if (token.kind != TokenKind::kWord || token.span.size() < 4) continue;
      ++(token.shape == Shape::kLower ? small : capital);
    }
    return capital >= kCapitalsMin && capital >= 3 * small;
  }

  // The first headline-like block, or blocks_.size().
  std::size_t FindTitle() const {
    const std::size_t none = blocks_.size();
    const std::size_t last = std::min(blocks_.size(), kTitleBlocksMax);
    for (std::size_t i = 0; i < last; ++i) {
      if (IsDeclaredTitle(i)) return i;
    }
    std::size_t weak = none;  // of one to three words: rather the name of a section
    for (std::size_t i = 0; i < last; ++i) {
      const Looks& looks = looks_[i];
      if (settled_[i] && blocks_[i].kind == BlockKind::kBody && IsTitleCase(i) &&
          i + 1 < blocks_.size()) {
        return i;
      }
      const bool question = looks.stop && looks.words < kProseWordsMin && !looks.bullet &&
                            !looks.folded.ends_with('.') && !looks.folded.ends_with(".\"");
      if (settled_[i] && blocks_[i].kind == BlockKind::kBody && !question) {
        // long headlines without a full stop exist, but not after a blank start
        const bool long_title =
            !looks.stop && blocks_[i].tokens.end - blocks_[i].tokens.begin <= kTitleWordsMax;
        return long_title ? i : weak;
      }
      if ((settled_[i] && !question) || looks.bullet || looks.colon) continue;
      if (looks.folded.front() == '(' || looks.folded.front() == '[') continue;
      if (looks.words >= 4) return i;
      if (weak == none) weak = i;
    }
    return weak;
  }

  void Title(std::size_t title) {
    Settle(title, BlockKind::kTitle);
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      if (i == title) continue;
      if (!settled_[i] && i < title) Settle(i, BlockKind::kFurniture);
      // the headline once more says nothing new
      const bool again = blocks_[i].span.size() == blocks_[title].span.size() &&
                         blocks_[i].span.In(article_.text) == blocks_[title].span.In(article_.text);
      if (again) Settle(i, BlockKind::kFurniture);
    }
  }

  // Lines after "Related articles:" up to the next sentence are links.
  void LinkLists() {
    bool open = false;
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      if (rules_.opens_.contains(looks_[i].label)) {
        open = true;
      } else if (settled_[i] && blocks_[i].kind != BlockKind::kFurniture) {
        open = false;
      } else if (open && !settled_[i]) {
        Settle(i, BlockKind::kFurniture);
      }
    }
  }

  // Unsettled lines: headings or list items between sentences, furniture outside.
  void BetweenTitleAndEnd(std::size_t title) {
    std::size_t first_prose = blocks_.size();
    std::size_t last_prose = 0;
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      if (!IsProse(i)) continue;
      first_prose = std::min(first_prose, i);
      last_prose = i;
    }
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      if (settled_[i]) continue;
      const bool before = i < first_prose && (title >= blocks_.size() || i > title);
      if (first_prose == blocks_.size()) {  // lines only: keep what may say something
        Settle(i, looks_[i].words >= 4 ? BlockKind::kBody : BlockKind::kFurniture);
      } else if (looks_[i].colon && looks_[i].words >= 2 && i + 1 < blocks_.size() &&
                 IsProse(i + 1)) {
        Settle(i, BlockKind::kBody);  // "He added:" before his words
      } else if (before) {
        Settle(i, looks_[i].words >= 4 && !looks_[i].bullet ? BlockKind::kHeading
                                                            : BlockKind::kFurniture);
      } else if (i > last_prose) {
        Settle(i, BlockKind::kFurniture);
      } else {
        Settle(i, looks_[i].bullet ? BlockKind::kList : BlockKind::kHeading);
      }
    }
  }

  bool IsProse(std::size_t i) const {
    return settled_[i] &&
           (blocks_[i].kind == BlockKind::kBody || blocks_[i].kind == BlockKind::kList);
  }

  // A last paragraph that ends with a colon and leads only to links.
  void TrailingLabel() {
    for (std::size_t i = blocks_.size(); i > 0; --i) {
      if (blocks_[i - 1].kind == BlockKind::kFurniture) continue;
      const bool label =
          i < blocks_.size() && looks_[i - 1].colon && blocks_[i - 1].kind != BlockKind::kTitle;
      if (label) blocks_[i - 1].kind = BlockKind::kFurniture;
      return;
    }
  }

  const Layout& rules_;
  const Article& article_;
  const std::vector<Token>& tokens_;
  std::vector<Block>& blocks_;
  std::vector<Looks> looks_;
  std::vector<bool> settled_;
};

Layout::Layout(const Lexicons& lexicons)
    : exact_(lexicons.Set("furniture.tsv", "exact")),
      opens_(lexicons.Set("furniture.tsv", "opens")) {
  for (const auto& row : lexicons.Rows("furniture.tsv")) {
    if (row[1] == "prefix") prefixes_.push_back(row[0]);
  }
  for (const auto& row : lexicons.Rows("captions.tsv")) {
    (row[1] == "prefix" ? caption_prefixes_ : caption_parts_).push_back(row[0]);
  }
}

void Layout::Classify(const Article& article, const std::vector<Token>& tokens,
                      std::vector<Block>& blocks) const {
  LayoutRun(*this, article, tokens, blocks).Run();
}

}  // namespace hearsay::ingest
