#include "articles.h"

#include "graph/base/check.h"
#include "graph/base/sha256.h"

namespace hearsay::test {
namespace {

Span Find(const std::string& text, const std::string& words) {
  const std::size_t at = text.find(words);
  HEARSAY_CHECK(at != std::string::npos);
  return {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + words.size())};
}

LocalEntity MakeEntity(EntityType type, const std::string& name, Span span) {
  LocalEntity entity;
  entity.type = type;
  entity.name = name;
  entity.mentions = {{span, MentionForm::kName}};
  return entity;
}

}  // namespace

SmallArticle MakeSmallArticle(int n, int more_lines) {
  SmallArticle made;
  const std::string witness = "Witness " + std::to_string(n);
  std::string& text = made.article.text;
  text = witness + " told TASS that 26 people were killed \u2013 in one night.\n";
  for (int line = 0; line < more_lines; ++line) {
    text += "Line " + std::to_string(line * 7919 + n) + " of what else was known by then.\n";
  }
  made.article.blob_sha256 = Sha256Hex(text);
  made.article.metadata.source = "news/" + std::to_string(n) + ".txt";
  made.article.metadata.outlet = "The Example";
  made.article.metadata.published = "2022-01-06";

  Record& record = made.record;
  record.extractor = kTestExtractor;
  record.entities = {MakeEntity(EntityType::kUnnamed, witness, Find(text, witness)),
                     MakeEntity(EntityType::kMedia, "TASS", Find(text, "TASS"))};
  StatementRecord statement;
  statement.source = Find(text, witness);
  statement.cue = Find(text, "told");
  statement.content = {Find(text, "26 people were killed \u2013 in one night")};
  statement.speakers = {0};
  statement.chain = {{0, Find(text, witness), Via::kSource},
                     {1, Find(text, "TASS"), Via::kAddressee}};
  statement.addressee = 1;
  statement.addressee_span = Find(text, "TASS");
  record.statements = {statement};
  FigureRecord figure;
  figure.measure = "killed";
  figure.low = 26;
  figure.high = 26;
  figure.unit = "people";
  figure.statement = 0;
  figure.span = Find(text, "26 people");
  record.figures = {figure};
  return made;
}

}  // namespace hearsay::test
