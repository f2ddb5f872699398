#include "ingest/text/quotations.h"

#include <algorithm>
#include <utility>

#include "ingest/components.h"
#include "ingest/text/utf8.h"

namespace hearsay::ingest {
namespace {

enum class Family : std::uint8_t { kDouble, kSingle };
enum class Role : std::uint8_t { kOpen, kClose, kApostrophe, kNothing };

constexpr std::size_t kDepthMax = 8;  // more open marks than this are noise, not nesting

bool IsOpeningPunctuation(char32_t c) {
  return c == '(' || c == '[' || c == '{' || c == '/' || IsDash(c) || IsHyphen(c) || c == ':';
}

bool IsMark(char32_t c) { return IsDoubleQuote(c) || IsSingleQuote(c); }

// Pairs the marks of one block.
class Pairing {
 public:
  Pairing(std::string_view text, std::vector<Token>& tokens, const Block& block,
          bool speech_is_open)
      : text_(text), tokens_(tokens), block_(block), speech_is_open_(speech_is_open) {}

  std::vector<Quotation> Run() {
    for (TokenIndex t = block_.tokens.begin; t < block_.tokens.end; ++t) {
      if (tokens_[t].kind == TokenKind::kQuote) marks_.push_back(t);
    }
    FindClosers();
    for (std::size_t i = 0; i < marks_.size(); ++i) Handle(i);
    while (!open_.empty()) CloseAtEnd();
    std::sort(found_.begin(), found_.end(), [](const Quotation& a, const Quotation& b) {
      return std::pair(a.span.begin, b.span.end) < std::pair(b.span.begin, a.span.end);
    });
    return std::move(found_);
  }

 private:
  struct Open {
    TokenIndex token;
    Family family;
    bool straight;
    TokenIndex next_of_family = 0;  // where a further mark of its kind opened; 0: nowhere
  };

  char32_t CharOf(TokenIndex t) const { return DecodeAt(text_, tokens_[t].span.begin).value; }
  Family FamilyOf(TokenIndex t) const {
    return tokens_[t].lower == "\"" ? Family::kDouble : Family::kSingle;
  }
  bool IsStraight(TokenIndex t) const {
    const char32_t c = CharOf(t);
    return c == '"' || c == '\'' || c == '`' || c == 0xFF02 || c == 0xFF07;
  }

  // The surroundings of a mark: does it stand where an opening, where a closing one would?
  bool FreeBefore(TokenIndex t) const {
    if (t == block_.tokens.begin) return true;
    const char32_t c = DecodeBefore(text_, tokens_[t].span.begin).value;
    if (IsSpace(c) || IsOpeningPunctuation(c)) return true;
    return IsMark(c) && last_opened_ == t - 1 && t > block_.tokens.begin;
  }
  bool FreeAfter(TokenIndex t, bool free_before) const {
    if (t + 1 == block_.tokens.end) return true;
    const char32_t c = DecodeAt(text_, tokens_[t].span.end).value;
    if (IsMark(c)) return !free_before;
    return !IsLetter(c) && !IsDigit(c) && c != '$' && c != '(' && c != '[' && c != '@' &&
           c != '#' && c != 0x2026 && !IsCurrency(c) &&
           !(c == '.' && tokens_[t + 1].span.size() > 1);
  }

  // For each mark, whether a single mark that could close follows before one that could open.
  void FindClosers() {
    closer_follows_.assign(marks_.size() + 1, false);
    for (std::size_t i = marks_.size(); i-- > 0;) {
      const TokenIndex t = marks_[i];
      closer_follows_[i] = closer_follows_[i + 1];
      if (FamilyOf(t) != Family::kSingle) continue;
      const bool before = FreeBefore(t);
      const bool after = FreeAfter(t, before);
      if (!before && after) closer_follows_[i] = true;
      if (before && !after) closer_follows_[i] = false;
    }
  }

  bool IsOpen(Family family) const {
    return std::any_of(open_.begin(), open_.end(),
                       [&](const Open& o) { return o.family == family; });
  }

  Role RoleOf(std::size_t i) const {
    return FamilyOf(marks_[i]) == Family::kDouble ? DoubleRole(marks_[i]) : SingleRole(i);
  }

  Role DoubleRole(TokenIndex t) const {
    const char32_t c = CharOf(t);
    const bool before = FreeBefore(t);
    const bool after = FreeAfter(t, before);
    const bool open = IsOpen(Family::kDouble);
    const bool closing_place = !before && after;
    switch (c) {
      case 0x201E:
      case 0x201F:
      case 0x300C:
      case 0x300E:
        return Role::kOpen;
      case 0x300D:
      case 0x300F:
        return Role::kClose;
      case 0x201C:  // closes after a low mark: „so“
      case 0x00AB:  // closes in »so«
        return closing_place && open ? Role::kClose : Role::kOpen;
      case 0x201D:
      case 0x00BB:
        return before && !after && !open ? Role::kOpen : Role::kClose;
      default:
        break;
    }
    if (c == '`') return Role::kOpen;
    if (before && !after) return Role::kOpen;
    if (closing_place) {
      const bool inches = !open && IsDigit(DecodeBefore(text_, tokens_[t].span.begin).value);
      return inches ? Role::kNothing : Role::kClose;
    }
    return open ? Role::kClose : Role::kOpen;
  }

