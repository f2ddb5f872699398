// The extraction record as one line of JSON, in the form of schemas/record.schema.json, and back.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "graph/base/result.h"
#include "graph/record.h"

namespace hearsay {

struct RecordJsonOptions {
  // Statements in the article's own voice.  Where they are left out, a figure or statement that
  // names one as its statement or parent names none.
  bool narrated = true;
  // document.text, without which a record cannot be read back.
  bool text = false;
  // The name to print for a local entity's id; empty: the local id itself.  Local entities that
  // get one name become one entity with all their mentions.
  std::function<std::string(const std::string& local_id)> entity_id;
};

// One JSON object without a newline.  The same input gives the same bytes: keys in the order of
// the schema, numbers in their shortest form.  Ids are those of graph/derive/public_ids.h.
// REQUIRES all indices of the record lie inside it.  O(size of record and text).
std::string RecordToJson(const Article& article, const Record& record,
                         const RecordJsonOptions& options);

struct ArticleRecord {
  Article article;
  Record record;
};

// Reads what RecordToJson wrote.  kInvalidArgument names the place, "statements[3].cue.begin: ...".
// Fields it does not know are left aside, as the format allows.  The article's text is empty where
// the record carries none; spans are checked against `document.bytes`.
Result<ArticleRecord> RecordFromJson(std::string_view json);

}  // namespace hearsay
