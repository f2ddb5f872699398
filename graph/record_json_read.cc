// Reading a record back.  Every value is asked for through Field, which knows its own place, so
// that an error can say "statements[3].cue.begin: expected a whole number, found a string".
#include <map>
#include <nlohmann/json.hpp>

#include "graph/record_json.h"

namespace hearsay {
namespace {

using Json = nlohmann::json;

// What went wrong first; later errors are its consequences.
class Problem {
 public:
  void Report(const std::string& place, const std::string& what) {
    if (text_.empty()) text_ = "record: " + place + ": " + what;
  }
  bool any() const { return !text_.empty(); }
  Status ToStatus() const { return any() ? Status::InvalidArgument(text_) : Status::Ok(); }

 private:
  std::string text_;
};

std::string Excerpt(const std::string& text) {
  constexpr std::size_t kMax = 60;
  return text.size() <= kMax ? text : text.substr(0, kMax) + "...";
}

// One JSON value and the way to it.  A wrong value is reported and read as the empty one.
class Field {
 public:
  Field(const Json* json, std::string place, Problem* problem)
      : json_(json), place_(std::move(place)), problem_(problem) {}

  Field operator[](const char* key) const {
    const std::string place = place_.empty() ? key : place_ + "." + key;
    if (json_ == nullptr) return {nullptr, place, problem_};
    if (!json_->is_object()) {
      Wrong("an object");
      return {nullptr, place, problem_};
    }
    const auto found = json_->find(key);
    return {found == json_->end() ? nullptr : &*found, place, problem_};
  }

  // The elements of a list.
  std::vector<Field> List() const {
    std::vector<Field> fields;
    if (!Present("a list")) return fields;
    if (!json_->is_array()) {
      Wrong("a list");
      return fields;
    }
    for (std::size_t i = 0; i < json_->size(); ++i) {
      fields.emplace_back(&(*json_)[i], place_ + "[" + std::to_string(i) + "]", problem_);
    }
    return fields;
  }

  bool IsNull() const { return json_ == nullptr || json_->is_null(); }

  std::string Text() const {
    if (!Present("text")) return {};
    if (json_->is_string()) return json_->get<std::string>();
    Wrong("text");
    return {};
  }
  std::string TextOrEmpty() const { return IsNull() ? std::string() : Text(); }

  std::int64_t Integer() const {
    if (!Present("a whole number")) return 0;
    const bool fits =
        !json_->is_number_unsigned() || json_->get<std::uint64_t>() <= std::uint64_t{INT64_MAX};
    if (json_->is_number_integer() && fits) return json_->get<std::int64_t>();
    Wrong("a whole number");
    return 0;
  }
  std::optional<std::int64_t> IntegerOrNone() const {
    if (IsNull()) return std::nullopt;
    return Integer();
  }

  std::uint32_t Offset() const {
    const std::int64_t number = Integer();
    if (number >= 0 && number <= std::int64_t{UINT32_MAX})
      return static_cast<std::uint32_t>(number);
    Wrong("a byte offset from 0 to 4294967295");
    return 0;
  }

  double Number() const {
    if (!Present("a number")) return 0;
    if (json_->is_number()) return json_->get<double>();
    Wrong("a number");
    return 0;
  }
  std::optional<double> NumberOrNone() const {
    if (IsNull()) return std::nullopt;
    return Number();
  }

  template <typename T>
  T Word(std::optional<T> (*parse)(std::string_view)) const {
    const std::string word = Text();
    const std::optional<T> value = parse(word);
    if (!value) Wrong("one of the words of the schema");
    return value.value_or(T{});
  }

  void Wrong(const std::string& expected) const {
    const std::string found =
        json_ == nullptr ? "nothing"
                         : Excerpt(json_->dump(-1, ' ', false, Json::error_handler_t::replace));
    problem_->Report(place_, "expected " + expected + ", found " + found);
  }

 private:
  bool Present(const std::string& expected) const {
    if (json_ != nullptr) return true;
    Wrong(expected);
    return false;
  }

