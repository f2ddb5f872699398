// The word lists of the rule extractor: cue verbs, titles, media, forces, names, places, ...
// They are data files in ingest/lexicon/data/ (UTF-8, one entry a line, tab separated, `#` comment
// lines with what it is, source and licence first), made part of the binary by cmake/embed.cmake,
// so that one file is the whole program.  Adding a list: put the file there.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace hearsay::ingest {

// Bytes of an embedded data file by its name ("cues.tsv"); they live as long as the program.
// REQUIRES it is embedded.  O(log files).
std::string_view LexiconFile(std::string_view name);
bool HasLexiconFile(std::string_view name);
std::vector<std::string_view> LexiconFileNames();  // sorted

// The rows of a data file: comment and blank lines left out, split at tabs.  O(bytes): read once,
// at construction of the component that needs them.
std::vector<std::vector<std::string_view>> LexiconRows(std::string_view name);

// First 16 hex digits of the SHA-256 over all data files: part of the extractor's version, since
// another word list gives other records.
std::string LexiconDigest();

// The data files as components see them.  Stateless; here so that a test can one day hand a
// component other lists.
class Lexicons {
 public:
  std::string_view File(std::string_view name) const { return LexiconFile(name); }
  std::vector<std::vector<std::string_view>> Rows(std::string_view name) const {
    return LexiconRows(name);
  }
  // First column of the rows whose second column is `kind`; of all rows if `kind` is empty.
  std::unordered_set<std::string_view> Set(std::string_view name, std::string_view kind = {}) const;
};

}  // namespace hearsay::ingest
