#include "graph/derive/public_ids.h"

#include <array>
#include <cstdint>
#include <set>

#include "graph/base/sha256.h"
#include "graph/store.h"

namespace hearsay {
namespace {

constexpr std::size_t kIdDigits = 32;

// The words "begin-end" of a span; "-" where there is none.
std::string SpanText(const std::optional<Span>& span) {
  if (!span) return "-";
  return std::to_string(span->begin) + "-" + std::to_string(span->end);
}

// Gives out the ids of one article; a second thing of the same description gets another.
class IdMaker {
 public:
  explicit IdMaker(std::string_view article_id) : article_id_(article_id) {}

  std::string Make(std::string_view kind, std::string_view description) {
    std::string id = MakePublicId(std::array{article_id_, kind, description});
    for (std::uint32_t again = 1; !given_.insert(id).second; ++again) {
      id = MakePublicId(
          std::array{article_id_, kind, description, std::string_view(std::to_string(again))});
    }
    return id;
  }

 private:
  std::string_view article_id_;
  std::set<std::string> given_;
};

}  // namespace

std::string MakePublicId(std::span<const std::string_view> parts) {
  std::string bytes = "hearsay";
  for (std::string_view part : parts) {
    bytes += '\n';
    bytes += std::to_string(part.size());
    bytes += ':';
    bytes += part;
  }
  return Sha256Hex(bytes).substr(0, kIdDigits);
}

std::string ArticleId(const Article& article) {
  const Metadata& metadata = article.metadata;
  if (!metadata.url.empty()) {
    return MakePublicId(
        std::array<std::string_view, 4>{"article", article.blob_sha256, "url", metadata.url});
  }
  if (!metadata.outlet.empty() || !metadata.published.empty()) {
    return MakePublicId(std::array<std::string_view, 5>{"article", article.blob_sha256, "outlet",
                                                        metadata.outlet, metadata.published});
  }
  return MakePublicId(std::array<std::string_view, 2>{"article", article.blob_sha256});
}

RecordIds MakeRecordIds(std::string_view article_id, const Record& record) {
  IdMaker maker(article_id);
  RecordIds ids;
  for (const LocalEntity& entity : record.entities) {
    ids.entities.push_back(
        maker.Make("entity", entity.mentions.empty() ? "-" : SpanText(entity.mentions[0].span)));
  }
  for (const StatementRecord& statement : record.statements) {
    std::string spans = SpanText(statement.source) + "," + SpanText(statement.cue);
    for (const Span& span : statement.content) spans += "," + SpanText(span);
    ids.statements.push_back(maker.Make("statement", spans));
  }
  for (const FigureRecord& figure : record.figures) {
    ids.figures.push_back(maker.Make("figure", SpanText(figure.span) + "," + figure.measure));
  }
  for (const EventRecord& event : record.events) {
    ids.events.push_back(maker.Make("event", SpanText(event.span) + "," + event.type));
  }
  return ids;
}

}  // namespace hearsay