  const Json* json_;  // null: the key is not there
  std::string place_;
  Problem* problem_;
};

class Reader {
 public:
  Reader(const Json& json, Problem* problem) : root_(&json, "", problem) {}

  ArticleRecord Read() {
    ReadDocument();
    ReadNames(root_["entities"], &entities_);
    ReadNames(root_["statements"], &statements_);
    Record& record = result_.record;
    for (const Field& f : root_["entities"].List()) record.entities.push_back(Entity(f));
    for (const Field& f : root_["statements"].List()) record.statements.push_back(Statement(f));
    for (const Field& f : root_["figures"].List()) record.figures.push_back(Figure(f));
    for (const Field& f : root_["relations"].List()) record.relations.push_back(Relation(f));
    for (const Field& f : root_["events"].List()) record.events.push_back(Event(f));
    for (const Field& f : root_["coverage"].List()) {
      record.coverage.push_back({ReadSpan(f), f["reason"].Text()});
    }
    const Field extractor = root_["extractor"];
    record.extractor = {extractor["name"].Text(), extractor["version"].Text(),
                        extractor["model"].Text()};
    return std::move(result_);
  }

 private:
  using Names = std::map<std::string, std::uint32_t>;

  void ReadDocument() {
    const Field document = root_["document"];
    Article& article = result_.article;
    Metadata& metadata = article.metadata;
    metadata.source = document["source"].Text();
    metadata.title = document["title"].TextOrEmpty();
    metadata.outlet = document["outlet"].TextOrEmpty();
    metadata.published = document["published"].TextOrEmpty();
    metadata.language = document["language"].TextOrEmpty();
    metadata.url = document["url"].TextOrEmpty();
    metadata.byline = document["byline"].TextOrEmpty();
    metadata.updated = document["updated"].TextOrEmpty();
    metadata.dateline = document["dateline"].TextOrEmpty();
    metadata.credit = document["credit"].TextOrEmpty();
    article.blob_sha256 = document["blob_sha256"].TextOrEmpty();
    article.text = document["text"].TextOrEmpty();
    bytes_ = document["bytes"].Offset();
    if (!article.text.empty() && article.text.size() != bytes_) {
      document["bytes"].Wrong("the size of document.text, " + std::to_string(article.text.size()));
    }
    if (document["source_map"].IsNull()) return;
    for (const Field& row : document["source_map"].List()) {
      const std::vector<Field> numbers = row.List();
      if (numbers.size() != 3) {
        row.Wrong("[text_begin, source_begin, length]");
        continue;
      }
      article.source_map.push_back({numbers[0].Offset(), numbers[1].Offset(), numbers[2].Offset()});
    }
  }

  static void ReadNames(const Field& list, Names* names) {
    std::uint32_t index = 0;
    for (const Field& f : list.List()) {
      if (!names->emplace(f["id"].Text(), index++).second) f["id"].Wrong("an id used once");
    }
  }

  Span ReadSpan(const Field& field) const {
    const Span span{field["begin"].Offset(), field["end"].Offset()};
    if (span.begin > span.end || span.end > bytes_) {
      field.Wrong("a span inside the text of " + std::to_string(bytes_) + " bytes");
    }
    return span;
  }
  std::optional<Span> SpanOrNone(const Field& field) const {
    if (field.IsNull()) return std::nullopt;
    return ReadSpan(field);
  }

  static std::uint32_t Index(const Field& field, const Names& names, const char* what) {
    const auto found = names.find(field.Text());
    if (found != names.end()) return found->second;
    field.Wrong(std::string("the id of ") + what + " of this record");
    return 0;
  }
  EntityIndex EntityAt(const Field& field) const { return Index(field, entities_, "an entity"); }
  std::optional<EntityIndex> EntityOrNone(const Field& field) const {
    if (field.IsNull()) return std::nullopt;
    return EntityAt(field);
  }
  std::optional<StatementIndex> StatementOrNone(const Field& field) const {
    if (field.IsNull()) return std::nullopt;
    return Index(field, statements_, "a statement");
  }
  std::vector<EntityIndex> EntityList(const Field& field) const {
    std::vector<EntityIndex> indices;
    for (const Field& f : field.List()) indices.push_back(EntityAt(f));
    return indices;
  }

