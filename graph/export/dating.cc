#include "graph/export/dating.h"

#include "graph/base/iso_time.h"

namespace hearsay {
namespace {

constexpr std::size_t kKnownMax = 4096;  // articles; bounds the memory of an export

}  // namespace

std::optional<PublishedDate> ParsePublished(const std::string& text) {
  const auto time = ParseIsoTime(text);
  if (!time) return std::nullopt;
  return PublishedDate{text, time->local_ms - std::int64_t{1000} * time->offset_s.value_or(0)};
}

std::optional<PublishedDate> Dating::OfArticle(const std::string& public_id) {
  const auto known = known_.find(public_id);
  if (known != known_.end()) return known->second;
  std::optional<PublishedDate> date;
  if (const auto node = view_.FindByPublicId(public_id)) {
    const Value published = view_.Property(*node, "published");
    if (published.kind() == Value::Kind::kString) date = ParsePublished(published.as_string());
  }
  if (known_.size() >= kKnownMax) known_.clear();
  known_.emplace(public_id, date);
  return date;
}

std::optional<PublishedDate> Dating::Of(const std::vector<Evidence>& evidence) {
  std::optional<PublishedDate> earliest;
  const std::string* last = nullptr;
  for (const Evidence& e : evidence) {
    if (e.article.empty() || (last != nullptr && *last == e.article)) continue;
    last = &e.article;
    const auto date = OfArticle(e.article);
    if (date && (!earliest || date->ms < earliest->ms)) earliest = date;
  }
  return earliest;
}

}  // namespace hearsay
