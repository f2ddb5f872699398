// What the verbs read alike: names of entities, words, dates, options in any order.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/view.h"
#include "query/syntax/token.h"

namespace hearsay::query {

class VerbParser {
 public:
  // REQUIRES: `view` outlives the parser.
  VerbParser(const View& view, std::vector<Token> tokens);

  const View& view() const { return view_; }

  bool AtEnd() const;
  const Token& Peek(std::size_t ahead = 0) const;
  bool Take(std::string_view words);  // "ORDER BY": all of them or none
  bool TakeSymbol(std::string_view symbol);
  Token TakeAny();
  void Expect(std::string_view words);
  // Goes on until the end: each option's words are looked for in turn, each at most once.
  struct Option {
    std::string_view words;
    std::function<void()> read;
  };
  void ReadOptions(const std::vector<Option>& options);

  // "words" in quotes.
  std::string ExpectText(std::string_view what);
  // A name or words, in quotes or bare, that need not be an entity's.
  std::string ExpectWords(std::string_view what);
  std::int64_t ExpectNumber(std::string_view what);
  // 2022-01-06 with or without quotes, as precise as given; a refusal unless it is ISO 8601.
  std::string ExpectDate();
  // A date and the AS KNOWN date, as conditions on the Article variable `article`.
  std::string Since(std::string_view article, const std::string& date) const;
  std::string Until(std::string_view article, const std::string& date) const;

  // A name, in quotes or bare, or entity:ID, as a condition on `variable`:
  //   named(x, 'Tokayev')    identified(x, '3fa2b1c0')
  // Refuses a name that no entity has (with the nearest) and one that several have (with their
  // ids); unnamed sources, of which there is one an article, may share a name.  With a `label`, as
  // where only an outlet can be meant, entities without it do not make the name ambiguous.
  std::string ExpectEntity(std::string_view variable, std::string_view label = "");
  // The same, as a function of what the condition is about, where that is needed twice.
  std::function<std::string(std::string_view)> ExpectEntityCondition(std::string_view label = "");
  // The same for a statement: words in quotes or statement:ID.
  std::string ExpectStatement(std::string_view variable);
  // What is spoken of: an entity if one has the name, else words of the statement.
  std::string ExpectTopic(std::string_view statement);

  void set_as_known(std::string date) { as_known_ = std::move(date); }
  // " AND <condition>" for AS KNOWN, or empty; for every article variable of a rewriting.
  std::string AsKnown(std::string_view article) const;

  void Notice(std::string text) { notices_.push_back(std::move(text)); }
  const std::vector<std::string>& notices() const { return notices_; }

  [[noreturn]] void RefuseUnexpected(std::string_view expected) const;

 private:
  struct Name {
    std::string text;
    bool is_id = false;
    Position position;
  };
  Name ExpectName(std::string_view what);
  std::vector<NodeId> EntitiesCalled(const std::string& name) const;
  void RequireOneEntity(const Name& name, std::string_view label) const;

  const View& view_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  std::string as_known_;
  std::vector<std::string> notices_;
};

}  // namespace hearsay::query
