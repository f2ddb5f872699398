// Folding: what makes two spellings of a name or word equal in the name and word indexes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hearsay {

// A name as the name index holds it: NFKC case folding (Unicode Standard Annex 31; drops soft
// hyphens and zero-width characters), then every run of dashes, underscores and white space is one
// space, quotation marks and apostrophes of all kinds are ' and ", spaces at the ends go.
// "Khabar-24", "KHABAR 24" and "Khabar\u00a024" are one name.  A possessive 's stays: whether it
// belongs to the name is for the extractor to know.  Idempotent.  Bytes that are no UTF-8 become
// U+FFFD.
std::string FoldName(std::string_view name);

// The words of a text as the word index holds them, in text order, repeats included: folded as
// above, then maximal runs of letters, digits and marks; "'s" at the end of a word goes, other
// apostrophes inside a word stay ("don't"); dots of an abbreviation go ("U.S." is "us"), commas
// between digits go ("2,000" is "2000"), a dot between digits stays.
std::vector<std::string> FoldWords(std::string_view text);

}  // namespace hearsay
