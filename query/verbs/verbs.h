// The verbs: questions that people ask often, each defined by its rewriting into the core
// language, which `EXPAND <verb ...>` prints.  Adding one: one file with its Rewrite function, one
// row in verbs.cc, one case in tests/cases.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/view.h"

namespace hearsay::query {

struct Expansion {
  std::string core;          // text of the core language
  bool only_expand = false;  // EXPAND: to be printed, not run
  std::vector<std::string> notices;
};

class VerbParser;  // query/verbs/verb_parser.h

struct Verb {
  std::string_view words;  // "WHO SAID"
  std::string_view help;
  std::string_view grammar;
  std::string_view example;
  // Reads what follows the words and returns the core text.
  std::string (*rewrite)(VerbParser& parser);
};

const std::vector<Verb>& Verbs();

// The verb that `text` begins with (behind EXPAND and AS KNOWN t), rewritten; nothing if it is a
// query of the core.  Refuses (query/error.h) a verb it cannot read, and names that nothing or
// several things have.  `view` resolves names.
std::optional<Expansion> Expand(const View& view, std::string_view text);

// One a file.
std::string RewriteWhoSaid(VerbParser& parser);
std::string RewriteWhatDid(VerbParser& parser);
std::string RewriteTrace(VerbParser& parser);
std::string RewritePaths(VerbParser& parser);
std::string RewriteFigures(VerbParser& parser);

}  // namespace hearsay::query
