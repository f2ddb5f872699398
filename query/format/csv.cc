// RFC 4180: CRLF is left to those who need it, as every reader takes LF; lists and maps are JSON.

#include <nlohmann/json.hpp>

#include "query/format/format.h"
#include "query/format/value_display.h"

namespace hearsay::query {

namespace {

std::string Field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

std::string CellText(const View& view, const Value& value) {
  switch (value.kind()) {
    case Value::Kind::kNull:
      return "";
    case Value::Kind::kString:
      return value.as_string();
    case Value::Kind::kNode:
      return view.PublicId(value.as_node());
    default: {
      const nlohmann::ordered_json json = ToJson(view, value);
      return json.is_string() ? json.get<std::string>()
                              : json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    }
  }
}

}  // namespace

std::string WriteCsv(const View& view, const ResultSet& result, const FormatOptions&) {
  std::string out;
  for (std::size_t c = 0; c < result.columns.size(); ++c) {
    out += (c == 0 ? "" : ",") + Field(result.columns[c]);
  }
  out += "\n";
  for (const auto& row : result.rows) {
    for (std::size_t c = 0; c < row.size(); ++c) {
      out += (c == 0 ? "" : ",") + Field(CellText(view, row[c]));
    }
    out += "\n";
  }
  return out;
}

}  // namespace hearsay::query
