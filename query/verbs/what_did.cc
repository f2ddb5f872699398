// WHAT DID x SAY [ABOUT y] [TO z] [SINCE d] [UNTIL d]

#include <fmt/format.h>

#include "query/verbs/verb_parser.h"
#include "query/verbs/verbs.h"

namespace hearsay::query {

std::string RewriteWhatDid(VerbParser& parser) {
  std::string where = parser.ExpectEntity("x");
  parser.Expect("SAY");
  where += parser.AsKnown("a");
  const auto add = [&where](const std::string& condition) { where += " AND " + condition; };
  parser.ReadOptions({
      {"ABOUT", [&] { add(parser.ExpectTopic("s")); }},
      {"TO",
       [&] {
         add(fmt::format("EXISTS {{ (s)-[:TOLD]->(z) WHERE {} }}", parser.ExpectEntity("z")));
       }},
      {"SINCE", [&] { add(parser.Since("a", parser.ExpectDate())); }},
      {"UNTIL", [&] { add(parser.Until("a", parser.ExpectDate())); }},
  });
  return fmt::format(
      "MATCH (x:Entity)-[said:SAID]->(s:Statement)-[:IN]->(a:Article)\n"
      "WHERE {}\n"
      "OPTIONAL MATCH (a)-[:PUBLISHED_BY]->(m:Media)\n"
      "RETURN s.text AS words, said.cue AS cue, chain(s) AS chain, m.name AS outlet,\n"
      "  a.published AS published, s.polarity AS polarity, s.id AS statement\n"
      "ORDER BY begins(a.published), statement",
      where);
}

}  // namespace hearsay::query
