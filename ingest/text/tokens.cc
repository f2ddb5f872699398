#include "ingest/text/tokens.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>

#include "ingest/components.h"
#include "ingest/text/utf8.h"

namespace hearsay::ingest {
namespace {

constexpr std::size_t kDomainBytesMax = 64;  // longer ones (RFC 1035 allows 253) are split
constexpr std::size_t kAbbreviationBytesMax = 16;

bool IsWordChar(char32_t c) { return IsLetter(c) || IsDigit(c) || c == '_' || IsInvisible(c); }
bool IsApostrophe(char32_t c) {
  return c == '\'' || c == 0x2019 || c == 0x02BC || c == 0xFF07 || c == 0x2018;
}

bool IsClitic(std::string_view lower) {
  static constexpr std::array<std::string_view, 7> kClitics = {"s",  "d",  "m", "t",
                                                               "ll", "re", "ve"};
  return std::find(kClitics.begin(), kClitics.end(), lower) != kClitics.end();
}

Shape ShapeOf(std::string_view word) {
  std::size_t upper = 0;
  std::size_t lower = 0;
  bool capitals_begin_parts = true;  // "Nur-Sultan", "Khabar-24"
  bool first_upper = false;
  bool at_start = true;
  for (std::size_t at = 0; at < word.size();) {
    const CodePoint c = DecodeAt(word, at);
    at += c.size;
    if (IsUpper(c.value)) {
      if (upper + lower == 0) first_upper = true;
      if (!at_start) capitals_begin_parts = false;
      ++upper;
    } else if (IsLower(c.value)) {
      ++lower;
    }
    at_start = IsHyphen(c.value);
  }
  if (upper + lower == 0) return Shape::kOther;
  if (upper == 0) return Shape::kLower;
  if (lower == 0) return upper == 1 ? Shape::kCapitalised : Shape::kUpper;
  return first_upper && capitals_begin_parts ? Shape::kCapitalised : Shape::kMixed;
}

}  // namespace

// Steps through one text.  Each Take... begins at a known place and returns where it ended; all
// look ahead by a bounded number of bytes only.
class TokenScan {
 public:
  TokenScan(const Tokenizer& rules, std::string_view text) : rules_(rules), text_(text) {
    tokens_.reserve(text.size() / 5 + 1);
  }

  std::vector<Token> Run() {
    for (std::size_t at = 0; at < text_.size();) {
      const CodePoint c = DecodeAt(text_, at);
      at = IsSpace(c.value) ? at + c.size : Take(at, c);
    }
    return std::move(tokens_);
  }

 private:
  CodePoint At(std::size_t at) const { return DecodeAt(text_, at); }
  std::string_view Slice(std::size_t begin, std::size_t end) const {
    return text_.substr(begin, end - begin);
  }

  std::size_t Emit(std::size_t begin, std::size_t end, TokenKind kind) {
    Token token;
    token.span = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    token.kind = kind;
    token.lower = FoldWord(Slice(begin, end));
    if (kind == TokenKind::kWord) token.shape = ShapeOf(Slice(begin, end));
    tokens_.push_back(std::move(token));
    return end;
  }

  std::size_t Take(std::size_t at, CodePoint c) {
    const CodePoint next = At(at + c.size);
    if (StartsUrl(at)) return TakeUrl(at);
    if (IsLetter(c.value) || IsDigit(c.value)) return TakeWord(at, at);
    if (IsCurrency(c.value) && IsDigit(next.value)) return TakeWord(at, at + c.size);
    if ((c.value == '@' || c.value == '#') && (IsLetter(next.value) || next.value == '_')) {
      return TakeHandle(at + c.size, at);
    }
    if (c.value == '.' || c.value == 0x2026) return TakeDots(at);
    if (IsHyphen(c.value) || IsDash(c.value)) return TakeDashes(at, c);
    if (IsApostrophe(c.value)) {
      const std::size_t end = ElisionEnd(at, c);
      if (end > at) return Emit(at, end, TokenKind::kWord);
    }
    if (IsDoubleQuote(c.value) || IsSingleQuote(c.value)) return TakeQuote(at, c);
    return TakeOther(at, c);
  }

