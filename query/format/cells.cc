#include "query/format/cells.h"

#include <algorithm>
#include <numeric>

#include "query/exec/compare.h"
#include "query/format/value_display.h"

namespace hearsay::query {

namespace {

constexpr std::size_t kColumnMin = 6;  // no column is cut below this

// Takes from the widest columns until the row fits.
void Shrink(std::vector<std::size_t>* widths, std::size_t available) {
  std::size_t used = std::accumulate(widths->begin(), widths->end(), std::size_t{0});
  while (used > available) {
    const auto widest = std::max_element(widths->begin(), widths->end());
    if (widest == widths->end() || *widest <= kColumnMin) return;
    --*widest;
    --used;
  }
}

}  // namespace

Cells MakeCells(const View& view, const ResultSet& result, const FormatOptions& options,
                std::size_t between) {
  Cells cells;
  cells.total = result.rows.size();
  cells.rows.push_back(result.columns);
  cells.right.assign(result.columns.size(), !result.rows.empty());
  const std::size_t shown =
      options.rows_max == 0 ? cells.total : std::min(cells.total, options.rows_max);
  for (std::size_t r = 0; r < shown; ++r) {
    std::vector<std::string> row;
    for (std::size_t c = 0; c < result.columns.size(); ++c) {
      const Value& value = result.rows[r][c];
      if (!value.is_null() && !IsNumber(value)) cells.right[c] = false;
      row.push_back(DisplayText(view, value));
    }
    cells.rows.push_back(std::move(row));
  }
  for (std::size_t c = 0; c < result.columns.size(); ++c) {
    std::size_t width = 1;
    for (const auto& row : cells.rows) width = std::max(width, DisplayWidth(row[c]));
    cells.widths.push_back(width);
  }
  const std::size_t frame = between * cells.widths.size();
  if (options.width > frame) Shrink(&cells.widths, options.width - frame);
  return cells;
}

std::string Padded(const Cells& cells, std::size_t row, std::size_t column) {
  const std::string& text = cells.rows[row][column];
  const std::size_t width = cells.widths[column];
  const std::size_t used = DisplayWidth(text);
  if (cells.right[column] && used < width) return std::string(width - used, ' ') + text;
  return FitWidth(text, width);
}

}  // namespace hearsay::query
