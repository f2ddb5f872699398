#include "ingest/source/decode.h"

#include <fmt/format.h>
#include <unicode/ucnv.h>

#include <algorithm>
#include <memory>

#include "ingest/text/utf8.h"

namespace hearsay::ingest {
namespace {

constexpr std::string_view kBom = "\xEF\xBB\xBF";

struct Magic {
  std::string_view bytes;
  std::string_view what;
};

constexpr Magic kMagics[] = {
    {"%PDF-", "a PDF file: extract its text first, for example with pdftotext"},
    {"PK\x03\x04", "a ZIP or office file: unpack it or save it as text or HTML first"},
    {"\x1F\x8B", "gzip data: unpack it first with gunzip"},
    {"\x28\xB5\x2F\xFD", "zstd data: unpack it first with unzstd"},
    {"\xFD"
     "7zXZ",
     "xz data: unpack it first with unxz"},
    {"\x89PNG", "a picture (PNG)"},
    {"\xFF\xD8\xFF", "a picture (JPEG)"},
    {"GIF8", "a picture (GIF)"},
    {"\x7F"
     "ELF",
     "a program"},
    {"SQLite format 3", "an SQLite database"},
};

std::string_view Utf16Name(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE")) return "UTF-16LE";
  if (bytes.starts_with("\xFE\xFF")) return "UTF-16BE";
  return {};
}

// What the bytes are if they are no text; empty if they may be.
std::string BinaryKind(std::string_view bytes) {
  for (const Magic& magic : kMagics) {
    if (bytes.starts_with(magic.bytes)) return std::string(magic.what);
  }
  return {};
}

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};

Result<Decoded> DecodeWithIcu(std::string_view bytes, const std::string& charset) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, CloseConverter> converter(ucnv_open(charset.c_str(), &error));
  if (U_FAILURE(error) != 0) {
    return Status::InvalidArgument(fmt::format(
        "the page declares the unknown charset \"{}\": convert it to UTF-8 with iconv", charset));
  }
  Decoded decoded;
  decoded.text.reserve(bytes.size() + bytes.size() / 8);
  const char* at = bytes.data();
  const char* const end = at + bytes.size();
  while (at < end) {
    error = U_ZERO_ERROR;
    const char* const begin = at;
    const UChar32 c = ucnv_getNextUChar(converter.get(), &at, end, &error);
    if (error == U_INDEX_OUTOFBOUNDS_ERROR) break;
    if (at == begin) ++at;  // never stand still
    const std::size_t text_begin = decoded.text.size();
    AppendUtf8(U_FAILURE(error) != 0 || c == 0 ? 0xFFFD : static_cast<char32_t>(c), &decoded.text);
    const std::string_view source(begin, static_cast<std::size_t>(at - begin));
    if (std::string_view(decoded.text).substr(text_begin) == source) {
      Extend(decoded.map, text_begin, static_cast<std::size_t>(begin - bytes.data()),
             source.size());
    }
  }
  return decoded;
}

// UTF-8 with what is broken replaced; the map leaves the replacements out.
Decoded Repair(std::string_view bytes) {
  Decoded decoded;
  for (std::size_t at = 0; at < bytes.size();) {
    const CodePoint c = DecodeAt(bytes, at);
    const bool broken = (c.value == 0xFFFD && c.size == 1) || c.value == 0;
    if (broken) {
      AppendUtf8(0xFFFD, &decoded.text);
    } else {
      Extend(decoded.map, decoded.text.size(), at, c.size);
      decoded.text += bytes.substr(at, c.size);
    }
    at += c.size;
  }
  return decoded;
}

}  // namespace

std::size_t LineOf(std::string_view bytes, std::size_t offset) {
  return static_cast<std::size_t>(
             std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(offset), '\n')) +
         1;
}

void Extend(std::vector<SourceMapEntry>& map, std::size_t text_begin, std::size_t source_begin,
            std::size_t length) {
  if (length == 0) return;
  if (!map.empty() && map.back().text_begin + map.back().length == text_begin &&
      map.back().source_begin + map.back().length == source_begin) {
    map.back().length += static_cast<std::uint32_t>(length);
    return;
  }
  map.push_back({static_cast<std::uint32_t>(text_begin), static_cast<std::uint32_t>(source_begin),
                 static_cast<std::uint32_t>(length)});
}

