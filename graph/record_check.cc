#include "graph/record_check.h"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "graph/base/utf8.h"

namespace hearsay {
namespace {

// Notes the first fault.
class Checker {
 public:
  Checker(const Article& article, const Record& record)
      : text_(article.text), record_(record), metadata_(article.metadata) {}

  Status Check() {
    CheckMetadata();
    CheckText();
    if (!status_.ok()) return status_;  // spans of no text need not be looked at
    for (std::size_t i = 0; i < record_.entities.size(); ++i) CheckEntity(i);
    for (std::size_t i = 0; i < record_.statements.size(); ++i) CheckStatement(i);
    for (std::size_t i = 0; i < record_.figures.size(); ++i) CheckFigure(i);
    for (std::size_t i = 0; i < record_.relations.size(); ++i) CheckRelation(i);
    for (std::size_t i = 0; i < record_.events.size(); ++i) CheckEvent(i);
    for (std::size_t i = 0; i < record_.coverage.size(); ++i) {
      CheckSpan(record_.coverage[i].span, fmt::format("coverage[{}]", i));
    }
    return status_;
  }

 private:
  void Fail(std::string message) {
    if (status_.ok()) status_ = Status::InvalidArgument(std::move(message));
  }

  void CheckMetadata() {
    const std::array<std::pair<const char*, const std::string*>, 10> fields = {
        {{"source", &metadata_.source},
         {"url", &metadata_.url},
         {"outlet", &metadata_.outlet},
         {"title", &metadata_.title},
         {"byline", &metadata_.byline},
         {"published", &metadata_.published},
         {"updated", &metadata_.updated},
         {"language", &metadata_.language},
         {"dateline", &metadata_.dateline},
         {"credit", &metadata_.credit}}};
    for (const auto& [name, value] : fields) {
      if (FirstInvalidUtf8(*value)) {
        Fail(fmt::format("{}: its {} is not valid UTF-8; rename the file or mend the field",
                         metadata_.source, name));
      }
    }
  }

  void CheckText() {
    if (text_.size() > UINT32_MAX) {
      Fail(fmt::format("{}: a text of {} bytes; at most 4 GiB can be kept: split the file",
                       metadata_.source, text_.size()));
    } else if (const auto bad = FirstInvalidUtf8(text_)) {
      Fail(fmt::format("{}: not valid UTF-8 at byte {}; convert the file to UTF-8",
                       metadata_.source, *bad));
    }
  }

  bool OnBoundary(std::uint32_t at) const {
    return at == text_.size() || (static_cast<unsigned char>(text_[at]) & 0xc0) != 0x80;
  }

  void CheckSpan(Span span, const std::string& place) {
    if (span.begin > span.end || span.end > text_.size()) {
      Fail(fmt::format("record, {}: bytes {} to {} of a text of {} bytes", place, span.begin,
                       span.end, text_.size()));
    } else if (!OnBoundary(span.begin) || !OnBoundary(span.end)) {
      Fail(fmt::format("record, {}: bytes {} to {} cut a character in two", place, span.begin,
                       span.end));
    }
  }

  void CheckIndex(std::size_t index, std::size_t size, const std::string& place) {
    if (index >= size) {
      Fail(fmt::format("record, {}: there is no number {} among {}", place, index, size));
    }
  }
  void CheckEntityIndex(std::size_t index, const std::string& place) {
    CheckIndex(index, record_.entities.size(), place);
  }
  void CheckEntityIndex(const std::optional<EntityIndex>& index, const std::string& place) {
    if (index) CheckEntityIndex(*index, place);
  }

  void CheckEntity(std::size_t i) {
    const LocalEntity& entity = record_.entities[i];
    const std::string place = fmt::format("entities[{}]", i);
    if (entity.mentions.empty()) Fail(fmt::format("record, {}: without a mention", place));
    for (const Mention& mention : entity.mentions) CheckSpan(mention.span, place);
  }

  void CheckStatement(std::size_t i) {
    const StatementRecord& statement = record_.statements[i];
    const std::string place = fmt::format("statements[{}]", i);
    if (statement.content.empty()) Fail(fmt::format("record, {}: without content", place));
    for (const Span span : statement.content) CheckSpan(span, place + ".content");
    if (statement.source) CheckSpan(*statement.source, place + ".source");
    if (statement.cue) CheckSpan(*statement.cue, place + ".cue");
    if (statement.addressee_span) CheckSpan(*statement.addressee_span, place + ".addressee");
    for (const EntityIndex speaker : statement.speakers) {
      CheckEntityIndex(speaker, place + ".speakers");
    }
    for (const Hop& hop : statement.chain) {
      CheckEntityIndex(hop.entity, place + ".chain");
      CheckSpan(hop.span, place + ".chain");
    }
    CheckEntityIndex(statement.addressee, place + ".addressee");
    CheckParents(i, place);
  }

  void CheckParents(std::size_t i, const std::string& place) {
    std::optional<StatementIndex> parent = record_.statements[i].parent;
    for (std::size_t steps = 0; parent; ++steps) {
      CheckIndex(*parent, record_.statements.size(), place + ".parent");
      if (!status_.ok()) return;
      if (steps >= record_.statements.size() || *parent == i) {
        return Fail(fmt::format("record, {}.parent: the statement is its own ancestor", place));
      }
      parent = record_.statements[*parent].parent;
    }
  }

  void CheckFigure(std::size_t i) {
    const FigureRecord& figure = record_.figures[i];
    const std::string place = fmt::format("figures[{}]", i);
    CheckSpan(figure.span, place);
    CheckEntityIndex(figure.place, place + ".place");
    if (figure.statement) {
      CheckIndex(*figure.statement, record_.statements.size(), place + ".statement");
    }
  }

  void CheckRelation(std::size_t i) {
    const RelationRecord& relation = record_.relations[i];
    const std::string place = fmt::format("relations[{}]", i);
    CheckSpan(relation.span, place);
    CheckEntityIndex(relation.subject, place + ".subject");
    CheckEntityIndex(relation.object, place + ".object");
  }

  void CheckEvent(std::size_t i) {
    const EventRecord& event = record_.events[i];
    const std::string place = fmt::format("events[{}]", i);
    CheckSpan(event.span, place);
    CheckEntityIndex(event.place, place + ".place");
    for (const EntityIndex actor : event.actors) CheckEntityIndex(actor, place + ".actors");
    for (const EntityIndex target : event.targets) CheckEntityIndex(target, place + ".targets");
  }

  const std::string& text_;
  const Record& record_;
  const Metadata& metadata_;
  Status status_;
};

}  // namespace

Status CheckRecord(const Article& article, const Record& record) {
  return Checker(article, record).Check();
}

}  // namespace hearsay
