// ReadMetaFile and CheckDeclared: metadata given beside the articles.
#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>
#include <optional>

#include "ingest/source/files.h"
#include "ingest/source/item.h"
#include "ingest/source/reader.h"
#include "ingest/text/dates.h"
#include "ingest/text/utf8.h"

namespace hearsay::ingest {
namespace {

using MetaMap = std::map<std::string, Metadata, std::less<>>;

struct Column {
  std::string_view name;
  std::string Metadata::*field;
};

constexpr std::array<Column, 9> kColumns = {{{"outlet", &Metadata::outlet},
                                             {"published", &Metadata::published},
                                             {"url", &Metadata::url},
                                             {"language", &Metadata::language},
                                             {"title", &Metadata::title},
                                             {"byline", &Metadata::byline},
                                             {"updated", &Metadata::updated},
                                             {"dateline", &Metadata::dateline},
                                             {"credit", &Metadata::credit}}};

std::string KnownColumns() {
  std::string names = "file";
  for (const Column& column : kColumns) names += fmt::format(", {}", column.name);
  return names;
}

// Puts one value where it belongs; dates are normalised.
Status SetColumn(std::string_view name, std::string_view value, Metadata* metadata) {
  for (const Column& column : kColumns) {
    if (column.name != name) continue;
    std::string& field = metadata->*column.field;
    field = TrimSpace(value);
    const bool date = column.field == &Metadata::published || column.field == &Metadata::updated;
    if (!date || field.empty()) return Status::Ok();
    const std::optional<std::string> iso = ParseDate(field);
    if (!iso) {
      return Status::InvalidArgument(fmt::format(
          "{} \"{}\" is no date I can read: write it as 2022-01-06 or 2022-01-06T10:40:00+06:00",
          name, field));
    }
    field = *iso;
    return Status::Ok();
  }
  return Status::InvalidArgument(
      fmt::format("unknown column \"{}\"; known are {}", name, KnownColumns()));
}

// Reads comma-separated values after RFC 4180: quoted cells may hold commas, line ends and doubled
// quotes.  Returns the cells of the next row and moves `*at` behind it.
std::vector<std::string> NextCsvRow(std::string_view text, std::size_t* at, std::size_t* line) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (; *at < text.size(); ++*at) {
    const char c = text[*at];
    if (c == '\n') ++*line;
    if (quoted) {
      if (c != '"') {
        cells.back() += c;
      } else if (*at + 1 < text.size() && text[*at + 1] == '"') {
        cells.back() += '"';
        ++*at;
      } else {
        quoted = false;
      }
    } else if (c == '"' && cells.back().empty()) {
      quoted = true;
    } else if (c == ',') {
      cells.emplace_back();
    } else if (c == '\n') {
      ++*at;
      break;
    } else if (c != '\r') {
      cells.back() += c;
    }
  }
  return cells;
}

Result<MetaMap> ReadCsv(std::string_view text, const std::string& name) {
  MetaMap map;
  std::size_t at = 0;
  std::size_t line = 1;
  const std::vector<std::string> header = NextCsvRow(text, &at, &line);
  std::size_t file_column = header.size();
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (TrimSpace(header[i]) == "file") file_column = i;
  }
  if (file_column == header.size()) {
    return Status::InvalidArgument(fmt::format(
        "{}:1: no column \"file\"; the header row names the columns {}", name, KnownColumns()));
  }
  while (at < text.size()) {
    const std::size_t row_line = line;
    const std::vector<std::string> cells = NextCsvRow(text, &at, &line);
    if (cells.size() == 1 && TrimSpace(cells[0]).empty()) continue;
    if (cells.size() != header.size()) {
      return Status::InvalidArgument(
          fmt::format("{}:{}: {} cells where the header has {}; quote cells that hold commas", name,
                      row_line, cells.size(), header.size()));
    }
    Metadata metadata;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i == file_column) continue;
      const Status set = SetColumn(TrimSpace(header[i]), cells[i], &metadata);
      if (!set.ok()) {
        return Status::InvalidArgument(fmt::format("{}:{}: {}", name, row_line, set.message()));
      }
    }
    map[std::string(TrimSpace(cells[file_column]))] = metadata;
  }
  return map;
}

Status ReadJsonRow(std::string_view line, MetaMap* map) {
  const auto value = nlohmann::json::parse(line.begin(), line.end(), nullptr, false);
  if (!value.is_object()) return Status::InvalidArgument("broken JSON: an object is needed");
  std::string file;
  Metadata metadata;
  for (const auto& [key, cell] : value.items()) {
    if (cell.is_null()) continue;
    if (!cell.is_string()) {
      return Status::InvalidArgument(fmt::format("\"{}\" must be a string", key));
    }
    const std::string text = cell.get<std::string>();
    if (key == "file") {
      file = text;
    } else {
      HEARSAY_RETURN_IF_ERROR(SetColumn(key, text, &metadata));
    }
  }
  if (file.empty()) return Status::InvalidArgument("no \"file\" that says which article it is of");
  (*map)[file] = metadata;
  return Status::Ok();
}

Result<MetaMap> ReadJsonMeta(std::string_view text, const std::string& name) {
  MetaMap map;
  std::size_t number = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = TrimSpace(text.substr(begin, end - begin));
    begin = end + 1;
    ++number;
    if (line.empty()) continue;
    const Status read = ReadJsonRow(line, &map);
    if (!read.ok()) {
      return Status::InvalidArgument(fmt::format("{}:{}: {}", name, number, read.message()));
    }
  }
  return map;
}

}  // namespace

Result<MetaMap> ReadMetaFile(const std::filesystem::path& file) {
  HEARSAY_ASSIGN_OR_RETURN(const FileBytes bytes, FileBytes::Read(file.string()));
  std::string_view text = bytes.view();
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const std::size_t broken = FirstInvalidUtf8(text);
  if (broken != text.size()) {
    return Status::InvalidArgument(
        fmt::format("{}: not UTF-8 at offset {}; convert it with iconv", file.string(), broken));
  }
  return TrimSpace(text).starts_with('{') ? ReadJsonMeta(text, file.string())
                                          : ReadCsv(text, file.string());
}

Status NormaliseDeclared(Metadata* metadata) {
  HEARSAY_RETURN_IF_ERROR(SetColumn("published", std::string(metadata->published), metadata));
  return SetColumn("updated", std::string(metadata->updated), metadata);
}

}  // namespace hearsay::ingest
