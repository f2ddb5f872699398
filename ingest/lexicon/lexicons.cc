#include "ingest/lexicon/lexicons.h"

#include <algorithm>

#include "graph/base/check.h"
#include "graph/base/sha256.h"

namespace hearsay {
struct EmbeddedFile {  // as in the table that cmake/embed.cmake generates
  const char* name;
  const char* begin;
  const char* end;
};
const EmbeddedFile* LexiconDataBegin();
const EmbeddedFile* LexiconDataEnd();
}  // namespace hearsay

namespace hearsay::ingest {
namespace {

const EmbeddedFile* Find(std::string_view name) {
  const EmbeddedFile* end = LexiconDataEnd();
  const EmbeddedFile* at =
      std::lower_bound(LexiconDataBegin(), end, name,
                       [](const EmbeddedFile& file, std::string_view n) { return file.name < n; });
  return at != end && at->name == name ? at : nullptr;
}

std::vector<std::string_view> SplitAtTabs(std::string_view line) {
  std::vector<std::string_view> cells;
  while (true) {
    const std::size_t tab = line.find('\t');
    cells.push_back(line.substr(0, tab));
    if (tab == std::string_view::npos) return cells;
    line.remove_prefix(tab + 1);
  }
}

}  // namespace

std::string_view LexiconFile(std::string_view name) {
  const EmbeddedFile* file = Find(name);
  HEARSAY_CHECK(file != nullptr);
  return {file->begin, static_cast<std::size_t>(file->end - file->begin)};
}

bool HasLexiconFile(std::string_view name) { return Find(name) != nullptr; }

std::vector<std::string_view> LexiconFileNames() {
  std::vector<std::string_view> names;
  for (const EmbeddedFile* file = LexiconDataBegin(); file != LexiconDataEnd(); ++file) {
    names.emplace_back(file->name);
  }
  return names;
}

std::vector<std::vector<std::string_view>> LexiconRows(std::string_view name) {
  std::vector<std::vector<std::string_view>> rows;
  std::string_view rest = LexiconFile(name);
  while (!rest.empty()) {
    const std::size_t newline = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, newline);
    rest.remove_prefix(std::min(newline + 1, rest.size()));
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line.find_first_not_of(" \t") == std::string_view::npos || line.front() == '#') continue;
    rows.push_back(SplitAtTabs(line));
  }
  return rows;
}

std::string LexiconDigest() {
  std::string hashes;
  for (std::string_view name : LexiconFileNames()) {
    hashes += std::string(name) + ' ' + Sha256Hex(LexiconFile(name)) + '\n';
  }
  return Sha256Hex(hashes).substr(0, 16);
}

std::unordered_set<std::string_view> Lexicons::Set(std::string_view name,
                                                   std::string_view kind) const {
  std::unordered_set<std::string_view> set;
  for (const auto& row : Rows(name)) {
    if (kind.empty() || (row.size() > 1 && row[1] == kind)) set.insert(row[0]);
  }
  return set;
}

}  // namespace hearsay::ingest
