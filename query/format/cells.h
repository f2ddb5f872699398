// The texts of a result's cells and the widths of its columns, for formats that line them up.
#pragma once

#include <string>
#include <vector>

#include "query/format/format.h"

namespace hearsay::query {

struct Cells {
  std::vector<std::vector<std::string>> rows;  // the first is the header
  std::vector<std::size_t> widths;             // columns of the terminal
  std::vector<bool> right;                     // columns of numbers
  std::size_t total = 0;                       // rows of the result
};

// `between`: columns that the format puts between two cells and around them.
Cells MakeCells(const View& view, const ResultSet& result, const FormatOptions& options,
                std::size_t between);

// A cell padded to its column.
std::string Padded(const Cells& cells, std::size_t row, std::size_t column);

}  // namespace hearsay::query
