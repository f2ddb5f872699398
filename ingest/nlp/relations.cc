// What titles and appositions say of those they stand by: who holds which office where, who speaks
// for whom, who is a member of what, and which place lies in which.
//
//   Interior Ministry spokesman X   X HOLDS_ROLE ministry, X SPEAKS_FOR ministry
//   X, the mayor of Y               X HOLDS_ROLE Y
//   X, a member of Y                X MEMBER_OF Y
//   Y, Z (two places)               Y LOCATED_IN Z
//
// A title that names nobody and nothing it belongs to gives no relation: it stays with the name.

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "ingest/components.h"
#include "ingest/nlp/names.h"
#include "ingest/nlp/statements.h"
#include "ingest/text/utf8.h"

namespace hearsay::ingest {
namespace {

bool IsOneOf(std::string_view text, std::initializer_list<std::string_view> texts) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

bool Speaks(std::string_view role) {
  const std::string folded = FoldPhrase(role);
  for (const char* word : {"spokes", "press secretary", "press officer"}) {
    if (folded.find(word) != std::string::npos) return true;
  }
  return false;
}

class RelationMaker {
 public:
  RelationMaker(Analysis& analysis, const std::unordered_set<std::string_view>& documents)
      : analysis_(analysis), index_(analysis, documents) {}

  void Run() {
    const std::vector<Name>& names = analysis_.names;
    for (std::size_t n = 0; n < names.size(); ++n) {
      if (names[n].type == EntityType::kPerson) {
        Role(n);
        Membership(n);
      }
      if (n + 1 < names.size()) Location(names[n], names[n + 1]);
    }
    auto& relations = analysis_.record.relations;
    std::sort(relations.begin(), relations.end(),
              [](const RelationRecord& a, const RelationRecord& b) {
                return std::tuple(a.span, a.predicate, a.subject, a.object) <
                       std::tuple(b.span, b.predicate, b.subject, b.object);
              });
  }

 private:
  std::string_view Between(std::uint32_t begin, std::uint32_t end) const {
    return begin < end ? analysis_.Text(Span{begin, end}) : std::string_view();
  }

  bool InOneSentence(const Name& a, const Name& b) const {
    const auto sentence =
        std::upper_bound(analysis_.sentences.begin(), analysis_.sentences.end(), a.tokens.begin,
                         [](TokenIndex t, const Sentence& s) { return t < s.tokens.end; });
    return sentence != analysis_.sentences.end() && sentence->tokens.Contains(b.tokens.begin);
  }

  void Add(const Name& subject, const char* predicate, const Name& object, std::string title = "") {
    const auto from = index_.Find(subject.span);
    const auto to = index_.Find(object.span);
    if (!from || !to || *from == *to || !InOneSentence(subject, object)) return;
    RelationRecord relation;
    relation.subject = *from;
    relation.predicate = predicate;
    relation.object = *to;
    relation.title = std::move(title);
    relation.span = {std::min(subject.phrase.begin, object.span.begin),
                     std::max(subject.phrase.end, object.span.end)};
    analysis_.record.relations.push_back(std::move(relation));
  }

  void Role(std::size_t n) {
    const Name& person = analysis_.names[n];
    if (person.role.empty()) return;
    const Name* home = Home(n);
    if (home == nullptr) return;
    Add(person, "HOLDS_ROLE", *home, person.role);
    if (Speaks(person.role)) Add(person, "SPEAKS_FOR", *home, person.role);
  }

  // What an office belongs to: named in the title itself, right before it, or after "of".  Of two
  // names the later one: "Kazakh Interior Ministry spokesman".
  const Name* Home(std::size_t n) const {
    const std::vector<Name>& names = analysis_.names;
    const Name& person = names[n];
    const Name* home = nullptr;
    for (std::size_t before = n; before-- > 0;) {
      const Name& name = names[before];
      if (name.type == EntityType::kPerson || name.span.end > person.span.begin) break;
      const bool inside = person.phrase.Covers(name.span);
      const std::string_view gap = Between(name.span.end, person.phrase.begin);
      const bool beside = name.span.end <= person.phrase.begin &&
                          IsOneOf(gap, {"", " ", "'s ", "\u2019s ", "' ", "\u2019 "});
      if (inside || beside) home = &name;
      break;
    }
    if (home != nullptr || n + 1 >= names.size()) return home;
    const Name& after = names[n + 1];
    if (after.type == EntityType::kPerson) return nullptr;
    const bool inside = person.phrase.Covers(after.span);
    const bool of = IsOneOf(Between(person.phrase.end, after.span.begin),
                            {" of ", " of the ", " for ", " for the ", " at ", " at the "});
    return inside || of ? &after : nullptr;
  }

  void Membership(std::size_t n) {
    if (n + 1 >= analysis_.names.size()) return;
    const Name& person = analysis_.names[n];
    const Name& group = analysis_.names[n + 1];
    if (group.type != EntityType::kOrganization && group.type != EntityType::kForce) return;
    const std::string_view gap = Between(person.span.end, group.span.begin);
    if (IsOneOf(gap,
                {", a member of ", ", a member of the ", ", member of the ", ", member of "})) {
      Add(person, "MEMBER_OF", group);
    }
  }

  void Location(const Name& inner, const Name& outer) {
    if (!IsPlace(inner.type) || inner.type == EntityType::kCountry) return;
    if (outer.type != EntityType::kCountry && outer.type != EntityType::kRegion) return;
    if (Between(inner.span.end, outer.span.begin) == ", ") Add(inner, "LOCATED_IN", outer);
  }

  Analysis& analysis_;
  const MentionIndex index_;
};

class Relations final : public Component {
 public:
  explicit Relations(const Lexicons& lexicons) : documents_(lexicons.Set("documents.tsv")) {}
  void Run(Analysis& analysis) const override { RelationMaker(analysis, documents_).Run(); }

 private:
  std::unordered_set<std::string_view> documents_;
};

}  // namespace

std::unique_ptr<Component> MakeRelations(const Lexicons& lexicons) {
  return std::make_unique<Relations>(lexicons);
}

}  // namespace hearsay::ingest
