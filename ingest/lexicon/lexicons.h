// The word lists of the rule extractor: cue verbs, titles, media, forces, names, places, ...
// They are data files in ingest/lexicon/data/ (one entry a line, tab separated, `#` comments with
// source and licence first), compiled into the binary by scripts/embed.cmake so that one file is
// the whole program.  Adding a list: one file, one row in data/INDEX.tsv, one member here.
#pragma once

#include <string_view>
#include <vector>

namespace hearsay::ingest {

// Bytes of an embedded data file by its name ("cues.tsv").  REQUIRES it is embedded.
std::string_view LexiconFile(std::string_view name);

// The rows of a data file: comment and blank lines left out, split at tabs.
std::vector<std::vector<std::string_view>> LexiconRows(std::string_view name);

}  // namespace hearsay::ingest
