#include "query/shell/complete.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <sstream>

#include "query/functions/functions.h"
#include "query/verbs/verbs.h"

namespace hearsay::query {

namespace {

constexpr std::size_t kWordsMax = 50;

bool StartsWithNoCase(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() &&
         std::equal(prefix.begin(), prefix.end(), text.begin(), [](char a, char b) {
           return std::tolower(static_cast<unsigned char>(a)) ==
                  std::tolower(static_cast<unsigned char>(b));
         });
}

std::set<std::string> AllWords(const View& view) {
  std::set<std::string> words = {"MATCH",  "OPTIONAL", "WHERE",    "RETURN", "ORDER",   "BY",
                                 "LIMIT",  "SKIP",     "DISTINCT", "WITH",   "UNWIND",  "UNION",
                                 "EXPAND", "AND",      "OR",       "NOT",    "CONTAINS"};
  for (const Verb& verb : Verbs()) {
    std::istringstream parts{std::string(verb.grammar)};
    for (std::string word; parts >> word;) {
      word.erase(
          std::remove_if(word.begin(), word.end(), [](char c) { return c == '[' || c == ']'; }),
          word.end());
      const bool keyword = word.size() > 1 && std::all_of(word.begin(), word.end(), [](char c) {
                             return std::isupper(static_cast<unsigned char>(c)) != 0;
                           });
      if (keyword) words.insert(word);
    }
  }
  for (const Function* function : AllFunctions()) words.insert(std::string(function->name));
  for (const auto& names : {view.Labels(), view.Types(), view.PropertyKeys()}) {
    words.insert(names.begin(), names.end());
  }
  return words;
}

}  // namespace

Completion Complete(const View& view, std::string_view before) {
  Completion completion;
  const auto quotes = std::count(before.begin(), before.end(), '"');
  if (quotes % 2 == 1) {  // inside a name
    const std::string_view typed = before.substr(before.rfind('"') + 1);
    completion.typed = typed.size();
    completion.words = view.CompleteName(typed, kWordsMax);
    return completion;
  }
  std::size_t begin = before.size();
  while (begin > 0 && (std::isalnum(static_cast<unsigned char>(before[begin - 1])) != 0 ||
                       before[begin - 1] == '_')) {
    --begin;
  }
  const std::string_view typed = before.substr(begin);
  completion.typed = typed.size();
  if (typed.empty()) return completion;
  for (const std::string& word : AllWords(view)) {
    if (StartsWithNoCase(word, typed)) completion.words.push_back(word);
  }
  return completion;
}

std::string CommonPrefix(const std::vector<std::string>& words) {
  if (words.empty()) return "";
  std::string prefix = words.front();
  for (const std::string& word : words) {
    const auto [end, ignored] =
        std::mismatch(prefix.begin(), prefix.end(), word.begin(), word.end());
    prefix.erase(end, prefix.end());
  }
  return prefix;
}

}  // namespace hearsay::query
