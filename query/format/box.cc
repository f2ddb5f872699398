// A table with borders.

#include "query/format/cells.h"

namespace hearsay::query {

namespace {

std::string Border(const Cells& cells, const char* left, const char* middle, const char* right) {
  std::string line = left;
  for (std::size_t c = 0; c < cells.widths.size(); ++c) {
    if (c > 0) line += middle;
    for (std::size_t i = 0; i < cells.widths[c] + 2; ++i) line += "─";
  }
  return line + right + "\n";
}

}  // namespace

std::string WriteBox(const View& view, const ResultSet& result, const FormatOptions& options) {
  const Cells cells = MakeCells(view, result, options, 4);
  std::string out = Border(cells, "┌", "┬", "┐");
  for (std::size_t r = 0; r < cells.rows.size(); ++r) {
    for (std::size_t c = 0; c < cells.widths.size(); ++c) {
      out += (c == 0 ? "│ " : " │ ") + Padded(cells, r, c);
    }
    out += " │\n";
    if (r == 0) out += Border(cells, "├", "┼", "┤");
  }
  return out + Border(cells, "└", "┴", "┘") + "(" + RowCount(cells.rows.size() - 1, cells.total) +
         ")\n";
}

}  // namespace hearsay::query
