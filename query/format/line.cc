// One value a line, a blank line between rows: for rows too wide for a table.

#include <fmt/format.h>

#include "query/format/cells.h"

namespace hearsay::query {

std::string WriteLine(const View& view, const ResultSet& result, const FormatOptions& options) {
  FormatOptions whole = options;
  whole.width = 0;
  const Cells cells = MakeCells(view, result, whole, 0);
  std::size_t width = 0;
  for (const std::string& column : result.columns) width = std::max(width, DisplayWidth(column));
  std::string out;
  for (std::size_t r = 1; r < cells.rows.size(); ++r) {
    if (r > 1) out += "\n";
    for (std::size_t c = 0; c < result.columns.size(); ++c) {
      out += FitWidth(result.columns[c], width) + " = " + cells.rows[r][c] + "\n";
    }
  }
  return out;
}

}  // namespace hearsay::query