  Role SingleRole(std::size_t i) const {
    const TokenIndex t = marks_[i];
    const char32_t c = CharOf(t);
    const bool before = FreeBefore(t);
    const bool after = FreeAfter(t, before);
    const bool open = IsOpen(Family::kSingle);
    switch (c) {
      case 0x201A:
      case 0x2039:
        return before ? Role::kOpen : (open ? Role::kClose : Role::kNothing);
      case 0x203A:
        return before && !after && !open ? Role::kOpen : Role::kClose;
      case 0x2018:
        return before && !after ? Role::kOpen
                                : (open && !before ? Role::kClose : Role::kApostrophe);
      default:
        break;
    }
    if (open && !before && after) {
      return IsPluralPossessive(t) && closer_follows_[i + 1] ? Role::kApostrophe : Role::kClose;
    }
    const bool can_open = c == '\'' || c == '`' || c == 0xFF07;
    if (can_open && before && !after && closer_follows_[i + 1]) return Role::kOpen;
    return Role::kApostrophe;
  }

  // "the teachers' union": an s before, a word after.
  bool IsPluralPossessive(TokenIndex t) const {
    const char32_t c = DecodeBefore(text_, tokens_[t].span.begin).value;
    return (c == 's' || c == 'S') && t + 1 < block_.tokens.end &&
           tokens_[t + 1].kind == TokenKind::kWord;
  }

  void Handle(std::size_t i) {
    const TokenIndex t = marks_[i];
    const Family family = FamilyOf(t);
    switch (RoleOf(i)) {
      case Role::kOpen:
        OpenAt(t, family);
        break;
      case Role::kClose:
        CloseAt(t, family);
        break;
      case Role::kApostrophe:
        tokens_[t].kind = TokenKind::kPunctuation;
        break;
      case Role::kNothing:
        break;
    }
  }

  void OpenAt(TokenIndex t, Family family) {
    for (Open& open : open_) {
      if (open.family == family && open.next_of_family == 0) open.next_of_family = t;
    }
    // A straight mark cannot nest in its like: the one before was never closed.
    const bool straight = IsStraight(t);
    if (straight && !open_.empty() && open_.back().family == family && open_.back().straight) {
      CloseAtEnd();
    }
    if (open_.size() >= kDepthMax) open_.erase(open_.begin());
    open_.push_back({t, family, straight});
    last_opened_ = t;
  }

  void CloseAt(TokenIndex t, Family family) {
    if (!IsOpen(family)) return Stray(t, family);
    while (open_.back().family != family) {
      DropOrEnd(t);
    }
    Add(open_.back().token, t + 1, false);
    open_.pop_back();
  }

  // An inner mark that is still open where its outer one closes.
  void DropOrEnd(TokenIndex closer) {
    const Open open = open_.back();
    open_.pop_back();
    if (open.family == Family::kSingle) {
      tokens_[open.token].kind = TokenKind::kPunctuation;
    } else {
      Add(open.token, closer, true);
    }
  }

  // A closing mark for which none is open: it ends a speech that the paragraph before left open.
  void Stray(TokenIndex t, Family family) {
    if (speech_is_open_ && found_.empty() && open_.empty() && family == Family::kDouble &&
        t > block_.tokens.begin) {
      Quotation q;
      q.tokens = {block_.tokens.begin, t + 1};
      q.span = {block_.span.begin, tokens_[t].span.end};
      q.inner = {block_.span.begin, tokens_[t].span.begin};
      found_.push_back(q);
    } else if (family == Family::kSingle) {
      tokens_[t].kind = TokenKind::kPunctuation;
    }
  }

  void CloseAtEnd() {
    const Open open = open_.back();
    open_.pop_back();
    if (open.family == Family::kSingle && open.straight) {
      tokens_[open.token].kind = TokenKind::kPunctuation;
      return;
    }
    Add(open.token, open.next_of_family != 0 ? open.next_of_family : block_.tokens.end, true);
  }

  void Add(TokenIndex begin, TokenIndex end, bool open_ended) {
    if (end <= begin + 1) return;
    Quotation q;
    q.tokens = {begin, end};
    q.open_ended = open_ended;
    q.span = {tokens_[begin].span.begin, tokens_[end - 1].span.end};
    q.inner = {tokens_[begin].span.end, open_ended ? q.span.end : tokens_[end - 1].span.begin};
    if (q.inner.empty()) return;
    found_.push_back(q);
  }

