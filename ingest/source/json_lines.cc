#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "graph/base/sha256.h"
#include "ingest/source/decode.h"
#include "ingest/source/formats.h"
#include "ingest/source/html_article.h"
#include "ingest/source/item.h"
#include "ingest/source/json_text.h"
#include "ingest/text/dates.h"
#include "ingest/text/utf8.h"

namespace hearsay::ingest {
namespace {

using nlohmann::json;

struct FieldRow {
  const char* name;
  std::string Metadata::*field;
};

constexpr FieldRow kFields[] = {
    {"url", &Metadata::url},
    {"outlet", &Metadata::outlet},
    {"title", &Metadata::title},
    {"byline", &Metadata::byline},
    {"published", &Metadata::published},
    {"updated", &Metadata::updated},
    {"language", &Metadata::language},
    {"dateline", &Metadata::dateline},
    {"credit", &Metadata::credit},
};

// nlohmann's message without its own prefix: "[json.exception.parse_error.101] parse error at ..."
std::string ShortMessage(const json::exception& error) {
  std::string message = error.what();
  const std::size_t bracket = message.find("] ");
  if (bracket != std::string::npos) message.erase(0, bracket + 2);
  return message;
}

Result<json> Parse(std::string_view text) {
  try {
    return json::parse(text.begin(), text.end());
  } catch (const json::exception& error) {
    return Status::InvalidArgument(ShortMessage(error));
  }
}

// One record: its value, its bytes and where these begin in the file.
struct Item {
  const json& value;
  std::string_view bytes;
  std::size_t offset = 0;
  std::string place;
};

// A string field; nothing if absent or null, a status if it is of another type.
Result<std::optional<std::string>> StringField(const json& value, const char* name) {
  const auto found = value.find(name);
  if (found == value.end() || found->is_null()) return std::optional<std::string>();
  if (found->is_string()) return std::optional<std::string>(found->get<std::string>());
  if (found->is_number_unsigned() && std::string_view(name) == "published") {
    return std::optional<std::string>(std::to_string(found->get<std::uint64_t>()));
  }
  if (std::string_view(name) == "id" && found->is_number()) {
    return std::optional<std::string>(found->dump());
  }
  return Status::InvalidArgument(
      fmt::format("\"{}\" must be a string, not {}; mend the record", name, found->type_name()));
}

Result<Metadata> ReadMetadata(const Item& item) {
  Metadata metadata;
  for (const FieldRow& row : kFields) {
    HEARSAY_ASSIGN_OR_RETURN(const std::optional<std::string> text,
                             StringField(item.value, row.name));
    if (text) metadata.*row.field = *text;
  }
  for (std::string Metadata::*field : {&Metadata::published, &Metadata::updated}) {
    std::string& date = metadata.*field;
    if (date.empty()) continue;
    const std::optional<std::string> iso = ParseDate(date);
    if (!iso) {
      return Status::InvalidArgument(fmt::format(
          "\"{}\" is no date I can read: write it as 2022-01-06 or 2022-01-06T10:40:00+06:00",
          date));
    }
    date = *iso;
  }
  return metadata;
}

Result<Article> ReadText(const Item& item, std::string text) {
  if (TrimSpace(text).empty()) {
    return Status::InvalidArgument("\"text\" is empty; give the article's text or leave it out");
  }
  if (text.find('\0') != std::string::npos) {
    return Status::InvalidArgument("\"text\" holds a NUL character: binary content, not text");
  }
  Article article;
  article.source_map = MapJsonString(item.bytes, "text", text);
  article.text = std::move(text);
  return article;
}

Result<Article> ReadPage(const Item& item, const std::string& html) {
  HEARSAY_ASSIGN_OR_RETURN(Page page, ReadPageText(html));
  Article article;
  article.source_map = Compose(page.map, MapJsonString(item.bytes, "html", html));
  article.text = std::move(page.text);
  article.metadata = std::move(page.metadata);
  return article;
}

Result<Article> ReadItem(const Item& item, const Declared& declared) {
  if (!item.value.is_object()) {
    return Status::InvalidArgument(
        fmt::format("a record must be a JSON object, not {}", item.value.type_name()));
  }
  HEARSAY_ASSIGN_OR_RETURN(const Metadata given, ReadMetadata(item));
  HEARSAY_ASSIGN_OR_RETURN(std::optional<std::string> text, StringField(item.value, "text"));
  HEARSAY_ASSIGN_OR_RETURN(std::optional<std::string> html, StringField(item.value, "html"));
  HEARSAY_ASSIGN_OR_RETURN(const std::optional<std::string> id, StringField(item.value, "id"));
  if (text.has_value() == html.has_value()) {
    return Status::InvalidArgument(
        text ? "both \"text\" and \"html\" are given: give one of them"
             : "neither \"text\" nor \"html\" is given: one of them holds the article");
  }
  HEARSAY_ASSIGN_OR_RETURN(Article article,
                           text ? ReadText(item, std::move(*text)) : ReadPage(item, *html));
  for (const FieldRow& row : kFields) {
    if (!(given.*row.field).empty()) article.metadata.*row.field = given.*row.field;
  }
  for (SourceMapEntry& entry : article.source_map) {
    entry.source_begin += static_cast<std::uint32_t>(item.offset);
  }
  article.blob_sha256 = Sha256Hex(item.bytes);
  article.metadata.source =
      id ? fmt::format("{}#{}", item.place.substr(0, item.place.find_last_of(':')), *id)
         : item.place;
  ApplyDeclared(declared, article.metadata.source, &article.metadata);
  FindInText(&article);
  return article;
}

// False: stop.
bool Give(const Item& item, const Declared& declared, const ReaderSink& sink) {
  Result<Article> article = ReadItem(item, declared);
  if (article.ok()) return sink.article(std::move(article).value());
  sink.refusal({item.place, article.status().message()});
  return true;
}

void ReadArray(std::string_view bytes, const json& array, const std::string& source,
               const Declared& declared, const ReaderSink& sink) {
  std::size_t index = 0;
  const std::vector<std::string_view> raw = JsonArrayItems(bytes);
  for (const json& value : array) {
    const std::string_view own = index < raw.size() ? raw[index] : bytes;
    const auto offset = static_cast<std::size_t>(own.data() - bytes.data());
    ++index;
    const Item item{value, own, offset, fmt::format("{}:{}", source, index)};
    if (!Give(item, declared, sink)) return;
  }
}

void ReadLines(std::string_view bytes, const std::string& source, const Declared& declared,
               const ReaderSink& sink) {
  std::size_t number = 0;
  for (std::size_t begin = 0; begin < bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', begin), bytes.size());
    const std::string_view line = bytes.substr(begin, end - begin);
    const std::size_t offset = begin;
    begin = end + 1;
    ++number;
    if (TrimSpace(line).empty()) continue;
    const std::string place = fmt::format("{}:{}", source, number);
    const Result<json> value = Parse(line);
    if (!value.ok()) {
      sink.refusal({place, fmt::format("broken JSON: {}; mend the line or delete it",
                                       value.status().message())});
      continue;
    }
    if (!Give({*value, line, offset, place}, declared, sink)) return;
  }
}

std::string_view FirstLine(std::string_view bytes) {
  const std::size_t begin = std::min(bytes.find_first_not_of(" \t\r\n"), bytes.size());
  const std::size_t end = std::min(bytes.find('\n', begin), bytes.size());
  return TrimSpace(bytes.substr(begin, end - begin));
}

}  // namespace

bool LooksLikeJson(std::string_view head) {
  const std::string_view first = FirstLine(head);
  if (first.starts_with('{')) {
    const std::size_t inside = head.find_first_not_of(" \t\r\n", head.find('{') + 1);
    return inside != std::string_view::npos && (head[inside] == '"' || head[inside] == '}');
  }
  if (!first.starts_with('[')) return false;
  const std::size_t inside = head.find_first_not_of(" \t\r\n", head.find('[') + 1);
  return inside != std::string_view::npos && (head[inside] == '{' || head[inside] == ']');
}

void ReadJsonLines(std::string_view bytes, const std::string& source, const Declared& declared,
                   const ReaderSink& sink) {
  const std::string_view all = bytes;
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  const std::string_view first = FirstLine(bytes);
  if (first.empty()) return sink.refusal({source, "no records: only white space; leave it out"});
  const bool one_value = first.starts_with('[') || first == "{" || !Parse(first).ok();
  if (one_value) {
    const Result<json> value = Parse(bytes);
    if (value.ok() && value->is_array()) return ReadArray(bytes, *value, source, declared, sink);
    if (value.ok()) {
      Give({*value, bytes, all.size() - bytes.size(), source + ":1"}, declared, sink);
      return;
    }
    if (first.starts_with('[') || first == "{") {
      return sink.refusal({source, "broken JSON: " + value.status().message() + "; mend the file"});
    }
  }
  ReadLines(bytes, source, declared, sink);
}

}  // namespace hearsay::ingest
