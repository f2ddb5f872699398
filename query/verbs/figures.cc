// FIGURES [measure] [OF population] [IN place]

#include <fmt/format.h>

#include "query/error.h"
#include "query/exec/value_text.h"
#include "query/verbs/verb_parser.h"
#include "query/verbs/verbs.h"

namespace hearsay::query {

namespace {

// killed, "killed or wounded", killed_or_wounded
std::string ReadMeasure(VerbParser& parser) {
  std::string measure;
  if (parser.Peek().kind == TokenKind::kString) {
    measure = parser.ExpectText("a measure");
  } else {
    while (parser.Peek().kind == TokenKind::kName && !parser.Peek().Is("OF") &&
           !parser.Peek().Is("IN") && !parser.Peek().Is("STORY")) {
      const std::string word = parser.Peek().text;
      measure += (measure.empty() ? "" : "_") + word;
      parser.TakeAny();
    }
  }
  for (char& c : measure) {
    if (c == ' ') c = '_';
  }
  return measure;
}

}  // namespace

std::string RewriteFigures(VerbParser& parser) {
  std::string where = "true";
  const auto add = [&where](const std::string& condition) {
    where = where == "true" ? condition : where + " AND " + condition;
  };
  const std::string measure = ReadMeasure(parser);
  if (!measure.empty()) add(fmt::format("toLower(f.measure) = {}", QuotedText(measure)));
  parser.ReadOptions({
      {"OF",
       [&] {
         add(fmt::format("toLower(f.population) CONTAINS toLower({})",
                         QuotedText(parser.ExpectWords("whom: a word or words in quotes"))));
       }},
      {"IN",
       [&] {
         // What happened in a city happened in its country, where the store knows of one.
         const bool nested = parser.view().Find("LOCATED_IN").has_value();
         add(fmt::format("EXISTS {{ (f)-[:ABOUT {{role: 'place'}}]->{}(at) WHERE {} }}",
                         nested ? "(:Place)-[:LOCATED_IN*0..3]->" : "",
                         parser.ExpectEntity("at", "Place")));
       }},
  });
  where += parser.AsKnown("a");
  return fmt::format(
      "MATCH (f:Figure)-[:IN]->(a:Article)\n"
      "WHERE {}\n"
      "OPTIONAL MATCH (a)-[:PUBLISHED_BY]->(m:Media)\n"
      "OPTIONAL MATCH (s:Statement)-[:GIVES]->(f)\n"
      "RETURN f.measure AS measure, quantity(f) AS value, f.population AS population,\n"
      "  head([(f)-[:ABOUT {{role: 'place'}}]->(place) | place.name]) AS place,\n"
      "  coalesce(chain(s), [m.name]) AS chain, m.name AS outlet, a.published AS published,\n"
      "  f.as_of AS as_of, f.text AS words, f.id AS figure\n"
      "ORDER BY measure, begins(a.published), figure",
      where);
}

}  // namespace hearsay::query
