// When a node or edge was published: the date of the article its evidence stands in; of an entity,
// of the earliest article.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "graph/view.h"

namespace hearsay {

struct PublishedDate {
  std::string text;     // ISO 8601, as stated
  std::int64_t ms = 0;  // since 1970-01-01 UTC, of its first moment; without a zone as if UTC
};

// Nothing for text that is no ISO 8601.
std::optional<PublishedDate> ParsePublished(const std::string& text);

class Dating {
 public:
  explicit Dating(const View& view) : view_(view) {}

  // The earliest date of the articles of `evidence`; nothing if none has one.
  std::optional<PublishedDate> Of(const std::vector<Evidence>& evidence);
  std::optional<PublishedDate> OfArticle(const std::string& public_id);

 private:
  const View& view_;
  std::map<std::string, std::optional<PublishedDate>> known_;  // emptied when large
};

}  // namespace hearsay
