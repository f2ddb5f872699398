#include "query/syntax/lexer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "query/error.h"

namespace hearsay::query {

namespace {

constexpr std::array<std::string_view, 10> kLongSymbols = {"<>", "<=", ">=", "=~", "..",
                                                           "->", "<-", "||", "&&", "+="};
constexpr std::string_view kSymbols = "()[]{}<>=+-*/%^.,:;|&!$";

bool IsNameStart(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_' ||
         (static_cast<unsigned char>(c) & 0x80) != 0;
}

bool IsNamePart(char c) { return IsNameStart(c) || (c >= '0' && c <= '9'); }

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  std::vector<Token> Run() {
    for (;;) {
      SkipSpace();
      Token token;
      token.position = position_;
      if (AtEnd()) {
        token.end = position_.offset;
        tokens_.push_back(std::move(token));
        return std::move(tokens_);
      }
      Read(&token);
      token.end = position_.offset;
      tokens_.push_back(std::move(token));
    }
  }

 private:
  bool AtEnd() const { return position_.offset >= text_.size(); }
  char Peek(std::size_t ahead = 0) const {
    const std::size_t at = position_.offset + ahead;
    return at < text_.size() ? text_[at] : '\0';
  }
  bool StartsWith(std::string_view prefix) const {
    return text_.substr(position_.offset).starts_with(prefix);
  }

  char Advance() {
    const char c = text_[position_.offset++];
    if (c == '\n') {
      ++position_.line;
      position_.column = 1;
    } else if ((static_cast<unsigned char>(Peek()) & 0xC0) != 0x80) {
      ++position_.column;  // the next byte begins a code point
    }
    return c;
  }
  void Advance(std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; ++i) Advance();
  }

  void SkipSpace() {
    while (!AtEnd()) {
      if (std::isspace(static_cast<unsigned char>(Peek())) != 0) {
        Advance();
      } else if (StartsWith("\xC2\xA0")) {  // a non-breaking space out of a web page
        Advance(2);
      } else if (StartsWith("//")) {
        while (!AtEnd() && Peek() != '\n') Advance();
      } else if (StartsWith("/*")) {
        const Position begin = position_;
        while (!AtEnd() && !StartsWith("*/")) Advance();
        if (AtEnd()) RefuseSyntax("InvalidComment", begin, "this comment is not closed by */");
        Advance(2);
      } else {
        return;
      }
    }
  }

  void Read(Token* token) {
    const char c = Peek();
    if (AfterIdColon() && IsNamePart(c)) {
      token->kind = TokenKind::kName;
      while (IsNamePart(Peek())) token->text += Advance();
      return;
    }
    if (IsDigit(c) || (c == '.' && IsDigit(Peek(1)) && !AfterDot())) return ReadNumber(token);
    if (c == '\'' || c == '"') return ReadString(token);
    if (StartsWith("\xE2\x80\x9C")) return ReadCurlyString(token);
    if (c == '`') return ReadQuotedName(token);
    if (c == '$' && (IsNamePart(Peek(1)) || Peek(1) == '`')) return ReadParameter(token);
    if (IsNameStart(c)) {
      token->kind = TokenKind::kName;
      while (IsNamePart(Peek())) token->text += Advance();
      return;
    }
    ReadSymbol(token);
  }

  // Behind `statement:` an id follows, which may look like a number that is none: 3fa2b1c0.
  bool AfterIdColon() const {
    if (tokens_.size() < 2 || !tokens_.back().IsSymbol(":")) return false;
    const Token& word = tokens_[tokens_.size() - 2];
    const bool of_ids =
        word.Is("STATEMENT") || word.Is("ENTITY") || word.Is("ARTICLE") || word.Is("FIGURE");
    return of_ids && word.end == tokens_.back().position.offset &&
           tokens_.back().end == position_.offset;
  }

  // In `1..3` the second dot begins no number.
  bool AfterDot() const { return position_.offset > 0 && text_[position_.offset - 1] == '.'; }

  void ReadNumber(Token* token) {
    const std::size_t begin = position_.offset;
    if (Peek() == '0' && (Peek(1) == 'x' || Peek(1) == 'X' || Peek(1) == 'o')) {
      Advance(2);
      while (IsNamePart(Peek())) Advance();
      return FinishInteger(token, begin, text_[begin + 1] == 'o' ? 8 : 16, 2);
    }
    bool is_float = false;
    while (IsDigit(Peek())) Advance();
    if (Peek() == '.' && IsDigit(Peek(1))) {
      is_float = true;
      Advance();
      while (IsDigit(Peek())) Advance();
    }
    const bool signed_exponent = (Peek(1) == '-' || Peek(1) == '+') && IsDigit(Peek(2));
    if ((Peek() == 'e' || Peek() == 'E') && (IsDigit(Peek(1)) || signed_exponent)) {
      is_float = true;
      Advance(2);
      while (IsDigit(Peek())) Advance();
    }
    if (IsNameStart(Peek())) {
      RefuseSyntax(
          "InvalidNumberLiteral", token->position,
          fmt::format("'{}{}' is no number", text_.substr(begin, position_.offset - begin), Peek()),
          Peek() == 'T' ? "a date with a time of day stands in quotes" : "");
    }
    if (!is_float) return FinishInteger(token, begin, 10, 0);
    token->kind = TokenKind::kFloat;
    token->text = std::string(text_.substr(begin, position_.offset - begin));
    const double number = std::strtod(token->text.c_str(), nullptr);
    if (!std::isfinite(number)) {
      RefuseSyntax("FloatingPointOverflow", token->position,
                   fmt::format("{} is beyond the largest number", token->text));
    }
    token->value = number;
  }