std::vector<SourceMapEntry> Compose(const std::vector<SourceMapEntry>& inner,
                                    const std::vector<SourceMapEntry>& outer) {
  if (outer.empty()) return inner;
  std::vector<SourceMapEntry> composed;
  for (const SourceMapEntry& entry : inner) {
    const std::uint32_t begin = entry.source_begin;
    const std::uint32_t end = begin + entry.length;
    auto at = std::upper_bound(
        outer.begin(), outer.end(), begin,
        [](std::uint32_t offset, const SourceMapEntry& e) { return offset < e.text_begin; });
    if (at != outer.begin()) --at;
    for (; at != outer.end() && at->text_begin < end; ++at) {
      const std::uint32_t from = std::max(begin, at->text_begin);
      const std::uint32_t to = std::min(end, at->text_begin + at->length);
      if (from >= to) continue;
      Extend(composed, entry.text_begin + (from - begin),
             at->source_begin + (from - at->text_begin), to - from);
    }
  }
  return composed;
}

Result<Decoded> DecodePlain(std::string_view bytes) {
  if (const std::string_view name = Utf16Name(bytes); !name.empty()) {
    return Status::InvalidArgument(fmt::format(
        "this is {} text; Hearsay reads UTF-8: convert it with iconv -f {} -t UTF-8", name, name));
  }
  if (const std::string kind = BinaryKind(bytes); !kind.empty()) {
    return Status::InvalidArgument("this is no text but " + kind);
  }
  const std::size_t nul = bytes.find('\0');
  if (nul != std::string_view::npos) {
    return Status::InvalidArgument(fmt::format(
        "binary content: NUL byte at offset {}; leave the file out, or convert it to UTF-8 text",
        nul));
  }
  const std::size_t broken = FirstInvalidUtf8(bytes);
  if (broken != bytes.size()) {
    return Status::InvalidArgument(
        fmt::format("not UTF-8: byte 0x{:02X} at offset {} (line {}); convert the file, for "
                    "example with iconv -f WINDOWS-1252 -t UTF-8",
                    static_cast<unsigned char>(bytes[broken]), broken, LineOf(bytes, broken)));
  }
  Decoded decoded;
  const std::size_t bom = bytes.starts_with(kBom) ? kBom.size() : 0;
  decoded.text = bytes.substr(bom);
  if (bom != 0) Extend(decoded.map, 0, bom, decoded.text.size());
  return decoded;
}

std::string SniffCharset(std::string_view head) {
  const std::string folded = FoldPhrase(head.substr(0, 4096));
  for (std::size_t at = folded.find("charset"); at != std::string::npos;
       at = folded.find("charset", at + 1)) {
    std::size_t begin = at + std::string_view("charset").size();
    while (begin < folded.size() && folded[begin] == ' ') ++begin;
    if (begin >= folded.size() || folded[begin] != '=') continue;
    ++begin;
    while (begin < folded.size() &&
           (folded[begin] == ' ' || folded[begin] == '"' || folded[begin] == '\'')) {
      ++begin;
    }
    const std::size_t end = std::min(folded.find_first_of(" \"'/>;", begin), folded.size());
    if (end > begin) return folded.substr(begin, end - begin);
  }
  return {};
}

Result<Decoded> DecodeMarkup(std::string_view bytes, std::string_view charset) {
  if (const std::string_view name = Utf16Name(bytes); !name.empty()) {
    Result<Decoded> decoded = DecodeWithIcu(bytes.substr(2), std::string(name));
    if (decoded.ok()) {
      for (SourceMapEntry& entry : decoded->map) entry.source_begin += 2;
    }
    return decoded;
  }
  if (const std::string kind = BinaryKind(bytes); !kind.empty()) {
    return Status::InvalidArgument("this is no page but " + kind);
  }
  const bool valid = IsValidUtf8(bytes) && bytes.find('\0') == std::string_view::npos;
  if (valid &&
      (charset.empty() || charset == "utf-8" || charset == "utf8" || bytes.starts_with(kBom))) {
    return DecodePlain(bytes);
  }
  // A page that declares a UTF-16 charset in ASCII letters is no UTF-16.
  if (charset.starts_with("utf-16") || charset.starts_with("utf-32")) charset = "utf-8";
  if (charset.empty() || charset == "iso-8859-1" || charset == "latin1") charset = "windows-1252";
  if (charset == "utf-8" || charset == "utf8") return Repair(bytes);
  // Many pages declare an old charset and are UTF-8 all the same; bytes that are valid
  // multi-byte UTF-8 are hardly ever anything else.
  const bool has_high = std::any_of(bytes.begin(), bytes.end(), [](char c) { return c < 0; });
  if (valid && has_high) return DecodePlain(bytes);
  return DecodeWithIcu(bytes, std::string(charset));
}

}  // namespace hearsay::ingest
