#include "graph/record_json.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "generate.h"
#include "graph/derive/public_ids.h"
#include "graph/store.h"
#include "record_schema.h"

namespace hearsay {
namespace {

using nlohmann::json;

std::string SchemaErrors(const json& record) { return test::SchemaErrors(record.dump()); }

// "Ann said: it burns. He told Delta News." with one statement and one figure.
test::GeneratedArticle Small() {
  Article article;
  article.text = "Ann said: 26 burn. Bob told Delta.";
  article.metadata.source = "a.txt";
  article.metadata.published = "2024-03-01";
  Record record;
  record.entities = {
      {EntityType::kPerson, "Ann", {}, "", "", {}, {}, {{{0, 3}, MentionForm::kName}}},
      {EntityType::kMedia, "Delta", {}, "agency", "", {}, {}, {{{28, 33}, MentionForm::kName}}}};
  StatementRecord statement;
  statement.source = Span{0, 3};
  statement.cue = Span{4, 8};
  statement.content = {{10, 17}};
  statement.speakers = {0};
  statement.chain = {{0, {0, 3}, Via::kSource}, {1, {28, 33}, Via::kAddressee}};
  statement.confidence = 0.97;
  record.statements = {statement};
  StatementRecord narrated;
  narrated.form = StatementForm::kNarrated;
  narrated.content = {{19, 34}};
  record.statements.push_back(narrated);
  FigureRecord figure;
  figure.measure = "burnt";
  figure.low = figure.high = 26;
  figure.statement = 1;
  figure.span = {10, 12};
  record.figures = {figure};
  record.extractor = {"hearsay", "0.1", "rules"};
  return {article, record};
}

TEST_CASE("a record is written in the order and the words of the schema") {
  const test::GeneratedArticle small = Small();
  const std::string text = RecordToJson(small.article, small.record, {});
  CHECK(text.find('\n') == std::string::npos);
  CHECK(text.rfind(R"({"document":{"id":"sha256:)", 0) == 0);
  const json record = json::parse(text);
  CHECK(SchemaErrors(record).empty());
  const RecordIds ids = MakeRecordIds(ArticleId(small.article), small.record);
  const json& statement = record["statements"][0];
  CHECK(statement["id"] == ids.statements[0]);
  CHECK(statement["speaker"] == ids.entities[0]);
  CHECK(statement["speakers"] == json::array({ids.entities[0]}));
  CHECK(statement["chain"][1] == json{{"entity", ids.entities[1]},
                                      {"span", {{"begin", 28}, {"end", 33}}},
                                      {"via", "addressee"}});
  CHECK(statement["confidence"].dump() == "0.97");
  CHECK(statement["parent"].is_null());
  CHECK(record["document"]["outlet"].is_null());
  CHECK(record["document"]["bytes"] == 34);
  CHECK_FALSE(record["document"].contains("text"));
  CHECK(record["figures"][0]["statement"] == ids.statements[1]);
}

TEST_CASE("narrated statements are left out on request, and nothing refers to them") {
  const test::GeneratedArticle small = Small();
  RecordJsonOptions options;
  options.narrated = false;
  const json record = json::parse(RecordToJson(small.article, small.record, options));
  CHECK(record["statements"].size() == 1);
  CHECK(record["figures"][0]["statement"].is_null());
  CHECK(SchemaErrors(record).empty());
}

TEST_CASE("local entities of one global id are one entity with all mentions") {
  const test::GeneratedArticle small = Small();
  RecordJsonOptions options;
  options.entity_id = [](const std::string&) { return std::string(32, 'a'); };
  const json record = json::parse(RecordToJson(small.article, small.record, options));
  REQUIRE(record["entities"].size() == 1);
  CHECK(record["entities"][0]["mentions"].size() == 2);
  CHECK(record["entities"][0]["aliases"] == json::array({"Delta"}));
  CHECK(record["statements"][0]["speaker"] == std::string(32, 'a'));
  CHECK(SchemaErrors(record).empty());
}

TEST_CASE("generated records keep to the schema and read back whole") {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    INFO("seed " << seed);
    const test::GeneratedArticle made = test::GenerateArticle(seed);
    RecordJsonOptions options;
    options.text = true;
    const std::string text = RecordToJson(made.article, made.record, options);
    REQUIRE(SchemaErrors(json::parse(text)) == "");
    Result<ArticleRecord> read = RecordFromJson(text);
    REQUIRE(read.status().message() == "");
    REQUIRE(read->article == made.article);
    REQUIRE(read->record == made.record);
    REQUIRE(RecordToJson(read->article, read->record, options) == text);
  }
}

TEST_CASE("the schema refuses what is no record") {
  const test::GeneratedArticle small = Small();
  const json good = json::parse(RecordToJson(small.article, small.record, {}));
  const auto spoilt = [&good](const std::string& pointer, const json& value) {
    json bad = good;
    bad[json::json_pointer(pointer)] = value;
    return SchemaErrors(bad);
  };
  CHECK(spoilt("/unknown", 1) != "");
  CHECK(spoilt("/statements/0/unknown", 1) != "");
  CHECK(spoilt("/statements/0/form", "relayed") != "");
  CHECK(spoilt("/statements/0/content", json::array()) != "");
  CHECK(spoilt("/statements/0/confidence", 1.5) != "");
  CHECK(spoilt("/statements/0/cue/begin", -1) != "");
  CHECK(spoilt("/entities/0/id", "xyz") != "");
  CHECK(spoilt("/figures/0/low", 2.5) != "");
}

TEST_CASE("a broken record says where") {
  const test::GeneratedArticle small = Small();
  const json good = json::parse(RecordToJson(small.article, small.record, {}));
  struct Case {
    const char* pointer;
    json value;
    const char* message;
  };
  const Case cases[] = {
      {"/document/source", nullptr, "record: document.source: expected text, found null"},
      {"/statements/0/cue/begin", "4",
       "record: statements[0].cue.begin: expected a whole number, found \"4\""},
      {"/statements/0/cue/end", 35,
       "record: statements[0].cue: expected a span inside the text of 34 bytes, found "
       "{\"begin\":4,\"end\":35}"},
      {"/statements/0/chain/1/entity", "nobody",
       "record: statements[0].chain[1].entity: expected the id of an entity of this record, found "
       "\"nobody\""},
      {"/entities/1/type", "planet",
       "record: entities[1].type: expected one of the words of the schema, found \"planet\""},
      {"/figures", 3, "record: figures: expected a list, found 3"},
      {"/statements/0/polarity", "?",
       "record: statements[0].polarity: expected \"+\" or \"-\", found \"?\""},
  };
  for (const Case& c : cases) {
    json bad = good;
    bad[json::json_pointer(c.pointer)] = c.value;
    const Result<ArticleRecord> read = RecordFromJson(bad.dump());
    CHECK(read.status().message() == c.message);
  }
  CHECK(RecordFromJson("{\"document\": ").status().message().find("byte 14") != std::string::npos);
  CHECK_FALSE(RecordFromJson("[]").ok());
}

}  // namespace
}  // namespace hearsay
