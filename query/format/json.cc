// JSON: one array of objects, or one object a line.

#include <nlohmann/json.hpp>

#include "query/format/format.h"
#include "query/format/value_display.h"

namespace hearsay::query {

namespace {

std::string RowText(const View& view, const ResultSet& result, std::size_t row) {
  nlohmann::ordered_json out = nlohmann::ordered_json::object();
  for (std::size_t c = 0; c < result.columns.size(); ++c) {
    out[result.columns[c]] = ToJson(view, result.rows[row][c]);
  }
  return out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

std::string WriteJson(const View& view, const ResultSet& result, const FormatOptions&) {
  std::string out = "[";
  for (std::size_t r = 0; r < result.rows.size(); ++r) {
    out += (r == 0 ? "\n" : ",\n") + RowText(view, result, r);
  }
  return out + (result.rows.empty() ? "]\n" : "\n]\n");
}

std::string WriteJsonLines(const View& view, const ResultSet& result, const FormatOptions&) {
  std::string out;
  for (std::size_t r = 0; r < result.rows.size(); ++r) out += RowText(view, result, r) + "\n";
  return out;
}

}  // namespace hearsay::query
