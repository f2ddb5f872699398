// The read functions of the formats, for the table in readers.cc.  One block a format; sniff
// functions look at the first 4 KiB.
#pragma once

#include <string>
#include <string_view>

#include "ingest/source/reader.h"

namespace hearsay::ingest {

// plain_text.cc: the article's text is the file's bytes (but for a byte order mark).
void ReadPlainText(std::string_view bytes, const std::string& source, const Declared& declared,
                   const ReaderSink& sink);

// html.cc
bool LooksLikeHtml(std::string_view head);
void ReadHtml(std::string_view bytes, const std::string& source, const Declared& declared,
              const ReaderSink& sink);

// json_lines.cc: one record a line, or one JSON object or array of objects.
bool LooksLikeJson(std::string_view head);
void ReadJsonLines(std::string_view bytes, const std::string& source, const Declared& declared,
                   const ReaderSink& sink);

}  // namespace hearsay::ingest
