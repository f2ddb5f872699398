// Formats of result rows.  Adding one: one file with its Write function, one row in format.cc, one
// test.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/view.h"
#include "query/engine.h"

namespace hearsay::query {

struct FormatOptions {
  std::size_t width = 0;     // columns of the terminal; 0: nothing is cut (scripts, files)
  std::size_t rows_max = 0;  // rows shown; 0: all.  Formats for scripts show all in any case.
  bool colour = false;
};

struct ResultFormat {
  std::string_view name;
  std::string_view help;
  std::string (*write)(const View& view, const ResultSet& result, const FormatOptions& options);
};

const std::vector<ResultFormat>& ResultFormats();
// Null if there is none of that name.
const ResultFormat* FindFormat(std::string_view name);

// Whether `result` is of the verbs TRACE or PATHS, whose hops read better as indented lines, each
// with its bytes, than as cells; and those lines.
bool HasHops(const ResultSet& result);
std::string WriteHops(const View& view, const ResultSet& result, const FormatOptions& options);

// Columns a text takes on a terminal (East Asian wide characters two, combining ones none).
std::size_t DisplayWidth(std::string_view text);
// Padded with blanks, or cut with an ellipsis, to exactly `width` columns.
std::string FitWidth(std::string_view text, std::size_t width);
// "12 rows", "20 of 1,234 rows shown".
std::string RowCount(std::size_t shown, std::size_t total);

// One a file.
std::string WriteTable(const View&, const ResultSet&, const FormatOptions&);
std::string WriteBox(const View&, const ResultSet&, const FormatOptions&);
std::string WriteLine(const View&, const ResultSet&, const FormatOptions&);
std::string WriteJson(const View&, const ResultSet&, const FormatOptions&);
std::string WriteJsonLines(const View&, const ResultSet&, const FormatOptions&);
std::string WriteCsv(const View&, const ResultSet&, const FormatOptions&);
std::string WriteMarkdown(const View&, const ResultSet&, const FormatOptions&);

}  // namespace hearsay::query
