#include "graph/export/xml_text.h"

#include <unicode/utf8.h>

namespace hearsay {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

bool IsForbidden(UChar32 c) {
  return c < 0 || (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0xFFFE || c == 0xFFFF;
}

// The escaped form; empty: the character stands for itself.
std::string_view Escape(UChar32 c, bool in_attribute) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\r':
      return "&#13;";
    case '\t':
      return in_attribute ? "&#9;" : "";
    case '\n':
      return in_attribute ? "&#10;" : "";
    default:
      return {};
  }
}

std::uint64_t Append(std::string_view text, bool in_attribute, std::string* out) {
  std::uint64_t replaced = 0;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int64_t>(text.size());
  for (std::int64_t at = 0; at < size;) {
    const std::int64_t begin = at;
    UChar32 c = 0;
    U8_NEXT(bytes, at, size, c);
    const std::string_view escape = Escape(c, in_attribute);
    if (IsForbidden(c)) {
      *out += kReplacement;
      ++replaced;
    } else if (!escape.empty()) {
      *out += escape;
    } else {
      *out += text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(at - begin));
    }
  }
  return replaced;
}

}  // namespace

std::uint64_t AppendXmlText(std::string_view text, std::string* out) {
  return Append(text, false, out);
}

std::uint64_t AppendXmlAttribute(std::string_view text, std::string* out) {
  return Append(text, true, out);
}

}  // namespace hearsay
