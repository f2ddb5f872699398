// Text in XML 1.0.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace hearsay {

// Appends `text` as character data or attribute value: & < > " escaped, carriage returns as
// &#13; (a parser would make them line feeds).  Characters that XML 1.0 forbids in any form (all
// controls but tab, line feed and carriage return; U+FFFE, U+FFFF) and bytes that are no UTF-8
// become U+FFFD, since a single one makes readers refuse the whole file.  In attributes, tab and
// line feed are &#9; and &#10;.  Returns how many were replaced.
std::uint64_t AppendXmlText(std::string_view text, std::string* out);
std::uint64_t AppendXmlAttribute(std::string_view text, std::string* out);

}  // namespace hearsay
