// PATHS FROM x TO y [VIA type, ...] [AVOID z] [MAX n] [ALL SHORTEST | SHORTEST k | ALL]

#include <fmt/format.h>

#include <algorithm>

#include "query/error.h"
#include "query/exec/matcher.h"
#include "query/verbs/verb_parser.h"
#include "query/verbs/verbs.h"

namespace hearsay::query {

namespace {

constexpr std::string_view kWhoSaidTypes = "SAID|QUOTES|CARRIES|PUBLISHED_BY|CREDITS";
constexpr std::int64_t kHopsDefault = 8;
constexpr std::int64_t kPathsMax = 1000;

// VIA SAID, QUOTES
std::string ReadTypes(VerbParser& parser) {
  std::string types;
  do {
    const Token& token = parser.Peek();
    if (token.kind != TokenKind::kName && token.kind != TokenKind::kQuotedName) {
      parser.RefuseUnexpected("a relationship type");
    }
    const std::string name = token.text;
    const std::vector<std::string> known = parser.view().Types();
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      RefuseSyntax("UnknownRelationshipType", token.position,
                   fmt::format("nothing in the store has the relationship type `{}`", name),
                   DidYouMean(name, known));
    }
    types += (types.empty() ? "`" : "|`") + name + "`";
    parser.TakeAny();
  } while (parser.TakeSymbol(","));
  return types;
}

}  // namespace

std::string RewritePaths(VerbParser& parser) {
  const std::string from = parser.ExpectEntity("x");
  parser.Expect("TO");
  const std::string to = parser.ExpectEntity("y");
  std::string types(kWhoSaidTypes);
  std::string avoid;
  std::string selector = "ALL SHORTEST";
  std::int64_t hops_max = kHopsDefault;
  std::int64_t limit = kPathsMax;
  parser.ReadOptions({
      {"VIA", [&] { types = ReadTypes(parser); }},
      {"AVOID",
       [&] {
         const auto is_avoided = parser.ExpectEntityCondition();
         avoid = fmt::format(" WHERE NOT {} AND NOT {}", is_avoided("startNode(r)"),
                             is_avoided("endNode(r)"));
       }},
      {"MAX",
       [&] {
         hops_max = std::min<std::int64_t>(parser.ExpectNumber("a number of hops"), kHopsMax);
       }},
      {"ALL SHORTEST", [] {}},
      {"SHORTEST",
       [&] {
         limit = std::min(kPathsMax, parser.ExpectNumber("a number of paths"));
         selector = fmt::format("SHORTEST {}", limit);
       }},
      {"ALL", [&] { selector = fmt::format("SHORTEST {}", kPathsMax); }},
  });
  parser.Notice(
      fmt::format("paths of at most {} hops and {} paths are looked for; MAX n looks "
                  "further",
                  hops_max, limit));
  return fmt::format(
      "MATCH p = {} ACYCLIC (x:Entity)-[r:{}*1..{}{}]-(y:Entity)\n"
      "WHERE {} AND {}\n"
      "RETURN p AS path, length(p) AS hops, steps(p) AS steps\n"
      "ORDER BY hops, [n IN nodes(p) | id(n)]\n"
      "LIMIT {}",
      selector, types, hops_max, avoid, from, to, limit);
}

}  // namespace hearsay::query
