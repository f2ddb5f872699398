// Public names: what the graph, the records and the exports call things.  Each is the first 16
// bytes of a SHA-256, as 32 hex digits, so that the same input has the same names on any machine
// and in any order of arrival.
//
//   article    hash of its blob and its declared identity: ArticleId in graph/store.h
//   entity     hash of the article's id and the first mention: local to the article, permanent
//   statement  hash of the article's id and its source, cue and content spans
//   figure     hash of the article's id and its span and measure
//   event      hash of the article's id and its span and type
//
// Two things of one article whose names would be equal are told apart by their order of
// appearance in the record.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/record.h"

namespace hearsay {

struct RecordIds {
  std::vector<std::string> entities;    // as Record::entities
  std::vector<std::string> statements;  // as Record::statements
  std::vector<std::string> figures;     // as Record::figures
  std::vector<std::string> events;      // as Record::events
};

// O(size of the record).
RecordIds MakeRecordIds(std::string_view article_id, const Record& record);

// The name of anything that is made of `parts`; the parts are length-prefixed before hashing, so
// that ("ab", "c") and ("a", "bc") differ.
std::string MakePublicId(std::span<const std::string_view> parts);

}  // namespace hearsay