  bool StartsUrl(std::size_t at) const {
    const std::string_view rest = text_.substr(at, 8);
    return rest.starts_with("http://") || rest.starts_with("https://") ||
           rest.starts_with("ftp://") || (rest.starts_with("www.") && rest.size() > 4);
  }

  std::size_t TakeUrl(std::size_t begin) {
    std::size_t end = begin;
    while (end < text_.size()) {
      const CodePoint c = At(end);
      if (IsSpace(c.value) || c.value == '<' || c.value == '>' || IsDoubleQuote(c.value) ||
          c.value == 0x2019 || c.value == 0x2018) {
        break;
      }
      end += c.size;
    }
    constexpr std::string_view kTrailing = ".,;:!?)]}'";
    while (end > begin + 1 && kTrailing.find(text_[end - 1]) != std::string_view::npos) --end;
    return Emit(begin, end, TokenKind::kWord);
  }

  std::size_t TakeHandle(std::size_t at, std::size_t begin) {
    while (IsWordChar(At(at).value)) at += At(at).size;
    return Emit(begin, at, TokenKind::kWord);
  }

  std::size_t TakeDots(std::size_t begin) {
    std::size_t end = begin + At(begin).size;
    bool spaced = false;
    while (true) {
      const std::size_t gap = end < text_.size() && text_[end] == ' ' ? 1 : 0;
      const CodePoint c = At(end + gap);
      if (c.value != '.' && c.value != 0x2026) break;
      if (gap == 1 && !spaced && end - begin > 1) break;  // "... ." is two tokens
      spaced = spaced || gap == 1;
      end += gap + c.size;
    }
    return Emit(begin, end, TokenKind::kPunctuation);
  }

  std::size_t TakeDashes(std::size_t begin, CodePoint first) {
    std::size_t end = begin + first.size;
    while (At(end).value == first.value) end += first.size;
    return Emit(begin, end, TokenKind::kPunctuation);
  }

  // 'em, '90s: the end of the word that begins with an apostrophe at `at`, or `at`.
  std::size_t ElisionEnd(std::size_t at, CodePoint mark) const {
    const CodePoint before = DecodeBefore(text_, at);
    if (before.size != 0 && IsWordChar(before.value)) return at;
    std::size_t end = at + mark.size;
    const std::size_t word = end;
    while (end - word < 8 && IsWordChar(At(end).value)) end += At(end).size;
    if (IsWordChar(At(end).value) || end == word) return at;
    const std::string lower = FoldWord(Slice(word, end));
    const bool decade = lower.size() == 3 && lower[0] >= '0' && lower[0] <= '9' &&
                        lower[1] == '0' && lower[2] == 's';
    if (decade) return end;
    // 'Cause' at the start of a real quotation is closed again: leave that to the pairing.
    if (!rules_.elisions_.contains(lower) || IsApostrophe(At(end).value)) return at;
    return end;
  }

  std::size_t TakeQuote(std::size_t begin, CodePoint c) {
    std::size_t end = begin + c.size;
    // `` and '' are double quotes of plain-text wires.
    if ((c.value == '`' || c.value == '\'') && At(end).value == c.value) {
      end += c.size;
      Emit(begin, end, TokenKind::kQuote);
      tokens_.back().lower.assign(1, '"');
      return end;
    }
    return Emit(begin, end, TokenKind::kQuote);
  }

  std::size_t TakeOther(std::size_t begin, CodePoint c) {
    std::size_t end = begin + c.size;
    if (c.value == '!' || c.value == '?') {
      while (At(end).value == '!' || At(end).value == '?') ++end;
    }
    const bool punctuation = u_ispunct(static_cast<UChar32>(c.value)) != 0;
    return Emit(begin, end, punctuation ? TokenKind::kPunctuation : TokenKind::kSymbol);
  }