  void FinishInteger(Token* token, std::size_t begin, int base, std::size_t prefix) {
    token->kind = TokenKind::kInteger;
    token->text = std::string(text_.substr(begin, position_.offset - begin));
    // Unsigned, as -9223372036854775808 is a minus before a number that is too large by one.
    std::uint64_t number = 0;
    const char* const last = token->text.data() + token->text.size();
    const auto [end, error] = std::from_chars(token->text.data() + prefix, last, number, base);
    if (error == std::errc::result_out_of_range || number > std::uint64_t{1} << 63) {
      RefuseSyntax("IntegerOverflow", token->position,
                   fmt::format("{} does not fit into 64 bits", token->text));
    }
    if (error != std::errc() || end != last) {
      RefuseSyntax("InvalidNumberLiteral", token->position,
                   fmt::format("'{}' is no number", token->text));
    }
    token->value = static_cast<std::int64_t>(number);
  }

  void ReadString(Token* token) {
    token->kind = TokenKind::kString;
    const char quote = Advance();
    while (!AtEnd() && Peek() != quote) {
      if (Peek() == '\\') {
        ReadEscape(&token->text);
      } else {
        token->text += Advance();
      }
    }
    if (AtEnd()) {
      RefuseSyntax("UnexpectedSyntax", token->position,
                   fmt::format("this string is not closed by {}", quote));
    }
    Advance();
    token->value = token->text;
  }

  // “words” as pasted from an article.
  void ReadCurlyString(Token* token) {
    token->kind = TokenKind::kString;
    Advance(3);
    while (!AtEnd() && !StartsWith("\xE2\x80\x9D")) token->text += Advance();
    if (AtEnd())
      RefuseSyntax("UnexpectedSyntax", token->position, "this string is not closed by ”");
    Advance(3);
    token->value = token->text;
  }

  void ReadEscape(std::string* out) {
    const Position begin = position_;
    Advance();
    if (AtEnd()) return;
    const char c = Advance();
    switch (c) {
      case 'n':
        *out += '\n';
        return;
      case 't':
        *out += '\t';
        return;
      case 'r':
        *out += '\r';
        return;
      case 'b':
        *out += '\b';
        return;
      case 'f':
        *out += '\f';
        return;
      case '\\':
      case '\'':
      case '"':
      case '`':
        *out += c;
        return;
      case 'u':
        return ReadCodePoint(begin, 4, out);
      case 'U':
        return ReadCodePoint(begin, 8, out);
      default:
        RefuseSyntax("UnexpectedSyntax", begin, fmt::format("'\\{}' is no escape", c));
    }
  }

  void ReadCodePoint(const Position& begin, std::size_t digits, std::string* out) {
    const std::string_view hex = text_.substr(position_.offset, digits);
    std::uint32_t code = 0;
    const auto [end, error] = std::from_chars(hex.data(), hex.data() + hex.size(), code, 16);
    const bool surrogate = code >= 0xD800 && code < 0xE000;
    if (hex.size() < digits || error != std::errc() || end != hex.data() + digits ||
        code > 0x10FFFF || surrogate) {
      RefuseSyntax("InvalidUnicodeLiteral", begin, "this is no code point");
    }
    Advance(digits);
    AppendUtf8(code, out);
  }

  static void AppendUtf8(std::uint32_t code, std::string* out) {
    if (code < 0x80) {
      *out += static_cast<char>(code);
    } else if (code < 0x800) {
      *out += static_cast<char>(0xC0 | (code >> 6));
      *out += static_cast<char>(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
      *out += static_cast<char>(0xE0 | (code >> 12));
      *out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
      *out += static_cast<char>(0x80 | (code & 0x3F));
    } else {
      *out += static_cast<char>(0xF0 | (code >> 18));
      *out += static_cast<char>(0x80 | ((code >> 12) & 0x3F));
      *out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
      *out += static_cast<char>(0x80 | (code & 0x3F));
    }
  }

  void ReadQuotedName(Token* token) {
    token->kind = TokenKind::kQuotedName;
    Advance();
    while (!AtEnd() && (Peek() != '`' || Peek(1) == '`')) {
      if (Peek() == '`') Advance();
      token->text += Advance();
    }
    if (AtEnd()) RefuseSyntax("UnexpectedSyntax", token->position, "this name is not closed by `");
    Advance();
  }

  void ReadParameter(Token* token) {
    token->kind = TokenKind::kParameter;
    Advance();
    if (Peek() == '`') {
      ReadQuotedName(token);
      token->kind = TokenKind::kParameter;
    } else {
      while (IsNamePart(Peek())) token->text += Advance();
    }
  }

  void ReadSymbol(Token* token) {
    token->kind = TokenKind::kSymbol;
    for (const std::string_view symbol : kLongSymbols) {
      if (StartsWith(symbol)) {
        token->text = symbol;
        return Advance(symbol.size());
      }
    }
    if (kSymbols.find(Peek()) == std::string_view::npos) {
      RefuseSyntax("UnexpectedSyntax", token->position,
                   fmt::format("unexpected character '{}'", Peek()));
    }
    token->text = Advance();
  }

  std::string_view text_;
  Position position_;
  std::vector<Token> tokens_;
};

}  // namespace

bool Token::Is(std::string_view keyword) const {
  return kind == TokenKind::kName && text.size() == keyword.size() &&
         std::equal(text.begin(), text.end(), keyword.begin(), [](char a, char b) {
           return std::toupper(static_cast<unsigned char>(a)) == b;
         });
}

std::vector<Token> Lex(std::string_view text) { return Lexer(text).Run(); }

}  // namespace hearsay::query
