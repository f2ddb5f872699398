// TRACE "words" | TRACE statement:ID
//
// A statement that quotes another one with the words is a hop of that one's chain, so only the
// innermost statements begin a chain.

#include <fmt/format.h>

#include "query/verbs/verb_parser.h"
#include "query/verbs/verbs.h"

namespace hearsay::query {

std::string RewriteTrace(VerbParser& parser) {
  const bool by_words = parser.Peek().kind == TokenKind::kString;
  const std::string condition = parser.ExpectStatement("s");
  std::string where = condition + parser.AsKnown("a");
  if (by_words) {
    std::string inner = condition;
    inner.replace(inner.find("(s,"), 3, "(inner,");
    where += fmt::format(
        " AND s.form <> 'relayed'\n  AND NOT EXISTS {{ (s)-[:QUOTES*1..]->(inner:Statement) WHERE "
        "{} }}",
        inner);
  }
  return fmt::format(
      "MATCH (s:Statement)-[:IN]->(a:Article)\n"
      "WHERE {}\n"
      "OPTIONAL MATCH (a)-[:PUBLISHED_BY]->(m:Media)\n"
      "RETURN a.published AS published, chain(s) AS chain, s.text AS words, m.name AS outlet,\n"
      "  a.title AS article, hops(s) AS hops, s.id AS statement\n"
      "ORDER BY begins(a.published), statement",
      where);
}

}  // namespace hearsay::query
