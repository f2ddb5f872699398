// Code points of a UTF-8 text and their classes, as the text layers need them.  Safe on any bytes:
// what is no UTF-8 reads as U+FFFD, one byte long.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace hearsay::ingest {

struct CodePoint {
  char32_t value = 0;
  std::uint32_t size = 0;  // bytes; 0 at the end of the text
};

CodePoint DecodeAt(std::string_view text, std::size_t at);
CodePoint DecodeBefore(std::string_view text, std::size_t at);  // the one that ends at `at`
void AppendUtf8(char32_t c, std::string* out);
bool IsValidUtf8(std::string_view text);
// Offset of the first byte that is not UTF-8; text.size() if there is none.
std::size_t FirstInvalidUtf8(std::string_view text);

bool IsSpace(char32_t c);   // all white space: non-breaking, zero-width and line ends too
bool IsLetter(char32_t c);  // letters and combining marks
bool IsDigit(char32_t c);
bool IsUpper(char32_t c);
bool IsLower(char32_t c);
bool IsHyphen(char32_t c);       // - and its Unicode look-alikes, not dashes
bool IsDash(char32_t c);         // en, em and horizontal dashes
bool IsDoubleQuote(char32_t c);  // straight, curly, low, guillemets, corner brackets
bool IsSingleQuote(char32_t c);  // straight, curly, low, single guillemets, grave
bool IsCurrency(char32_t c);
bool IsInvisible(char32_t c);  // soft hyphen, joiners: part of a word, not of its fold

// Lower case with plain quotes and hyphens and without invisible characters; white space inside
// left out.  The form of Token::lower.
std::string FoldWord(std::string_view word);

// FoldWord for phrases: runs of white space become one space, none at the ends.
std::string FoldPhrase(std::string_view phrase);

std::string_view TrimSpace(std::string_view text);

}  // namespace hearsay::ingest