  // A word or number from `begin`; scanning starts at `at` (after a currency sign).
  std::size_t TakeWord(std::size_t begin, std::size_t at) {
    WordState state;
    state.part = at;
    while (at < text_.size()) {
      const CodePoint c = At(at);
      if (IsWordChar(c.value)) {
        if (!IsDigit(c.value) && !IsInvisible(c.value)) state.number = false;
        state.last = c.value;
        at += c.size;
        continue;
      }
      const std::size_t joined = JoinEnd(begin, at, c, state);
      if (joined == at) break;
      state.last = 0;
      at = joined;
      state.part = at;
    }
    at = WithFullStop(begin, at);
    if (IsCliticMark(at)) return TakeClitic(begin, at);
    return Emit(begin, at, state.number ? TokenKind::kNumber : TokenKind::kWord);
  }

  struct WordState {
    bool number = true;    // digits and their separators so far
    std::size_t part = 0;  // where the part after the last joiner begins
    char32_t last = 0;     // last character, 0 after a joiner
  };

  // If `c` at `at` joins what is before and after it into one word, the place after it; else `at`.
  std::size_t JoinEnd(std::size_t begin, std::size_t at, CodePoint c, WordState& state) const {
    const std::size_t after = at + c.size;
    const CodePoint next = At(after);
    if (state.last == 0 || !(IsLetter(next.value) || IsDigit(next.value))) return at;
    const bool digits = IsDigit(state.last) && IsDigit(next.value);
    if (IsHyphen(c.value)) {
      if (!state.number || !IsDigit(next.value)) {
        state.number = false;
        return after;
      }
      return IsIsoDate(begin, at) ? after : at;
    }
    if (c.value == ',' || c.value == ':') return digits && state.number ? after : at;
    if (c.value == '.') return DotJoins(begin, at, state) ? after : at;
    if (IsApostrophe(c.value)) {
      if (IsCliticMark(at) || !IsLetter(state.last) || !IsLetter(next.value)) return at;
      // ‘x‘y with an opening mark is not an apostrophe
      return c.value == 0x2018 ? at : after;
    }
    if (c.value == '&') return at - begin <= 4 && IsUpper(state.last) ? after : at;
    if (c.value == '@') return IsDomainAt(after) ? after : at;
    if (c.value == 0xA0 || c.value == 0x202F || c.value == 0x2009) {
      return digits && state.number && IsDigitGroup(state.part, at, after) ? after : at;
    }
    return at;
  }

  // "3 811" with a non-breaking or thin space: one to three digits, then exactly three.
  bool IsDigitGroup(std::size_t part, std::size_t at, std::size_t after) const {
    if (at - part > 3) return false;
    for (std::size_t i = 0; i < 3; ++i) {
      if (!IsDigit(At(after + i).value)) return false;
    }
    return !IsWordChar(At(after + 3).value);
  }

  // Is [begin, ...) of the form dddd-dd-dd, with `at` one of its hyphens?
  bool IsIsoDate(std::size_t begin, std::size_t at) const {
    const std::string_view date = text_.substr(begin, 10);
    if (date.size() < 10 || (at - begin != 4 && at - begin != 7)) return false;
    for (std::size_t i = 0; i < 10; ++i) {
      const bool hyphen = i == 4 || i == 7;
      if (hyphen ? date[i] != '-' : (date[i] < '0' || date[i] > '9')) return false;
    }
    return !IsDigit(At(begin + 10).value);
  }

  bool DotJoins(std::size_t begin, std::size_t at, WordState& state) const {
    const CodePoint next = At(at + 1);
    if (state.number) {
      if (IsDigit(next.value)) return true;
      return false;
    }
    const std::string_view part = Slice(state.part, at);
    if (IsLetter(state.last) && DecodeAt(part, 0).size == part.size() && IsLetter(next.value)) {
      // "U.S", "a.m": single letters on both sides
      if (!IsWordChar(At(at + 1 + next.size).value)) return true;
    }
    if (at - begin < kAbbreviationBytesMax &&
        rules_.abbreviations_.contains(Slice(begin, at + 1 + next.size)) &&
        !IsWordChar(At(at + 1 + next.size).value)) {
      return true;  // "Ph.D"
    }
    return IsDomainAt(at + 1);
  }

