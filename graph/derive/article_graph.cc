#include "graph/derive/article_graph.h"

#include <algorithm>
#include <array>
#include <map>

#include "graph/derive/edge_set.h"
#include "graph/derive/public_ids.h"

namespace hearsay {
namespace {

constexpr std::uint32_t kNone = UINT32_MAX;

void PutText(Map* properties, const char* key, const std::string& text) {
  if (!text.empty()) (*properties)[key] = text;
}

// Makes the graph of one article, one kind of thing after another.
class Builder {
 public:
  Builder(std::string_view article_id, const Article& article, const Record& record,
          const GlobalEntity& global)
      : article_id_(article_id),
        article_(article),
        record_(record),
        ids_(MakeRecordIds(article_id, record)),
        members_(MembersOf(article_id, article, record, ids_.entities)) {
    for (const Member& member : members_.members) entities_.push_back(global(member.id));
    if (members_.metadata.outlet) outlet_ = entities_[*members_.metadata.outlet];
    FindParents();
    FindPlaces();
  }

  ArticleGraph Build() {
    AddArticle();
    AddMentions();
    for (std::uint32_t s = 0; s < record_.statements.size(); ++s) AddStatement(s);
    AddCarries();
    for (std::uint32_t f = 0; f < record_.figures.size(); ++f) AddFigure(f);
    for (const RelationRecord& relation : record_.relations) AddRelation(relation);
    for (std::uint32_t e = 0; e < record_.events.size(); ++e) AddEvent(e);
    graph_.edges = edges_.Take();
    return std::move(graph_);
  }

 private:
  // --- evidence ---
  Evidence At(Span span, const std::string& rule = "") const {
    Evidence evidence;
    evidence.article = article_id_;
    evidence.span = span;
    if (span.begin <= span.end && span.end <= article_.text.size()) {
      evidence.text = span.In(article_.text);
    }
    evidence.rule = rule;
    return evidence;
  }
  Evidence Field(const char* field, const std::string& text) const {
    Evidence evidence;
    evidence.article = article_id_;
    evidence.field = field;
    evidence.text = text;
    return evidence;
  }
  std::vector<Evidence> At(const std::vector<Span>& spans, const std::string& rule = "") const {
    std::vector<Evidence> list;
    list.reserve(spans.size());
    for (Span span : spans) list.push_back(At(span, rule));
    return list;
  }

  // --- article ---
  void AddArticle() {
    const Metadata& metadata = article_.metadata;
    NodeData node;
    node.public_id = article_id_;
    node.labels = {"Article"};
    const auto field = [&](const char* name, const std::string& text) {
      if (text.empty()) return;
      node.properties[name] = text;
      node.evidence.push_back(Field(name, text));
    };
    node.properties["id"] = article_id_;
    node.evidence.push_back(Field("sha256", article_.blob_sha256));
    PutText(&node.properties, "sha256", article_.blob_sha256);
    field("title", metadata.title);
    field("published", metadata.published);
    field("updated", metadata.updated);
    field("language", metadata.language);
    field("url", metadata.url);
    field("dateline", metadata.dateline);
    field("source", metadata.source);
    node.properties["bytes"] = static_cast<std::int64_t>(article_.text.size());
    for (const std::string& name : {metadata.title, metadata.source, metadata.url}) {
      if (!name.empty()) node.names.push_back(name);
    }
    graph_.nodes.push_back(std::move(node));
    AddMetadataEdges();
  }

  void AddMetadataEdges() {
    const auto add = [this](const char* type, std::uint32_t member) {
      edges_.Add(article_id_, type, entities_[member], {members_.members[member].evidence});
    };
    if (members_.metadata.outlet) add("PUBLISHED_BY", *members_.metadata.outlet);
    if (members_.metadata.credit) add("CREDITS", *members_.metadata.credit);
    for (std::uint32_t member : members_.metadata.byline) add("WRITTEN_BY", member);
  }

