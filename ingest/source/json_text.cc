#include "ingest/source/json_text.h"

#include "ingest/source/decode.h"

namespace hearsay::ingest {
namespace {

std::size_t SkipSpace(std::string_view text, std::size_t at) {
  while (at < text.size() &&
         (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r')) {
    ++at;
  }
  return at;
}

// `at` is the opening quote; returns the place behind the closing one.
std::size_t SkipString(std::string_view text, std::size_t at) {
  for (++at; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '"') {
      return at + 1;
    }
  }
  return text.size();
}

std::size_t SkipValue(std::string_view text, std::size_t at) {
  std::size_t depth = 0;
  while (at < text.size()) {
    const char c = text[at];
    if (c == '"') {
      at = SkipString(text, at);
      if (depth == 0) return at;
      continue;
    }
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') {
      if (depth == 0) return at;
      if (--depth == 0) return at + 1;
    }
    if (depth == 0 && c == ',') return at;
    ++at;
  }
  return at;
}

// The raw string (with its quotes) of the last member `key`, or an empty view.
std::string_view FindMember(std::string_view object, std::string_view key) {
  std::string_view found;
  std::size_t at = SkipSpace(object, 0);
  if (at >= object.size() || object[at] != '{') return found;
  ++at;
  while (at < object.size()) {
    at = SkipSpace(object, at);
    if (at >= object.size() || object[at] != '"') break;
    const std::size_t name_end = SkipString(object, at);
    const std::string_view name = object.substr(at + 1, name_end - at - 2);
    at = SkipSpace(object, name_end);
    if (at >= object.size() || object[at] != ':') break;
    at = SkipSpace(object, at + 1);
    const std::size_t end = SkipValue(object, at);
    if (name == key) found = object.substr(at, end - at);
    at = SkipSpace(object, end);
    if (at >= object.size() || object[at] != ',') break;
    ++at;
  }
  return found.starts_with('"') ? found : std::string_view{};
}

// Bytes that the escape at raw[at] takes there, and in the decoded string.
struct Escape {
  std::size_t raw = 2;
  std::size_t decoded = 1;
};

Escape EscapeAt(std::string_view raw, std::size_t at) {
  if (at + 6 > raw.size() || raw[at + 1] != 'u') return {};
  unsigned code = 0;
  for (std::size_t i = at + 2; i < at + 6; ++i) {
    const char c = raw[i];
    code =
        code * 16 + static_cast<unsigned>(c >= '0' && c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
  }
  if (code >= 0xD800 && code < 0xDC00) return {12, 4};
  return {6, code < 0x80 ? 1U : code < 0x800 ? 2U : 3U};
}

}  // namespace

std::vector<SourceMapEntry> MapJsonLiteral(std::string_view raw, std::size_t base,
                                           std::string_view decoded) {
  std::vector<SourceMapEntry> map;
  std::size_t text = 0;
  for (std::size_t at = 1; at + 1 < raw.size() && text < decoded.size();) {
    if (raw[at] == '\\') {
      const Escape escape = EscapeAt(raw, at);
      at += escape.raw;
      text += escape.decoded;
      continue;
    }
    if (raw[at] != decoded[text]) break;  // cannot be; a wrong map would be worse than none
    Extend(map, text++, base + at++, 1);
  }
  return map;
}

std::vector<SourceMapEntry> MapJsonString(std::string_view object, std::string_view key,
                                          std::string_view decoded) {
  const std::string_view raw = FindMember(object, key);
  if (raw.size() < 2) return {};
  return MapJsonLiteral(raw, static_cast<std::size_t>(raw.data() - object.data()), decoded);
}

std::string_view FindJsonLiteral(std::string_view json, std::string_view key) {
  const std::string name = '"' + std::string(key) + '"';
  for (std::size_t at = json.find(name); at != std::string_view::npos;
       at = json.find(name, at + 1)) {
    std::size_t value = SkipSpace(json, at + name.size());
    if (value >= json.size() || json[value] != ':') continue;
    value = SkipSpace(json, value + 1);
    if (value >= json.size() || json[value] != '"') continue;
    const std::size_t end = SkipString(json, value);
    if (end - value >= 2 && json[end - 1] == '"') return json.substr(value, end - value);
  }
  return {};
}

std::vector<std::string_view> JsonArrayItems(std::string_view array) {
  std::vector<std::string_view> items;
  std::size_t at = SkipSpace(array, 0);
  if (at >= array.size() || array[at] != '[') return items;
  ++at;
  while (at < array.size()) {
    at = SkipSpace(array, at);
    if (at >= array.size() || array[at] == ']') break;
    const std::size_t end = SkipValue(array, at);
    if (end == at) break;
    items.push_back(array.substr(at, end - at));
    at = SkipSpace(array, end);
    if (at < array.size() && array[at] == ',') ++at;
  }
  return items;
}

}  // namespace hearsay::ingest