  // Does a run of lower-case labels that ends in a known domain stand at `at`?
  bool IsDomainAt(std::size_t at) const {
    std::size_t end = at;
    std::size_t label = at;
    bool known = false;
    while (end - at < kDomainBytesMax) {
      const char c = end < text_.size() ? text_[end] : ' ';
      const bool in_label = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
      if (in_label) {
        ++end;
        continue;
      }
      if (end == label) break;
      known = rules_.domains_.contains(Slice(label, end));
      if (IsWordChar(At(end).value)) return false;
      if (c != '.') break;
      label = ++end;
    }
    return known;
  }

  // Takes in the full stop of an abbreviation that ends at `at`.
  std::size_t WithFullStop(std::size_t begin, std::size_t at) const {
    if (At(at).value != '.' || At(at + 1).value == '.') return at;
    const std::string_view word = Slice(begin, at);
    if (word.size() > kAbbreviationBytesMax) return at;
    if (rules_.abbreviations_.contains(word)) return at + 1;
    const CodePoint first = DecodeAt(word, 0);
    const bool single = first.size == word.size();
    if (single && IsUpper(first.value)) return at + 1;
    const bool dotted = word.size() >= 3 && word[word.size() - 2] == '.' &&
                        IsLetter(DecodeBefore(word, word.size()).value) && IsLetter(first.value);
    if (dotted && word.find('.') != std::string_view::npos) return at + 1;
    if (rules_.before_number_.contains(word)) {
      const std::size_t space =
          At(at + 1).value == ' ' || At(at + 1).value == 0xA0 ? At(at + 1).size : 0;
      if (IsDigit(At(at + 1 + space).value)) return at + 1;
    }
    return at;
  }

  // Does an apostrophe with a clitic ('s, 'll, n't) stand at `at`?
  bool IsCliticMark(std::size_t at) const {
    const CodePoint mark = At(at);
    if (!IsApostrophe(mark.value) || mark.value == 0x2018) return false;
    std::size_t end = at + mark.size;
    while (end - at <= mark.size + 2 && IsLetter(At(end).value)) end += At(end).size;
    if (end == at + mark.size || IsWordChar(At(end).value)) return false;
    const std::string lower = FoldWord(Slice(at + mark.size, end));
    if (!IsClitic(lower)) return false;
    if (lower != "t") return true;
    const char32_t before = DecodeBefore(text_, at).value;
    return before == 'n' || before == 'N';
  }

  std::size_t TakeClitic(std::size_t begin, std::size_t mark) {
    std::size_t split = mark;
    std::size_t end = mark + At(mark).size;
    const bool negation = At(end).value == 't' || At(end).value == 'T';
    if (negation && mark - begin > 1) --split;
    while (IsLetter(At(end).value)) end += At(end).size;
    if (split > begin) {
      const bool number = std::all_of(text_.begin() + static_cast<std::ptrdiff_t>(begin),
                                      text_.begin() + static_cast<std::ptrdiff_t>(split),
                                      [](char c) { return c >= '0' && c <= '9'; });
      Emit(begin, split, number ? TokenKind::kNumber : TokenKind::kWord);
    }
    return Emit(split, end, TokenKind::kWord);
  }

  const Tokenizer& rules_;
  std::string_view text_;
  std::vector<Token> tokens_;
};

Tokenizer::Tokenizer(const Lexicons& lexicons)
    : before_number_(lexicons.Set("abbreviations.tsv", "number")),
      domains_(lexicons.Set("domains.tsv")),
      elisions_(lexicons.Set("elisions.tsv")) {
  for (const auto& row : lexicons.Rows("abbreviations.tsv")) {
    if (row.size() > 1 && row[1] != "number") abbreviations_.insert(row[0]);
  }
}

std::vector<Token> Tokenizer::Tokenize(std::string_view text) const {
  return TokenScan(*this, text).Run();
}

namespace {

class Tokens final : public Component {
 public:
  explicit Tokens(const Lexicons& lexicons) : tokenizer_(lexicons) {}
  void Run(Analysis& analysis) const override {
    analysis.tokens = tokenizer_.Tokenize(analysis.article.text);
  }

 private:
  Tokenizer tokenizer_;
};

}  // namespace

std::unique_ptr<Component> MakeTokens(const Lexicons& lexicons) {
  return std::make_unique<Tokens>(lexicons);
}

}  // namespace hearsay::ingest