  void AddMentions() {
    for (std::size_t e = 0; e < record_.entities.size(); ++e) {
      std::vector<Evidence> evidence;
      for (const Mention& mention : record_.entities[e].mentions) {
        evidence.push_back(At(mention.span));
      }
      if (evidence.empty()) continue;
      EdgeData& edge = edges_.Add(entities_[e], "MENTIONED_IN", article_id_, evidence);
      edge.properties["count"] = static_cast<std::int64_t>(edge.evidence.size());
    }
  }

  // --- statements ---

  // The parent of each statement, without narrated ones, which have no source to be a hop, and
  // without circles, which only a damaged record has.
  void FindParents() {
    parents_.assign(record_.statements.size(), kNone);
    for (std::uint32_t s = 0; s < parents_.size(); ++s) {
      const auto parent = record_.statements[s].parent;
      if (!parent || record_.statements[*parent].form == StatementForm::kNarrated) continue;
      bool circle = *parent == s;
      for (std::uint32_t up = *parent; up != kNone && !circle; up = parents_[up]) circle = up == s;
      if (!circle) parents_[s] = *parent;
    }
  }

  std::string ContentText(const StatementRecord& statement) const {
    std::string text;
    for (Span span : statement.content) {
      if (!text.empty()) text += " \xE2\x80\xA6 ";
      text += At(span).text;
    }
    return text;
  }

  // Content first: that is what a reader wants to see of a statement.
  std::vector<Evidence> EvidenceOf(const StatementRecord& statement) const {
    std::vector<Span> spans = statement.content;
    if (statement.source) spans.push_back(*statement.source);
    if (statement.cue) spans.push_back(*statement.cue);
    return At(spans, statement.rule);
  }

  void AddStatement(std::uint32_t index) {
    const StatementRecord& statement = record_.statements[index];
    NodeData node;
    node.public_id = ids_.statements[index];
    node.labels = {"Statement"};
    Map& properties = node.properties;
    properties["id"] = node.public_id;
    node.words = ContentText(statement);
    PutText(&properties, "text", node.words);
    properties["form"] = ToString(statement.form);
    properties["where"] = ToString(statement.where);
    properties["certainty"] = ToString(statement.certainty);
    properties["polarity"] = std::string(1, statement.polarity);
    properties["confidence"] = statement.confidence;
    PutText(&properties, "said_at", statement.said_at);
    PutText(&properties, "rule", statement.rule);
    node.evidence = EvidenceOf(statement);
    edges_.Add(node.public_id, "IN", article_id_, node.evidence);
    AddSpeakers(statement, node.public_id);
    AddAddressee(statement, node.public_id);
    AddAbout(node.public_id, statement.content);
    statement_nodes_.push_back(std::move(node));
    AddHops(statement, index);
  }

  void AddSpeakers(const StatementRecord& statement, const std::string& id) {
    const bool names_source = !statement.chain.empty() && statement.chain[0].via == Via::kSource;
    std::vector<EntityIndex> speakers = statement.speakers;
    if (speakers.empty() && names_source) speakers = {statement.chain[0].entity};
    if (speakers.empty()) return;
    std::vector<Span> spans;
    if (statement.source) spans.push_back(*statement.source);
    if (names_source) spans.push_back(statement.chain[0].span);
    if (spans.empty() && statement.cue) spans.push_back(*statement.cue);
    if (spans.empty()) spans = statement.content;
    for (EntityIndex speaker : speakers) {
      EdgeData& edge = edges_.Add(entities_[speaker], "SAID", id, At(spans, statement.rule));
      if (statement.cue) PutText(&edge.properties, "cue", At(*statement.cue).text);
      PutText(&edge.properties, "at", statement.said_at);
    }
  }

  void AddAddressee(const StatementRecord& statement, const std::string& id) {
    if (!statement.addressee) return;
    const std::vector<Evidence> evidence =
        statement.addressee_span ? At(std::vector{*statement.addressee_span}, statement.rule)
                                 : EvidenceOf(statement);
    edges_.Add(id, "TOLD", entities_[*statement.addressee], evidence);
  }

