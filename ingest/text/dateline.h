// The dateline that opens a news report: place, often day and agency, a dash.
//   Nur-Sultan/Moscow Jan 6 (EFE).-     ALMATY, Kazakhstan (AP) —     MOSCOW, January 6. /TASS/.
//   ALMATY, Jan 6 (Reuters) -           LONDON —
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "ingest/analysis.h"

namespace hearsay::ingest {

struct Dateline {
  TokenRange tokens;  // all of it, dash included
  TokenRange places;  // "Nur-Sultan/Moscow"
  TokenRange date;    // "Jan 6"; may be empty
  TokenRange credit;  // "EFE"; may be empty
};

// Looks at the first tokens of `paragraph` only.  O(1).
std::optional<Dateline> FindDateline(const std::vector<Token>& tokens, TokenRange paragraph,
                                     std::string_view text);

}  // namespace hearsay::ingest
