// Cuts a query text into tokens.
#pragma once

#include <string_view>
#include <vector>

#include "query/syntax/token.h"

namespace hearsay::query {

// The tokens of `text`, the last of kind kEnd.  Comments (`//` to the end of the line, `/* */`)
// count as space.  Refuses (query/error.h) characters, numbers and strings that are none.  O(n).
std::vector<Token> Lex(std::string_view text);

}  // namespace hearsay::query
