#include "query/format/format.h"

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>

namespace hearsay::query {

namespace {

std::size_t WidthOf(UChar32 c) {
  const auto type = u_charType(c);
  if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR) return 0;
  const int width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_FULLWIDTH || width == U_EA_WIDE ? 2 : 1;
}

std::string Thousands(std::size_t n) {
  std::string digits = std::to_string(n);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, 1, ',');
  return digits;
}

}  // namespace

const std::vector<ResultFormat>& ResultFormats() {
  static const std::vector<ResultFormat> kFormats = {
      {"table", "columns in line, cut to the terminal", WriteTable},
      {"box", "a table with borders", WriteBox},
      {"line", "one value a line", WriteLine},
      {"json", "one array of objects", WriteJson},
      {"jsonl", "one object a line", WriteJsonLines},
      {"csv", "RFC 4180, with a header", WriteCsv},
      {"markdown", "a table for a page", WriteMarkdown},
  };
  return kFormats;
}

const ResultFormat* FindFormat(std::string_view name) {
  const auto& all = ResultFormats();
  const auto found =
      std::find_if(all.begin(), all.end(), [name](const auto& f) { return f.name == name; });
  return found == all.end() ? nullptr : &*found;
}

std::size_t DisplayWidth(std::string_view text) {
  std::size_t width = 0;
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < size;) {
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(text.data(), at, size, c);
    width += WidthOf(c);
  }
  return width;
}

std::string FitWidth(std::string_view text, std::size_t width) {
  std::size_t used = 0;
  std::int32_t at = 0;
  std::int32_t cut = 0;  // where to cut so that an ellipsis fits
  const auto size = static_cast<std::int32_t>(text.size());
  while (at < size) {
    if (used + 1 <= width) cut = at;
    UChar32 c = 0;
    std::int32_t next = at;
    U8_NEXT_OR_FFFD(text.data(), next, size, c);
    if (used + WidthOf(c) > width) {
      const std::string kept(text.substr(0, static_cast<std::size_t>(cut)));
      return width == 0 ? "" : FitWidth(kept + "…", width);
    }
    used += WidthOf(c);
    at = next;
  }
  return std::string(text) + std::string(width - used, ' ');
}

std::string RowCount(std::size_t shown, std::size_t total) {
  if (shown < total) return fmt::format("{} of {} rows shown", Thousands(shown), Thousands(total));
  return total == 1 ? "1 row" : Thousands(total) + " rows";
}

}  // namespace hearsay::query