  std::string_view text_;
  std::vector<Token>& tokens_;
  const Block& block_;
  bool speech_is_open_;
  std::vector<TokenIndex> marks_;
  std::vector<bool> closer_follows_;
  std::vector<Open> open_;
  TokenIndex last_opened_ = ~TokenIndex{0};
  std::vector<Quotation> found_;
};

// `quotations` of one block, sorted; `base` is the index of the first in the whole list.
void SetOuter(std::vector<Quotation>& quotations, std::uint32_t base) {
  std::vector<std::uint32_t> outer;
  for (std::uint32_t i = 0; i < quotations.size(); ++i) {
    while (!outer.empty() && quotations[outer.back()].span.end < quotations[i].span.end) {
      outer.pop_back();
    }
    if (!outer.empty()) quotations[i].outer = base + outer.back();
    outer.push_back(i);
  }
}

bool EndsSpeech(std::string_view lower) {
  return lower == "." || lower == "," || lower == "!" || lower == "?" || lower == "…" ||
         lower.starts_with("..") || lower.starts_with("?") || lower.starts_with("!");
}

bool IsProseKind(BlockKind kind) {
  return kind == BlockKind::kBody || kind == BlockKind::kList || kind == BlockKind::kHeading;
}

}  // namespace

QuotationFinder::QuotationFinder(const Lexicons& lexicons)
    : speech_words_(lexicons.Set("speech_words.tsv")) {}

// A title, nickname or scare quote is short, and either all capitals-first or without a verb, a
// pronoun or punctuation of its own.
bool QuotationFinder::IsSpeech(const Quotation& quotation, TokenIndex block_begin,
                               std::string_view text, const std::vector<Token>& tokens) const {
  constexpr std::uint32_t kTitleWordsMax = 8;
  constexpr std::uint32_t kShortWordsMax = 2;
  if (quotation.open_ended) return true;
  std::uint32_t words = 0;
  bool title_case = true;
  bool speech_word = false;
  const TokenIndex begin = quotation.tokens.begin + 1;
  const TokenIndex end = quotation.tokens.end - 1;
  for (TokenIndex t = begin; t < end && words <= kTitleWordsMax; ++t) {
    if (tokens[t].kind != TokenKind::kWord && tokens[t].kind != TokenKind::kNumber) continue;
    ++words;
    if (speech_words_.contains(tokens[t].lower)) speech_word = true;
    if (tokens[t].shape == Shape::kLower && tokens[t].span.size() > 3) title_case = false;
  }
  if (words == 0) return false;
  const bool punctuated = end > begin && EndsSpeech(tokens[end - 1].lower);
  const std::string_view last = end > begin ? std::string_view(tokens[end - 1].lower) : "";
  if (last.starts_with('!') || last.starts_with('?')) return true;
  const bool at_start = quotation.tokens.begin == block_begin ||
                        tokens[quotation.tokens.begin - 1].kind == TokenKind::kPunctuation;
  if (punctuated && at_start) return true;
  if (words <= kShortWordsMax) return speech_word && !title_case;
  const bool first_upper = IsUpper(DecodeAt(text, tokens[begin].span.begin).value);
  if (title_case && first_upper && words <= kTitleWordsMax) return punctuated && speech_word;
  return true;
}

std::vector<Quotation> QuotationFinder::Find(std::string_view text, std::vector<Token>& tokens,
                                             const std::vector<Block>& blocks) const {
  std::vector<Quotation> all;
  std::size_t open_speech = SIZE_MAX;  // index of a quotation that its paragraph left open
  for (const Block& block : blocks) {
    const bool prose = IsProseKind(block.kind);
    std::vector<Quotation> found =
        Pairing(text, tokens, block, prose && open_speech != SIZE_MAX).Run();
    const auto base = static_cast<std::uint32_t>(all.size());
    SetOuter(found, base);
    if (prose && open_speech != SIZE_MAX && !found.empty() &&
        found.front().tokens.begin == block.tokens.begin) {
      all[open_speech].continues = true;
    }
    if (prose) open_speech = SIZE_MAX;
    for (std::size_t i = 0; i < found.size(); ++i) {
      found[i].speech = IsSpeech(found[i], block.tokens.begin, text, tokens);
      const bool to_end = found[i].open_ended && found[i].tokens.end == block.tokens.end;
      if (prose && to_end && !found[i].outer) open_speech = base + i;
    }
    all.insert(all.end(), found.begin(), found.end());
  }
  return all;
}

namespace {

class Quotations final : public Component {
 public:
  explicit Quotations(const Lexicons& lexicons) : finder_(lexicons) {}
  void Run(Analysis& analysis) const override {
    analysis.quotations = finder_.Find(analysis.article.text, analysis.tokens, analysis.blocks);
  }

 private:
  QuotationFinder finder_;
};

}  // namespace

std::unique_ptr<Component> MakeQuotations(const Lexicons& lexicons) {
  return std::make_unique<Quotations>(lexicons);
}

}  // namespace hearsay::ingest
