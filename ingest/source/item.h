// What the readers of all formats share: metadata that is declared or stands in the text.
#pragma once

#include <string>
#include <string_view>

#include "graph/record.h"
#include "ingest/source/reader.h"

namespace hearsay::ingest {

// The part of a path behind its last slash.
std::string_view BaseName(std::string_view path);

// Lays declared values over `metadata`: those for the file (by the place as given, its file, or
// the file's base name) over those for all over those of the page.
void ApplyDeclared(const Declared& declared, const std::string& source, Metadata* metadata);

// Fills what is still empty from the text itself, where it is certain: the title from the first
// headline-like block, dateline and agency credit from a dateline, the publication time from a line
// that says nothing else or from the byline.  Reads the first 16 KiB.
void FindInText(Article* article);

}  // namespace hearsay::ingest
