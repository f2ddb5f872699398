// Columns in line under a header, with two blanks between.

#include "query/format/cells.h"

namespace hearsay::query {

std::string WriteTable(const View& view, const ResultSet& result, const FormatOptions& options) {
  const Cells cells = MakeCells(view, result, options, 2);
  std::string out;
  for (std::size_t r = 0; r < cells.rows.size(); ++r) {
    std::string line;
    for (std::size_t c = 0; c < cells.widths.size(); ++c) {
      line += (c == 0 ? "" : "  ") + Padded(cells, r, c);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
    if (r == 0) {
      for (std::size_t c = 0; c < cells.widths.size(); ++c) {
        out += (c == 0 ? "" : "  ") + std::string(cells.widths[c], '-');
      }
      out += "\n";
    }
  }
  return out + "(" + RowCount(cells.rows.size() - 1, cells.total) + ")\n";
}

}  // namespace hearsay::query
