// A table in GitHub's Markdown.

#include "query/format/format.h"
#include "query/format/value_display.h"

namespace hearsay::query {

namespace {

std::string Cell(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '|' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

}  // namespace

std::string WriteMarkdown(const View& view, const ResultSet& result, const FormatOptions&) {
  std::string out = "|";
  for (const std::string& column : result.columns) out += " " + Cell(column) + " |";
  out += "\n|";
  for (std::size_t c = 0; c < result.columns.size(); ++c) out += " --- |";
  out += "\n";
  for (const auto& row : result.rows) {
    out += "|";
    for (const Value& value : row) out += " " + Cell(DisplayText(view, value)) + " |";
    out += "\n";
  }
  return out;
}

}  // namespace hearsay::query