  LocalEntity Entity(const Field& f) const {
    LocalEntity entity;
    entity.type = f["type"].Word(&ParseEntityType);
    entity.name = f["name"].Text();
    if (!f["aliases"].IsNull()) {
      for (const Field& alias : f["aliases"].List()) entity.aliases.push_back(alias.Text());
    }
    entity.kind = f["kind"].TextOrEmpty();
    entity.gazetteer = f["gazetteer"].TextOrEmpty();
    entity.latitude = f["latitude"].NumberOrNone();
    entity.longitude = f["longitude"].NumberOrNone();
    for (const Field& m : f["mentions"].List()) {
      entity.mentions.push_back({ReadSpan(m), m["form"].Word(&ParseMentionForm)});
    }
    return entity;
  }

  StatementRecord Statement(const Field& f) const {
    StatementRecord statement;
    statement.form = f["form"].Word(&ParseStatementForm);
    statement.where = f["where"].Word(&ParseWhere);
    statement.source = SpanOrNone(f["source"]);
    statement.cue = SpanOrNone(f["cue"]);
    for (const Field& span : f["content"].List()) statement.content.push_back(ReadSpan(span));
    statement.speakers = EntityList(f["speakers"]);
    for (const Field& hop : f["chain"].List()) {
      statement.chain.push_back(
          {EntityAt(hop["entity"]), ReadSpan(hop["span"]), hop["via"].Word(&ParseVia)});
    }
    statement.parent = StatementOrNone(f["parent"]);
    statement.addressee = EntityOrNone(f["addressee"]);
    statement.addressee_span = SpanOrNone(f["addressee_span"]);
    statement.said_at = f["said_at"].TextOrEmpty();
    statement.certainty = f["certainty"].Word(&ParseCertainty);
    const std::string polarity = f["polarity"].Text();
    if (polarity != "+" && polarity != "-") f["polarity"].Wrong("\"+\" or \"-\"");
    statement.polarity = polarity == "-" ? '-' : '+';
    statement.confidence = f["confidence"].Number();
    statement.rule = f["rule"].TextOrEmpty();
    return statement;
  }

  FigureRecord Figure(const Field& f) const {
    FigureRecord figure;
    figure.measure = f["measure"].Text();
    figure.low = f["low"].IntegerOrNone();
    figure.high = f["high"].IntegerOrNone();
    figure.bound = f["bound"].Word(&ParseBound);
    figure.population = f["population"].TextOrEmpty();
    figure.unit = f["unit"].TextOrEmpty();
    figure.place = EntityOrNone(f["place"]);
    figure.as_of = f["as_of"].TextOrEmpty();
    figure.statement = StatementOrNone(f["statement"]);
    figure.span = ReadSpan(f["span"]);
    return figure;
  }

  RelationRecord Relation(const Field& f) const {
    return {EntityAt(f["subject"]), f["predicate"].Text(), EntityAt(f["object"]),
            f["title"].TextOrEmpty(), ReadSpan(f["span"])};
  }

  EventRecord Event(const Field& f) const {
    return {f["type"].Text(),         EntityList(f["actors"]), EntityList(f["targets"]),
            EntityOrNone(f["place"]), f["time"].TextOrEmpty(), ReadSpan(f["span"])};
  }

  Field root_;
  Names entities_;
  Names statements_;
  std::uint32_t bytes_ = 0;
  ArticleRecord result_;
};

}  // namespace

Result<ArticleRecord> RecordFromJson(std::string_view text) {
  Json json;
  try {
    json = Json::parse(text);
  } catch (const Json::parse_error& error) {
    return Status::InvalidArgument("record: not one JSON object: byte " +
                                   std::to_string(error.byte) + ": " + error.what());
  }
  Problem problem;
  ArticleRecord result = Reader(json, &problem).Read();
  if (problem.any()) return problem.ToStatus();
  return result;
}

}  // namespace hearsay
