#include "graph/article_merge.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace hearsay {
namespace {

// Without what may differ between two arrivals of the same description: source and record.
ArticleRow Description(ArticleRow row) {
  row.metadata.source.clear();
  row.sources.clear();
  row.record_sha256.clear();
  return row;
}

std::ptrdiff_t FieldsGiven(const Metadata& m) {
  const std::array<const std::string*, 9> fields = {&m.url,      &m.outlet,    &m.title,
                                                    &m.byline,   &m.published, &m.updated,
                                                    &m.language, &m.dateline,  &m.credit};
  return std::count_if(fields.begin(), fields.end(),
                       [](const std::string* field) { return !field->empty(); });
}

}  // namespace

Keep ChooseRow(const ArticleRow& old_row, const ArticleRow& new_row) {
  const std::ptrdiff_t old_fields = FieldsGiven(old_row.metadata);
  const std::ptrdiff_t new_fields = FieldsGiven(new_row.metadata);
  if (old_fields != new_fields) return new_fields > old_fields ? Keep::kNew : Keep::kOld;
  const std::string old_bytes = EncodeArticleRow(Description(old_row));
  const std::string new_bytes = EncodeArticleRow(Description(new_row));
  return new_bytes < old_bytes ? Keep::kNew : Keep::kOld;
}

void MergeSources(const ArticleRow& other, ArticleRow* row) {
  row->sources.insert(row->sources.end(), other.sources.begin(), other.sources.end());
  std::sort(row->sources.begin(), row->sources.end());
  row->sources.erase(std::unique(row->sources.begin(), row->sources.end()), row->sources.end());
  row->metadata.source = row->sources.empty() ? std::string() : row->sources.front();
}

}  // namespace hearsay
