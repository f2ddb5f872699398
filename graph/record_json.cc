#include "graph/record_json.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "graph/base/sha256.h"
#include "graph/derive/public_ids.h"
#include "graph/store.h"

namespace hearsay {
namespace {

using Json = nlohmann::ordered_json;

Json TextOrNull(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

template <typename T>
Json NumberOrNull(const std::optional<T>& number) {
  return number ? Json(*number) : Json(nullptr);
}

Json SpanJson(Span span) { return {{"begin", span.begin}, {"end", span.end}}; }
Json SpanOrNull(const std::optional<Span>& span) { return span ? SpanJson(*span) : Json(nullptr); }

// Writes the parts of one record.  Holds the names that its indices become.
class Writer {
 public:
  Writer(const Article& article, const Record& record, const RecordJsonOptions& options)
      : article_(article),
        record_(record),
        options_(options),
        article_id_(ArticleId(article)),
        ids_(MakeRecordIds(article_id_, record)),
        entity_names_(ids_.entities) {
    if (!options.entity_id) return;
    for (std::string& name : entity_names_) name = options.entity_id(name);
  }

  Json Write() const {
    Json json;
    json["document"] = Document();
    json["entities"] = Entities();
    json["statements"] = Statements();
    json["figures"] = Figures();
    json["relations"] = Relations();
    json["events"] = Events();
    json["coverage"] = Coverage();
    json["extractor"] = {{"name", record_.extractor.name},
                         {"version", record_.extractor.version},
                         {"model", record_.extractor.model}};
    return json;
  }

 private:
  Json Document() const {
    const Metadata& metadata = article_.metadata;
    Json json;
    json["id"] = "sha256:" + article_id_;
    json["source"] = metadata.source;
    json["title"] = TextOrNull(metadata.title);
    json["outlet"] = TextOrNull(metadata.outlet);
    json["published"] = TextOrNull(metadata.published);
    json["language"] = TextOrNull(metadata.language);
    json["bytes"] = article_.text.size();
    json["text_sha256"] = Sha256Hex(article_.text);
    json["blob_sha256"] = article_.blob_sha256;
    json["url"] = TextOrNull(metadata.url);
    json["byline"] = TextOrNull(metadata.byline);
    json["updated"] = TextOrNull(metadata.updated);
    json["dateline"] = TextOrNull(metadata.dateline);
    json["credit"] = TextOrNull(metadata.credit);
    Json& map = json["source_map"] = Json::array();
    for (const SourceMapEntry& e : article_.source_map) {
      map.push_back(Json::array({e.text_begin, e.source_begin, e.length}));
    }
    if (options_.text) json["text"] = article_.text;
    return json;
  }

  Json Entities() const {
    // Local entities of one name are written once, at the place of the first.
    std::map<std::string, std::vector<const LocalEntity*>> members;
    for (std::size_t i = 0; i < record_.entities.size(); ++i) {
      members[entity_names_[i]].push_back(&record_.entities[i]);
    }
    Json list = Json::array();
    for (const std::string& name : entity_names_) {
      const auto group = members.extract(name);
      if (!group.empty()) list.push_back(Entity(name, group.mapped()));
    }
    return list;
  }

  static Json Entity(const std::string& id, const std::vector<const LocalEntity*>& members) {
    const LocalEntity& first = *members[0];
    std::vector<std::string> aliases = first.aliases;
    std::vector<Mention> mentions = first.mentions;
    if (members.size() > 1) MergeMembers(members, &aliases, &mentions);
    Json json;
    json["id"] = id;
    json["type"] = ToString(first.type);
    json["name"] = first.name;
    json["aliases"] = aliases;
    json["kind"] = TextOrNull(first.kind);
    json["gazetteer"] = TextOrNull(first.gazetteer);
    json["latitude"] = NumberOrNull(first.latitude);
    json["longitude"] = NumberOrNull(first.longitude);
    Json& list = json["mentions"] = Json::array();
    for (const Mention& mention : mentions) {
      list.push_back({{"begin", mention.span.begin},
                      {"end", mention.span.end},
                      {"form", ToString(mention.form)}});
    }
    return json;
  }

  static void MergeMembers(const std::vector<const LocalEntity*>& members,
                           std::vector<std::string>* aliases, std::vector<Mention>* mentions) {
    std::set<std::string> names(aliases->begin(), aliases->end());
    for (const LocalEntity* member : members) {
      if (member == members[0]) continue;
      names.insert(member->name);
      names.insert(member->aliases.begin(), member->aliases.end());
      mentions->insert(mentions->end(), member->mentions.begin(), member->mentions.end());
    }
    names.erase(members[0]->name);
    aliases->assign(names.begin(), names.end());
    std::stable_sort(mentions->begin(), mentions->end(),
                     [](const Mention& a, const Mention& b) { return a.span < b.span; });
  }

  bool Left(const StatementRecord& statement) const {
    return !options_.narrated && statement.form == StatementForm::kNarrated;
  }

  Json StatementId(const std::optional<StatementIndex>& index) const {
    if (!index || Left(record_.statements[*index])) return nullptr;
    return ids_.statements[*index];
  }

  Json EntityId(const std::optional<EntityIndex>& index) const {
    return index ? Json(entity_names_[*index]) : Json(nullptr);
  }

  Json EntityIds(const std::vector<EntityIndex>& indices) const {
    Json list = Json::array();
    for (EntityIndex index : indices) list.push_back(entity_names_[index]);
    return list;
  }

  Json Chain(const std::vector<Hop>& chain) const {
    Json list = Json::array();
    for (const Hop& hop : chain) {
      Json json;
      json["entity"] = entity_names_[hop.entity];
      json["span"] = SpanJson(hop.span);
      json["via"] = ToString(hop.via);
      list.push_back(std::move(json));
    }
    return list;
  }

  Json Statements() const {
    Json list = Json::array();
    for (std::size_t i = 0; i < record_.statements.size(); ++i) {
      const StatementRecord& statement = record_.statements[i];
      if (!Left(statement)) list.push_back(Statement(ids_.statements[i], statement));
    }
    return list;
  }

  Json Statement(const std::string& id, const StatementRecord& statement) const {
    Json json;
    json["id"] = id;
    json["form"] = ToString(statement.form);
    json["where"] = ToString(statement.where);
    json["source"] = SpanOrNull(statement.source);
    json["speaker"] =
        statement.speakers.empty() ? Json(nullptr) : Json(entity_names_[statement.speakers[0]]);
    json["speakers"] = EntityIds(statement.speakers);
    json["cue"] = SpanOrNull(statement.cue);
    Json& content = json["content"] = Json::array();
    for (Span span : statement.content) content.push_back(SpanJson(span));
    json["parent"] = StatementId(statement.parent);
    json["chain"] = Chain(statement.chain);
    json["addressee"] = EntityId(statement.addressee);
    json["addressee_span"] = SpanOrNull(statement.addressee_span);
    json["said_at"] = TextOrNull(statement.said_at);
    json["certainty"] = ToString(statement.certainty);
    json["polarity"] = std::string(1, statement.polarity);
    json["confidence"] = statement.confidence;
    json["rule"] = TextOrNull(statement.rule);
    return json;
  }

  Json Figures() const {
    Json list = Json::array();
    for (std::size_t i = 0; i < record_.figures.size(); ++i) {
      const FigureRecord& figure = record_.figures[i];
      Json json;
      json["id"] = ids_.figures[i];
      json["measure"] = figure.measure;
      json["low"] = NumberOrNull(figure.low);
      json["high"] = NumberOrNull(figure.high);
      json["bound"] = ToString(figure.bound);
      json["population"] = TextOrNull(figure.population);
      json["unit"] = TextOrNull(figure.unit);
      json["place"] = EntityId(figure.place);
      json["as_of"] = TextOrNull(figure.as_of);
      json["statement"] = StatementId(figure.statement);
      json["chain"] = Chain(figure.statement ? record_.statements[*figure.statement].chain
                                             : std::vector<Hop>());
      json["span"] = SpanJson(figure.span);
      list.push_back(std::move(json));
    }
    return list;
  }

  Json Relations() const {
    Json list = Json::array();
    for (const RelationRecord& relation : record_.relations) {
      Json json;
      json["subject"] = entity_names_[relation.subject];
      json["predicate"] = relation.predicate;
      json["object"] = entity_names_[relation.object];
      json["title"] = TextOrNull(relation.title);
      json["span"] = SpanJson(relation.span);
      list.push_back(std::move(json));
    }
    return list;
  }

  Json Events() const {
    Json list = Json::array();
    for (std::size_t i = 0; i < record_.events.size(); ++i) {
      const EventRecord& event = record_.events[i];
      Json json;
      json["id"] = ids_.events[i];
      json["type"] = event.type;
      json["actors"] = EntityIds(event.actors);
      json["targets"] = EntityIds(event.targets);
      json["place"] = EntityId(event.place);
      json["time"] = TextOrNull(event.time);
      json["span"] = SpanJson(event.span);
      list.push_back(std::move(json));
    }
    return list;
  }

  Json Coverage() const {
    Json list = Json::array();
    for (const CoverageRecord& row : record_.coverage) {
      list.push_back({{"begin", row.span.begin}, {"end", row.span.end}, {"reason", row.reason}});
    }
    return list;
  }

  const Article& article_;
  const Record& record_;
  const RecordJsonOptions& options_;
  std::string article_id_;
  RecordIds ids_;
  std::vector<std::string> entity_names_;  // as Record::entities
};

}  // namespace

std::string RecordToJson(const Article& article, const Record& record,
                         const RecordJsonOptions& options) {
  // Text is valid UTF-8 by the promise of Article; replacing is for hand-made records.
  return Writer(article, record, options)
      .Write()
      .dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace hearsay
