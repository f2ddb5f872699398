// Tokens of a query text.  Every token keeps its place, so that every error can show it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "graph/value.h"

namespace hearsay::query {

struct Position {
  std::uint32_t offset = 0;  // bytes from the start of the text
  std::uint32_t line = 1;
  std::uint32_t column = 1;  // code points
};

enum class TokenKind { kEnd, kName, kQuotedName, kInteger, kFloat, kString, kParameter, kSymbol };

struct Token {
  TokenKind kind = TokenKind::kEnd;
  Position position;
  std::string text;       // name, string content, parameter name or symbol
  Value value;            // of a number or string
  std::uint32_t end = 0;  // offset behind the token

  // Keywords are names that a place of the grammar expects; case does not matter.
  bool Is(std::string_view keyword) const;
  bool IsSymbol(std::string_view symbol) const {
    return kind == TokenKind::kSymbol && text == symbol;
  }
};

}  // namespace hearsay::query