  // What stands where in the article, in order of place: mentions of entities, and events.
  void FindPlaces() {
    for (std::size_t e = 0; e < record_.entities.size(); ++e) {
      for (const Mention& mention : record_.entities[e].mentions) {
        places_.emplace_back(mention.span, &entities_[e]);
      }
    }
    for (std::size_t e = 0; e < record_.events.size(); ++e) {
      places_.emplace_back(record_.events[e].span, &ids_.events[e]);
    }
    std::stable_sort(places_.begin(), places_.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
  }

  // Entities with a mention inside `spans`, and events that stand there.
  void AddAbout(const std::string& id, const std::vector<Span>& spans) {
    for (Span span : spans) {
      auto place = std::lower_bound(
          places_.begin(), places_.end(), span.begin,
          [](const auto& at, std::uint32_t begin) { return at.first.begin < begin; });
      for (; place != places_.end() && place->first.begin < span.end; ++place) {
        if (!span.Covers(place->first)) continue;
        edges_.Add(id, "ABOUT", *place->second, {At(place->first)});
      }
    }
  }

  void AddHops(const StatementRecord& statement, std::uint32_t index) {
    const std::uint32_t parent = parents_[index];
    std::string inner = ids_.statements[index];
    const bool names_source = !statement.chain.empty() && statement.chain[0].via == Via::kSource;
    for (std::size_t h = names_source ? 1 : 0; h < statement.chain.size(); ++h) {
      const Hop& hop = statement.chain[h];
      if (hop.via == Via::kParent && parent != kNone) break;  // the parent's chain goes on
      if (hop.via == Via::kCredit) {
        edges_.Add(article_id_, "CREDITS", entities_[hop.entity], {At(hop.span)});
      }
      if (entities_[hop.entity] == outlet_) continue;
      inner = AddRelayed(statement, hop, inner);
    }
    if (parent != kNone) {
      AddQuotes(ids_.statements[parent], inner, QuoteEvidence(parent, statement));
    }
  }

  // Where the outer statement's content holds the inner one.
  std::vector<Evidence> QuoteEvidence(std::uint32_t parent, const StatementRecord& inner) const {
    const StatementRecord& outer = record_.statements[parent];
    std::vector<Span> spans;
    for (Span span : outer.content) {
      if (!inner.content.empty() && span.Covers(inner.content[0])) spans.push_back(span);
    }
    return At(spans.empty() ? outer.content : spans, outer.rule);
  }

  // Returns the id of the relayed statement.
  std::string AddRelayed(const StatementRecord& statement, const Hop& hop,
                         const std::string& inner) {
    const Evidence evidence = At(hop.span, "hop:" + std::string(ToString(hop.via)));
    const std::string span = std::to_string(hop.span.begin) + "-" + std::to_string(hop.span.end);
    NodeData node;
    node.public_id = MakePublicId(std::array<std::string_view, 5>{article_id_, "relayed", inner,
                                                                  span, ids_.entities[hop.entity]});
    node.labels = {"Statement"};
    node.properties["id"] = node.public_id;
    PutText(&node.properties, "text", evidence.text);
    node.properties["form"] = ToString(StatementForm::kRelayed);
    node.properties["where"] = ToString(statement.where);
    node.properties["certainty"] = ToString(Certainty::kStated);
    node.properties["polarity"] = "+";
    node.properties["confidence"] = statement.confidence;
    node.properties["rule"] = evidence.rule;
    node.evidence = {evidence};
    edges_.Add(node.public_id, "IN", article_id_, node.evidence);
    edges_.Add(entities_[hop.entity], "SAID", node.public_id, node.evidence);
    AddQuotes(node.public_id, inner, node.evidence);
    std::string id = node.public_id;
    statement_nodes_.push_back(std::move(node));
    return id;
  }

  void AddQuotes(const std::string& outer, const std::string& inner,
                 const std::vector<Evidence>& evidence) {
    edges_.Add(outer, "QUOTES", inner, evidence);
    outer_of_[inner] = outer;
  }

  // Depth 0 is what the article carries; each QUOTES inward is one more.
  void AddCarries() {
    for (NodeData& node : statement_nodes_) {
      std::int64_t depth = 0;
      for (auto outer = outer_of_.find(node.public_id); outer != outer_of_.end();
           outer = outer_of_.find(outer->second)) {
        ++depth;
      }
      node.properties["depth"] = depth;
      if (depth == 0) edges_.Add(article_id_, "CARRIES", node.public_id, node.evidence);
      graph_.nodes.push_back(std::move(node));
    }
  }

  // --- the rest ---
  void AddFigure(std::uint32_t index) {
    const FigureRecord& figure = record_.figures[index];
    NodeData node;
    node.public_id = ids_.figures[index];
    node.labels = {"Figure"};
    node.evidence = {At(figure.span)};
    node.words = node.evidence[0].text;
    Map& properties = node.properties;
    properties["id"] = node.public_id;
    PutText(&properties, "measure", figure.measure);
    if (figure.low) properties["low"] = *figure.low;
    if (figure.high) properties["high"] = *figure.high;
    properties["bound"] = ToString(figure.bound);
    PutText(&properties, "population", figure.population);
    PutText(&properties, "unit", figure.unit);
    PutText(&properties, "as_of", figure.as_of);
    PutText(&properties, "text", node.words);
    edges_.Add(node.public_id, "IN", article_id_, node.evidence);
    if (figure.statement) {
      edges_.Add(ids_.statements[*figure.statement], "GIVES", node.public_id, node.evidence);
    }
    AddAbout(node.public_id, {figure.span});
    if (figure.place) {
      EdgeData& edge = edges_.Add(node.public_id, "ABOUT", entities_[*figure.place], node.evidence);
      edge.properties["role"] = "place";
    }
    graph_.nodes.push_back(std::move(node));
  }

  void AddRelation(const RelationRecord& relation) {
    const std::string& subject = entities_[relation.subject];
    const std::string& object = entities_[relation.object];
    if (subject == object) return;  // two local entities that resolution found to be one
    const std::string where = article_id_ + ":" + std::to_string(relation.span.begin) + "-" +
                              std::to_string(relation.span.end);
    EdgeData& edge = edges_.Add(subject, relation.predicate, object, {At(relation.span)}, where);
    PutText(&edge.properties, "title", relation.title);
  }

  void AddEvent(std::uint32_t index) {
    const EventRecord& event = record_.events[index];
    NodeData node;
    node.public_id = ids_.events[index];
    node.labels = {"Event"};
    node.evidence = {At(event.span)};
    node.properties["id"] = node.public_id;
    PutText(&node.properties, "type", event.type);
    PutText(&node.properties, "text", node.evidence[0].text);
    PutText(&node.properties, "begins", event.time);
    edges_.Add(node.public_id, "IN", article_id_, node.evidence);
    for (EntityIndex e : event.actors) {
      edges_.Add(node.public_id, "ACTOR", entities_[e], node.evidence);
    }
    for (EntityIndex e : event.targets) {
      edges_.Add(node.public_id, "TARGET", entities_[e], node.evidence);
    }
    if (event.place) {
      edges_.Add(node.public_id, "LOCATED_IN", entities_[*event.place], node.evidence);
    }
    graph_.nodes.push_back(std::move(node));
  }

  std::string article_id_;
  const Article& article_;
  const Record& record_;
  RecordIds ids_;
  ArticleMembers members_;
  std::vector<std::string> entities_;                        // global ids, as members_.members
  std::string outlet_;                                       // global id, or empty
  std::vector<std::uint32_t> parents_;                       // by statement
  std::vector<std::pair<Span, const std::string*>> places_;  // with the global id of what is there
  std::map<std::string, std::string> outer_of_;  // inner statement -> the one that quotes it
  std::vector<NodeData> statement_nodes_;
  EdgeSet edges_;
  ArticleGraph graph_;
};

}  // namespace

ArticleGraph MakeArticleGraph(std::string_view article_id, const Article& article,
                              const Record& record, const GlobalEntity& global) {
  return Builder(article_id, article, record, global).Build();
}

}  // namespace hearsay
