// Which language a text is written in.
#pragma once

#include <string>
#include <string_view>

namespace hearsay::ingest {

// BCP 47 tag of the language that most of the first 16 KiB of a text is written in: "en",
// "zh-Hant". Empty if that is not sure, as in a short text or a table.  `text` is valid UTF-8.  The
// detector is Compact Language Detector 2 (https://github.com/CLD2Owners/cld2).
std::string LanguageOf(std::string_view text);

// Whether a language tag says English or, empty, nothing: what the extractors read.
bool IsEnglish(std::string_view tag);

}  // namespace hearsay::ingest
