// WHO SAID "words" [ABOUT x] [SINCE d] [UNTIL d] [IN outlet]

#include <fmt/format.h>

#include "query/exec/value_text.h"
#include "query/verbs/verb_parser.h"
#include "query/verbs/verbs.h"

namespace hearsay::query {

std::string RewriteWhoSaid(VerbParser& parser) {
  const std::string words = parser.ExpectText("the words in quotes");
  std::string where = fmt::format("matches(s, {}) AND s.form <> 'relayed'", QuotedText(words));
  where += parser.AsKnown("a");
  const auto add = [&where](const std::string& condition) { where += " AND " + condition; };
  parser.ReadOptions({
      {"ABOUT", [&] { add(parser.ExpectTopic("s")); }},
      {"SINCE", [&] { add(parser.Since("a", parser.ExpectDate())); }},
      {"UNTIL", [&] { add(parser.Until("a", parser.ExpectDate())); }},
      {"IN",
       [&] {
         add(fmt::format("EXISTS {{ (a)-[:PUBLISHED_BY]->(paper) WHERE {} }}",
                         parser.ExpectEntity("paper", "Media")));
       }},
  });
  return fmt::format(
      "MATCH (s:Statement)-[:IN]->(a:Article)\n"
      "WHERE {}\n"
      "OPTIONAL MATCH (a)-[:PUBLISHED_BY]->(m:Media)\n"
      "RETURN [(e)-[:SAID]->(s) | e.name] AS speaker, chain(s) AS chain, m.name AS outlet,\n"
      "  a.published AS published, s.text AS words, s.polarity AS polarity, s.id AS statement\n"
      "ORDER BY begins(a.published), statement",
      where);
}

}  // namespace hearsay::query
