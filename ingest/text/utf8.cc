#include "ingest/text/utf8.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace hearsay::ingest {

CodePoint DecodeAt(std::string_view text, std::size_t at) {
  if (at >= text.size()) return {};
  const auto first = static_cast<unsigned char>(text[at]);
  if (first < 0x80) return {first, 1};
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data()) + at;
  const std::size_t left = text.size() - at;
  const auto length = static_cast<std::int32_t>(left < 4 ? left : 4);
  std::int32_t i = 0;
  UChar32 c = 0;
  U8_NEXT(bytes, i, length, c);
  if (c < 0) return {0xFFFD, 1};
  return {static_cast<char32_t>(c), static_cast<std::uint32_t>(i)};
}

CodePoint DecodeBefore(std::string_view text, std::size_t at) {
  if (at == 0) return {};
  std::size_t begin = at - 1;
  while (begin > 0 && at - begin < 4 && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) {
    --begin;
  }
  const CodePoint c = DecodeAt(text.substr(0, at), begin);
  return begin + c.size == at ? c : CodePoint{0xFFFD, 1};
}

void AppendUtf8(char32_t c, std::string* out) {
  std::uint8_t bytes[4];
  std::int32_t length = 0;
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = 0xFFFD;
  U8_APPEND_UNSAFE(bytes, length, c);
  out->append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length));
}

std::size_t FirstInvalidUtf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = DecodeAt(text, at);
    if (c.value == 0xFFFD && c.size == 1) return at;
    at += c.size;
  }
  return text.size();
}

bool IsValidUtf8(std::string_view text) { return FirstInvalidUtf8(text) == text.size(); }

bool IsSpace(char32_t c) {
  if (c < 0x80) return c == ' ' || (c >= 0x09 && c <= 0x0D);
  return c == 0x85 || c == 0xA0 || c == 0x200B || c == 0xFEFF ||
         u_isUWhiteSpace(static_cast<UChar32>(c)) != 0;
}

bool IsLetter(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  constexpr std::uint32_t kMask = U_GC_L_MASK | U_GC_M_MASK;
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & kMask) != 0;
}

bool IsDigit(char32_t c) {
  if (c < 0x80) return c >= '0' && c <= '9';
  return u_charType(static_cast<UChar32>(c)) == U_DECIMAL_DIGIT_NUMBER;
}

bool IsUpper(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z';
  return u_isUUppercase(static_cast<UChar32>(c)) != 0 || u_istitle(static_cast<UChar32>(c)) != 0;
}

bool IsLower(char32_t c) {
  if (c < 0x80) return c >= 'a' && c <= 'z';
  return u_isULowercase(static_cast<UChar32>(c)) != 0;
}

bool IsHyphen(char32_t c) { return c == '-' || c == 0x2010 || c == 0x2011 || c == 0xFF0D; }

bool IsDash(char32_t c) {
  return (c >= 0x2012 && c <= 0x2015) || c == 0x2212 || c == 0x2E3A || c == 0x2E3B;
}

bool IsDoubleQuote(char32_t c) {
  switch (c) {
    case '"':
    case 0x00AB:
    case 0x00BB:
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0x300C:
    case 0x300D:
    case 0x300E:
    case 0x300F:
    case 0xFF02:
      return true;
    default:
      return false;
  }
}

bool IsSingleQuote(char32_t c) {
  switch (c) {
    case '\'':
    case '`':
    case 0x00B4:
    case 0x02BC:
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x2039:
    case 0x203A:
    case 0xFF07:
      return true;
    default:
      return false;
  }
}

bool IsCurrency(char32_t c) {
  if (c < 0x80) return c == '$';
  return u_charType(static_cast<UChar32>(c)) == U_CURRENCY_SYMBOL;
}

bool IsInvisible(char32_t c) {
  return c == 0xAD || c == 0x200C || c == 0x200D || c == 0x2060 || c == 0x200E || c == 0x200F;
}

namespace {

void AppendFolded(char32_t c, std::string* out) {
  if (c < 0x80) {
    out->push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a')
                                        : (c == '`' ? '\'' : static_cast<char>(c)));
  } else if (IsInvisible(c)) {
    return;
  } else if (IsSingleQuote(c)) {
    out->push_back('\'');
  } else if (IsDoubleQuote(c)) {
    out->push_back('"');
  } else if (IsHyphen(c)) {
    out->push_back('-');
  } else {
    AppendUtf8(static_cast<char32_t>(u_tolower(static_cast<UChar32>(c))), out);
  }
}

}  // namespace

std::string FoldWord(std::string_view word) {
  std::string folded;
  folded.reserve(word.size());
  for (std::size_t at = 0; at < word.size();) {
    const CodePoint c = DecodeAt(word, at);
    at += c.size;
    if (!IsSpace(c.value)) AppendFolded(c.value, &folded);
  }
  return folded;
}

std::string FoldPhrase(std::string_view phrase) {
  std::string folded;
  folded.reserve(phrase.size());
  bool space = false;
  for (std::size_t at = 0; at < phrase.size();) {
    const CodePoint c = DecodeAt(phrase, at);
    at += c.size;
    if (IsSpace(c.value)) {
      space = !folded.empty();
      continue;
    }
    if (space) folded.push_back(' ');
    space = false;
    AppendFolded(c.value, &folded);
  }
  return folded;
}

std::string_view TrimSpace(std::string_view text) {
  while (!text.empty()) {
    const CodePoint c = DecodeAt(text, 0);
    if (!IsSpace(c.value)) break;
    text.remove_prefix(c.size);
  }
  while (!text.empty()) {
    const CodePoint c = DecodeBefore(text, text.size());
    if (!IsSpace(c.value)) break;
    text.remove_suffix(c.size);
  }
  return text;
}

}  // namespace hearsay::ingest
