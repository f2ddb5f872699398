#include "query/verbs/verbs.h"

#include <fmt/format.h>

#include <algorithm>

#include "query/error.h"
#include "query/syntax/lexer.h"
#include "query/verbs/verb_parser.h"

namespace hearsay::query {

const std::vector<Verb>& Verbs() {
  static const std::vector<Verb> kVerbs = {
      {"WHO SAID", "statements that hold the words: speaker, chain, outlet, date",
       "WHO SAID \"words\" [ABOUT x] [SINCE d] [UNTIL d] [IN outlet]",
       "WHO SAID \"doors were shut\" SINCE 2025-03-12", RewriteWhoSaid},
      {"WHAT DID", "the same from the speaker's side",
       "WHAT DID x SAY [ABOUT y] [TO z] [SINCE d] [UNTIL d]",
       "WHAT DID \"Mireille Osgar\" SAY ABOUT \"Shed 9\"", RewriteWhatDid},
      {"TRACE", "the chains of a claim back to its roots, earliest first, a span for each hop",
       "TRACE \"words\" | TRACE statement:ID", "TRACE \"shut the doors of Shed 9\"", RewriteTrace},
      {"PATHS FROM", "the ways by which words go from one to another",
       "PATHS FROM x TO y [VIA type, ...] [AVOID z] [MAX n] [ALL SHORTEST | SHORTEST k | ALL]",
       "PATHS FROM \"a crane operator\" TO \"KTV World\"", RewritePaths},
      {"FIGURES", "every number, who is counted, who says so, where and when",
       "FIGURES [measure] [OF population] [IN place]", "FIGURES killed", RewriteFigures},
  };
  return kVerbs;
}

namespace {

bool IsCoreStart(const Token& token) {
  return token.Is("MATCH") || token.Is("OPTIONAL") || token.Is("UNWIND") || token.Is("WITH") ||
         token.Is("RETURN");
}

const Verb* FindVerb(VerbParser& parser) {
  for (const Verb& verb : Verbs()) {
    if (parser.Take(verb.words)) return &verb;
  }
  return nullptr;
}

// A first word that is near the first word of a verb: TRCAE.
[[noreturn]] void RefuseUnknownVerb(const Token& token) {
  std::vector<std::string> words = {"MATCH",  "OPTIONAL MATCH", "UNWIND",  "WITH",
                                    "RETURN", "EXPAND",         "AS KNOWN"};
  for (const Verb& verb : Verbs()) {
    words.emplace_back(verb.words);
  }
  std::string hint = DidYouMean(token.text, words);
  for (const Verb& verb : Verbs()) {  // WHO for WHO SAID
    if (token.Is(verb.words.substr(0, verb.words.find(' ')))) {
      hint = fmt::format("did you mean `{}`?", verb.words);
    }
  }
  if (hint.empty()) hint = "the verbs are WHO SAID, WHAT DID, TRACE, PATHS FROM and FIGURES";
  RefuseSyntax("UnexpectedSyntax", token.position,
               "'" + token.text + "' begins no query and is no verb", std::move(hint));
}

// Words that begin what the core refuses by name with reasons of its own.
bool IsForCore(const Token& token) {
  for (const char* word : {"CREATE", "MERGE", "SET", "DELETE", "DETACH", "REMOVE", "DROP",
                           "FOREACH", "CALL", "LOAD"}) {
    if (token.Is(word)) return true;
  }
  return token.kind != TokenKind::kName || IsCoreStart(token);
}

}  // namespace

std::optional<Expansion> Expand(const View& view, std::string_view text) {
  VerbParser parser(view, Lex(text));
  Expansion expansion;
  expansion.only_expand = parser.Take("EXPAND");
  const Position as_known = parser.Peek().position;
  const bool dated = parser.Take("AS KNOWN");
  if (dated) parser.set_as_known(parser.ExpectDate());
  const Token first = parser.Peek();
  if (IsForCore(first)) {
    if (dated) {
      RefuseSyntax("UnexpectedSyntax", as_known,
                   "AS KNOWN stands before a verb; in the core say WHERE ends(a.published) <= "
                   "begins('2022-01-06')");
    }
    return std::nullopt;
  }
  const Verb* verb = FindVerb(parser);
  if (verb == nullptr) RefuseUnknownVerb(first);
  expansion.core = verb->rewrite(parser);
  if (!parser.AtEnd()) parser.RefuseUnexpected("the end of the query");
  expansion.notices = parser.notices();
  return expansion;
}

}  // namespace hearsay::query
